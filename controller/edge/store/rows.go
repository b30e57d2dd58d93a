package store

import (
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// batch is how many rows go into one statement: SQLite's driver looks up each
// parameter in a list, so that long statements cost more than they save.
const batch = 40

// keyed is a row of a table whose things are put and dropped by key.
type keyed interface {
	// key returns the key's column and its value in this row.
	key() (column, value string)
}

// The functions below do nothing once tx.Error is set, and set it when they fail:
// a failed statement may have ended the transaction, and what follows must not be
// written outside of it.

// change drops and then puts: what takes over a dropped thing's number finds it free.
func change[M any, R keyed](tx *gorm.DB, drop []string, put []M, toRow func(M) R) {
	var table R
	column, _ := table.key()
	for some := range slices.Chunk(drop, batch) {
		if tx.Error == nil {
			_ = tx.AddError(tx.Where(column+" IN ?", some).Delete(&table).Error)
		}
	}
	upsert(tx, each(put, toRow))
}

// upsert inserts rows or replaces those with the same key; the last of several
// rows with one key wins.
func upsert[R keyed](tx *gorm.DB, rows []R) {
	if tx.Error == nil {
		_ = tx.AddError(checkText(rows))
	}
	insert(tx, lastOfKey(rows), clause.OnConflict{UpdateAll: true})
}

// insert adds rows; options say what to do with those whose key exists.
func insert[R any](tx *gorm.DB, rows []R, options ...clause.Expression) {
	for some := range slices.Chunk(rows, batch) {
		if tx.Error == nil {
			_ = tx.AddError(tx.Clauses(options...).Create(&some).Error)
		}
	}
}

// load reads all rows of a table that the conditions select, in order.
func load[M, R any](tx *gorm.DB, into *[]M, toModel func(R) M, order string, conditions ...any) {
	if tx.Error != nil {
		return
	}
	var rows []R
	_ = tx.AddError(tx.Order(order).Find(&rows, conditions...).Error)
	*into = each(rows, toModel)
}

// lastOfKey leaves out rows that a later one with the same key replaces; a
// statement may not touch one row twice.
func lastOfKey[R keyed](rows []R) []R {
	last := make(map[string]int, len(rows))
	for i, r := range rows {
		_, k := r.key()
		last[k] = i
	}
	if len(last) == len(rows) {
		return rows
	}
	var kept []R
	for i, r := range rows {
		if _, k := r.key(); last[k] == i {
			kept = append(kept, r)
		}
	}
	return kept
}

// each maps a list; an empty one is nil.
func each[A, B any](as []A, f func(A) B) []B {
	var bs []B
	for _, a := range as {
		bs = append(bs, f(a))
	}
	return bs
}
