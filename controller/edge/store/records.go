package store

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

var _ calls.Store = (*Store)(nil)

// SaveRecords inserts or replaces records with their legs, in one transaction. The
// last of several records with one id wins. Text that no database can keep (broken
// UTF-8, NUL) is stored with U+FFFD in its place rather than lost.
func (s *Store) SaveRecords(ctx context.Context, rs []calls.Record) error {
	rows, legs, err := recordRows(rs)
	if err != nil || len(rows) == 0 {
		return err
	}
	return s.update(ctx, "store call records", func(tx *gorm.DB) error {
		upsert(tx, rows)
		for some := range slices.Chunk(rows, batch) {
			if tx.Error == nil {
				_ = tx.AddError(tx.Where("call_id IN ?", callIDs(some)).Delete(&legRow{}).Error)
			}
		}
		insert(tx, legs)
		return tx.Error
	})
}

// recordRows returns the rows to write: each call once, and its legs.
func recordRows(rs []calls.Record) (rows []recordRow, legs []legRow, err error) {
	last := make(map[calls.CallID]int, len(rs))
	for i, r := range rs {
		if r.ID == "" {
			return nil, nil, fault.Field("id", "of a call record is empty")
		}
		if r.Started.IsZero() {
			return nil, nil, fault.Field("started", "of call record %s is missing", r.ID)
		}
		last[r.ID] = i
	}
	for i, r := range rs {
		if last[r.ID] != i {
			continue
		}
		rows = append(rows, toRecordRow(r))
		for n, leg := range r.Legs {
			legs = append(legs, toLegRow(r.ID, n, leg))
		}
	}
	return rows, legs, errors.Join(mendText(rows), mendText(legs))
}

// Record returns one record; fault.NotFound when there is none.
func (s *Store) Record(ctx context.Context, id calls.CallID) (calls.Record, error) {
	var rs []calls.Record
	err := s.view(ctx, "read a call record", func(tx *gorm.DB) error {
		load(tx, &rs, recordRow.model, "id", "id = ?", id)
		attachLegs(tx, rs)
		return tx.Error
	})
	if err != nil {
		return calls.Record{}, err
	}
	if len(rs) == 0 {
		return calls.Record{}, fault.New(fault.NotFound, "there is no call record %q", id)
	}
	return rs[0], nil
}

// Records returns the records that match f, newest first, and the cursor of the
// next page ("" at the end). Limit is 1 to 1000; 0 means 1000. A call that was not
// answered has a talk time of 0. Number ignores the case of letters.
func (s *Store) Records(ctx context.Context, f calls.Filter) (rs []calls.Record, next string, err error) {
	if err := checkFilter(f); err != nil {
		return nil, "", err
	}
	if f.Limit == 0 {
		f.Limit = maxPage
	}
	err = s.view(ctx, "list call records", func(tx *gorm.DB) error {
		query, err := where(tx, f)
		if err != nil {
			return err
		}
		var rows []recordRow
		if err := query.Order("started DESC, id DESC").Limit(f.Limit + 1).Find(&rows).Error; err != nil {
			return err
		}
		rs = each(rows, recordRow.model)
		if len(rs) > f.Limit { // one more than asked for: there is a next page
			rs = rs[:f.Limit]
			next = cursorAfter(rs[f.Limit-1])
		}
		attachLegs(tx, rs)
		return tx.Error
	})
	return rs, next, err
}

// attachLegs reads the legs of rs.
func attachLegs(tx *gorm.DB, rs []calls.Record) {
	at := make(map[calls.CallID]*calls.Record, len(rs))
	for i := range rs {
		at[rs[i].ID] = &rs[i]
	}
	for some := range slices.Chunk(rs, 10*batch) {
		var legs []legRow
		load(tx, &legs, func(r legRow) legRow { return r }, "call_id, position", "call_id IN ?", recordIDs(some))
		for _, leg := range legs {
			at[leg.CallID].Legs = append(at[leg.CallID].Legs, leg.model())
		}
	}
}

func callIDs(rows []recordRow) []calls.CallID {
	return each(rows, func(r recordRow) calls.CallID { return r.ID })
}

func recordIDs(rs []calls.Record) []calls.CallID {
	return each(rs, func(r calls.Record) calls.CallID { return r.ID })
}
