package rest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
)

const goodPassword = "a calm evening by the lake"

// people is what the bench has of accounts, logins and the audit chain: the real
// ones, over SQLite, with hashes that take no time.
type people struct {
	accounts *access.Accounts
	chain    *access.Chain
	rows     *auditRows
	wall     *atomic.Int64 // nanoseconds that accounts are later than epoch
}

func (b *bench) fillPeople(parts *Parts) {
	b.t.Helper()
	b.wall = &atomic.Int64{}
	now := func() time.Time { return epoch.Add(time.Duration(b.wall.Load())) }
	b.rows = &auditRows{AuditStore: b.store}
	b.chain = access.NewChain(b.rows, now)
	var err error
	b.accounts, err = access.OpenAccounts(b.t.Context(), access.Settings{
		Store: b.store, Chain: b.chain, Clock: now, Log: parts.Log, Policy: access.ASVS(), Issuer: "Bellhop",
		Cost: access.Cost{Memory: 64, Passes: 1, Threads: 1},
	})
	must(b.t, err)
	parts.Accounts, parts.Logins, parts.Audit = b.accounts, b.accounts.Logins(), b.chain
	parts.Idle = 30 * time.Minute
	if parts.Desk == nil {
		parts.Desk = emptyDesk{}
	}
}

// emptyDesk has no queues; the desk's own tests bring theirs.
type emptyDesk struct{ Desk }

func (emptyDesk) Queues() []acd.Queue { return nil }

func (emptyDesk) Profiles() []acd.Profile { return nil }

func (emptyDesk) Board() acd.Board { return acd.Board{} }

// auditRows can be broken.
type auditRows struct {
	access.AuditStore
	broken atomic.Bool
}

func (a *auditRows) AppendAudit(ctx context.Context, seal func(access.Head) access.Audit) error {
	if a.broken.Load() {
		return errors.New("disk full")
	}
	return a.AuditStore.AppendAudit(ctx, seal)
}

// trail returns all audit rows, oldest first.
func (b *bench) trail() []access.Audit {
	b.t.Helper()
	rows, err := b.store.AuditAfter(b.t.Context(), 0, 1000)
	must(b.t, err)
	return rows
}

// account makes an account with a password of its own.
func (b *bench) account(p access.Person) access.Account {
	b.t.Helper()
	ctx := b.t.Context()
	made, oneTime, err := b.accounts.Create(ctx, access.System("test"), p)
	must(b.t, err)
	e, err := b.accounts.Logins().Begin(ctx, access.Attempt{Login: p.Login, Password: oneTime, From: "127.0.0.1"})
	must(b.t, err)
	me := access.Act{By: e.Principal, From: "127.0.0.1"}
	must(b.t, b.accounts.ChangePassword(ctx, me, oneTime, goodPassword))
	must(b.t, b.accounts.Logins().End(ctx, me))
	return made
}

// browser is a page that somebody has logged in at.
type browser struct {
	b      *bench
	cookie string
	gen.Session
}

// as makes an account with these roles and logs it in over the API.
func (b *bench) as(login string, roles ...access.Role) browser {
	b.t.Helper()
	return b.asPerson(access.Person{Login: login, Name: login, Roles: roles})
}

func (b *bench) asPerson(p access.Person) browser {
	b.t.Helper()
	b.account(p)
	return b.logIn(p.Login, goodPassword)
}

func (b *bench) logIn(login, password string) browser {
	b.t.Helper()
	page := browser{b: b}
	r := b.send("POST", "/session", fmt.Sprintf(`{"login":%q,"password":%q}`, login, password), "Authorization", "").is(200)
	r.into(&page.Session)
	page.cookie, _, _ = strings.Cut(r.header.Get("Set-Cookie"), ";")
	return page
}

// send asks as the page does; further headers win.
func (p browser) send(method, path, body string, headers ...string) reply {
	p.b.t.Helper()
	mine := []string{"Authorization", "", "Cookie", p.cookie, headerCSRF, p.Csrf, "Origin", p.b.url}
	return p.b.send(method, path, body, append(mine, headers...)...)
}

// cookieOnly asks as any page could make the browser do: with the cookie.
func (p browser) cookieOnly(method, path, body string, headers ...string) reply {
	p.b.t.Helper()
	return p.b.send(method, path, body, append([]string{"Authorization", "", "Cookie", p.cookie}, headers...)...)
}

func noRow(t testing.TB, rows []access.Audit, what string) {
	t.Helper()
	for _, r := range rows {
		if strings.HasPrefix(r.What, what) {
			t.Errorf("the trail tells of %s: %+v", what, r)
		}
	}
}
