package calls

import (
	"context"
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
	s.enterPhase(PhaseTalking)
	s.save()
	return nil
}

// talk lasts until fewer than two parties are left.
func (s *Session) talk(ctx context.Context) error {
	s.enterPhase(PhaseTalking)
	for {
		if s.leg(s.caller) == nil || len(s.legIDs()) < 2 {
			return nil
		}
		e, err := s.next(ctx)
		if err != nil {
			return err
		}
		switch e.Kind {
		case Ended:
			if s.parted {
				s.by(s.sideOf(e.Leg))
			}
			if len(s.legIDs()) > 1 {
				s.save() // who left is known, should we die before the others
			}
		case Transfer:
			if err := s.transfer(ctx, e); err != nil {
				return err
			}
		case asked:
			if s.askedWhileTalking(e.ask) {
				return nil
			}
		}
	}
}

func (s *Session) sideOf(id LegID) string {
	if id == s.caller {
		return "caller"
	}
	return "called"
}

// peer returns the other party of a conversation of two.
func (s *Session) peer(of LegID) *leg {
	for _, id := range s.legIDs() {
		if l := s.leg(id); id != of && l != nil && l.up {
			return l
		}
	}
	return nil
}
