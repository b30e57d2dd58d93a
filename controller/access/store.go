package access

import (
	"context"
	"time"
)

// AccountStore keeps accounts and logins.
type AccountStore interface {
	// LoadAccess returns all accounts, and the logins that are not revoked and
	// end after now.
	LoadAccess(ctx context.Context, now time.Time) (Data, error)
	// ApplyAccess creates or replaces all that d names, in one transaction.
	ApplyAccess(ctx context.Context, d Data) error
	// PurgeLogins forgets the logins that ended before t and returns how many.
	PurgeLogins(ctx context.Context, t time.Time) (int64, error)
}

// Data is accounts and logins, as loaded or as changed.
type Data struct {
	Accounts []Account
	Logins   []Login
}

// AuditStore keeps the audit chain.
type AuditStore interface {
	// AppendAudit reads the head, lets seal make the next row from it, and stores
	// the row and the new head, in one transaction that no other append can enter.
	AppendAudit(ctx context.Context, seal func(head Head) Audit) error
	// AuditHead returns what the newest row must be.
	AuditHead(ctx context.Context) (Head, error)
	// AuditAfter returns up to limit rows with a greater seq, in order of seq.
	AuditAfter(ctx context.Context, seq int64, limit int) ([]Audit, error)
	// FindAudit returns the rows that f selects, newest first, and the cursor of
	// the next page, empty at the end.
	FindAudit(ctx context.Context, f AuditFilter) (rows []Audit, next string, err error)
}

// Head is the number and hash of the newest row; seq 0 and no hash before the first.
type Head struct {
	Seq  int64
	Hash string
}

// AuditFilter selects audit rows; zero fields select all.
type AuditFilter struct {
	From, To time.Time // From <= at < To
	Who      string    // beginning of who: "account:zhang", "token:"
	What     string    // beginning of what: "login."
	Object   string    // the object, whole
	Limit    int       // 1 to 1000, 0: 100
	After    string    // cursor
}
