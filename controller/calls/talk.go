package calls

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// needBridge gives the session a bridge if it has none.
func (s *Session) needBridge(ctx context.Context) error {
	if s.bridge != "" {
		return nil
	}
	id, err := s.x.bridges.take(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.bridge = id
	s.mu.Unlock()
	return nil
}

// join connects two legs and answers whoever is not answered yet. Answer and
// bridge go out together: every command before the talk is heard as delay.
func (s *Session) join(ctx context.Context, a, b LegID) error {
	now := s.x.Clock() // b has answered: from here a carrier counts
	s.wake(ctx, a)
	s.wake(ctx, b)
	var answer error
	var wg sync.WaitGroup
	if l := s.leg(a); l != nil && !l.up {
		wg.Go(func() { answer = gone(s.x.Switch.Answer(ctx, a)) })
	}
	err := s.needBridge(ctx)
	if err == nil {
		err = gone(s.x.Switch.Join(ctx, s.bridge, a, b))
	}
	wg.Wait()
	if err == nil {
		err = answer
	}
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return err
	}
	s.answered(a, now)
	s.answered(b, now)
	won := s.leg(b)
	s.Mark(func(r *Record) {
		if r.Answered.IsZero() {
			r.Answered = now
		}
		if won != nil && won.party != (Party{}) {
			r.To = won.party
		}
	})
	s.enterPhase(s.talkPhase())
	s.save()
	return nil
}

// talk lasts until fewer than two parties are left. Supervisors are no parties.
func (s *Session) talk(ctx context.Context) error {
	s.enterPhase(s.talkPhase())
	s.inTalk = true
	defer s.endTalk()
	for s.parties() > 1 {
		e, err := s.next(ctx)
		if err != nil {
			return err
		}
		switch e.Kind {
		case Ended:
			s.partyLeft(ctx, e)
		case Transfer:
			if err := s.transfer(ctx, e); err != nil {
				return err
			}
		case asked:
			if s.askedWhileTalking(e.ask) {
				return nil
			}
		}
		if then := s.then; then != nil {
			s.then = nil
			if err := then(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// endTalk lets nobody listen to, or be rung for, a talk that is over. When the
// controller stops the talk is not over.
func (s *Session) endTalk() {
	s.inTalk, s.then = false, nil
	if errors.Is(context.Cause(s.x.running), errShutdown) {
		return
	}
	ctx, cancel := s.detached()
	defer cancel()
	s.endWatch(ctx)
	for _, i := range s.invited {
		i.round.giveUp(CauseNormal)
	}
	s.invited = nil
}

// partyLeft follows up the end of a leg: the call passes on to who is left, or
// its end is known, or a served caller waits again.
func (s *Session) partyLeft(ctx context.Context, e Event) {
	left := s.parties()
	lost := s.agentLeft(ctx, e, left)
	if s.parted && left < 2 && !lost {
		s.by(s.sideOf(e.Leg))
	}
	if left > 1 {
		s.passOn(e.Leg)
	}
	if len(s.legIDs()) > 0 {
		s.save() // who left is known, should we die before the others
	}
}

// passOn gives the call to its oldest party when from was the caller.
func (s *Session) passOn(from LegID) {
	for _, l := range s.talkers() {
		if s.caller == from && l.ID != from {
			s.mu.Lock()
			s.caller = l.ID
			s.mu.Unlock()
		}
	}
}

// talkers returns the parties of the talk, oldest first.
func (s *Session) talkers() []*leg {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*leg
	for _, l := range s.legs {
		if l.talks() {
			all = append(all, l)
		}
	}
	slices.SortFunc(all, older)
	return all
}

func (s *Session) parties() int { return len(s.talkers()) }

// talkPhase tells a talk from one in which somebody is held.
func (s *Session) talkPhase() Phase {
	for _, l := range s.talkers() {
		if l.held {
			return PhaseHeld
		}
	}
	return PhaseTalking
}

func (s *Session) sideOf(id LegID) string {
	if id == s.caller {
		return "caller"
	}
	return "called"
}

// peer returns the other party of a conversation of two.
func (s *Session) peer(of LegID) *leg {
	for _, l := range s.talkers() {
		if l.ID != of {
			return l
		}
	}
	return nil
}
