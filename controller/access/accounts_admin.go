package access

import (
	"context"
	"time"

	"bellhop/controller/kit/fault"
)

// Create makes an account and its one-time password, which is shown only now,
// holds for 72 hours and must be changed at the first login.
func (a *Accounts) Create(ctx context.Context, act Act, p Person) (Account, string, error) {
	p, err := p.check()
	if err != nil {
		return Account{}, "", err
	}
	oneTime, encoded, err := a.oneTime(ctx)
	if err != nil {
		return Account{}, "", err
	}
	var made Account
	err = a.change(ctx, func(b *book, now time.Time) (Data, Audit, error) {
		if _, taken := b.byLogin(p.Login); taken {
			return Data{}, Audit{}, &fault.Error{Code: fault.Conflict, Field: "login", Message: "is taken"}
		}
		if len(b.accounts) >= maxAccounts {
			return Data{}, Audit{}, fault.New(fault.TooMany, "there are %d accounts already", maxAccounts)
		}
		made = p.applyTo(Account{ID: newID(), Created: now}).withOneTime(encoded, now)
		return Data{Accounts: []Account{made}}, act.Row("account.created", p.Login, nil, made), nil
	})
	if err != nil {
		return Account{}, "", err
	}
	return made, oneTime, nil
}

// oneTime returns a one-time password and its hash.
func (a *Accounts) oneTime(ctx context.Context) (plain, encoded string, err error) {
	plain = newOneTime()
	encoded, err = a.hasher.hash(ctx, plain)
	return plain, encoded, err
}

// withOneTime gives the account a password that must be changed.
func (a Account) withOneTime(encoded string, now time.Time) Account {
	a.PasswordHash, a.PasswordChanged, a.MustChange, a.OneTimeUntil = encoded, now, true, now.Add(oneTimeLife)
	return a
}

// Put changes what an administrator says about an account. A change of roles or
// reach ends its logins. Nobody changes their own rights; the login stays.
func (a *Accounts) Put(ctx context.Context, act Act, id string, p Person) (Account, error) {
	return a.amend(ctx, id, func(old Account, b *book, now time.Time) (Account, []Login, Audit, error) {
		if p.Login == "" {
			p.Login = old.Login
		}
		p, err := p.check()
		if err != nil {
			return old, nil, Audit{}, err
		}
		if p.Login != old.Login {
			return old, nil, Audit{}, fault.Field("login", "cannot be changed: the audit trail knows the account by it")
		}
		next := p.applyTo(old)
		row := act.Row("account.changed", old.Login, old, next)
		if sameRights(old, next) {
			return next, nil, row, nil
		}
		if act.isOn(id) {
			return old, nil, Audit{}, fault.New(fault.Forbidden, "nobody changes their own roles or reach")
		}
		return next, b.revoked(id, "", now), row, nil
	})
}

// isOn reports whether the act is done by the account that it is done to.
func (a Act) isOn(account string) bool { return a.By.Kind == KindAccount && a.By.ID == account }

// Disable ends an account's logins and lets it log in no more.
func (a *Accounts) Disable(ctx context.Context, act Act, id string) error {
	return a.setDisabled(ctx, act, id, "account.disabled", true)
}

// Enable lets a disabled account log in again.
func (a *Accounts) Enable(ctx context.Context, act Act, id string) error {
	return a.setDisabled(ctx, act, id, "account.enabled", false)
}

func (a *Accounts) setDisabled(ctx context.Context, act Act, id, what string, disabled bool) error {
	_, err := a.amend(ctx, id, func(old Account, b *book, now time.Time) (Account, []Login, Audit, error) {
		next := old
		next.Disabled = disabled
		var ended []Login
		if disabled {
			ended = b.revoked(id, "", now)
		}
		return next, ended, act.Row(what, old.Login, old, next), nil
	})
	return err
}

// ResetPassword gives an account a new one-time password, as Create does, and ends
// its logins.
func (a *Accounts) ResetPassword(ctx context.Context, act Act, id string) (string, error) {
	if act.isOn(id) {
		return "", fault.New(fault.Forbidden, "change your own password by giving the old one")
	}
	oneTime, encoded, err := a.oneTime(ctx)
	if err != nil {
		return "", err
	}
	_, err = a.amend(ctx, id, func(old Account, b *book, now time.Time) (Account, []Login, Audit, error) {
		next := old.remember(a.set.Policy.History).withOneTime(encoded, now)
		return next, b.revoked(id, "", now), act.Row("account.password_reset", old.Login, nil, nil), nil
	})
	if err != nil {
		return "", err
	}
	return oneTime, nil
}

// ResetTOTP takes away an account's second factor, for someone who lost the device,
// and ends its logins.
func (a *Accounts) ResetTOTP(ctx context.Context, act Act, id string) error {
	if act.isOn(id) {
		return fault.New(fault.Forbidden, "remove your own second factor by giving a code")
	}
	_, err := a.amend(ctx, id, func(old Account, b *book, now time.Time) (Account, []Login, Audit, error) {
		if !old.HasTOTP() {
			return old, nil, Audit{}, fault.New(fault.Conflict, "the account has no second factor")
		}
		next := old
		next.TOTPSecret, next.TOTPUsed = "", 0
		return next, b.revoked(id, "", now), act.Row("account.second_factor_reset", old.Login, old, next), nil
	})
	return err
}
