package calls

import (
	"context"
	"slices"

	"bellhop/controller/kit/fault"
)

// inviteLimit bounds the numbers of one Invite.
const inviteLimit = 20

// Invite calls several numbers at once into the talk (one-key conference); those
// who answer join, the others are noted.
func Invite(by string, numbers []string) Verb {
	return func(ctx context.Context, s *Session) error {
		if len(numbers) == 0 || len(numbers) > inviteLimit {
			return fault.Field("numbers", "must be 1 to %d", inviteLimit)
		}
		me, err := s.talker(by)
		if err != nil {
			return err
		}
		var refused error
		begun := false
		for _, n := range numbers {
			d, err := s.x.Guide.Resolve(s, Diversion{By: me.party, Number: n})
			if err != nil {
				s.note("invitation of " + n + " refused: " + err.Error())
				refused = refusal(err)
				continue
			}
			begun = true
			s.note("invitation of " + n + " by " + by)
			i := &invitation{s: s, number: n, left: d.Attempts}
			if i.try(ctx, CauseNone) {
				s.invited = append(s.invited, i)
			}
		}
		if !begun {
			return refused
		}
		return nil
	}
}

// invitation is one number that is called into a talk.
type invitation struct {
	s      *Session
	number string
	left   []Attempt
	round  *round
}

// try makes the next attempt that is made after a failure; false when none is left.
func (i *invitation) try(ctx context.Context, last Cause) bool {
	for len(i.left) > 0 {
		a := i.left[0]
		i.left = i.left[1:]
		if last != CauseNone && !a.When.follows(last) {
			continue
		}
		i.round = &round{s: i.s, Attempt: a, out: map[LegID]Ring{}, quiet: true, role: roleInvited}
		if err := i.round.place(ctx); err == nil && len(i.round.out) > 0 {
			return true
		}
	}
	i.s.note("invitation of " + i.number + ": " + last.String())
	return false
}

// step takes one event; true when the invitation came to its end.
func (i *invitation) step(ctx context.Context, e Event) bool {
	won := i.round.heed(e)
	switch {
	case won != "":
		i.s.note(i.number + " joined the conference")
		i.s.admit(ctx, won)
		return true
	case len(i.round.out) == 0:
		return !i.try(ctx, i.round.worst)
	}
	return false
}

// heed takes one event for a round that runs beside a talk; it returns the leg
// that answered, and ends the others.
func (r *round) heed(e Event) (won LegID) {
	if _, ours := r.out[e.Leg]; !ours {
		return ""
	}
	switch e.Kind {
	case Answered:
		delete(r.out, e.Leg)
		r.giveUp(causeElsewhere)
		clear(r.out)
		return e.Leg
	case Ended:
		delete(r.out, e.Leg)
		r.worst = worse(r.worst, e.Cause)
	}
	return ""
}

func (s *Session) stepInvitations(ctx context.Context, e Event) {
	s.invited = slices.DeleteFunc(s.invited, func(i *invitation) bool { return i.step(ctx, e) })
}
