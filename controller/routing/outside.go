package routing

import (
	"strings"

	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// outside decides calls that leave the house.
func (r *ruling) outside(n phone.Number) Decision {
	n, d, ok := r.withoutAccess(n)
	if !ok {
		return d
	}
	o := r.country.Classify(n, r.property.AreaCode)
	if o.Class == "" {
		return r.unknown(n, o)
	}
	r.say("numbering", "%s is outside: %s (%s)", n, o.Reason, o.Class)
	if o.TextOnly {
		r.say("numbering", "%s takes text messages only; the caller may need help", n)
		d := r.reject(calls.CauseUnallocated, PromptDial110)
		d.Alert = true
		return d
	}
	if refused := r.fraud(o); refused {
		return r.reject(calls.CauseBarred, PromptBarred)
	}
	hit := r.screenOutbound(n, o)
	if hit.refused {
		return r.reject(calls.CauseBarred, PromptBarred)
	}
	if d, ok := r.limits(); !ok {
		return d
	}
	if !r.allowed(o.Class) {
		return r.reject(calls.CauseBarred, PromptBarred)
	}
	d = r.route(o, hit)
	d.Flagged = hit.flagged
	return d
}

// withoutAccess takes the access digit off.
func (r *ruling) withoutAccess(n phone.Number) (phone.Number, Decision, bool) {
	access := r.property.AccessDigit
	if access == "" {
		return n, Decision{}, true
	}
	rest, ok := strings.CutPrefix(n.String(), access)
	if !ok {
		r.say("numbering", "%s is no number of the house; outside numbers need %s in front", n, access)
		return n, r.reject(calls.CauseUnallocated, PromptNeedAccess), false
	}
	out, err := phone.Parse(rest)
	if err != nil {
		r.say("numbering", "nothing was dialled behind %s", access)
		return n, r.reject(calls.CauseInvalid, PromptIncomplete), false
	}
	return out, Decision{}, true
}

// unknown refuses what the country's plan does not know.
func (r *ruling) unknown(n phone.Number, o phone.Outside) Decision {
	r.say("numbering", "%s is no number of the house and outside: %s", n, o.Reason)
	if r.country.Complete(n, r.property.AreaCode) == phone.Incomplete {
		return r.reject(calls.CauseInvalid, PromptIncomplete)
	}
	return r.reject(calls.CauseUnallocated, PromptWrongNumber)
}

// fraud refuses what nobody may do, whatever lists and classes say.
func (r *ruling) fraud(o phone.Outside) (refused bool) {
	switch {
	case r.Trunk != "":
		r.say("loop", "an outside call does not go outside again")
	case r.Forwarded:
		r.say("forward", "forwards to outside numbers are off")
	case o.Class == phone.ClassPremium:
		r.say("fraud", "premium numbers are never called")
	default:
		return false
	}
	return true
}

// limits bounds the calls that one extension may have outside at the same time.
func (r *ruling) limits() (Decision, bool) {
	most := maxOutside(r.from.Kind)
	if most == 0 || r.Live.Caller < most {
		return Decision{}, true
	}
	r.say("limit", "%s has %d of %d outside calls", r.From, r.Live.Caller, most)
	return r.reject(calls.CauseNoCircuit, PromptLinesBusy), false
}

// maxOutside is the number of simultaneous outside calls of an extension; 0: no
// limit. A stolen password of a room phone can do no more harm than this.
func maxOutside(k hotel.ExtensionKind) int {
	switch k {
	case hotel.KindDesk, hotel.KindDepartment:
		return 0
	case hotel.KindStaff:
		return 4
	}
	return 2
}

// allowed asks the class of service. A vacant room never calls outside.
func (r *ruling) allowed(c phone.Class) bool {
	if r.from.Kind == hotel.KindRoom {
		if _, occupied := r.house.StayIn(r.from.Room); !occupied {
			r.say("class", "room %s is vacant: internal and emergency calls only", r.from.Room)
			return false
		}
	}
	class, why := r.house.ClassOf(r.from)
	if !class.Allows(c) {
		r.say("class", "class '%s' does not allow %s (%s)", class.Name, c, why)
		return false
	}
	r.say("class", "class '%s' allows %s (%s)", class.Name, c, why)
	return true
}
