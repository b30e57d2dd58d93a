package access

import (
	"context"
	"time"

	"bellhop/controller/kit/fault"
)

// pendingTOTP is a second factor that waits for its first code.
type pendingTOTP struct {
	secret string
	until  time.Time
}

// confirmTime is how long it may wait.
const confirmTime = 10 * time.Minute

// ChangePassword gives the account that acts another password and ends its other
// logins. Guesses at the old one are throttled as logins are.
func (a *Accounts) ChangePassword(ctx context.Context, act Act, old, fresh string) error {
	me, err := a.prove(ctx, act, old)
	if err != nil {
		return err
	}
	if err := a.checkFresh(ctx, me, fresh); err != nil {
		return err
	}
	encoded, err := a.hasher.hash(ctx, fresh)
	if err != nil {
		return err
	}
	_, err = a.amend(ctx, me.ID, func(now Account, b *book, at time.Time) (Account, []Login, Audit, error) {
		if now.PasswordHash != me.PasswordHash {
			return now, nil, Audit{}, fault.New(fault.Conflict, "the password was changed meanwhile")
		}
		next := now.remember(a.set.Policy.History)
		next.PasswordHash, next.PasswordChanged, next.MustChange, next.OneTimeUntil = encoded, at, false, time.Time{}
		return next, b.revoked(me.ID, act.By.Login, at), act.Row("account.password_changed", now.Login, nil, nil), nil
	})
	return err
}

// remember puts the password into the history, of which count passwords are kept.
// A one-time password was never the owner's own.
func (a Account) remember(count int) Account {
	if a.PasswordHash != "" && !a.MustChange {
		a.PasswordHistory = append([]string{a.PasswordHash}, a.PasswordHistory...)
	}
	a.PasswordHistory = a.PasswordHistory[:min(len(a.PasswordHistory), count)]
	return a
}

// checkFresh refuses a password that breaks the policy or was there before.
func (a *Accounts) checkFresh(ctx context.Context, me Account, fresh string) error {
	words := []string{me.Login}
	if a.set.Words != nil {
		words = append(words, a.set.Words()...)
	}
	if err := a.set.Policy.check(fresh, words...); err != nil {
		return err
	}
	for _, old := range append([]string{me.PasswordHash}, me.PasswordHistory...) {
		same, _, err := a.hasher.matches(ctx, fresh, old)
		if err != nil {
			return err
		}
		if same {
			return fault.Field("password", "was used before: take another")
		}
	}
	return nil
}

// prove returns the account that acts when it knows its password.
func (a *Accounts) prove(ctx context.Context, act Act, password string) (Account, error) {
	if act.By.Kind != KindAccount {
		return Account{}, fault.New(fault.Forbidden, "a token has no password")
	}
	me, err := a.Get(act.By.ID)
	if err != nil {
		return Account{}, err
	}
	if err := a.throttle.take(me.Login, act.From); err != nil {
		return Account{}, err
	}
	same, _, err := a.hasher.matches(ctx, password, me.PasswordHash)
	if err != nil {
		a.throttle.release(me.Login, act.From)
		return Account{}, err
	}
	if !same || me.lapsed(a.set.Clock()) {
		failed := a.set.Chain.Append(ctx, act.Row("account.password_wrong", me.Login, nil, nil))
		if failed != nil {
			return Account{}, failed
		}
		return Account{}, fault.Field("old", "is not your password")
	}
	a.throttle.forgive(me.Login, act.From)
	return me, nil
}

// EnrolTOTP begins a second factor for the account that acts; it holds once
// ConfirmTOTP has seen a code of it, within 10 minutes.
func (a *Accounts) EnrolTOTP(ctx context.Context, act Act, password string) (TOTPKey, error) {
	me, err := a.prove(ctx, act, password)
	if err != nil {
		return TOTPKey{}, err
	}
	switch {
	case me.MustChange:
		return TOTPKey{}, fault.New(fault.Forbidden, "change your password first")
	case me.HasTOTP():
		return TOTPKey{}, fault.New(fault.Conflict, "there is a second factor already: remove it first")
	}
	key, err := newTOTPKey(a.set.Issuer, me.Login)
	if err != nil {
		return TOTPKey{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pending[me.ID] = pendingTOTP{key.Secret, a.set.Clock().Add(confirmTime)}
	return key, nil
}

// ConfirmTOTP makes the second factor hold and ends the account's other logins.
func (a *Accounts) ConfirmTOTP(ctx context.Context, act Act, code string) error {
	a.mu.Lock()
	waiting, ok := a.pending[act.By.ID]
	a.mu.Unlock()
	if !ok || !a.set.Clock().Before(waiting.until) {
		return fault.New(fault.Conflict, "no second factor waits for its code: begin again")
	}
	return a.withCode(ctx, act, code, func(old Account) (string, error) {
		if old.HasTOTP() {
			return "", fault.New(fault.Conflict, "there is a second factor already: remove it first")
		}
		return waiting.secret, nil
	}, func(old Account, step int64, b *book, now time.Time) (Account, []Login, Audit) {
		next := old
		next.TOTPSecret, next.TOTPUsed = waiting.secret, step
		return next, b.revoked(old.ID, act.By.Login, now), act.Row("account.second_factor_added", old.Login, old, next)
	})
}

// RemoveTOTP takes the second factor from the account that acts.
func (a *Accounts) RemoveTOTP(ctx context.Context, act Act, code string) error {
	return a.withCode(ctx, act, code, func(old Account) (string, error) {
		if !old.HasTOTP() {
			return "", fault.New(fault.Conflict, "there is no second factor")
		}
		return old.TOTPSecret, nil
	}, func(old Account, _ int64, _ *book, _ time.Time) (Account, []Login, Audit) {
		next := old
		next.TOTPSecret, next.TOTPUsed = "", 0
		return next, nil, act.Row("account.second_factor_removed", old.Login, old, next)
	})
}

// withCode edits the account that acts if code is one of the secret's; wrong ones
// are throttled as wrong passwords are.
func (a *Accounts) withCode(ctx context.Context, act Act, code string, secret func(Account) (string, error),
	edit func(old Account, step int64, b *book, now time.Time) (Account, []Login, Audit)) error {
	if act.By.Kind != KindAccount || act.By.MustChange {
		return fault.New(fault.Forbidden, "only who logged in with a password of their own has a second factor")
	}
	if err := a.throttle.take(act.By.Handle, act.From); err != nil {
		return err
	}
	_, err := a.amend(ctx, act.By.ID, func(old Account, b *book, now time.Time) (Account, []Login, Audit, error) {
		key, err := secret(old)
		if err != nil {
			return old, nil, Audit{}, err
		}
		step, ok := totpStep(key, code, now, old.TOTPUsed)
		if !ok {
			return old, nil, Audit{}, fault.Field("code", "is wrong or was used before")
		}
		next, ended, row := edit(old, step, b, now)
		return next, ended, row, nil
	})
	switch {
	case err == nil:
		a.throttle.forgive(act.By.Handle, act.From)
		a.mu.Lock()
		delete(a.pending, act.By.ID)
		a.mu.Unlock()
	case !fault.Is(err, fault.Invalid):
		a.throttle.release(act.By.Handle, act.From)
	}
	return err
}
