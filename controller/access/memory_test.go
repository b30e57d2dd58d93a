package access_test

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bellhop/controller/access"
)

// records is an AccountStore and AuditStore in memory that can be broken.
type records struct {
	mu         sync.Mutex
	accounts   map[string]access.Account
	logins     map[string]access.Login
	audit      []access.Audit
	purged     time.Time
	err        error // of accounts and logins
	auditErr   error
	writes     int
	beforeSave func() // runs inside ApplyAccess
}

func (r *records) LoadAccess(_ context.Context, now time.Time) (access.Data, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := access.Data{Accounts: slices.Collect(maps.Values(r.accounts))}
	for _, l := range r.logins {
		if l.Revoked.IsZero() && l.Ends.After(now) {
			d.Logins = append(d.Logins, l)
		}
	}
	return d, r.err
}

func (r *records) ApplyAccess(_ context.Context, d access.Data) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.beforeSave != nil {
		r.beforeSave()
	}
	if r.err != nil {
		return r.err
	}
	r.writes++
	for _, a := range d.Accounts {
		r.accounts[a.ID] = a
	}
	for _, l := range d.Logins {
		r.logins[l.ID] = l
	}
	return nil
}

func (r *records) PurgeLogins(_ context.Context, t time.Time) (int64, error) {
	r.purged = t
	return 0, r.err
}

func (r *records) AppendAudit(_ context.Context, seal func(access.Head) access.Audit) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.auditErr != nil {
		return r.auditErr
	}
	r.audit = append(r.audit, seal(r.head()))
	return nil
}

func (r *records) head() access.Head {
	if len(r.audit) == 0 {
		return access.Head{}
	}
	last := r.audit[len(r.audit)-1]
	return access.Head{Seq: last.Seq, Hash: last.Hash}
}

func (r *records) AuditHead(context.Context) (access.Head, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.head(), r.auditErr
}

func (r *records) AuditAfter(_ context.Context, seq int64, limit int) ([]access.Audit, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	rows := slices.DeleteFunc(slices.Clone(r.audit), func(a access.Audit) bool { return a.Seq <= seq })
	return rows[:min(len(rows), limit)], r.auditErr
}

func (r *records) FindAudit(context.Context, access.AuditFilter) ([]access.Audit, string, error) {
	return r.audit, "", r.auditErr
}

// said returns what the trail says, one line "what object: reason" per row.
func (r *records) said() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var lines []string
	for _, a := range r.audit {
		lines = append(lines, strings.TrimSuffix(a.What+" "+a.Object+": "+a.Reason, ": "))
	}
	return lines
}

// office is Accounts over records with a clock that the test steps, and an
// administrator "root" whose password is goodPassword.
type office struct {
	*access.Accounts
	*records
	clock sync.Mutex
	at    time.Time
	root  access.Act
	log   strings.Builder
}

const goodPassword = "Correct horse battery" // for every policy

func (o *office) now() time.Time {
	o.clock.Lock()
	defer o.clock.Unlock()
	return o.at
}

func (o *office) pass(d time.Duration) {
	o.clock.Lock()
	defer o.clock.Unlock()
	o.at = o.at.Add(d)
}

func (o *office) settings(policy access.Policy) access.Settings {
	return access.Settings{
		Store: o.records, Chain: access.NewChain(o.records, o.now), Clock: o.now, Log: slog.New(slog.NewTextHandler(&o.log, nil)),
		Policy: policy, Words: func() []string { return []string{"Grand Plaza"} },
		Cost: access.Cost{Memory: 64, Passes: 1, Threads: 1},
	}
}

func newOffice(t testing.TB, policy access.Policy) *office {
	t.Helper()
	o := &office{records: &records{accounts: map[string]access.Account{}, logins: map[string]access.Login{}}}
	o.at = time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	var err error
	if o.Accounts, err = access.OpenAccounts(t.Context(), o.settings(policy)); err != nil {
		t.Fatal(err)
	}
	o.root = access.System("test")
	o.root.By = o.hire(t, "root", access.RoleSecurityAdmin).Principal
	o.root.From = "10.0.0.1"
	return o
}

// hire makes an account with goodPassword and logs it in.
func (o *office) hire(t testing.TB, login string, roles ...access.Role) access.Entry {
	t.Helper()
	_, oneTime, err := o.Create(t.Context(), o.root, access.Person{Login: login, Name: "Mr " + login, Roles: roles})
	if err != nil {
		t.Fatal(err)
	}
	e := o.enter(t, login, oneTime)
	if err := o.ChangePassword(t.Context(), act(e), oneTime, goodPassword); err != nil {
		t.Fatal(err)
	}
	return o.enter(t, login, goodPassword)
}

func (o *office) enter(t testing.TB, login, password string) access.Entry {
	t.Helper()
	e, err := o.Logins().Begin(t.Context(), access.Attempt{Login: login, Password: password, From: "10.0.0.1", Agent: "test"})
	if err != nil {
		t.Fatalf("%s cannot log in: %v", login, err)
	}
	return e
}

func (o *office) try(t *testing.T, login, password, code string) error {
	t.Helper()
	_, err := o.Logins().Begin(t.Context(), access.Attempt{Login: login, Password: password, Code: code, From: "10.0.0.9"})
	return err
}

// in reports whether the entry's login is still open.
func (o *office) in(t *testing.T, e access.Entry) bool {
	t.Helper()
	_, err := o.Logins().Check(t.Context(), e.Secret, "10.0.0.1")
	return err == nil
}

func act(e access.Entry) access.Act { return access.Act{By: e.Principal, From: "10.0.0.1"} }
