package store

import (
	"database/sql/driver"
	"encoding/json"
	"maps"
	"slices"
)

// object is a small struct in a JSON column.
type object[T any] struct{ Of T }

// GormDataType tells gorm what the column holds.
func (object[T]) GormDataType() string { return "json" }

// Value writes the column.
func (o object[T]) Value() (driver.Value, error) { return toJSON(o.Of) }

// Scan reads the column.
func (o *object[T]) Scan(src any) error {
	text, ok := asText(src)
	if !ok || json.Unmarshal(text, &o.Of) != nil {
		return unreadable("an object", src)
	}
	return nil
}

// toSkillRows lists skills by name; none is nil.
func toSkillRows(skills map[string]int) (rows []skillRow) {
	for _, name := range slices.Sorted(maps.Keys(skills)) {
		rows = append(rows, skillRow{name, skills[name]})
	}
	return rows
}

func skillsOf(rows []skillRow) map[string]int {
	if len(rows) == 0 {
		return nil
	}
	skills := make(map[string]int, len(rows))
	for _, r := range rows {
		skills[r.Name] = r.Level
	}
	return skills
}
