package routing

import (
	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// inbound decides calls from a trunk: screening, then the number that was
// dialled, else the operator. They never go outside again.
func (r *ruling) inbound() Decision {
	t := r.table.byName[r.Trunk]
	switch {
	case t == nil:
		r.say("trunk", "the call comes from no trunk of ours")
		return r.reject(calls.CauseRejected, "")
	case !t.Enabled:
		r.say("trunk", "'%s' is switched off", t.Name)
		return r.reject(calls.CauseRejected, "")
	}
	id, back, o := r.presented()
	if t.full(r.Live) && !sacred(o) {
		r.say("trunk", "'%s' is full (%d of %d)", t.Name, r.Live.Trunks[t.Name], t.Limit)
		return r.reject(calls.CauseNoCircuit, "")
	}
	to := r.dialledIn()
	hit := r.screenInbound(o, to)
	if hit.refused {
		return r.reject(calls.CauseRejected, "")
	}
	var d Decision
	if hit.limited || to.IsZero() {
		d = r.toOperator()
	} else {
		d = r.deliver(to)
	}
	d.CallerID, d.CallBack, d.Flagged = id, back, hit.flagged
	return d
}

// dialledIn finds which of our numbers was called; zero: the operator.
func (r *ruling) dialledIn() phone.Number {
	n, err := phone.Parse(r.Dialled)
	if err != nil {
		r.say("did", "the trunk sent no number of ours: to the operator")
		return phone.Number{}
	}
	if d, ok := r.did(n.String()); ok {
		return d.To
	}
	o := r.country.FromCarrier(n, r.property.AreaCode)
	for _, s := range r.country.Spellings(o, r.property.AreaCode) {
		if d, ok := r.did(s); ok {
			return d.To
		}
	}
	r.say("did", "%s is not listed: to the operator", n)
	return phone.Number{}
}

func (r *ruling) did(number string) (DID, bool) {
	d, ok := r.table.dids[number]
	if !ok || d.Trunk != "" && d.Trunk != r.Trunk {
		return DID{}, false
	}
	r.say("did", "%s is for %s", number, d.To)
	return d, true
}

// deliver rings the target of a DID. What is not in the house, or a room nobody
// stays in, is a matter for the operator.
func (r *ruling) deliver(to phone.Number) Decision {
	if e, ok := r.house.Extension(to); ok && e.Kind == hotel.KindRoom {
		if _, occupied := r.house.StayIn(e.Room); !occupied {
			r.say("did", "room %s is vacant: to the operator", e.Room)
			return r.toOperator()
		}
	}
	d, ok := r.inside(to)
	if !ok {
		r.say("did", "%s is no number of the house: to the operator", to)
		return r.toOperator()
	}
	if d.Kind == KindReject {
		r.say("did", "%s cannot be rung: to the operator", to)
		return r.toOperator()
	}
	return d
}
