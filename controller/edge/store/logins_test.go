package store

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

// A life of the first account over every database: made, logged in, seen, and
// found as it was after a restart; what was revoked stays so.
func TestLoginsOutliveARestart(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx, now := soon(t), day.Add(123456789*time.Nanosecond)
		clock := func() time.Time { return now }
		chain := access.NewChain(s, clock)
		start := func() *access.Accounts {
			t.Helper()
			a, err := access.OpenAccounts(ctx, access.Settings{
				Store: s, Chain: chain, Clock: clock, Log: slog.New(slog.DiscardHandler), Policy: access.MLPS(),
				Cost: access.Cost{Memory: 64, Passes: 1, Threads: 1},
			})
			ok(t, err)
			return a
		}
		a := start()
		file := filepath.Join(t.TempDir(), "admin.password")
		_, err := a.Bootstrap(ctx, file)
		ok(t, err)
		oneTime, err := os.ReadFile(file)
		ok(t, err)
		first, err := a.Logins().Begin(ctx, access.Attempt{Login: "admin", Password: strings.TrimSpace(string(oneTime)), From: "10.0.0.1"})
		ok(t, err)
		act := access.Act{By: first.Principal, From: "10.0.0.1"}
		ok(t, a.ChangePassword(ctx, act, strings.TrimSpace(string(oneTime)), "Tr4-fik und mehr"))
		second, err := a.Logins().Begin(ctx, access.Attempt{Login: "admin", Password: "Tr4-fik und mehr", From: "10.0.0.1"})
		ok(t, err)
		ok(t, a.Logins().Revoke(ctx, act, first.Login.ID))
		now = now.Add(29 * time.Minute)
		_, err = a.Logins().Check(ctx, second.Secret, "10.0.0.2")
		ok(t, err)
		ok(t, a.Logins().Keep(ctx))
		now = now.Add(29 * time.Minute)

		again := start()
		p, err := again.Logins().Check(ctx, second.Secret, "10.0.0.2")
		ok(t, err)
		if p.MustChange || !p.Can(access.AccountsWrite) || p.Handle != "admin" {
			t.Errorf("got %+v", p)
		}
		if _, err := again.Logins().Check(ctx, first.Secret, ""); !fault.Is(err, fault.Unauthorized) {
			t.Errorf("a revoked login is back: %v", err)
		}
		sound(t, chain, 5) // bootstrapped, began, password changed, began, revoked
	})
}
