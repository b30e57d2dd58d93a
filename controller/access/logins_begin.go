package access

import (
	"context"
	"errors"
	"time"

	"bellhop/controller/kit/fault"
)

// Attempt is what someone who wants to log in sends.
type Attempt struct {
	Login, Password string
	Code            string // of the second factor, empty if none was given
	From            string // address
	Agent           string // browser
}

// Entry is a login that was just begun.
type Entry struct {
	Secret    string // for the cookie; stored nowhere
	Login     Login  // with its CSRF value
	Principal Principal
}

// errRefused is one answer for an unknown login, a wrong password, a disabled
// account and a one-time password that has lapsed.
func errRefused() error {
	return fault.New(fault.Unauthorized, "login or password is wrong")
}

// Begin logs somebody in. It fails with
//   - fault.Unauthorized: something is wrong, and it does not say what; with the
//     field "code" when the password was right and the second factor was not;
//   - fault.TooMany: too many failures (Throttled is the cause), or too many at once;
//   - fault.Unavailable: database or audit trail do not answer.
func (l *Logins) Begin(ctx context.Context, try Attempt) (Entry, error) {
	a := l.a
	try.Login = foldLogin(try.Login)
	if !isLogin(try.Login) {
		try.Login = "" // nobody's: one entry for all such names in throttle and trail
	}
	if err := a.throttle.take(try.Login, try.From); err != nil {
		l.tell(try, err)
		return Entry{}, err
	}
	me, known := a.ByLogin(try.Login)
	same, weak, err := a.hasher.matches(ctx, try.Password, me.PasswordHash)
	if err != nil {
		a.throttle.release(try.Login, try.From)
		return Entry{}, err
	}
	switch {
	case !known:
		try.Login = "" // perhaps a password, typed one field too early: not for the trail
		return Entry{}, l.refuse(ctx, try, "unknown login", errRefused())
	case !same:
		return Entry{}, l.refuse(ctx, try, "wrong password", errRefused())
	case me.Disabled:
		return Entry{}, l.refuse(ctx, try, "disabled account", errRefused())
	case me.lapsed(a.set.Clock()):
		return Entry{}, l.refuse(ctx, try, "one-time password too late", errRefused())
	case me.HasTOTP() && try.Code == "":
		// Neither a failure nor a success: the page asks for the code and tries again.
		a.throttle.release(try.Login, try.From)
		return Entry{}, codeFault("enter the code of your authenticator")
	}
	rehashed := ""
	if weak {
		if rehashed, err = a.hasher.hash(ctx, try.Password); err != nil {
			a.throttle.release(try.Login, try.From)
			return Entry{}, err
		}
	}
	return l.open(ctx, try, me, rehashed)
}

// tell logs that a source is slowed down. The login is left out: people type
// passwords into that field.
func (l *Logins) tell(try Attempt, err error) {
	if late, ok := errors.AsType[*Throttled](err); ok && late.first {
		l.a.set.Log.Warn("access: logins are slowed down after failures", "from", try.From, "wait", late.After)
	}
}

func codeFault(message string) error {
	return &fault.Error{Code: fault.Unauthorized, Field: "code", Message: message}
}

// refuse puts a failed attempt into the trail with its real cause.
func (l *Logins) refuse(ctx context.Context, try Attempt, why string, answer error) error {
	row := Audit{Who: "nobody", Where: try.From, What: "login.failed", Object: try.Login, Reason: why}
	if err := l.a.set.Chain.Append(ctx, row); err != nil {
		return err
	}
	return answer
}

// open begins the login of an account whose password was right, if it is still the
// account that was asked and the code is right.
func (l *Logins) open(ctx context.Context, try Attempt, proven Account, rehashed string) (Entry, error) {
	var e Entry
	wrongCode := false
	err := l.a.change(ctx, func(b *book, now time.Time) (Data, Audit, error) {
		me := b.accounts[proven.ID]
		if me.Disabled || me.PasswordHash != proven.PasswordHash || me.TOTPSecret != proven.TOTPSecret {
			return Data{}, Audit{}, errRefused() // changed this very moment
		}
		d := Data{}
		if me.HasTOTP() {
			step, ok := totpStep(me.TOTPSecret, try.Code, now, me.TOTPUsed)
			if wrongCode = !ok; wrongCode {
				return Data{}, Audit{}, codeFault("the code is wrong or was used before")
			}
			me.TOTPUsed = step
			d.Accounts = []Account{me}
		}
		if rehashed != "" {
			me.PasswordHash = rehashed
			d.Accounts = []Account{me}
		}
		e.Secret = newSecret()
		e.Login = Login{
			ID: newID(), Account: me.ID, Hash: hash(e.Secret), CSRF: newSecret(),
			Began: now, Seen: now, Ends: now.Add(l.a.set.Absolute), From: fitText(try.From), Agent: fitText(try.Agent),
		}
		d.Logins = append(overflow(b.loginsOf(me.ID), now), e.Login)
		return d, Audit{Who: "account:" + me.Login, Where: try.From, What: "login.began", Object: e.Login.ID}, nil
	})
	switch {
	case wrongCode:
		return Entry{}, l.refuse(ctx, try, "wrong code", err)
	case err != nil:
		l.a.throttle.release(try.Login, try.From)
		return Entry{}, err
	}
	l.a.throttle.forgive(try.Login, try.From)
	b := l.a.book.Get()
	s, ok := b.logins[e.Login.Hash]
	if !ok {
		return Entry{}, errEnded() // ended in this very moment
	}
	e.Principal, err = l.principal(b, s)
	return e, err
}

// overflow returns the oldest logins as ended, so that one more fits.
func overflow(open []*session, now time.Time) []Login {
	var ended []Login
	for len(open) >= maxLogins {
		one := open[0].current()
		one.Revoked = now
		ended, open = append(ended, one), open[1:]
	}
	return ended
}
