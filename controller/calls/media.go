package calls

import (
	"context"
	"errors"
	"time"

	"bellhop/controller/kit/fault"
)

// Answer answers the caller; doing it twice is fine.
func (s *Session) Answer(ctx context.Context) error {
	l := s.leg(s.caller)
	if l == nil {
		return errCallerGone
	}
	if l.up {
		return nil
	}
	if err := s.x.Switch.Answer(ctx, s.caller); err != nil {
		return gone(err)
	}
	s.answered(s.caller, s.x.Clock())
	return nil
}

// answered marks a leg and, with the first answer, the call as answered.
func (s *Session) answered(id LegID, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.legs[id]; l != nil {
		s.dirty = s.dirty || !l.up
		l.up = true
		if l.Answered.IsZero() {
			l.Answered = at
		}
	}
}

// gone turns "no such leg" into the hang-up that it is.
func gone(err error) error {
	if fault.Is(err, fault.NotFound) {
		return errCallerGone
	}
	return err
}

// Progress opens early media: the caller hears what is played, and pays nothing.
func (s *Session) Progress(ctx context.Context) error {
	if err := s.x.Switch.Progress(ctx, s.caller); err != nil {
		return gone(err)
	}
	s.change(s.caller, func(l *leg) { l.early = true })
	return nil
}

// playLimit bounds one playback: the switch does not report every end.
const playLimit = 2 * time.Minute

// Play plays media to the caller and returns when it has ended. Media that is not
// there is fault.NotFound.
func (s *Session) Play(ctx context.Context, m Media) error {
	s.enterPhase(PhaseScript)
	if err := s.playMusic(ctx, s.caller, false); err != nil {
		return err
	}
	id := PlayID(s.x.NewID())
	if err := s.x.Switch.Play(ctx, s.caller, id, m); err != nil {
		return gone(err)
	}
	limited, cancel := context.WithTimeoutCause(ctx, playLimit, fault.New(fault.Unavailable, "the playback did not end"))
	defer cancel()
	played := false
	err := s.until(limited, func(e Event) bool {
		done := e.Kind == PlayDone && e.Play == id
		played = played || done && e.OK
		return done
	})
	switch {
	case err != nil || played:
		return err
	case s.parting(ctx):
		return errCallerGone
	}
	return fault.New(fault.NotFound, "%v cannot be played", m.Prompts)
}

// partingTime is how long a leg that hangs up may still be there: its playback
// ends first, and commands for it fail.
const partingTime = 300 * time.Millisecond

// parting reports whether the caller is about to be gone.
func (s *Session) parting(ctx context.Context) bool {
	soon, cancel := context.WithTimeout(ctx, partingTime)
	defer cancel()
	for s.leg(s.callerLeg()) != nil {
		if _, err := s.next(soon); err != nil {
			return s.leg(s.callerLeg()) == nil || errors.Is(err, errCallerGone)
		}
	}
	return true
}

// explainTime is how long a refused caller hears the tone.
const explainTime = 4 * time.Second

// explain plays a refusal's prompt or tone without answering.
func (s *Session) explain(ctx context.Context, m Media) error {
	if err := s.Progress(ctx); err != nil {
		return err
	}
	if m.Tone == "" {
		err := s.Play(ctx, m)
		if !fault.Is(err, fault.NotFound) {
			return err
		}
		s.log.Warn("calls: a prompt is missing, the caller hears a tone", "err", err)
		m.Tone = "info"
	}
	return s.Tone(ctx, m.Tone, explainTime, false)
}

// Tone plays an indication tone for a while, or until a digit if stopOnDigit.
func (s *Session) Tone(ctx context.Context, tone string, d time.Duration, stopOnDigit bool) error {
	s.enterPhase(PhaseScript)
	if err := s.playMusic(ctx, s.caller, false); err != nil {
		return err
	}
	id := PlayID(s.x.NewID())
	if err := s.x.Switch.Play(ctx, s.caller, id, Media{Tone: tone}); err != nil {
		return gone(err)
	}
	limited, cancel := context.WithTimeoutCause(ctx, d, errToneOver)
	defer cancel()
	cut := false
	err := s.until(limited, func(e Event) bool {
		cut = e.Kind == PlayDone && e.Play == id && !e.OK
		return e.Kind == PlayDone && e.Play == id || stopOnDigit && e.Kind == Digit
	})
	_ = s.x.Switch.StopPlay(ctx, id)
	switch {
	case err == errToneOver:
		return nil
	case err == nil && cut && s.parting(ctx):
		return errCallerGone
	}
	return err
}

var errToneOver = fault.New(fault.Unavailable, "the tone's time is over")

// Digits returns the keys pressed so far and forgets them.
func (s *Session) Digits() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := string(s.digits)
	s.digits = s.digits[:0]
	return d
}

// Gather waits for the next key, at most wait; "" when none came.
func (s *Session) Gather(ctx context.Context, wait time.Duration) (string, error) {
	if d := s.Digits(); d != "" {
		return d, nil
	}
	limited, cancel := context.WithTimeoutCause(ctx, wait, errToneOver)
	defer cancel()
	err := s.until(limited, func(e Event) bool { return e.Kind == Digit && e.Leg == s.caller })
	if err == errToneOver {
		return "", nil
	}
	return s.Digits(), err
}
