package calls

import (
	"context"
	"time"

	"bellhop/controller/kit/fault"
)

// asked is the event by which one session asks another for something.
const asked EventKind = "asked"

// ask is one session's question to another.
type ask struct {
	kind  askKind
	leg   LegID // askYield, askYieldAll: the transferrer's leg in the session asked
	gives *leg  // askPickup: the leg that wants the call
	verb  Verb  // askVerb
	reply chan answer
	asker context.Context // over: nobody waits for the reply
}

type askKind int

const (
	askYield    askKind = iota // "give me the party that leg talks to"
	askYieldAll                // "give me all parties that leg talks to"
	askPickup                  // "take this leg as the one that answered"
	askVerb                    // "do this"
)

// answer is the reply; a nil leg to askYield means "still ringing at number".
type answer struct {
	leg    *leg
	legs   []*leg // askYieldAll
	number string
	err    error
}

// ask puts a question to s and waits, at most as long, for its goroutine to answer.
func (s *Session) ask(ctx context.Context, long time.Duration, a ask) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	a.reply, a.asker = make(chan answer, 1), ctx
	s.post(Event{Kind: asked, ask: &a})
	select {
	case got := <-a.reply:
		return got, got.err
	case <-s.ctx.Done():
		return answer{}, fault.New(fault.NotFound, "the call is over")
	case <-ctx.Done():
		return answer{}, fault.New(fault.Conflict, "the call is busy")
	}
}

// refuse answers what the call cannot do now; verbs have their answer already.
func (a *ask) refuse() {
	if a.kind != askVerb {
		a.reply <- answer{err: fault.New(fault.Conflict, "the call cannot do that now")}
	}
}

// askedWhileRinging answers: a pickup wins the call, a yield is told the number.
func (s *Session) askedWhileRinging(a *ask) LegID {
	switch a.kind {
	case askYield:
		a.reply <- answer{number: s.Record().Dialled}
		return ""
	case askVerb, askYieldAll:
		a.refuse()
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
	if a.kind != askYield && a.kind != askYieldAll {
		a.refuse()
		return false
	}
	var gives []*leg
	for _, l := range s.talkers() {
		if l.ID != a.leg {
			gives = append(gives, l)
		}
	}
	if by := s.leg(a.leg); by == nil || len(gives) == 0 || a.kind == askYield && len(gives) > 1 {
		a.refuse()
		return false
	}
	for _, l := range gives {
		s.release(l.ID)
	}
	s.crowd = true
	s.moved(a.asker)
	s.note("joined to the transferrer's first call")
	a.reply <- answer{leg: gives[0], legs: gives}
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
		s.dirty = true
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
	if _, err := target.ask(ctx, askTime, ask{kind: askPickup, gives: mine}); err != nil {
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
