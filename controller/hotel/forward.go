package hotel

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

func (d *Directory) checkForward(it item, e Extension) {
	if e.ForwardTo.IsZero() {
		it.require(e.ForwardWhen == "", "forward_when", "is given without a number to forward to")
		return
	}
	it.require(slices.Contains([]ForwardWhen{ForwardAlways, ForwardBusy, ForwardNoAnswer}, e.ForwardWhen),
		"forward_when", "%q is not always, busy or no_answer", e.ForwardWhen)
	it.require(mayForward(e.Kind), "forward_to", "is not for %s extensions", e.Kind)
	_, emergency := d.emergency(e.ForwardTo)
	it.require(!emergency, "forward_to", "%s is an emergency number", e.ForwardTo)
}

// mayForward is for staff only: a guest's forward would be paid by nobody.
func mayForward(k ExtensionKind) bool {
	return k == KindStaff || k == KindDepartment || k == KindDesk
}

// checkForwards refuses loops: a call that is forwarded, through groups or not,
// never comes back to where it was.
func (d *Directory) checkForwards(c *checker) {
	seen := make(map[phone.Number]bool) // true: its forwards lead to an end
	for _, e := range d.data.Extensions {
		if loop := d.loop(e, seen, nil); len(loop) > 0 {
			c.item(NounExtension, e.Number.String()).fail("forward_to", "is a loop: %s", strings.Join(loop, " → "))
			return
		}
	}
}

// loop follows the forwards of e depth first and returns the way round, if any.
func (d *Directory) loop(e Extension, seen map[phone.Number]bool, way []string) []string {
	if e.ForwardTo.IsZero() || seen[e.Number] {
		return nil
	}
	way = append(way, e.Number.String())
	if _, open := seen[e.Number]; open {
		return way
	}
	seen[e.Number] = false
	for _, next := range d.Rings(e.ForwardTo) {
		if loop := d.loop(next, seen, way); len(loop) > 0 {
			return loop
		}
	}
	seen[e.Number] = true
	return nil
}

// SetForward forwards calls to a staff, department or desk extension to another
// number; the zero Number ends it.
func SetForward(n, to phone.Number, when ForwardWhen) Op {
	return func(d *Directory, now time.Time) (Decision, error) {
		if !to.IsZero() && n == to {
			return Decision{}, fault.Field("forward_to", "extension %s cannot forward to itself", n)
		}
		dec, err := EditExtension(n, func(e *Extension) { e.ForwardTo, e.ForwardWhen = to, when })(d, now)
		dec.Reason = fmt.Sprintf("extension %s forwards to %s, %s", n, to, when)
		if to.IsZero() {
			dec.Reason = fmt.Sprintf("extension %s no longer forwards", n)
		}
		return dec, err
	}
}
