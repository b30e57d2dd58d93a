package asterisk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bellhop/controller/calls"
)

// maxName is the longest caller name that is sent, in characters.
const maxName = 60

// callerID writes a caller as Asterisk parses it: "Name" <number>. Names come
// from guests and from the PMS; what could break out of the quotes is dropped.
func callerID(c calls.CallerID) string {
	name := displayName(c.Name)
	number := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' || r == '*' || r == '#' {
			return r
		}
		return -1
	}, c.Number)
	switch {
	case name == "" && number == "":
		return ""
	case name == "":
		return "<" + number + ">"
	}
	return `"` + name + `" <` + number + ">"
}

// displayName makes a name safe inside quotes, in SIP and in configuration files.
func displayName(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("\"\\<>;,|^[]{}$`", r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > maxName {
		s = strings.TrimSpace(string([]rune(s)[:maxName]))
	}
	return s
}

func callerOfDevice(d Device) calls.CallerID { return calls.CallerID{Number: d.Number, Name: d.Name} }
