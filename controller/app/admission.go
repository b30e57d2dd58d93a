package app

import (
	"reflect"
	"strings"

	"bellhop/controller/access"
)

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
