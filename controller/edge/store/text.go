package store

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm/schema"

	"bellhop/controller/kit/fault"
)

// checkText refuses text that one of the databases cannot keep: PostgreSQL takes
// neither broken UTF-8 nor the NUL character. v is a struct or a list of them.
func checkText(v any) error {
	return eachText(reflect.ValueOf(v), "", func(path string, s reflect.Value) error {
		if storable(s.String()) {
			return nil
		}
		return fault.Field(path, "must be valid UTF-8 without NUL characters")
	})
}

// mendText replaces what checkText refuses by U+FFFD: a call record must not be
// lost because a carrier sent a name in another encoding. v is a pointer.
func mendText(v any) error {
	return eachText(reflect.ValueOf(v), "", func(_ string, s reflect.Value) error {
		if !storable(s.String()) {
			s.SetString(strings.ReplaceAll(strings.ToValidUTF8(s.String(), "\uFFFD"), "\x00", "\uFFFD"))
		}
		return nil
	})
}

func storable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// eachText calls fn for every string inside v with its path, e.g. "guests.name".
func eachText(v reflect.Value, path string, fn func(path string, s reflect.Value) error) error {
	switch v.Kind() {
	case reflect.String:
		return fn(path, v)
	case reflect.Pointer:
		return eachText(v.Elem(), path, fn)
	case reflect.Slice:
		for i := range v.Len() {
			if err := eachText(v.Index(i), path, fn); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for f, field := range v.Fields() {
			if !f.IsExported() {
				continue // the insides of times and numbers, which hold no free text
			}
			if err := eachText(field, join(path, f.Name), fn); err != nil {
				return err
			}
		}
	}
	return nil
}

func join(path, field string) string {
	name := schema.NamingStrategy{}.ColumnName("", field)
	if path == "" {
		return name
	}
	return path + "." + name
}
