package routing

import (
	"slices"
	"strings"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// operatorDigit calls the operator, beside the operator's own number.
const operatorDigit = "0"

// inside decides calls to numbers of the house; false: n is not one.
func (r *ruling) inside(n phone.Number) (Decision, bool) {
	if f, rest, ok := r.feature(n); ok {
		r.say("feature", "%s is a feature", f)
		return Decision{Kind: KindFeature, Number: f, Rest: rest, Class: phone.ClassInternal}, true
	}
	if n.String() == operatorDigit && !r.property.Operator.IsZero() {
		r.say("numbering", "%s is the operator, %s", operatorDigit, r.property.Operator)
		if d, ok := r.inside(r.property.Operator); ok {
			return d, true
		}
	}
	if !r.isInside(n) {
		return Decision{}, false
	}
	return r.ring(n), true
}

// isInside reports whether a phone or feature of ours answers n.
func (r *ruling) isInside(n phone.Number) bool {
	if _, ok := r.house.Extension(n); ok {
		return true
	}
	if _, ok := r.house.GroupByNumber(n); ok {
		return true
	}
	return slices.Contains(r.table.features, n)
}

// feature finds the feature that n calls; a code like *55 may have digits behind.
func (r *ruling) feature(n phone.Number) (code phone.Number, rest string, ok bool) {
	for _, f := range r.table.features {
		s, found := strings.CutPrefix(n.String(), f.String())
		switch {
		case !found || len(f.String()) < len(code.String()):
		case s == "" || f.String()[0] == '*' || f.String()[0] == '#':
			code, rest, ok = f, s, true
		}
	}
	return code, rest, ok
}

// mayGrow reports whether more digits behind n can make another number.
func (r *ruling) mayGrow(n phone.Number) bool {
	d := n.String()
	if r.longerInside(d) {
		return true
	}
	if f, _, ok := r.feature(n); ok && f.String() != d {
		return false // what a feature is told ends with the phone's own timer or #
	}
	access := r.property.AccessDigit
	if access == "" {
		return r.country.Complete(n, r.property.AreaCode).Wait()
	}
	rest, ok := strings.CutPrefix(d, access)
	if !ok || rest == "" {
		return ok
	}
	out, err := phone.Parse(rest)
	return err == nil && r.country.Complete(out, r.property.AreaCode).Wait()
}

// longerInside reports whether a number of ours begins with d and goes on. Only
// phones that dial digit by digit ask, so a walk through the house is fine.
func (r *ruling) longerInside(d string) bool {
	longer := func(n phone.Number) bool { return len(n.String()) > len(d) && strings.HasPrefix(n.String(), d) }
	for _, e := range r.house.Extensions() {
		if longer(e.Number) {
			return true
		}
	}
	for _, g := range r.house.Groups() {
		if longer(g.Number) {
			return true
		}
	}
	for _, f := range r.table.features {
		if longer(f) {
			return true
		}
	}
	return false
}

func numbersOf(es []hotel.Extension) []phone.Number {
	all := make([]phone.Number, len(es))
	for i, e := range es {
		all[i] = e.Number
	}
	return all
}
