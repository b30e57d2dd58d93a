package hotel

import (
	"errors"
	"fmt"
	"strings"

	"bellhop/controller/kit/phone"
)

// checkNumber tests the number of an extension or group: 1 to 8 digits, or a
// star and two digits for a code; not, and not the beginning of, an emergency
// number, so that 110 is never somebody's phone and never cut short by room 11,
// while room 1101 is fine; not behind the digit for an outside line.
func (d *Directory) checkNumber(n phone.Number) error {
	s, access := n.String(), d.data.Property.AccessDigit
	if !of(digits, 1, 8, s) && !isCode(n) {
		return errors.New("is neither 1 to 8 digits nor a star and two digits")
	}
	if access != "" && strings.HasPrefix(s, access) {
		return fmt.Errorf("begins with %s, which gets an outside line", access)
	}
	if e, yes := d.emergency(n); yes {
		return fmt.Errorf("%s is an emergency number (%s)", s, e.Service)
	}
	for _, e := range d.emergencies {
		if strings.HasPrefix(e.Dialled, s) {
			return fmt.Errorf("%s is the beginning of the emergency number %s", s, e.Dialled)
		}
	}
	return nil
}

// isCode reports whether n is a code like *55.
func isCode(n phone.Number) bool {
	rest, star := strings.CutPrefix(n.String(), "*")
	return star && of(digits, 2, 2, rest)
}

// emergency reports whether n reaches an emergency service from this hotel.
func (d *Directory) emergency(n phone.Number) (phone.Emergency, bool) {
	return d.country.Emergency(n, d.data.Property.AccessDigit, d.data.Property.AreaCode)
}
