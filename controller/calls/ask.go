package calls

import (
	"context"

	"bellhop/controller/kit/fault"
)

// asked is the event by which one session asks another for something.
const asked EventKind = "asked"

// ask is one session's question to another.
type ask struct {
	kind  askKind
	leg   LegID // askYield: the transferrer's leg in the session asked
	gives *leg  // askPickup: the leg that wants the call
	reply chan answer
}

type askKind int

const (
	askYield  askKind = iota // "give me the party that leg talks to"
	askPickup                // "take this leg as the one that answered"
)

// answer is the reply; a nil leg to askYield means "still ringing at number".
type answer struct {
	leg    *leg
	number string
	err    error
}

// ask puts a question to s and waits for its goroutine to answer.
func (s *Session) ask(ctx context.Context, a ask) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	a.reply = make(chan answer, 1)
	s.post(Event{Kind: asked, ask: &a})
	select {
	case got := <-a.reply:
		return got, got.err
	case <-ctx.Done():
		return answer{}, fault.New(fault.Conflict, "the other call is busy")
	}
}

// askedWhileRinging answers: a pickup wins the call, a yield is told the number.
func (s *Session) askedWhileRinging(a *ask) LegID {
	if a.kind == askYield {
		a.reply <- answer{number: s.Record().Dialled}
		return ""
	}
	ctx, cancel := s.detached()
	defer cancel()
	s.receive(ctx, a.gives, "pickup")
	s.crowd = true
	s.note("picked up by " + a.gives.party.Number)
	a.reply <- answer{}
	return a.gives.ID
}

// askedWhileTalking answers; true means the call was given away and is over.
func (s *Session) askedWhileTalking(a *ask) bool {
	other := s.peer(a.leg)
	if a.kind != askYield || other == nil {
		a.reply <- answer{err: fault.New(fault.Conflict, "the call is already answered")}
		return false
	}
	s.release(other.ID)
	s.crowd = true
	s.note("joined to the transferrer's first call")
	a.reply <- answer{leg: other}
	return true
}

// release takes a leg out of the session's books without ending it.
func (s *Session) release(id LegID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.legs[id]; l != nil {
		part := l.Leg
		part.Ended, part.Cause = s.x.Clock(), CauseNormal // of its part in this call
		s.rec.Legs = append(s.rec.Legs, part)
		delete(s.legs, id)
	}
}

// Pickup takes over a call that rings at a party for which match holds; the
// session's own caller becomes the one who answered it.
func (s *Session) Pickup(ctx context.Context, match func(Party) bool) error {
	target := s.x.ringingAt(match, s)
	if target == nil {
		return &Reject{Cause: CauseUnallocated, Reason: "pickup: nothing rings there"}
	}
	if err := s.Answer(ctx); err != nil {
		return err
	}
	mine := s.leg(s.caller)
	if mine == nil {
		return errCallerGone
	}
	if _, err := target.ask(ctx, ask{kind: askPickup, gives: mine}); err != nil {
		return &Reject{Cause: CauseUnallocated, Reason: "pickup: somebody was faster"}
	}
	s.release(mine.ID)
	now := s.x.Clock()
	s.Mark(func(r *Record) { r.Answered = now })
	s.note("picked up call " + string(target.ID))
	return nil
}

// ringingAt returns the longest-ringing session with a phone that matches.
func (x *Exchange) ringingAt(match func(Party) bool, not *Session) *Session {
	var best *Session
	for _, s := range x.live() {
		if s != not && s.ringsAt(match) && (best == nil || s.rec.Started.Before(best.rec.Started)) {
			best = s
		}
	}
	return best
}

func (s *Session) ringsAt(match func(Party) bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.phase != PhaseRinging {
		return false
	}
	for _, l := range s.legs {
		if !l.up && l.Role == "called" && match(l.party) {
			return true
		}
	}
	return false
}
