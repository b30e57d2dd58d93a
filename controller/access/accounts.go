package access

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/latest"
)

// maxAccounts bounds the accounts, the disabled ones included.
const maxAccounts = 5000

// Settings are what accounts and logins need.
type Settings struct {
	Store    AccountStore
	Chain    *Chain
	Clock    clock.Clock
	Log      *slog.Logger
	Policy   Policy
	Words    func() []string // the hotel's name and the like: not in a password; may be nil
	Issuer   string          // what authenticator apps show beside the login
	Idle     time.Duration   // a login ends when nothing came for so long; 0: 30 minutes
	Absolute time.Duration   // a login ends after so long at the latest; 0: 12 hours
	Cost     Cost            // of passwords; zero: DefaultCost
}

// Accounts are the people who log in. Every change is in the audit trail before
// it is made. It is safe for concurrent use.
type Accounts struct {
	set      Settings
	book     *latest.Value[*book]
	hasher   *hasher
	throttle *throttle

	mu      sync.Mutex
	pending map[string]pendingTOTP // by account: second factors that wait for their first code
}

// OpenAccounts loads the accounts and the logins that are open.
func OpenAccounts(ctx context.Context, set Settings) (*Accounts, error) {
	set.Idle = cmp.Or(set.Idle, 30*time.Minute)
	set.Absolute = cmp.Or(set.Absolute, 12*time.Hour)
	set.Issuer = cmp.Or(set.Issuer, "Bellhop")
	set.Log = cmp.Or(set.Log, slog.New(slog.DiscardHandler))
	if set.Policy.MinLength == 0 {
		set.Policy = ASVS()
	}
	a := &Accounts{set: set, hasher: newHasher(set.Cost), throttle: newThrottle(set.Clock), pending: map[string]pendingTOTP{}}
	var err error
	a.book, err = latest.Open(ctx, func(ctx context.Context) (*book, error) {
		d, err := set.Store.LoadAccess(ctx, set.Clock())
		if err != nil {
			return nil, fault.Wrap(err, fault.Unavailable, "the accounts could not be loaded")
		}
		return newBook(d), nil
	})
	return a, err
}

// Logins returns the login sessions of these accounts.
func (a *Accounts) Logins() *Logins { return &Logins{a} }

// Refresh loads accounts and logins anew, after somebody else wrote to the store.
func (a *Accounts) Refresh(ctx context.Context) error { return a.book.Refresh(ctx) }

// List returns all accounts by login, the disabled ones included.
func (a *Accounts) List() []Account {
	var all []Account
	for _, one := range a.book.Get().accounts {
		all = append(all, one)
	}
	slices.SortFunc(all, func(x, y Account) int { return strings.Compare(x.Login, y.Login) })
	return all
}

// Get returns one account, or fault.NotFound.
func (a *Accounts) Get(id string) (Account, error) { return a.book.Get().find(id) }

// ByLogin returns the account with this login.
func (a *Accounts) ByLogin(login string) (Account, bool) {
	return a.book.Get().byLogin(foldLogin(login))
}

func (b *book) find(id string) (Account, error) {
	a, ok := b.accounts[id]
	if !ok {
		return Account{}, fault.New(fault.NotFound, "there is no such account")
	}
	return a, nil
}

// change audits, stores and shows what decide makes of the accounts as they are
// now. A row without What means that there is nothing to tell.
func (a *Accounts) change(ctx context.Context, decide func(b *book, now time.Time) (Data, Audit, error)) error {
	return a.book.Change(ctx, func(old *book) (*book, func(context.Context) error, error) {
		d, row, err := decide(old, a.set.Clock())
		if err != nil || len(d.Accounts)+len(d.Logins) == 0 {
			return nil, nil, err
		}
		next := old.with(d)
		store := func(ctx context.Context) error { return a.set.Store.ApplyAccess(ctx, d) }
		if row.What == "" {
			return next, store, nil
		}
		return next, func(ctx context.Context) error { return a.set.Chain.Do(ctx, row, store) }, nil
	})
}

// amend changes one account by id and ends its logins if its rights end.
func (a *Accounts) amend(ctx context.Context, id string, edit func(old Account, b *book, now time.Time) (next Account, ended []Login, row Audit, err error)) (Account, error) {
	var made Account
	err := a.change(ctx, func(b *book, now time.Time) (Data, Audit, error) {
		old, err := b.find(id)
		if err != nil {
			return Data{}, Audit{}, err
		}
		next, ended, row, err := edit(old, b, now)
		if err != nil {
			return Data{}, Audit{}, err
		}
		made = next
		if d := (Data{Accounts: []Account{next}}); b.guardians(now) > 0 && b.with(d).guardians(now) == 0 {
			return Data{}, Audit{}, fault.New(fault.Conflict, "this is the last security administrator who can log in")
		}
		return Data{Accounts: []Account{next}, Logins: ended}, row, nil
	})
	return made, err
}
