package access

import (
	"context"
	"time"
)

// firstLogin is the login of the account that the first start makes.
const firstLogin = "admin"

// Bootstrap makes the account "admin", a security administrator, when nobody can
// manage accounts, and writes its one-time password to file (mode 0600, one line).
// If that password was not used within its 72 hours the next start writes another.
// It reports whether it did. The file comes first: a password that nobody can read
// must not exist.
func (a *Accounts) Bootstrap(ctx context.Context, file string) (bool, error) {
	if a.book.Get().guardians(a.set.Clock()) > 0 {
		return false, nil
	}
	oneTime, encoded, err := a.oneTime(ctx)
	if err != nil {
		return false, err
	}
	if err := writeSecret(file, oneTime); err != nil {
		return false, err
	}
	act := System("nobody could manage accounts")
	err = a.change(ctx, func(b *book, now time.Time) (Data, Audit, error) {
		first, ok := b.byLogin(firstLogin)
		if !ok {
			first = Account{ID: newID(), Login: firstLogin, Name: "Administrator", Created: now}
		}
		first.Roles, first.Disabled, first.TOTPSecret, first.TOTPUsed = []Role{RoleSecurityAdmin}, false, "", 0
		first = first.withOneTime(encoded, now)
		return Data{Accounts: []Account{first}, Logins: b.revoked(first.ID, "", now)},
			act.Row("account.bootstrapped", firstLogin, nil, first), nil
	})
	return err == nil, err
}
