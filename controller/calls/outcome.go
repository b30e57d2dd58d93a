package calls

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// causeSwitchLost marks a leg that died with the switch; it is not a Q.850 value
// and never sent.
const causeSwitchLost Cause = -1

// Reject is the error of a Feature that refuses the call: the caller hears the
// media, if any, and gets the cause.
type Reject struct {
	Cause  Cause
	Media  Media
	Reason string
}

// Error returns the reason and the cause.
func (r *Reject) Error() string { return fmt.Sprintf("%s (%s)", r.Reason, r.Cause) }

// Reached is the error of a Dial that reached nobody.
type Unreached struct{ Cause Cause }

// Error returns the cause of the last attempt.
func (u *Unreached) Error() string { return "nobody reached: " + u.Cause.String() }

// causeOf returns the cause that tells the caller how a feature ended.
func causeOf(err error) Cause {
	if err == nil || errors.Is(err, errCallerGone) || errors.Is(err, context.Canceled) {
		return CauseNormal
	}
	if r, ok := errors.AsType[*Reject](err); ok {
		return r.Cause
	}
	if u, ok := errors.AsType[*Unreached](err); ok {
		return u.Cause
	}
	return CauseTemporary
}

// note writes a decision's reason into the record.
func (s *Session) note(reasons ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rec.Reasons = append(s.rec.Reasons, reasons...)
}

// Note writes the reason of a decision about the call into its record.
func (s *Session) Note(reasons ...string) { s.note(reasons...) }

// by writes who hung up first.
func (s *Session) by(who string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rec.HungUpBy == "" {
		s.rec.HungUpBy = who
	}
}

// Mark changes the record, e.g. its direction or trunk.
func (s *Session) Mark(change func(*Record)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.rec)
	s.dirty = true
}

// save hands the record as it is to the journal.
func (s *Session) save() { s.x.journal.Write(s.Record()) }

// Record returns a copy of the record with all legs, live ones included.
func (s *Session) Record() Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.rec
	r.Reasons = append([]string(nil), s.rec.Reasons...)
	r.Legs = append([]Leg(nil), s.rec.Legs...)
	for _, l := range s.legs {
		if l.Role != roleSnoop {
			r.Legs = append(r.Legs, l.Leg)
		}
	}
	return r
}

// close completes the record: end, cause and outcome.
func (s *Session) close(cause Cause) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &s.rec
	r.Ended = s.over
	if r.Ended.IsZero() {
		r.Ended = latestEnd(r.Legs, s.x.Clock)
	}
	if r.Ended.Before(r.Answered) { // two clocks: the switch's and ours
		r.Ended = r.Answered
	}
	r.Cause = cause
	for _, l := range r.Legs {
		if l.Cause == causeSwitchLost {
			r.Cause, r.Outcome = CauseTemporary, OutcomeSwitchLost
			return
		}
		if l.ID == s.caller && cause == CauseNormal && l.Cause != CauseNone {
			r.Cause = l.Cause
		}
		if l.ID == s.caller && r.Answered.IsZero() {
			r.Answered = l.Answered // by a script, or hung up while being connected
		}
	}
	r.Outcome = outcome(*r)
}

func latestEnd(legs []Leg, now func() time.Time) time.Time {
	var end time.Time
	for _, l := range legs {
		if l.Ended.After(end) {
			end = l.Ended
		}
	}
	if end.IsZero() {
		return now()
	}
	return end
}

// outcome classifies a closed record.
func outcome(r Record) Outcome {
	switch {
	case !r.Answered.IsZero():
		return OutcomeAnswered
	case r.HungUpBy == "caller":
		return OutcomeAbandoned
	}
	switch r.Cause {
	case CauseBusy:
		return OutcomeBusy
	case CauseNoAnswer, CauseNoResponse:
		return OutcomeNoAnswer
	case CauseBarred, CauseRejected:
		return OutcomeBarred
	case CauseNormal:
		return OutcomeAbandoned
	}
	return OutcomeFailed
}
