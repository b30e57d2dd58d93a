package phone

import "strings"

// Spellings returns the ways in which o may be written by carriers and people on
// a line of area, the canonical one first.
func (c Country) Spellings(o Outside, area string) []string {
	s := o.Canonical.String()
	if s == "" {
		return nil
	}
	rest, ok := strings.CutPrefix(s, "+")
	if !ok {
		return []string{s}
	}
	all := []string{s, c.International + rest}
	national, ok := strings.CutPrefix(rest, c.CallingCode)
	if !ok {
		return all
	}
	all = append(all, rest, c.Trunk+national, national)
	if local, ok := c.own(national, area); ok && o.Class == ClassLocal {
		all = append(all, local)
	}
	return all
}

// FromCarrier classifies a number as carriers present it: also with the own
// country code but without +, or without the trunk prefix.
func (c Country) FromCarrier(n Number, area string) Outside {
	o := c.Classify(n, area)
	if o.Class != "" || !allDigits(n.String()) {
		return o
	}
	for _, prefix := range []string{"+", "+" + c.CallingCode} {
		if strings.HasPrefix(n.String(), c.CallingCode) == (prefix == "+") {
			if again := c.Classify(number(prefix+n.String()), area); again.Class != "" {
				return again
			}
		}
	}
	return o
}
