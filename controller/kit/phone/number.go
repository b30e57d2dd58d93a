// Package phone knows telephone numbers: the one type that may reach a dial
// string, and the numbering plans of the countries a hotel stands in.
package phone

import "bellhop/controller/kit/fault"

// MaxDigits is the longest number that can be dialled.
const MaxDigits = 20

// Number is a dialled or dialable number: 1 to 20 of 0-9 * #, or + and digits. It is the only type that reaches a dial string, so nothing but digits
// ever does. The zero Number is "no number".
type Number struct{ digits string }

// Parse checks s and returns it as a Number.
func Parse(s string) (Number, error) {
	switch {
	case s == "":
		return Number{}, fault.Field("number", "is empty")
	case len(s) > MaxDigits:
		return Number{}, fault.Field("number", "is longer than %d digits", MaxDigits)
	}
	if s[0] == '+' {
		if !allDigits(s[1:]) {
			return Number{}, fault.Field("number", "needs digits, and nothing else, after +")
		}
		return Number{s}, nil
	}
	for i := range len(s) {
		if !isDigit(s[i]) && s[i] != '*' && s[i] != '#' {
			return Number{}, fault.Field("number", "may hold only 0-9, *, # and a leading +")
		}
	}
	return Number{s}, nil
}

// MustParse is Parse for literals in tests and tables; it panics on bad input.
func MustParse(s string) Number {
	n, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return n
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// String returns the digits as dialled.
func (n Number) String() string { return n.digits }

// IsZero reports whether there is no number.
func (n Number) IsZero() bool { return n.digits == "" }

// MarshalText writes the digits.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.digits), nil }

// UnmarshalText reads digits; empty text is the zero Number.
func (n *Number) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*n = Number{}
		return nil
	}
	p, err := Parse(string(b))
	if err != nil {
		return err
	}
	*n = p
	return nil
}
