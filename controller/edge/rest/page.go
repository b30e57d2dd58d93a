package rest

import (
	"encoding/base64"
	"fmt"
	"slices"
	"sort"
	"strings"

	"bellhop/controller/kit/fault"
)

const defaultLimit = 100

// page cuts the page that follows the cursor after out of items, ordered by key.
// A cursor names a place, not an item: what was removed meanwhile does no harm.
func page[T any](items []T, key func(T) string, limit int, after string) (part []T, next string, err error) {
	if limit == 0 {
		limit = defaultLimit
	}
	last, err := base64.RawURLEncoding.DecodeString(after)
	if err != nil {
		return nil, "", fault.Field("after", "is not a cursor of this list")
	}
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b T) int { return strings.Compare(key(a), key(b)) })
	from := 0
	if after != "" {
		from = sort.Search(len(items), func(i int) bool { return key(items[i]) > string(last) })
	}
	to := min(from+limit, len(items))
	if to < len(items) {
		next = base64.RawURLEncoding.EncodeToString([]byte(key(items[to-1])))
	}
	return items[from:to], next, nil
}

// natural makes a sort key that puts 801 before 1101.
func natural(s string) string { return fmt.Sprintf("%04d%s", len(s), s) }

// each maps a list; nothing gives an empty list, which JSON shows as [].
func each[T, U any](ts []T, f func(T) U) []U {
	us := make([]U, len(ts))
	for i, t := range ts {
		us[i] = f(t)
	}
	return us
}

// only returns the items that keep says.
func only[T any](ts []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(ts), func(t T) bool { return !keep(t) })
}
