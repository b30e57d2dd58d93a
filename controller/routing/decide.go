package routing

import (
	"strings"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// Decide says where call goes. It is pure: the same arguments give the same
// decision with the same reasons. The order is: emergency, numbering, forward
// and do-not-disturb of the target, room policy, screening, limits, class of
// service, route and trunk.
func Decide(call Call, house *hotel.Directory, table *Table, now time.Time) Decision {
	r := &ruling{
		Call: call, house: house, table: table, now: now.In(house.Location()),
		property: house.Property(), country: house.Country(), reasons: make([]Reason, 0, 4),
	}
	d := r.decide()
	d.Reasons = r.reasons
	return d
}

func (r *ruling) decide() Decision {
	if r.Trunk != "" && r.From.IsZero() {
		return r.inbound()
	}
	n, err := phone.Parse(r.Dialled)
	if err != nil {
		r.say("number", "%s", strings.TrimPrefix(err.Error(), "number: "))
		return r.reject(calls.CauseInvalid, PromptWrongNumber)
	}
	if d, ok := r.emergency(n); ok {
		return d
	}
	from, known := r.house.Extension(r.From)
	if !known {
		r.say("caller", "the phone belongs to no extension: emergency calls only")
		return r.reject(calls.CauseRejected, "")
	}
	r.from = from
	n = unterminated(n)
	if r.More && r.mayGrow(n) {
		return r.wait()
	}
	if d, ok := r.inside(n); ok {
		return d
	}
	return r.outside(n)
}

// unterminated drops the # with which some phones end a number.
func unterminated(n phone.Number) phone.Number {
	s := n.String()
	if s[0] == '*' || s[0] == '#' {
		return n
	}
	cut, err := phone.Parse(strings.TrimRight(s, "#"))
	if err != nil {
		return n
	}
	return cut
}
