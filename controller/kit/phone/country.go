package phone

import (
	"fmt"
	"strings"

	"bellhop/controller/kit/fault"
)

// Country is the numbering plan of the country that a hotel stands in. It is
// read-only after ForCountry and may be shared. In the zero Country nothing can
// be called.
type Country struct {
	Code          string // ISO 3166-1
	CallingCode   string // ITU-T E.164 country code
	International string // dialled in front of a foreign country code
	Trunk         string // dialled in front of an area code

	emergencies []Emergency
	direct      []rule // numbers dialled with nothing in front
	national    []rule // behind the trunk prefix or the own country code
	abroad      []rule // behind the international prefix
	// areaDigits is the length of the area code that national begins with.
	areaDigits func(national string) int
	// localDigits is the length of a number inside an area; 0: it varies.
	localDigits func(area string) int
}

// ForCountry returns the numbering plan of an ISO 3166-1 code.
func ForCountry(code string) (Country, error) {
	switch code {
	case "CN":
		return china(), nil
	case "US":
		return america(), nil
	}
	return Country{}, fault.Field("country", "no numbering plan for %q; known are CN and US", code)
}

// Countries returns every numbering plan there is.
func Countries() []Country { return []Country{china(), america()} }

// Outside is a number of the public network, classified.
type Outside struct {
	Class     Class  // empty: it cannot be called, Reason says why
	Canonical Number // + and country code; numbers known only inside the country stay short
	Dial      Number // what a line of this area dials
	Reason    string // what kind of number it is
	Protected bool   // may not be screened: the police's warning line, a crisis line
	TextOnly  bool   // takes text messages, no calls
}

// Classify says what kind of number n is when it is dialled on a line of area
// (area code without trunk prefix; empty: unknown). An access digit must have
// been taken off before.
func (c Country) Classify(n Number, area string) Outside {
	if !allDigits(area) || len(area) > maxArea {
		area = ""
	}
	d := n.String()
	if e, ok := c.emergency(d, area); ok {
		send := Number{e.Send}
		return Outside{Class: ClassEmergency, Canonical: send, Dial: send, Reason: "emergency: " + e.Service}
	}
	if c.Code == "" {
		return Outside{Reason: "the hotel has no country yet"}
	}
	digits, kind := c.split(d)
	switch {
	case digits == "":
		return Outside{Reason: "incomplete number"}
	case !allDigits(digits):
		return Outside{Reason: "outside numbers have digits only"}
	}
	switch kind {
	case dialledAbroad:
		return c.classifyAbroad(digits)
	case dialledNational:
		o := c.classifyNational(digits, area)
		if d[0] != '+' && o.Class != "" && strings.HasPrefix(d, c.Trunk+digits) {
			o.Dial = n // a trunk prefix that was dialled stays: carriers may want it
		}
		return o
	}
	return c.classifyDirect(digits, area)
}

// maxArea is the length of the longest area code.
const maxArea = 6

// dialled says how a number was written.
type dialled int

const (
	dialledDirect dialled = iota
	dialledNational
	dialledAbroad
)

// split takes prefixes off; what is left is looked up in the rules of its kind.
func (c Country) split(d string) (string, dialled) {
	if rest, ok := strings.CutPrefix(d, "+"); ok {
		d = c.International + rest
	}
	if rest, ok := strings.CutPrefix(d, c.International); ok {
		if national, ok := strings.CutPrefix(rest, c.CallingCode); ok {
			return strings.TrimPrefix(national, c.Trunk), dialledNational
		}
		return rest, dialledAbroad
	}
	if rest, ok := strings.CutPrefix(d, c.Trunk); ok {
		return rest, dialledNational
	}
	return d, dialledDirect
}

func (c Country) classifyAbroad(d string) Outside {
	const e164 = 15 // digits at most, ITU-T E.164 §6.2.1
	r, ok := find(c.abroad, d)
	switch {
	case len(d) > e164:
		return Outside{Reason: "a number abroad has at most 15 digits"}
	case !ok:
		return Outside{Reason: "incomplete or impossible number abroad"}
	case r.class == "":
		return r.outside(d)
	}
	o := r.outside("+" + d)
	o.Dial = number(c.International + d)
	return o
}

func (c Country) classifyNational(d, area string) Outside {
	if len(d) > MaxDigits-len(c.CallingCode)-len(c.International) {
		return Outside{Reason: "too long for a national number"}
	}
	r, ok := find(c.national, d)
	switch {
	case !ok && grows(c.national, d):
		return Outside{Reason: "incomplete national number"}
	case !ok:
		return Outside{Reason: "no such national number"}
	case r.class == "":
		return r.outside(d)
	}
	if rest, ok := c.own(d, area); ok && r.class == ClassNational {
		if o := c.classifyDirect(rest, area); o.Class != "" {
			return o
		}
	}
	o := r.outside("+" + c.CallingCode + d)
	o.Dial = number(c.Trunk + d)
	if direct, ok := find(c.direct, d); ok && direct.class == r.class {
		o.Dial = number(d)
	}
	return o
}

func (c Country) classifyDirect(d, area string) Outside {
	r, ok := find(c.direct, d)
	switch {
	case !ok && grows(c.direct, d):
		return Outside{Reason: "incomplete number"}
	case !ok:
		return Outside{Reason: "no such number"}
	case r.class == "":
		return r.outside(d)
	}
	if r.whole {
		return c.classifyNationalDialled(r, d, area)
	}
	o := r.outside(d)
	if r.class != ClassLocal {
		return o
	}
	if want := c.localDigits(area); want != 0 && len(d) != want {
		return Outside{Reason: fmt.Sprintf("local numbers of area %s have %d digits", area, want)}
	}
	if area != "" {
		o.Canonical = number("+" + c.CallingCode + area + d)
	}
	return o
}

// classifyNationalDialled handles a number that is complete without a trunk
// prefix, like a mobile number: it has a place in the world-wide plan.
func (c Country) classifyNationalDialled(r rule, d, area string) Outside {
	o := r.outside("+" + c.CallingCode + d)
	if _, ok := c.own(d, area); ok && r.class == ClassNational {
		o.Class, o.Reason = ClassLocal, "local number"
	}
	o.Dial = number(d)
	return o
}

// own cuts the hotel's own area code off a national number.
func (c Country) own(national, area string) (string, bool) {
	if area == "" || c.areaDigits(national) != len(area) {
		return "", false
	}
	return strings.CutPrefix(national, area)
}

// number makes a Number of digits that rules have checked; too long a one is
// the zero Number, which nothing can dial.
func number(digits string) Number {
	n, err := Parse(digits)
	if err != nil {
		return Number{}
	}
	return n
}
