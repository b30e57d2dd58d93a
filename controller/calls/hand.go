package calls

import (
	"context"

	"bellhop/controller/kit/fault"
)

// Hand joins the other party of this call with the other party of second (by is in
// both, one of them on hold), and lets by go: the end of a consultation. A second
// call that still rings becomes a blind transfer.
func Hand(by string, second CallID) Verb {
	return func(ctx context.Context, s *Session) error {
		me, other, err := s.couple(by)
		if err != nil {
			return err
		}
		s2, mine, err := s.secondCall(by, second)
		if err != nil {
			return err
		}
		got, err := s2.ask(ctx, askTime, ask{kind: askYield, leg: mine.ID})
		switch {
		case err != nil:
			return err
		case got.leg == nil:
			s.hangup(ctx, CauseNormal, mine.ID)
			return s.beginSendTo(me, other, got.number)
		}
		s.then = func(ctx context.Context) error { return s.meet(ctx, me, other, got.leg, second) }
		return nil
	}
}

// Confer joins the parties of second into this call; by stays.
func Confer(by string, second CallID) Verb {
	return func(ctx context.Context, s *Session) error {
		me, err := s.talker(by)
		if err != nil {
			return err
		}
		if me.held {
			return fault.New(fault.Conflict, "%q is on hold", by)
		}
		s2, mine, err := s.secondCall(by, second)
		if err != nil {
			return err
		}
		got, err := s2.ask(ctx, askTime, ask{kind: askYieldAll, leg: mine.ID})
		if err != nil {
			return err
		}
		s.note("conference by " + by + " with call " + string(second))
		for _, l := range got.legs {
			s.receive(ctx, l, roleInvited)
			s.admit(ctx, l.ID)
		}
		return s.retrieve(ctx)
	}
}

// secondCall returns another live call and by's leg in it.
func (s *Session) secondCall(by string, id CallID) (*Session, *leg, error) {
	s2 := s.x.session(id)
	if s2 == nil || s2 == s {
		return nil, nil, fault.New(fault.NotFound, "no second call %q", id)
	}
	mine := s2.legOf(by)
	if mine == nil {
		return nil, nil, fault.New(fault.Forbidden, "%q is no party of the second call", by)
	}
	return s2, mine, nil
}

// admit lets a leg into the talk; one that was held is retrieved by who calls this.
func (s *Session) admit(ctx context.Context, id LegID) {
	s.crowd = true
	if err := s.x.Switch.Join(ctx, s.bridge, id); err != nil {
		s.log.Info("calls: leg not joined", "leg", id, "err", err)
		s.hangup(ctx, CauseTemporary, id)
		return
	}
	s.answered(id, s.x.Clock())
	s.save()
}
