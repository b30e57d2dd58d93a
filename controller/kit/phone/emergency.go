package phone

import "strings"

// Emergency is an emergency number of a country.
type Emergency struct {
	Dialled string
	Send    string // what a line must dial for it
	Service string // police, fire, ambulance, traffic, all, test
	Test    bool   // proves the path, alarms nobody outside
}

// Emergencies returns the emergency numbers as dialled with nothing in front.
func (c Country) Emergencies() []Emergency { return append([]Emergency(nil), c.emergencies...) }

// DialForms returns every exact form in which emergency numbers are accepted
// without looking at the house: bare, and with the access digit in front.
func (c Country) DialForms(access string) []Emergency {
	forms := c.Emergencies()
	if access == "" {
		return forms
	}
	for _, e := range c.emergencies {
		e.Dialled = access + e.Dialled
		forms = append(forms, e)
	}
	return forms
}

// Protected returns the numbers that are no emergency numbers but may not be
// screened either: a warning from the police, a crisis line.
func (c Country) Protected() []string {
	var all []string
	for _, r := range c.direct {
		if r.protected {
			all = append(all, r.pattern)
		}
	}
	return all
}

// Emergency reports whether n is an emergency number: bare, with the access
// digit (may be empty), or in the form for another city (0755110), on a line of
// area. A # at the end, as some phones send, does not matter.
func (c Country) Emergency(n Number, access, area string) (Emergency, bool) {
	d := strings.TrimRight(n.String(), "#")
	if e, ok := c.emergency(d, area); ok {
		return e, true
	}
	if rest, ok := strings.CutPrefix(d, access); ok && access != "" {
		return c.emergency(rest, area)
	}
	return Emergency{}, false
}

// emergency looks d up; behind a trunk prefix and area code the number is that
// city's: our own is shortened, another is sent as dialled.
func (c Country) emergency(d, area string) (Emergency, bool) {
	for _, e := range c.emergencies {
		if e.Dialled == d {
			return e, true
		}
	}
	if c.Code == "" {
		return Emergency{}, false
	}
	digits, kind := c.split(d)
	if kind != dialledNational || len(digits) > maxAreaEmergency {
		return Emergency{}, false
	}
	n := min(c.areaDigits(digits), len(digits))
	for _, e := range c.emergencies {
		if e.Dialled != digits[n:] || e.Dialled != e.Send {
			continue
		}
		if digits[:n] != area {
			e.Send = c.Trunk + digits
		}
		e.Dialled = d
		return e, true
	}
	return Emergency{}, false
}

// maxAreaEmergency is the length of the longest area code and emergency number.
const maxAreaEmergency = 6
