package calls

import (
	"context"
	"errors"
	"time"

	"bellhop/controller/kit/fault"
)

// SendTo transfers the other party blindly. by's leg is free at once; when number is
// not reached, by is rung again (recall) and the reason is in the record.
func SendTo(by, number string) Verb {
	return func(ctx context.Context, s *Session) error {
		me, other, err := s.couple(by)
		if err != nil {
			return err
		}
		return s.beginSendTo(me, other, number)
	}
}

// beginSendTo checks where number leads; the talk goes on with the transfer.
func (s *Session) beginSendTo(by, other *leg, number string) error {
	d, err := s.x.Guide.Resolve(s, Diversion{By: by.party, Number: number})
	if err != nil {
		s.note("transfer to " + number + " refused: " + err.Error())
		return refusal(err)
	}
	s.then = func(ctx context.Context) error { return s.sendTo(ctx, by, other, number, d) }
	return nil
}

// refusal says in a code why a number may not be called.
func refusal(err error) error {
	r, ok := errors.AsType[*Reject](err)
	switch {
	case !ok:
		return err
	case r.Cause == CauseBarred || r.Cause == CauseRejected:
		return fault.Wrap(err, fault.Forbidden, "the number may not be called")
	case r.Cause == CauseUnallocated || r.Cause == CauseNoRoute || r.Cause == CauseInvalid:
		return &fault.Error{Code: fault.Invalid, Field: "number", Message: "leads nowhere", Err: err}
	}
	return fault.Wrap(err, fault.Conflict, "the number cannot be called now")
}

// sendTo lets by go and calls d for other.
func (s *Session) sendTo(ctx context.Context, by, other *leg, number string, d Destination) error {
	s.note("transfer to " + number + " by " + by.party.Number)
	s.enterPhase(PhaseMoving)
	s.hangup(ctx, CauseNormal, by.ID)
	s.inherit(by.ID, other.ID)
	s.crowd = true
	s.agentDone(by.ID)
	s.wake(ctx, other.ID) // ring-back instead of music
	before := s.Record().To
	won, err := s.dial(ctx, other.ID, d)
	if err != nil {
		s.Mark(func(r *Record) { r.To = before })
		return s.recall(ctx, by, other, err)
	}
	s.retitle(won, "transfer")
	s.moved(ctx)
	return s.join(ctx, other.ID, won)
}

// recallTime is how long the phones of a transferrer ring again.
const recallTime = 30 * time.Second

// recall rings by again, for nobody else was reached.
func (s *Session) recall(ctx context.Context, by, other *leg, cause error) error {
	if s.leg(other.ID) == nil || !isUnreached(cause) {
		return cause
	}
	s.note("transfer failed (" + cause.Error() + "), " + by.party.Number + " is rung again")
	before := s.Record().To
	won, err := s.dial(ctx, other.ID, Destination{To: by.party, Attempts: []Attempt{{
		Time: recallTime,
		Rings: []Ring{{
			Endpoint: by.Endpoint, Party: by.party, Keep: by.keep,
			CallerID: CallerID{Number: other.party.Number, Name: other.party.Name},
		}},
	}}})
	switch {
	case err == nil:
		s.agentBack(won)
		return s.join(ctx, other.ID, won)
	case isUnreached(err) && s.serving != nil && s.leg(other.ID) != nil:
		s.Mark(func(r *Record) { r.To = before })
		s.note(by.party.Number + " did not take the recall")
		return s.waitAgain(ctx, PartLost)
	}
	return err
}
