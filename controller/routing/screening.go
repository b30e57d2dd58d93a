package routing

import (
	"time"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// screened is what the lists say of a call.
type screened struct {
	refused, limited, flagged bool

	found []hit
	now   time.Time
}

// hit is a listed entry whose pattern matches the number.
type hit struct {
	*Screening
	weight int // the narrower the pattern, the higher
}

// sacred reports whether a number is never screened.
func sacred(o phone.Outside) bool { return o.Protected || o.Class == phone.ClassEmergency }

// screenOutbound looks a dialled number up in every way it may be written.
func (r *ruling) screenOutbound(n phone.Number, o phone.Outside) screened {
	if sacred(o) {
		r.say("screening", "%s is never screened", n)
		return screened{}
	}
	s := r.look(Outbound, o, n.String(), o.Dial.String())
	e := s.strictest(func(scope string) bool { return r.inScope(scope, r.From) })
	room := r.from.Kind == hotel.KindRoom || r.from.Kind == hotel.KindCorridor
	s.refused = e != nil && (e.Verdict == Refuse || e.Verdict == Limit && room)
	r.tell(&s, e)
	return s
}

// screenInbound looks the caller up.
func (r *ruling) screenInbound(o phone.Outside, to phone.Number) screened {
	if sacred(o) {
		r.say("screening", "%s is never screened", o.Canonical)
		return screened{}
	}
	s := r.look(Inbound, o, r.Shown)
	e := s.strictest(func(scope string) bool {
		return scope == r.Trunk || r.inScope(scope, to)
	})
	s.refused = e != nil && e.Verdict == Refuse
	s.limited = e != nil && e.Verdict == Limit
	r.tell(&s, e)
	return s
}

// tell gives the reason of a hit.
func (r *ruling) tell(s *screened, e *Screening) {
	if e == nil {
		return
	}
	s.flagged = e.Verdict == Flag
	r.say("screening", "%s by entry '%s' (%s): %s", e.Verdict, e.ID, e.Pattern, e.Reason)
}

func (r *ruling) look(d Direction, o phone.Outside, more ...string) screened {
	list := r.table.screening[d]
	s := screened{now: r.now}
	if list == nil {
		return s
	}
	seen := map[string]bool{}
	for _, form := range append(more, r.country.Spellings(o, r.property.AreaCode)...) {
		if form != "" && !seen[form] {
			seen[form] = true
			s.found = list.find(form, 0, s.found)
		}
	}
	return s
}

// inScope reports whether a scope means all, this extension, or a group it is in.
func (r *ruling) inScope(scope string, n phone.Number) bool {
	if scope == "" || scope == n.String() {
		return true
	}
	for _, g := range r.house.GroupsOf(n) {
		if g.Name == scope {
			return true
		}
	}
	return false
}

// onTrunk returns the entry that keeps the number off a trunk, or nil.
func (s screened) onTrunk(name string) *Screening {
	e := s.strictest(func(scope string) bool { return scope == name })
	if e != nil && e.Verdict == Refuse {
		return e
	}
	return nil
}

// strictest returns the entry that counts: of those in scope and in force that
// no allow of the same or a narrower pattern beats, the strictest.
func (s screened) strictest(inScope func(string) bool) *Screening {
	var allow, best *hit
	counts := func(h *hit) bool {
		return (h.Expires.IsZero() || h.Expires.After(s.now)) && inScope(h.Scope)
	}
	for i := range s.found {
		if h := &s.found[i]; h.Verdict == Allow && counts(h) && (allow == nil || h.before(allow)) {
			allow = h
		}
	}
	for i := range s.found {
		h := &s.found[i]
		if h.Verdict == Allow || !counts(h) || allow != nil && allow.weight >= h.weight {
			continue
		}
		if best == nil || h.before(best) {
			best = h
		}
	}
	if best == nil {
		return nil
	}
	return best.Screening
}

// before orders hits: strict before mild, narrow before wide, then by id.
func (h *hit) before(other *hit) bool {
	a, b := severity(h.Verdict), severity(other.Verdict)
	switch {
	case a != b:
		return a > b
	case h.weight != other.weight:
		return h.weight > other.weight
	}
	return h.ID < other.ID
}

func severity(v Verdict) int {
	switch v {
	case Refuse:
		return 3
	case Limit:
		return 2
	case Flag:
		return 1
	}
	return 0
}
