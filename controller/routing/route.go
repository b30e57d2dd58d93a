package routing

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/phone"
)

// route chooses routes and trunks for an outside number that may be called.
func (r *ruling) route(o phone.Outside, hit screened) Decision {
	routes := r.routesFor(o)
	if len(routes) == 0 {
		r.say("route", "no route for %s", o.Dial)
		return r.reject(calls.CauseNoRoute, PromptBarred)
	}
	var attempts []Attempt
	full := false
	for _, route := range routes {
		for _, name := range route.Trunks {
			a, taken, ok := r.attempt(o, route, name, hit)
			full = full || taken
			if ok && !slices.Contains(attempts, a) {
				attempts = append(attempts, a)
			}
		}
	}
	switch {
	case len(attempts) > 0:
		r.say("route", "'%s' and so on by %s", routes[0].ID, trunkNames(attempts))
		return Decision{Kind: KindTrunk, Number: o.Dial, Class: o.Class, Attempts: attempts}
	case full:
		return r.reject(calls.CauseNoCircuit, PromptLinesBusy)
	}
	r.say("route", "no trunk can take %s", o.Dial)
	return r.reject(calls.CauseNoRoute, PromptBarred)
}

// routesFor returns the routes of the longest prefix that are valid now, best
// first.
func (r *ruling) routesFor(o phone.Outside) []*Route {
	digits := o.Dial.String()
	for n := min(len(digits), r.table.longest); n >= 0; n-- {
		var valid []*Route
		for _, route := range r.table.routes[digits[:n]] {
			if (route.Class == "" || route.Class == o.Class) && route.validAt(r.now) {
				valid = append(valid, route)
			}
		}
		if len(valid) > 0 {
			return valid
		}
	}
	return nil
}

// attempt builds the call over one trunk; not ok: the reason is given, if it
// is worth one.
func (r *ruling) attempt(o phone.Outside, route *Route, name string, hit screened) (a Attempt, taken, ok bool) {
	t := r.table.byName[name]
	switch {
	case t == nil:
		return Attempt{}, false, false
	case !t.Enabled:
		r.say("trunk", "'%s' is switched off", name)
		return Attempt{}, false, false
	case t.full(r.Live):
		r.say("trunk", "'%s' is full (%d of %d)", name, r.Live.Trunks[name], t.Limit)
		return Attempt{}, true, false
	}
	if e := hit.onTrunk(name); e != nil {
		r.say("screening", "entry '%s' keeps the number off trunk '%s'", e.ID, name)
		return Attempt{}, false, false
	}
	digits, err := route.digits(o.Dial)
	if err != nil {
		r.say("route", "'%s' makes no number of %s", route.ID, o.Dial)
		return Attempt{}, false, false
	}
	id := r.shown(t)
	return Attempt{Trunk: name, Endpoint: t.Endpoint, Digits: digits, CallerID: id}, false, true
}

// full reports whether all lines of the trunk are taken.
func (t *Trunk) full(l Live) bool { return t.Limit > 0 && l.Trunks[t.Name] >= t.Limit }

// digits is what the route sends for a number.
func (r *Route) digits(n phone.Number) (phone.Number, error) {
	d := n.String()
	return phone.Parse(r.Add + d[min(r.Strip, len(d)):])
}

// validAt reports whether the route is open at now, hotel time. A window over
// midnight belongs to the day on which it began.
func (r *Route) validAt(now time.Time) bool {
	day := now.Weekday()
	if r.From != r.To {
		at := time.Duration(now.Hour())*time.Hour + time.Duration(now.Minute())*time.Minute +
			time.Duration(now.Second())*time.Second
		switch {
		case r.From < r.To:
			if at < r.From || at >= r.To {
				return false
			}
		case at < r.To:
			day = (day + 6) % 7
		case at < r.From:
			return false
		}
	}
	return len(r.Days) == 0 || slices.Contains(r.Days, day)
}

// compareRoutes orders routes of the same prefix: cheap first.
func compareRoutes(a, b *Route) int {
	return cmp.Or(cmp.Compare(a.Cost, b.Cost), cmp.Compare(a.Order, b.Order), strings.Compare(a.ID, b.ID))
}

func trunkNames(as []Attempt) string {
	names := make([]string, len(as))
	for i, a := range as {
		names[i] = a.Trunk
	}
	return strings.Join(names, ", ")
}
