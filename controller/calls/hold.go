package calls

import (
	"context"

	"bellhop/controller/kit/fault"
)

// Hold lets the other parties hear music; by hears nothing.
func Hold(by string) Verb {
	return func(ctx context.Context, s *Session) error {
		me, err := s.talker(by)
		if err != nil {
			return err
		}
		if me.held {
			return fault.New(fault.Conflict, "%q is on hold", by)
		}
		for _, l := range s.talkers() {
			if l.ID == me.ID || l.held {
				continue
			}
			if err := s.hold(ctx, l); err != nil {
				return err
			}
		}
		s.enterPhase(s.talkPhase())
		return nil
	}
}

// Retrieve ends a hold.
func Retrieve(by string) Verb {
	return func(ctx context.Context, s *Session) error {
		me, err := s.talker(by)
		if err != nil {
			return err
		}
		if me.held {
			return fault.New(fault.Conflict, "%q is on hold", by)
		}
		return s.retrieve(ctx)
	}
}

// retrieve brings all held parties back into the talk.
func (s *Session) retrieve(ctx context.Context) error {
	for _, l := range s.talkers() {
		if !l.held {
			continue
		}
		s.wake(ctx, l.ID)
		if err := unlessGone(s.x.Switch.Join(ctx, s.bridge, l.ID)); err != nil {
			return err
		}
	}
	s.enterPhase(s.talkPhase())
	return nil
}

// hold takes a leg out of the talk. The tag comes first: a controller that takes
// over in between finds the leg in the bridge and knows that it is not held.
func (s *Session) hold(ctx context.Context, l *leg) error {
	s.tag(ctx, l.ID, map[string]string{TagPhase: string(PhaseHeld), TagMusic: "1"})
	if err := s.x.Switch.Leave(ctx, s.bridge, l.ID); err != nil {
		return err
	}
	s.change(l.ID, func(l *leg) { l.held = true })
	return unlessGone(s.playMusic(ctx, l.ID, true))
}

// wake prepares a leg that was held, or waited, for a talk.
func (s *Session) wake(ctx context.Context, id LegID) {
	l := s.leg(id)
	if l == nil {
		return
	}
	if l.held || l.waits != "" {
		s.tag(ctx, id, map[string]string{TagPhase: string(PhaseTalking), TagMusic: ""})
	}
	if err := s.playMusic(ctx, id, false); err != nil {
		s.log.Info("calls: music not stopped", "leg", id, "err", err)
	}
	s.change(id, func(l *leg) { l.held, l.waits = false, "" })
}

// playMusic starts or stops music towards a leg, once.
func (s *Session) playMusic(ctx context.Context, id LegID, on bool) error {
	l := s.leg(id)
	if l == nil || l.music == on {
		return nil
	}
	if err := s.x.Switch.Music(ctx, id, on); err != nil {
		return gone(err)
	}
	s.change(id, func(l *leg) { l.music = on })
	return nil
}

// tag writes what a restarted controller needs; a call goes on without it.
func (s *Session) tag(ctx context.Context, id LegID, tags map[string]string) {
	if err := s.x.Switch.Tag(ctx, id, tags); err != nil && !fault.Is(err, fault.NotFound) {
		s.log.Warn("calls: leg not tagged", "leg", id, "err", err)
	}
}

// unlessGone is nil for a leg that has hung up: its end is on its way.
func unlessGone(err error) error {
	if fault.Is(err, fault.NotFound) || err == errCallerGone {
		return nil
	}
	return err
}
