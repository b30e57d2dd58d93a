package calls

import "context"

// Store keeps call records.
type Store interface {
	// SaveRecords inserts or replaces records with their legs, in one transaction.
	SaveRecords(ctx context.Context, rs []Record) error
	// Records returns the records that match f, newest first, and the cursor of
	// the next page ("" at the end).
	Records(ctx context.Context, f Filter) (rs []Record, next string, err error)
	// Record returns one record; fault.NotFound when there is none.
	Record(ctx context.Context, id CallID) (Record, error)
}
