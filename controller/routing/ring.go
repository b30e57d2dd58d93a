package routing

import (
	"slices"

	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// maxForwards bounds a chain of forwards.
const maxForwards = 5

// ring decides a call to a number of the house: forward, do-not-disturb, room
// policy.
func (r *ruling) ring(n phone.Number) Decision {
	e, single := r.single(n)
	for range maxForwards {
		if !single || e.ForwardTo.IsZero() || e.ForwardWhen != hotel.ForwardAlways {
			break
		}
		if !r.isInside(e.ForwardTo) {
			r.say("forward", "%s forwards outside, which is off: it rings itself", n)
			break
		}
		r.say("forward", "%s forwards always to %s", n, e.ForwardTo)
		n = e.ForwardTo
		e, single = r.single(n)
	}
	d := Decision{Kind: r.kindOf(n, single), Number: n, Class: phone.ClassInternal}
	to, why := r.reach(n)
	if len(to) == 0 {
		return r.unreachable(n, why)
	}
	to = slices.DeleteFunc(slices.Clone(to), func(e hotel.Extension) bool { return e.Number == r.From })
	if len(to) == 0 {
		r.say("policy", "%s is the caller's own number", n)
		return r.reject(calls.CauseBusy, "")
	}
	open := r.undisturbed(to)
	switch {
	case len(open) > 0:
	case d.Kind == KindOperator:
		open = to
	case r.Trunk != "" && r.From.IsZero():
		r.say("dnd", "%s does not want to be disturbed: to the operator", n)
		return r.toOperator()
	default:
		r.say("dnd", "%s does not want to be disturbed", n)
		return r.reject(calls.CauseBusy, PromptDoNotDisturb)
	}
	r.say("policy", "%s", why)
	d.Targets = numbersOf(open)
	if single {
		d.Busy, d.NoAnswer = r.afterwards(e)
	}
	return d
}

// single returns the extension that alone answers n.
func (r *ruling) single(n phone.Number) (hotel.Extension, bool) {
	e, ok := r.house.Extension(n)
	return e, ok && e.Kind != hotel.KindService
}

func (r *ruling) kindOf(n phone.Number, single bool) Kind {
	switch {
	case n == r.property.Operator:
		return KindOperator
	case single:
		return KindExtension
	}
	return KindGroup
}

// reach returns who may ring for the caller; an outside caller has no policy.
func (r *ruling) reach(n phone.Number) ([]hotel.Extension, string) {
	if r.from.Kind == "" {
		return r.house.Rings(n), "an outside call may ring " + n.String()
	}
	return r.house.Reach(r.from, n)
}

func (r *ruling) unreachable(n phone.Number, why string) Decision {
	r.say("policy", "%s", why)
	if len(r.house.Rings(n)) == 0 {
		return r.reject(calls.CauseUnallocated, PromptWrongNumber)
	}
	return r.reject(calls.CauseBarred, PromptBarred)
}

// undisturbed returns those who may be rung now. The desk may ring a guest who
// does not want to be disturbed: it knows why.
func (r *ruling) undisturbed(to []hotel.Extension) []hotel.Extension {
	if r.from.Kind == hotel.KindDesk {
		return to
	}
	return slices.DeleteFunc(slices.Clone(to), func(e hotel.Extension) bool { return e.DoNotDisturb })
}

// afterwards returns who rings when e is busy or does not answer.
func (r *ruling) afterwards(e hotel.Extension) (busy, noAnswer []phone.Number) {
	if e.ForwardTo.IsZero() || e.ForwardWhen == hotel.ForwardAlways {
		return nil, nil
	}
	if !r.isInside(e.ForwardTo) {
		r.say("forward", "%s forwards outside, which is off", e.Number)
		return nil, nil
	}
	to, _ := r.reach(e.ForwardTo)
	next := numbersOf(r.undisturbed(to))
	if len(next) == 0 {
		return nil, nil
	}
	r.say("forward", "%s forwards on %s to %s", e.Number, e.ForwardWhen, e.ForwardTo)
	if e.ForwardWhen == hotel.ForwardBusy {
		return next, nil
	}
	return nil, next
}

// toOperator rings the operator.
func (r *ruling) toOperator() Decision {
	to := r.house.Rings(r.property.Operator)
	if len(to) == 0 {
		r.say("operator", "nobody is at the desk")
		return r.reject(calls.CauseUnallocated, PromptWrongNumber)
	}
	return Decision{
		Kind: KindOperator, Number: r.property.Operator, Class: phone.ClassInternal, Targets: numbersOf(to),
	}
}
