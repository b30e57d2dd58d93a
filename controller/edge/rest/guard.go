package rest

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

const (
	cookieName = "bellhop_session"
	headerCSRF = "X-CSRF-Token"
)

// authorize lets a request pass whose sender may do what it asks for. It comes
// before anything of the request's body is read.
func (s *server) authorize(c *gin.Context) {
	if c.Request.ContentLength != 0 {
		c.Header("Connection", "close") // or net/http waits for the body before it sends a refusal
	}
	o, ok := s.contract.of(c)
	if !ok {
		s.fail(c, fault.New(fault.NotFound, "there is nothing here"))
		return
	}
	who, err := s.admit(c.Request, o)
	if who.Kind != "" {
		withValue(c, keyActor, who) // also of a refusal the log tells the sender
	}
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Writer.Header().Del("Connection")
}

// admit returns who sent the request, and why it is refused, if it is.
func (s *server) admit(r *http.Request, o operation) (access.Principal, error) {
	if o.isPublic() {
		return access.Principal{}, sameOrigin(r)
	}
	who, err := Identify(s.Tokens, s.Logins)(r)
	if err != nil {
		return access.Principal{}, err
	}
	if o.changes() && who.Login != "" { // a browser sends cookies by itself, whoever made the page
		if err := sameOrigin(r); err != nil {
			return who, err
		}
		if err := s.Logins.CheckCSRF(who, r.Header.Get(headerCSRF)); err != nil {
			return who, err
		}
	}
	return who, allowed(who, o)
}

// allowed reports why who may not do o, if so.
func allowed(who access.Principal, o operation) error {
	switch {
	case who.MustChange && !slices.Contains([]string{"changePassword", "logOut", "getSession"}, o.id):
		return fault.New(fault.Forbidden, "the password was made for one use: change it first")
	case o.isOwn() && who.Kind != access.KindAccount:
		return fault.New(fault.Forbidden, "this is for people who log in; a token has no account")
	case !o.isOwn() && !slices.ContainsFunc(o.needs, who.Can):
		return fault.New(fault.Forbidden, "the permission %q is missing", o.needs[0])
	}
	return nil
}

// Identify returns who sent a request: by its bearer token, else by the cookie of
// a login. It fails with fault.Unauthorized, or fault.Unavailable when rights
// cannot be looked up. Origin and CSRF token are the caller's to check.
func Identify(tokens Tokens, logins Logins) func(*http.Request) (access.Principal, error) {
	return func(r *http.Request) (access.Principal, error) {
		kind, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if strings.EqualFold(kind, "Bearer") {
			token, err := tokens.Check(r.Context(), strings.TrimSpace(secret))
			if err != nil {
				return access.Principal{}, err
			}
			return token.Principal(), nil
		}
		cookies := r.CookiesNamed(cookieName)
		if len(cookies) != 1 { // two: somebody planted one
			return access.Principal{}, fault.New(fault.Unauthorized, "log in, or send a token as: Authorization: Bearer bh_…")
		}
		return logins.Check(r.Context(), cookies[0].Value, remoteIP(r))
	}
}

// sameOrigin refuses what a page of another host sends. Programs send no Origin.
func sameOrigin(r *http.Request) error {
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return nil
	}
	u, err := url.Parse(origins[0])
	if len(origins) > 1 || err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.EqualFold(u.Host, r.Host) {
		return fault.New(fault.Forbidden, "a page of another origin may not do this")
	}
	return nil
}

// actor returns who sent the request.
func actor(ctx context.Context) access.Principal {
	who, _ := plain(ctx).Value(keyActor).(access.Principal)
	return who
}

// by names who changes something.
func by(ctx context.Context) string { return actor(ctx).Name }

// act is what the audit trail asks: who does something, and from where.
func act(ctx context.Context) access.Act {
	from, _ := plain(ctx).Value(keyFrom).(string)
	return access.Act{By: actor(ctx), From: from}
}
