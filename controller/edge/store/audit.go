package store

import (
	"context"
	"strconv"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

var _ access.AuditStore = (*Store)(nil)

// AppendAudit stores the row that seal makes behind the head, and moves the head
// on. The head is locked meanwhile, so that appends queue, whoever makes them.
func (s *Store) AppendAudit(ctx context.Context, seal func(head access.Head) access.Audit) error {
	return s.update(ctx, "append to the audit trail", func(tx *gorm.DB) error {
		var head headRow
		if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&head).Error; err != nil {
			return err
		}
		row := toAuditRow(seal(access.Head{Seq: head.Seq, Hash: head.Hash}))
		if err := checkText(row); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return tx.Model(&head).Select("Seq", "Hash").Updates(&headRow{Seq: row.Seq, Hash: row.Hash}).Error
	})
}

// AuditHead returns the number and hash of the newest row.
func (s *Store) AuditHead(ctx context.Context) (access.Head, error) {
	var head headRow
	err := s.view(ctx, "read the audit head", func(tx *gorm.DB) error { return tx.Take(&head).Error })
	return access.Head{Seq: head.Seq, Hash: head.Hash}, err
}

// AuditAfter returns up to limit rows behind seq, oldest first.
func (s *Store) AuditAfter(ctx context.Context, seq int64, limit int) ([]access.Audit, error) {
	var rows []access.Audit
	err := s.view(ctx, "read the audit trail", func(tx *gorm.DB) error {
		load(tx.Limit(limit), &rows, auditRow.model, "seq", "seq > ?", seq)
		return tx.Error
	})
	return rows, err
}

// FindAudit returns the rows that f selects, newest first, and the cursor of the
// next page, empty at the end. The cursor is the seq of the page's last row.
func (s *Store) FindAudit(ctx context.Context, f access.AuditFilter) (rows []access.Audit, next string, err error) {
	switch {
	case f.Limit < 1 || f.Limit > maxPage:
		return nil, "", fault.Field("limit", "must be between 1 and %d", maxPage)
	case checkText(f) != nil:
		return nil, "", checkText(f)
	}
	err = s.view(ctx, "search the audit trail", func(tx *gorm.DB) error {
		query, err := whereAudit(tx, f)
		if err != nil {
			return err
		}
		var found []auditRow
		if err := query.Order("seq DESC").Limit(f.Limit + 1).Find(&found).Error; err != nil {
			return err
		}
		if len(found) > f.Limit { // one more than asked for: there is a next page
			found = found[:f.Limit]
			next = strconv.FormatInt(found[f.Limit-1].Seq, 10)
		}
		rows = each(found, auditRow.model)
		return nil
	})
	return rows, next, err
}

func whereAudit(tx *gorm.DB, f access.AuditFilter) (*gorm.DB, error) {
	is := func(set bool, condition string, args ...any) {
		if set {
			tx = tx.Where(condition, args...)
		}
	}
	is(!f.From.IsZero(), "at >= ?", instant(f.From))
	is(!f.To.IsZero(), "at < ?", instant(f.To))
	// Both columns compare by bytes: nothing that begins so is behind the last character.
	is(f.Who != "", "who >= ? AND who < ?", f.Who, f.Who+"\U0010FFFF")
	is(f.What != "", "what >= ? AND what < ?", f.What, f.What+"\U0010FFFF")
	is(f.Object != "", "object = ?", f.Object)
	if f.After != "" {
		seq, err := strconv.ParseInt(f.After, 10, 64)
		if err != nil || seq < 1 {
			return nil, fault.Field("after", "is not a cursor that this list gave out")
		}
		is(true, "seq < ?", seq)
	}
	return tx, nil
}

type headRow struct {
	ID   int64 `gorm:"primaryKey"`
	Seq  int64
	Hash string
}

func (headRow) TableName() string { return "audit_head" }

type auditRow struct {
	Seq         int64 `gorm:"primaryKey;autoIncrement:false"`
	At          instant
	Who         string
	Origin      string
	What        string
	Object      string
	FactsBefore string
	FactsAfter  string
	Reason      string
	Hash        string
}

func (auditRow) TableName() string { return "audit" }

func toAuditRow(a access.Audit) auditRow {
	return auditRow{
		Seq: a.Seq, At: instant(a.At), Who: a.Who, Origin: a.Where, What: a.What, Object: a.Object,
		FactsBefore: a.Before, FactsAfter: a.After, Reason: a.Reason, Hash: a.Hash,
	}
}

func (r auditRow) model() access.Audit {
	return access.Audit{
		Seq: r.Seq, At: time.Time(r.At), Who: r.Who, Where: r.Origin, What: r.What, Object: r.Object,
		Before: r.FactsBefore, After: r.FactsAfter, Reason: r.Reason, Hash: r.Hash,
	}
}
