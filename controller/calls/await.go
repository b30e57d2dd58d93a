package calls

import (
	"context"
	"errors"

	"bellhop/controller/kit/fault"
)

// The phases of calls that wait.
const (
	PhaseQueued Phase = "queued"
	PhaseParked Phase = "parked"
	PhaseHeld   Phase = "held" // a talk in which somebody hears music
)

// Await lets the caller wait (music, if answered or early, else ring-back) until wake
// closes or ctx ends; nil means wake closed. phase (queued or parked) and data (at
// most MaxTagData bytes) are tagged onto the caller's leg, so that Resumed gives
// them back after a restart.
func (s *Session) Await(ctx context.Context, phase Phase, data string, music bool, wake <-chan struct{}) error {
	if phase != PhaseQueued && phase != PhaseParked {
		return fault.Field("phase", "must be queued or parked")
	}
	if len(data) > MaxTagData {
		return fault.Field("data", "is longer than %d bytes", MaxTagData)
	}
	if err := s.beginWait(ctx, phase, data, music); err != nil {
		return err
	}
	for {
		e, err := s.nextOr(ctx, wake)
		switch {
		case errors.Is(err, errWoken):
			return nil
		case err != nil:
			return err
		case e.Kind == Ended && e.Leg == s.callerLeg():
			return errCallerGone
		case e.Kind == asked:
			e.ask.refuse()
		}
	}
}

// beginWait tags the caller's leg and lets it hear what it shall hear.
func (s *Session) beginWait(ctx context.Context, phase Phase, data string, music bool) error {
	l := s.leg(s.caller)
	if l == nil {
		return errCallerGone
	}
	s.enterPhase(phase)
	media := music && (l.up || l.early)
	tags := map[string]string{TagPhase: string(phase), TagData: data, TagMusic: "", TagServe: ""}
	if media {
		tags[TagMusic] = "1"
	}
	s.tag(ctx, l.ID, tags)
	s.change(l.ID, func(l *leg) { l.waits = phase })
	if media || l.up || l.early {
		return s.playMusic(ctx, l.ID, media)
	}
	if l.rung {
		return nil
	}
	s.change(l.ID, func(l *leg) { l.rung = true })
	return gone(s.x.Switch.Ring(ctx, l.ID))
}

// Resumed returns the phase (queued or parked) and data that the call waited in, or
// was served from, when the controller died; "" for a new call.
func (s *Session) Resumed() (Phase, string) { return s.resumed, s.data }

// settled reports whether the call talks or waits: nothing that a restart would lose.
func (s *Session) settled() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.talking || s.phase == PhaseQueued || s.phase == PhaseParked
}

// Phase returns what the call does now.
func (s *Session) Phase() Phase {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.phase
}
