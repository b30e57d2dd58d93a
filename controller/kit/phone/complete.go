package phone

// State says whether digits that came one by one make a number.
type State string

// The states of a number that is being dialled.
const (
	Complete   State = "complete"   // a number, and no digit can follow
	Ambiguous  State = "ambiguous"  // a number, but longer ones begin with it: wait a little
	Incomplete State = "incomplete" // not yet a number: wait for more
	Impossible State = "impossible" // no number begins like this
)

// Wait reports whether it makes sense to wait for another digit.
func (s State) Wait() bool { return s == Ambiguous || s == Incomplete }

// Complete says whether the outside number n, dialled on a line of area, can
// still grow (overlap dialling). It knows nothing of internal numbers. The
// country's own emergency numbers never wait for longer numbers outside.
func (c Country) Complete(n Number, area string) State {
	if e, ok := c.emergency(n.String(), area); ok && e.Send == e.Dialled && !e.Test {
		return Complete
	}
	known := c.Classify(n, area).Class != ""
	more := c.canGrow(n.String())
	switch {
	case known && more:
		return Ambiguous
	case known:
		return Complete
	case more:
		return Incomplete
	}
	return Impossible
}

func (c Country) canGrow(d string) bool {
	if c.Code == "" {
		return false
	}
	if c.beginsPrefix(d) || c.emergencyBegins(d) {
		return true
	}
	digits, kind := c.split(d)
	switch kind {
	case dialledAbroad:
		return len(digits) < 15 && grows(c.abroad, digits)
	case dialledNational:
		return digits == "" || grows(c.national, digits)
	}
	return grows(c.direct, digits)
}

// beginsPrefix reports whether d may become a trunk or international prefix.
func (c Country) beginsPrefix(d string) bool {
	for _, p := range []string{c.International + c.CallingCode, c.Trunk, "+" + c.CallingCode} {
		if len(d) < len(p) && p[:len(d)] == d || d == p {
			return true
		}
	}
	return false
}

func (c Country) emergencyBegins(d string) bool {
	for _, e := range c.emergencies {
		if len(d) < len(e.Dialled) && e.Dialled[:len(d)] == d {
			return true
		}
	}
	return false
}
