package access

import (
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// book is all accounts and logins at one moment; it is never altered.
type book struct {
	accounts map[string]Account  // by id
	logins   map[string]*session // by hash of the secret
}

// session is a login that is open. When it was seen is shared by all books.
type session struct {
	Login
	seen *atomic.Pointer[sighting]
}

// sighting is the last request of a login.
type sighting struct {
	at   time.Time
	from string
}

func newBook(d Data) *book { return (&book{}).with(d) }

// with returns the book after d was stored.
func (b *book) with(d Data) *book {
	next := &book{accounts: maps.Clone(b.accounts), logins: maps.Clone(b.logins)}
	if next.accounts == nil {
		next.accounts, next.logins = map[string]Account{}, map[string]*session{}
	}
	for _, a := range d.Accounts {
		next.accounts[a.ID] = a
	}
	for _, l := range d.Logins {
		if !l.Revoked.IsZero() {
			delete(next.logins, l.Hash)
			continue
		}
		s := &session{Login: l, seen: &atomic.Pointer[sighting]{}}
		s.seen.Store(&sighting{l.Seen, l.From})
		if old, ok := b.logins[l.Hash]; ok {
			s.seen = old.seen
		}
		next.logins[l.Hash] = s
	}
	return next
}

// current returns the login as it was last seen.
func (s *session) current() Login {
	l, last := s.Login, s.seen.Load()
	l.Seen, l.From = last.at, last.from
	return l
}

// open reports whether neither limit has passed. A clock set back ends nothing.
func (s *session) open(now time.Time, idle time.Duration) bool {
	return now.Before(s.Ends) && now.Sub(s.seen.Load().at) < idle
}

func (b *book) byLogin(login string) (Account, bool) {
	for _, a := range b.accounts {
		if a.Login == login {
			return a, true
		}
	}
	return Account{}, false
}

func (b *book) session(id string) (*session, bool) {
	for _, s := range b.logins {
		if s.ID == id {
			return s, true
		}
	}
	return nil, false
}

// loginsOf returns the open logins of an account, oldest first; all when it is "".
func (b *book) loginsOf(account string) []*session {
	var list []*session
	for _, s := range b.logins {
		if account == "" || s.Account == account {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(x, y *session) int {
		if c := x.Began.Compare(y.Began); c != 0 {
			return c
		}
		return strings.Compare(x.ID, y.ID)
	})
	return list
}

// revoked returns the logins of an account as ended at now, all but the one to keep.
func (b *book) revoked(account, keep string, now time.Time) []Login {
	var ended []Login
	for _, s := range b.loginsOf(account) {
		if s.ID != keep {
			l := s.current()
			l.Revoked = now
			ended = append(ended, l)
		}
	}
	return ended
}

// guardians counts those who can manage accounts: without one nobody could.
func (b *book) guardians(now time.Time) int {
	n := 0
	for _, a := range b.accounts {
		if a.has(RoleSecurityAdmin) && !a.Disabled && !a.lapsed(now) {
			n++
		}
	}
	return n
}

// lapsed reports whether the one-time password was not used in time.
func (a Account) lapsed(now time.Time) bool {
	return a.MustChange && !a.OneTimeUntil.IsZero() && !now.Before(a.OneTimeUntil)
}
