package rest

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"bellhop/controller/access"
	"bellhop/controller/edge/rest/gen"
)

// LogIn begins a login and gives the browser its cookie. One answer for unknown
// names and wrong passwords; the field "code" asks for the second factor.
func (s *server) LogIn(ctx context.Context, r gen.LogInRequestObject) (gen.LogInResponseObject, error) {
	entry, err := s.Logins.Begin(plain(ctx), access.Attempt{
		Login: r.Body.Login, Password: r.Body.Password, Code: r.Body.Code, From: act(ctx).From, Agent: agent(ctx),
	})
	if err != nil {
		return nil, err
	}
	shown, err := s.session(entry.Principal, entry.Login)
	if err != nil {
		return nil, err
	}
	return gen.LogIn200JSONResponse{
		Body: shown, Headers: gen.LogIn200ResponseHeaders{SetCookie: s.cookie(entry.Secret, 0)},
	}, nil
}

// agent returns what the browser says it is.
func agent(ctx context.Context) string {
	if c, ok := ctx.(*gin.Context); ok {
		return shorten(c.Request.UserAgent())
	}
	return ""
}

// cookie returns the session cookie, which no page can read and no other site
// make the browser send. It ends with the browser; maxAge -1 ends it now.
func (s *server) cookie(secret string, maxAge int) string {
	return (&http.Cookie{
		Name: cookieName, Value: secret, Path: "/", MaxAge: maxAge,
		Secure: s.Secure, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	}).String()
}

// GetSession shows who is logged in, also after a reload of the page.
func (s *server) GetSession(ctx context.Context, _ gen.GetSessionRequestObject) (gen.GetSessionResponseObject, error) {
	who := actor(ctx)
	login, err := s.Logins.Current(who)
	if err != nil {
		return nil, err
	}
	shown, err := s.session(who, login)
	return gen.GetSession200JSONResponse(shown), err
}

// LogOut ends the login and its cookie.
func (s *server) LogOut(ctx context.Context, _ gen.LogOutRequestObject) (gen.LogOutResponseObject, error) {
	if err := s.Logins.End(plain(ctx), act(ctx)); err != nil {
		return nil, err
	}
	return gen.LogOut204Response{Headers: gen.LogOut204ResponseHeaders{SetCookie: s.cookie("", -1)}}, nil
}

// ChangePassword changes the own password; other logins of the account end.
func (s *server) ChangePassword(ctx context.Context, r gen.ChangePasswordRequestObject) (gen.ChangePasswordResponseObject, error) {
	if err := s.Accounts.ChangePassword(plain(ctx), act(ctx), r.Body.Old, r.Body.New); err != nil {
		return nil, err
	}
	return gen.ChangePassword204Response{}, nil
}

func (s *server) session(who access.Principal, login access.Login) (gen.Session, error) {
	a, err := s.Accounts.Get(who.ID)
	if err != nil {
		return gen.Session{}, err
	}
	return gen.Session{
		Account: gen.SessionAccount{
			Id: a.ID, Login: a.Login, Name: a.Name, Roles: each(a.Roles, toRole), Extension: a.Extension, Totp: a.HasTOTP(),
		},
		Permissions: each(who.Permissions, func(p access.Permission) string { return string(p) }),
		Csrf:        login.CSRF, MustChange: who.MustChange, IdleSeconds: int(s.Idle / time.Second), Ends: login.Ends,
	}, nil
}
