package routing

import (
	"strings"

	"bellhop/controller/calls"
	"bellhop/controller/kit/phone"
)

// emergency decides emergency calls, from whatever phone and before anything
// else looks at them. With a phone that dials digit by digit, 110 waits a moment
// when a room 1101 exists.
func (r *ruling) emergency(n phone.Number) (Decision, bool) {
	e, ok := r.findEmergency(n)
	if !ok {
		return Decision{}, false
	}
	if r.More && (r.longerInside(n.String()) || r.country.Complete(n, r.property.AreaCode).Wait()) {
		r.say("emergency", "%s (%s) unless more digits follow", e.Dialled, e.Service)
		return r.wait(), true
	}
	send, err := phone.Parse(e.Send)
	if err != nil {
		send = n
	}
	r.from, _ = r.house.Extension(r.From)
	r.say("emergency", "%s (%s) is sent as %s by any trunk", n, e.Service, send)
	return Decision{
		Kind: KindEmergency, Number: send, Class: phone.ClassEmergency, Emergency: e, Alert: true,
		Targets: numbersOf(r.house.Rings(r.property.Operator)), Attempts: r.everyTrunk(send),
	}, true
}

// findEmergency also accepts 0 and 9 in front, as guests know them from other
// hotels, where nobody of ours has such a number. A hotel without a country yet
// accepts the numbers of all.
func (r *ruling) findEmergency(n phone.Number) (phone.Emergency, bool) {
	if r.country.Code == "" {
		for _, c := range phone.Countries() {
			if e, ok := c.Emergency(n, "", ""); ok {
				return e, true
			}
		}
	}
	if e, ok := r.country.Emergency(n, r.property.AccessDigit, r.property.AreaCode); ok {
		return e, true
	}
	d := strings.TrimRight(n.String(), "#")
	if len(d) != 4 || d[0] != '0' && d[0] != '9' || r.isInside(n) {
		return phone.Emergency{}, false
	}
	for _, e := range r.country.Emergencies() {
		if d[1:] == e.Dialled {
			return e, true
		}
	}
	return phone.Emergency{}, false
}

// everyTrunk lists all trunks: those with a free line, then the full ones, where
// a line is freed, and at last those that are switched off. No limit counts.
func (r *ruling) everyTrunk(send phone.Number) []Attempt {
	rank := func(t *Trunk) int {
		switch {
		case !t.Enabled:
			return 2
		case t.full(r.Live):
			return 1
		}
		return 0
	}
	var all []Attempt
	for want := range 3 {
		for _, t := range r.table.trunks {
			if rank(t) == want {
				all = append(all, Attempt{
					Trunk: t.Name, Endpoint: t.Endpoint, Digits: send, Preempt: want == 1,
					CallerID: calls.CallerID{Number: r.reachable(t), Name: r.property.Name},
				})
			}
		}
	}
	if len(all) == 0 {
		r.say("trunk", "there is no trunk: the desk must call")
	}
	return all
}

// reachable is the number at which the emergency service can call back: the
// caller's direct number, else the main number.
func (r *ruling) reachable(t *Trunk) string {
	for _, d := range r.table.direct[r.From] {
		if d.Trunk != "" && d.Trunk != t.Name {
			continue
		}
		n, err := phone.Parse(d.Number)
		if err != nil {
			continue
		}
		if c := r.country.FromCarrier(n, r.property.AreaCode).Class; c == phone.ClassLocal || c == phone.ClassNational {
			return d.Number
		}
	}
	return r.property.MainNumber
}
