package access

import (
	"context"
	"crypto/subtle"
	"errors"
	"slices"
	"time"

	"bellhop/controller/kit/fault"
)

const (
	// maxLogins is how many logins an account may have at once; one more ends the
	// oldest.
	maxLogins = 10
	// loginsKept is how long a login is stored after its end.
	loginsKept = 90 * 24 * time.Hour
	// seenStep is how finely it is noted when a login was seen.
	seenStep = time.Second
)

// Logins are the login sessions of the accounts. Checks ask memory only; what ends
// a login is seen by the next check.
type Logins struct{ a *Accounts }

// errEnded is one answer for unknown, idle, over and revoked.
func errEnded() error {
	return fault.New(fault.Unauthorized, "the login is over: log in again")
}

// Check returns who the cookie's secret logged in, with the rights of this moment,
// and slides the idle limit. From is the address of the request. It fails with
// fault.Unauthorized.
func (l *Logins) Check(_ context.Context, secret, from string) (Principal, error) {
	if !looksLikeSecret(secret) {
		return Principal{}, errEnded()
	}
	b := l.a.book.Get()
	s, ok := b.logins[hash(secret)]
	if !ok {
		return Principal{}, errEnded()
	}
	p, err := l.principal(b, s)
	if err != nil {
		return Principal{}, err
	}
	if last, now := s.seen.Load(), l.a.set.Clock(); last.from != from || now.Sub(last.at) >= seenStep {
		s.seen.Store(&sighting{now, from})
	}
	return p, nil
}

// principal returns the rights of an open login.
func (l *Logins) principal(b *book, s *session) (Principal, error) {
	now := l.a.set.Clock()
	me, ok := b.accounts[s.Account]
	if !ok || me.Disabled || me.lapsed(now) || !s.open(now, l.a.set.Idle) {
		return Principal{}, errEnded()
	}
	p := Principal{
		Kind: KindAccount, ID: me.ID, Handle: me.Login, Name: me.Name, Login: s.ID, Extension: me.Extension,
		Reach: me.Reach, MustChange: me.MustChange || l.a.set.Policy.expired(me.PasswordChanged, now),
	}
	if !p.MustChange {
		p.Permissions = PermissionsOf(me.Roles)
	}
	return p, nil
}

// CheckCSRF refuses, with fault.Forbidden, a change that another site made the
// browser send: the page proves that it is ours by value. A token needs none.
func (l *Logins) CheckCSRF(p Principal, value string) error {
	if p.Kind == KindToken {
		return nil
	}
	s, ok := l.a.book.Get().session(p.Login)
	if !ok || subtle.ConstantTimeCompare([]byte(s.CSRF), []byte(value)) != 1 {
		return fault.New(fault.Forbidden, "the CSRF value is missing or not of this login")
	}
	return nil
}

// Current returns the login that the principal came with, its CSRF value included.
func (l *Logins) Current(p Principal) (Login, error) {
	s, ok := l.a.book.Get().session(p.Login)
	if !ok || p.Kind != KindAccount {
		return Login{}, errEnded()
	}
	one := s.current()
	one.Hash = ""
	return one, nil
}

// Watch returns the principal's rights as they are now, and a channel that closes
// when any account or login changes: ask again then, and once a minute because
// limits pass without a word. It does not slide the idle limit.
func (l *Logins) Watch(p Principal) (Principal, <-chan struct{}, error) {
	b, changed := l.a.book.Watch()
	s, ok := b.session(p.Login)
	if !ok || p.Kind != KindAccount {
		return Principal{}, nil, errEnded()
	}
	p, err := l.principal(b, s)
	return p, changed, err
}

// List returns the open logins of an account, all when it is empty; newest first,
// without their secrets.
func (l *Logins) List(account string) []Login {
	var list []Login
	now := l.a.set.Clock()
	for _, s := range slices.Backward(l.a.book.Get().loginsOf(account)) {
		if one := s.current(); s.open(now, l.a.set.Idle) {
			one.Hash, one.CSRF = "", ""
			list = append(list, one)
		}
	}
	return list
}

// End logs out: the login that act came with is over.
func (l *Logins) End(ctx context.Context, act Act) error {
	return l.revoke(ctx, act, "login.ended", func(s *session) bool { return s.ID == act.By.Login })
}

// Revoke ends a login of the account that acts, or any when it may write accounts;
// for others it is fault.NotFound.
func (l *Logins) Revoke(ctx context.Context, act Act, id string) error {
	return l.revoke(ctx, act, "login.revoked", func(s *session) bool {
		return s.ID == id && (act.isOn(s.Account) || act.By.Can(AccountsWrite))
	})
}

// RevokeAll ends the logins of an account, under the same rule, but for the one
// that act came with.
func (l *Logins) RevokeAll(ctx context.Context, act Act, account string) error {
	if !act.isOn(account) && !act.By.Can(AccountsWrite) {
		return fault.New(fault.NotFound, "there is no such account")
	}
	err := l.revoke(ctx, act, "login.revoked", func(s *session) bool {
		return s.Account == account && s.ID != act.By.Login
	})
	if fault.Is(err, fault.NotFound) {
		return nil // there was none: it is as was asked
	}
	return err
}

func (l *Logins) revoke(ctx context.Context, act Act, what string, chosen func(*session) bool) error {
	return l.a.change(ctx, func(b *book, now time.Time) (Data, Audit, error) {
		var d Data
		for _, s := range b.loginsOf("") {
			if chosen(s) {
				one := s.current()
				one.Revoked = now
				d.Logins = append(d.Logins, one)
			}
		}
		if len(d.Logins) == 0 {
			return d, Audit{}, fault.New(fault.NotFound, "there is no such login")
		}
		owner := b.accounts[d.Logins[0].Account].Login // all are of one account
		return d, act.Row(what, owner, d.Logins, nil), nil
	})
}

// Keep writes down when logins were seen, forgets those that are over and purges
// what is long past. Call it once a minute and at the end; what is lost with a
// crash makes logins look idle a little earlier.
func (l *Logins) Keep(ctx context.Context) error {
	err := l.a.change(ctx, func(b *book, now time.Time) (Data, Audit, error) {
		var d Data
		for _, s := range b.loginsOf("") {
			one := s.current()
			if !s.open(now, l.a.set.Idle) {
				one.Revoked = now
			}
			if !one.Seen.Equal(s.Seen) || !one.Revoked.IsZero() {
				d.Logins = append(d.Logins, one)
			}
		}
		return d, Audit{}, nil
	})
	_, purgeErr := l.a.set.Store.PurgeLogins(ctx, l.a.set.Clock().Add(-loginsKept))
	return errors.Join(err, purgeErr)
}
