package store

import (
	"strings"

	"gorm.io/gorm"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// maxPage is the most records that one page may hold.
const maxPage = 1000

// checkFilter refuses what cannot be asked.
func checkFilter(f calls.Filter) error {
	switch {
	case f.Limit < 0 || f.Limit > maxPage:
		return fault.Field("limit", "must be between 1 and %d", maxPage)
	case f.MinTalk < 0:
		return fault.Field("min_talk", "must not be negative")
	case f.MaxTalk < 0:
		return fault.Field("max_talk", "must not be negative")
	}
	return checkText(f)
}

// where narrows tx to the records that f selects.
func where(tx *gorm.DB, f calls.Filter) (*gorm.DB, error) {
	is := func(set bool, condition string, args ...any) {
		if set {
			tx = tx.Where(condition, args...)
		}
	}
	is(!f.From.IsZero(), "started >= ?", instant(f.From))
	is(!f.To.IsZero(), "started < ?", instant(f.To))
	is(f.Extension != "", "(from_extension = ? OR to_extension = ?)", f.Extension, f.Extension)
	is(f.Number != "", "(lower(dialled) LIKE ? ESCAPE '!' OR lower(from_number) LIKE ? ESCAPE '!')",
		containing(f.Number), containing(f.Number))
	is(f.Room != "", "(from_room = ? OR to_room = ?)", f.Room, f.Room)
	is(f.Trunk != "", "trunk = ?", f.Trunk)
	is(f.Direction != "", "direction = ?", f.Direction)
	is(f.Outcome != "", "outcome = ?", f.Outcome)
	is(f.MinTalk > 0, "talk >= ?", span(f.MinTalk))
	is(f.MaxTalk > 0, "talk <= ?", span(f.MaxTalk))
	is(f.Monitored, "monitored")
	is(f.Emergency, "emergency")
	is(f.Open, "ended IS NULL")
	if f.After != "" {
		started, id, err := parseCursor(f.After)
		if err != nil {
			return nil, err
		}
		is(true, "(started, id) < (?, ?)", instant(started), id)
	}
	return tx, nil
}

// containing is the LIKE pattern (escape "!") of text that holds part.
func containing(part string) string {
	escape := strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")
	return "%" + escape.Replace(strings.ToLower(part)) + "%"
}
