package access

import (
	"context"
	"errors"
	"time"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
)

// outcomeTime bounds the writing of an outcome after the action's own time is up.
const outcomeTime = 5 * time.Second

// Chain is the audit trail: rows that are only ever added, each with the hash of
// the one before it. It is safe for concurrent use, also by several processes.
type Chain struct {
	store AuditStore
	now   clock.Clock
}

// NewChain returns the chain kept in store.
func NewChain(store AuditStore, now clock.Clock) *Chain { return &Chain{store: store, now: now} }

// Append adds a row and sets its Seq, At and Hash. Before and After must be JSON
// or empty; what looks like a secret in them is hidden, text that is too long is
// cut. When Append fails the action must not take place: fault.Unavailable.
func (c *Chain) Append(ctx context.Context, row Audit) error {
	row, err := row.fit()
	if err != nil {
		return err
	}
	err = c.store.AppendAudit(ctx, func(head Head) Audit {
		row.Seq = head.Seq + 1
		row.At = c.now().UTC().Truncate(time.Microsecond) // as finely as it is stored
		row.Hash = row.hashAfter(head.Hash)
		return row
	})
	return fault.Wrap(err, fault.Unavailable, "the audit trail cannot be written, so nothing was done")
}

// Do carries out an action that the row describes. The row comes first: without
// it nothing is done. If the action fails a row named What + ".failed" follows.
// A row without that one says: it was done, or we were cut off while doing it.
func (c *Chain) Do(ctx context.Context, row Audit, do func(context.Context) error) error {
	if err := c.Append(ctx, row); err != nil {
		return err
	}
	err := do(ctx)
	if err == nil {
		return nil
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), outcomeTime)
	defer cancel()
	row.What += ".failed"
	row.Before, row.After, row.Reason = "", "", reasonOf(err)
	return errors.Join(err, c.Append(late, row))
}

// reasonOf tells a failure as a user may see it, without its cause.
func reasonOf(err error) string {
	if e, ok := errors.AsType[*fault.Error](err); ok {
		return string(e.Code) + ": " + e.Message
	}
	return string(fault.Internal)
}

// Find returns the rows that f selects, newest first, and the cursor of the next
// page, empty at the end.
func (c *Chain) Find(ctx context.Context, f AuditFilter) (rows []Audit, next string, err error) {
	switch {
	case f.Limit < 0 || f.Limit > maxAuditPage:
		return nil, "", fault.Field("limit", "must be between 1 and %d", maxAuditPage)
	case f.Limit == 0:
		f.Limit = 100
	}
	return c.store.FindAudit(ctx, f)
}

// maxAuditPage is the most rows that are read at once.
const maxAuditPage = 1000
