package access

import (
	"context"

	"bellhop/controller/kit/fault"
)

// Verdict is what Verify found.
type Verdict struct {
	Rows   int64  // that are sound, counted from the first
	Head   string // hash of the last sound row; see Holds
	Broken *Break // nil: the chain is whole
}

// Break is the first place where the chain is not what was written.
type Break struct {
	Seq int64 // of the row that is missing or wrong
	Why string
}

// Verify reads the whole chain and finds the first row that was changed, removed,
// inserted or moved, and a tail that was cut off: the head is kept beside the rows.
//
// It cannot find what somebody did who may write to the database and rebuilt every
// hash from the changed row on, together with the head (the hashes have no key), or
// who put back an older copy of the whole; nor rows that were never written. So note
// the head outside the database from time to time, and ask Holds.
func (c *Chain) Verify(ctx context.Context) (Verdict, error) {
	var v Verdict
	for v.Broken == nil {
		rows, err := c.rowsAfter(ctx, v.Rows)
		if err != nil {
			return v, err
		}
		if len(rows) == 0 {
			// Rows and head are written together: the head, read later, is never behind.
			head, err := c.store.AuditHead(ctx)
			if err != nil {
				return v, unreadable(err)
			}
			if v.meets(head) || v.Broken != nil {
				return v, nil
			}
			// Rows came meanwhile: they must be there now.
			if rows, err = c.rowsAfter(ctx, v.Rows); err != nil {
				return v, err
			}
			if len(rows) == 0 {
				v.Broken = &Break{v.Rows + 1, "the row and all behind it are missing"}
			}
		}
		v.walk(rows)
	}
	return v, nil
}

// Holds reports whether the row that was noted earlier is still as it was.
func (c *Chain) Holds(ctx context.Context, noted Head) (bool, error) {
	rows, err := c.store.AuditAfter(ctx, noted.Seq-1, 1)
	return len(rows) == 1 && Head{rows[0].Seq, rows[0].Hash} == noted, unreadable(err)
}

func (c *Chain) rowsAfter(ctx context.Context, seq int64) ([]Audit, error) {
	rows, err := c.store.AuditAfter(ctx, seq, maxAuditPage)
	return rows, unreadable(err)
}

func unreadable(err error) error {
	return fault.Wrap(err, fault.Unavailable, "the audit trail cannot be read")
}

// walk takes the next rows into the verdict, until one is wrong.
func (v *Verdict) walk(rows []Audit) {
	for _, row := range rows {
		switch want := v.Rows + 1; {
		case row.Seq != want:
			v.Broken = &Break{want, "the row is missing"}
			return
		case row.Hash != row.hashAfter(v.Head):
			v.Broken = &Break{want, "the row was changed, moved or put in"}
			return
		}
		v.Rows, v.Head = row.Seq, row.Hash
	}
}

// meets reports whether the rows end where the head says; rows behind the head or
// another hash break the chain.
func (v *Verdict) meets(head Head) bool {
	switch {
	case head.Seq < v.Rows:
		v.Broken = &Break{head.Seq + 1, "the row lies behind the head: it was put in, or the head was set back"}
	case head.Seq == v.Rows && head.Hash != v.Head:
		v.Broken = &Break{head.Seq, "the head was changed"}
	}
	return v.Broken == nil && head.Seq == v.Rows
}
