package phone

// rule is one row of a numbering plan; the first row that matches decides.
//
// A pattern is made of digits, ? for 0–9, N for 2–9, L for 2–8, M for 3–9 and,
// at its end, * for any more digits.
type rule struct {
	pattern   string
	class     Class // empty: known, but not to be called
	what      string
	protected bool
	textOnly  bool
	whole     bool // a direct number that has a place in E.164 as it is
}

// find returns the first rule that matches all of d.
func find(rules []rule, d string) (rule, bool) {
	for i := range rules {
		if rules[i].match(d) == matchWhole {
			return rules[i], true
		}
	}
	return rule{}, false
}

// grows reports whether more digits behind d can make a number that may be called.
func grows(rules []rule, d string) bool {
	for i := range rules {
		r := &rules[i]
		m := r.match(d)
		if more := m == matchBegin || m == matchWhole && r.open(); more && r.class != "" {
			return true
		}
		if m == matchWhole && r.class == "" {
			return false
		}
	}
	return false
}

func (r *rule) open() bool { return r.pattern[len(r.pattern)-1] == '*' }

// match says how d relates to a pattern.
type match int

const (
	matchNone  match = iota
	matchBegin       // d is the beginning of such a number
	matchWhole       // d is such a number
)

func (r *rule) match(d string) match {
	p := r.pattern
	if r.open() {
		p = p[:len(p)-1]
		if len(d) > len(p) {
			d = d[:len(p)]
		}
	}
	if len(d) > len(p) {
		return matchNone
	}
	for i := range len(d) {
		if !fits(p[i], d[i]) {
			return matchNone
		}
	}
	if len(d) < len(p) {
		return matchBegin
	}
	return matchWhole
}

func fits(pattern, digit byte) bool {
	switch pattern {
	case '?':
		return true
	case 'N':
		return digit >= '2'
	case 'L':
		return digit >= '2' && digit <= '8'
	case 'M':
		return digit >= '3'
	}
	return pattern == digit
}

// outside is the result for canonical digits, dialled as they are.
func (r *rule) outside(canonical string) Outside {
	o := Outside{Class: r.class, Reason: r.what, Protected: r.protected, TextOnly: r.textOnly}
	if r.class != "" {
		o.Canonical = number(canonical)
		o.Dial = o.Canonical
	}
	return o
}
