package routing

import (
	"strings"
	"unicode"

	"bellhop/controller/calls"
	"bellhop/controller/kit/phone"
)

// shown is the caller id that a trunk presents for the caller.
func (r *ruling) shown(t *Trunk) calls.CallerID {
	id := calls.CallerID{Number: r.property.MainNumber, Name: r.property.Name}
	switch t.CallerID.Mode {
	case CallerIDAnonymous:
		return calls.CallerID{}
	case CallerIDFixed:
		id.Number = t.CallerID.Number
	case CallerIDExtension:
		if n, err := phone.Parse(t.CallerID.Number + r.From.String()); err == nil {
			id.Number = n.String()
		}
	}
	return id
}

// presented makes an outside caller's number readable for our phones and
// diallable for a call back. A number of our own is hidden: nobody outside is
// the front desk.
func (r *ruling) presented() (id calls.CallerID, back phone.Number, o phone.Outside) {
	n, err := phone.Parse(r.Shown)
	if err != nil {
		return calls.CallerID{Name: printable(r.ShownName)}, phone.Number{}, phone.Outside{}
	}
	if r.isInside(n) || n.String() == operatorDigit {
		r.say("callerid", "an outside call shows our own number %s: hidden", n)
		return calls.CallerID{}, phone.Number{}, phone.Outside{}
	}
	id = calls.CallerID{Number: n.String(), Name: printable(r.ShownName)}
	o = r.country.FromCarrier(n, r.property.AreaCode)
	if o.Class == "" {
		return id, phone.Number{}, o
	}
	dial := r.country.Classify(o.Canonical, r.property.AreaCode).Dial
	if dial.IsZero() {
		return id, phone.Number{}, o
	}
	id.Number = dial.String()
	back, _ = phone.Parse(r.property.AccessDigit + dial.String())
	return id, back, o
}

// maxName is the longest name that a phone is given, in bytes.
const maxName = 64

// printable cleans a name that came from outside.
func printable(s string) string {
	s = strings.Map(func(c rune) rune {
		if c == unicode.ReplacementChar || !unicode.IsPrint(c) || strings.ContainsRune(`"<>\`, c) {
			return -1
		}
		return c
	}, s)
	for len(s) > maxName {
		s = strings.ToValidUTF8(s[:maxName], "")
	}
	return strings.TrimSpace(s)
}
