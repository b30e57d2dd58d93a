package hotel

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest texts, in characters. Guests' names get what property systems
// send (FIAS: GN 200, GF 80, GT 20), so none is ever cut.
const (
	maxKey   = 64
	maxName  = 100
	maxGuest = 300
	maxID    = 100
)

// optional checks a text for screens and SIP headers: UTF-8, no control or
// invisible characters, no space around it.
func optional(s string, limit int) error {
	switch {
	case !utf8.ValidString(s):
		return errors.New("is not UTF-8")
	case utf8.RuneCountInString(s) > limit:
		return fmt.Errorf("is longer than %d characters", limit)
	case strings.TrimSpace(s) != s:
		return errors.New("has space around it")
	case strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New("holds a control or invisible character")
	}
	return nil
}

// required is optional and not empty.
func required(s string, limit int) error {
	if s == "" {
		return errors.New("is empty")
	}
	return optional(s, limit)
}

// listed is required and without the semicolon that separates it in lists.
func listed(s string, limit int) error {
	if strings.Contains(s, ";") {
		return errors.New("may not hold a semicolon")
	}
	return required(s, limit)
}

// of checks that s has from lo to hi characters, all of them from set.
func of(set string, lo, hi int, s string) bool {
	return len(s) >= lo && len(s) <= hi && strings.Trim(s, set) == ""
}

const (
	digits = "0123456789"
	lower  = "abcdefghijklmnopqrstuvwxyz"
	upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// languageTag checks the short form of BCP 47 tags that prompts are filed
// under: zh-CN, en.
func languageTag(s string) bool {
	language, rest, sub := strings.Cut(s, "-")
	return of(lower, 2, 3, language) && (!sub || of(lower+upper+digits+"-", 2, 12, rest))
}
