package store

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

func TestAccountsAndLoginsRoundTrip(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		rapid.Check(t, func(r *rapid.T) {
			accounts := fillAll(r, "account", func(a *access.Account, i int) {
				a.ID, a.Login = fmt.Sprint("a", i), fmt.Sprint(i, a.Login)
			})
			logins := fillAll(r, "login", func(l *access.Login, i int) {
				l.ID, l.Hash, l.Account = fmt.Sprint("l", i), fmt.Sprint(i, l.Hash), accounts[0].ID
				l.Ends, l.Revoked = day.AddDate(30, 0, 0), time.Time{}
			})
			ok(t, s.ApplyAccess(ctx, access.Data{Accounts: accounts, Logins: logins}))
			got, err := s.LoadAccess(ctx, day)
			ok(t, err)
			for _, want := range accounts {
				if !has(got.Accounts, want) {
					r.Fatalf("got  %+v\nwant %+v among them", got.Accounts, want)
				}
			}
			for _, want := range logins {
				if !has(got.Logins, want) {
					r.Fatalf("got  %+v\nwant %+v among them", got.Logins, want)
				}
			}
		})
	})
}

func has[T any](all []T, one T) bool {
	for _, v := range all {
		if reflect.DeepEqual(v, one) {
			return true
		}
	}
	return false
}

func TestOnlyOpenLoginsAreLoaded(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		login := func(id string, ends, revoked time.Time) access.Login {
			return access.Login{ID: id, Account: "a", Hash: id, Ends: ends, Revoked: revoked}
		}
		ok(t, s.ApplyAccess(ctx, access.Data{
			Accounts: []access.Account{{ID: "a", Login: "zhang"}},
			Logins: []access.Login{
				login("open", day.Add(time.Hour), time.Time{}), login("over", day, time.Time{}),
				login("revoked", day.Add(time.Hour), day), login("old", day.AddDate(0, -6, 0), time.Time{}),
			},
		}))
		d, err := s.LoadAccess(ctx, day)
		ok(t, err)
		if len(d.Logins) != 1 || d.Logins[0].ID != "open" {
			t.Errorf("got %+v, want the open one", d.Logins)
		}
		if n, err := s.PurgeLogins(ctx, day.AddDate(0, -3, 0)); err != nil || n != 1 {
			t.Errorf("purged %d, %v; want the old one", n, err)
		}
	})
}

func TestAccessChangeIsOneTransaction(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		ok(t, s.ApplyAccess(ctx, access.Data{Accounts: []access.Account{{ID: "1", Login: "zhang"}}}))
		for name, d := range map[string]access.Data{
			"a login name that is taken": {Accounts: []access.Account{{ID: "3", Login: "li"}, {ID: "2", Login: "zhang"}}},
			"a login of nobody":          {Accounts: []access.Account{{ID: "3", Login: "li"}}, Logins: []access.Login{{ID: "x", Account: "none", Hash: "x", Ends: day}}},
		} {
			if err := s.ApplyAccess(ctx, d); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: got %v, want a conflict", name, err)
			}
			if got, err := s.LoadAccess(ctx, day); err != nil || len(got.Accounts) != 1 {
				t.Errorf("%s: half of it was stored: %+v, %v", name, got, err)
			}
		}
	})
}
