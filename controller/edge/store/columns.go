package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// instant is a point in time in a BIGINT column: microseconds since 1970, null
// for the zero time. Both databases order and compare it the same way.
type instant time.Time

// GormDataType tells gorm what the column holds.
func (instant) GormDataType() string { return "int" }

// Value writes the column.
func (i instant) Value() (driver.Value, error) {
	if time.Time(i).IsZero() {
		return nil, nil
	}
	return time.Time(i).UnixMicro(), nil
}

// Scan reads the column.
func (i *instant) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*i = instant{}
	case int64:
		*i = instant(time.UnixMicro(v).UTC())
	default:
		return unreadable("an instant", src)
	}
	return nil
}

// span is a duration in a BIGINT column, in microseconds.
type span time.Duration

// GormDataType tells gorm what the column holds.
func (span) GormDataType() string { return "int" }

// Value writes the column.
func (s span) Value() (driver.Value, error) { return time.Duration(s).Microseconds(), nil }

// Scan reads the column.
func (s *span) Scan(src any) error {
	v, ok := src.(int64)
	if !ok {
		return unreadable("a duration", src)
	}
	*s = span(time.Duration(v) * time.Microsecond)
	return nil
}

// number is a phone.Number in a TEXT column, empty for none.
type number phone.Number

// GormDataType tells gorm what the column holds.
func (number) GormDataType() string { return "string" }

// Value writes the column.
func (n number) Value() (driver.Value, error) { return phone.Number(n).String(), nil }

// Scan reads the column.
func (n *number) Scan(src any) error {
	text, ok := asText(src)
	if !ok {
		return unreadable("a number", src)
	}
	if (*phone.Number)(n).UnmarshalText(text) != nil {
		return unreadable("a number", src)
	}
	return nil
}

// list is a short list in a JSON column; empty reads as nil.
type list[T any] []T

// GormDataType tells gorm what the column holds.
func (list[T]) GormDataType() string { return "json" }

// Value writes the column.
func (l list[T]) Value() (driver.Value, error) {
	if len(l) == 0 {
		return "[]", nil
	}
	return toJSON([]T(l))
}

// Scan reads the column.
func (l *list[T]) Scan(src any) error {
	text, ok := asText(src)
	if !ok {
		return unreadable("a list", src)
	}
	*l = nil
	if err := json.Unmarshal(text, (*[]T)(l)); err != nil {
		return unreadable("a list", src)
	}
	if len(*l) == 0 {
		*l = nil
	}
	return nil
}

// toJSON returns v as text: both drivers take a string for a JSON column.
func toJSON(v any) (driver.Value, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

func asText(src any) ([]byte, bool) {
	switch v := src.(type) {
	case string:
		return []byte(v), true
	case []byte:
		return v, true
	}
	return nil, false
}

func unreadable(what string, src any) error {
	return fault.Wrap(fmt.Errorf("a column holds the %T %.40q", src, src), fault.Internal, "the database holds something that is not %s", what)
}
