package app

import (
	"net"
	"net/http"
	"reflect"
	"strings"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

// sessionCookie is the cookie of a login, as the API sets it.
const sessionCookie = "bellhop_session"

// authorize says who opens a socket: a program by its token, a person by the
// cookie of the login.
func (a *App) authorize(r *http.Request) (access.Principal, error) {
	if kind, secret, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(kind, "Bearer") {
		token, err := a.Tokens.Check(r.Context(), strings.TrimSpace(secret))
		return token.Principal(), err
	}
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return access.Principal{}, fault.New(fault.Unauthorized, "log in first")
	}
	from, _, _ := net.SplitHostPort(r.RemoteAddr)
	return a.Accounts.Logins().Check(r.Context(), cookie.Value, from)
}

// still reports whether a principal may keep its sockets: login and rights as they
// were. Tokens are asked for again by their next request.
func (a *App) still(who access.Principal) bool {
	if who.Kind == access.KindToken {
		return true
	}
	now, _, err := a.Accounts.Logins().Watch(who)
	return err == nil && reflect.DeepEqual(now, who)
}

// switchSocket is the WebSocket of the switch whose ARI is at url.
func switchSocket(url string) string {
	base := strings.TrimSuffix(strings.TrimSuffix(url, "/"), "/ari")
	return strings.Replace(base, "http", "ws", 1) + "/ws"
}
