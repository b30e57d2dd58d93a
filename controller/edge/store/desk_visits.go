package store

import (
	"context"

	"gorm.io/gorm"

	"bellhop/controller/acd"
	"bellhop/controller/kit/fault"
)

// Visit returns one visit; fault.NotFound when there is none.
func (s *Store) Visit(ctx context.Context, id string) (acd.Visit, error) {
	var vs []acd.Visit
	err := s.view(ctx, "read a visit", func(tx *gorm.DB) error {
		load(tx, &vs, visitRow.model, "id", "id = ?", id)
		return tx.Error
	})
	if err != nil {
		return acd.Visit{}, err
	}
	if len(vs) == 0 {
		return acd.Visit{}, fault.New(fault.NotFound, "there is no visit %q", id)
	}
	return vs[0], nil
}

// PutVisits inserts or replaces visits by ID, in one transaction; the last of
// several with one ID wins. Text that no database can keep is mended, as in
// SaveRecords: carriers send names in any encoding.
func (s *Store) PutVisits(ctx context.Context, vs ...acd.Visit) error {
	for _, v := range vs {
		if v.ID == "" {
			return fault.Field("id", "of a visit is empty")
		}
		if v.Entered.IsZero() {
			return fault.Field("entered", "of visit %s is missing", v.ID)
		}
	}
	rows := each(vs, toVisitRow)
	if err := mendText(rows); err != nil || len(rows) == 0 {
		return err
	}
	return s.update(ctx, "store visits", func(tx *gorm.DB) error {
		upsert(tx, rows)
		return tx.Error
	})
}

// Visits returns the visits that match f, newest first, and the cursor of the next
// page ("" at the end). Limit is 1 to 1000; 0 means 1000.
func (s *Store) Visits(ctx context.Context, f acd.VisitFilter) (vs []acd.Visit, next string, err error) {
	if f.Limit < 0 || f.Limit > maxPage {
		return nil, "", fault.Field("limit", "must be between 1 and %d", maxPage)
	}
	if err := checkText(f); err != nil {
		return nil, "", err
	}
	if f.Limit == 0 {
		f.Limit = maxPage
	}
	err = s.view(ctx, "list visits", func(tx *gorm.DB) error {
		query, err := whereVisit(tx, f)
		if err != nil {
			return err
		}
		var rows []visitRow
		if err := query.Order("entered DESC, id DESC").Limit(f.Limit + 1).Find(&rows).Error; err != nil {
			return err
		}
		vs = each(rows, visitRow.model)
		if len(vs) > f.Limit { // one more than asked for: there is a next page
			vs = vs[:f.Limit]
			last := vs[f.Limit-1]
			next = cursorOf(last.Entered, last.ID)
		}
		return nil
	})
	return vs, next, err
}

// whereVisit narrows tx to the visits that f selects.
func whereVisit(tx *gorm.DB, f acd.VisitFilter) (*gorm.DB, error) {
	is := func(set bool, condition string, args ...any) {
		if set {
			tx = tx.Where(condition, args...)
		}
	}
	is(!f.From.IsZero(), "entered >= ?", instant(f.From))
	is(!f.To.IsZero(), "entered < ?", instant(f.To))
	is(f.Queue != "", "queue = ?", f.Queue)
	is(f.Account != "", "account = ?", f.Account)
	is(f.How != "", "how = ?", f.How)
	is(f.Number != "", "number = ?", f.Number)
	is(f.Open, "left_at IS NULL")
	if f.After != "" {
		entered, id, err := parseCursor(f.After)
		if err != nil {
			return nil, err
		}
		is(true, "(entered, id) < (?, ?)", instant(entered), id)
	}
	return tx, nil
}

// PutSpans inserts or replaces spans by ID, in one transaction.
func (s *Store) PutSpans(ctx context.Context, ss ...acd.Span) error {
	for _, one := range ss {
		if one.ID == "" {
			return fault.Field("id", "of a span is empty")
		}
		if one.Begin.IsZero() {
			return fault.Field("begin", "of span %s is missing", one.ID)
		}
	}
	rows := each(ss, toSpanRow)
	if err := mendText(rows); err != nil || len(rows) == 0 {
		return err
	}
	return s.update(ctx, "store spans", func(tx *gorm.DB) error {
		upsert(tx, rows)
		return tx.Error
	})
}

// Spans returns the spans that touch [f.From, f.To), of f.Account if set, oldest
// first. The other fields of f are not looked at.
func (s *Store) Spans(ctx context.Context, f acd.VisitFilter) ([]acd.Span, error) {
	if err := checkText(f); err != nil {
		return nil, err
	}
	var rows []spanRow
	err := s.view(ctx, "list spans", func(tx *gorm.DB) error {
		if f.Account != "" {
			tx = tx.Where("account = ?", f.Account)
		}
		if !f.From.IsZero() {
			tx = tx.Where("(ends IS NULL OR ends > ?)", instant(f.From))
		}
		if !f.To.IsZero() {
			tx = tx.Where("begins < ?", instant(f.To))
		}
		return tx.Order("begins, id").Find(&rows).Error
	})
	return each(rows, spanRow.model), err
}
