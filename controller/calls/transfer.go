package calls

import (
	"context"
	"errors"
	"time"
)

// transfer does what a phone asked for with REFER. A transfer that fails leaves
// the call as it was; an error means the call is over.
func (s *Session) transfer(ctx context.Context, e Event) error {
	by := s.leg(e.Leg)
	other := s.peer(e.Leg)
	if by == nil || other == nil {
		return nil
	}
	if s.parties() > 2 || len(s.invited) > 0 {
		s.note("transfer refused: the call is a conference")
		return s.tellTransfer(ctx, by.ID, TransferFailed)
	}
	if e.Other != "" {
		return s.attended(ctx, by, other, e.Other)
	}
	return s.blind(ctx, by, other, e.To)
}

// blind sends other to number with the rights of by.
func (s *Session) blind(ctx context.Context, by, other *leg, number string) error {
	d, err := s.x.Guide.Resolve(s, Diversion{By: by.party, Number: number})
	if err != nil {
		s.note("transfer to " + number + " refused: " + err.Error())
		return s.tellTransfer(ctx, by.ID, TransferFailed)
	}
	s.note("transfer to " + number + " by " + by.party.Number)
	if err := s.tellTransfer(ctx, by.ID, TransferTrying); err != nil {
		return err
	}
	s.enterPhase(PhaseMoving)
	_ = s.x.Switch.Leave(ctx, s.bridge, by.ID)
	s.wake(ctx, other.ID)
	before := s.Record().To
	won, err := s.dial(ctx, other.ID, d)
	if err != nil {
		s.Mark(func(r *Record) { r.To = before })
		return s.takeBack(ctx, by.ID, other.ID, err)
	}
	s.let(ctx, by.ID, other.ID)
	s.moved(ctx)
	s.retitle(won, "transfer")
	return s.join(ctx, other.ID, won)
}

// takeBack returns to the transferrer when nobody was reached.
func (s *Session) takeBack(ctx context.Context, by, other LegID, cause error) error {
	if s.leg(by) == nil || s.leg(other) == nil || !isUnreached(cause) {
		return cause
	}
	s.note("transfer failed, back to the transferrer")
	if err := s.x.Switch.Join(ctx, s.bridge, by, other); err != nil {
		return gone(err)
	}
	s.enterPhase(PhaseTalking)
	return s.tellTransfer(ctx, by, TransferFailed)
}

func isUnreached(err error) bool {
	_, ok := errors.AsType[*Unreached](err)
	return ok
}

// attended joins other with the party that the transferrer's second call reached.
func (s *Session) attended(ctx context.Context, by, other *leg, second LegID) error {
	s2 := s.x.owner(second)
	if s2 == nil || s2 == s {
		s.note("transfer refused: no second call")
		return s.tellTransfer(ctx, by.ID, TransferFailed)
	}
	got, err := s2.ask(ctx, askTime, ask{kind: askYield, leg: second})
	switch {
	case err != nil:
		s.note("transfer refused: " + err.Error())
		return s.tellTransfer(ctx, by.ID, TransferFailed)
	case got.leg == nil:
		s.hangup(ctx, CauseNormal, second)
		return s.blind(ctx, by, other, got.number)
	}
	if err := s.tellTransfer(ctx, by.ID, TransferDone); err != nil {
		return err
	}
	return s.meet(ctx, by, other, got.leg, s2.ID)
}

// meet joins other with a party of another call, and lets by go.
func (s *Session) meet(ctx context.Context, by, other, got *leg, from CallID) error {
	s.note("transfer to " + got.party.Number + " by " + by.party.Number + ", joined call " + string(from))
	s.receive(ctx, got, "transfer")
	s.crowd = true
	s.hangup(ctx, CauseNormal, by.ID)
	s.inherit(by.ID, other.ID)
	s.moved(ctx)
	return s.join(ctx, other.ID, got.ID)
}

// let ends the transferrer's leg after its transfer worked.
func (s *Session) let(ctx context.Context, by, stays LegID) {
	_ = s.tellTransfer(ctx, by, TransferDone)
	s.hangup(ctx, CauseNormal, by)
	s.inherit(by, stays)
	s.crowd = true
}

// inherit makes stays the party that the call belongs to when that was by.
func (s *Session) inherit(by, stays LegID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.caller == by {
		s.caller = stays
	}
	if l := s.legs[by]; l != nil {
		l.out = true
	}
}

func (s *Session) retitle(id LegID, role string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.legs[id]; l != nil {
		l.Role, s.dirty = role, true
	}
}

// tellTransfer informs the transferring phone; one that hung up needs nothing.
func (s *Session) tellTransfer(ctx context.Context, id LegID, st TransferState) error {
	if s.leg(id) == nil {
		return nil
	}
	if err := s.x.Switch.TransferProgress(ctx, id, st); err != nil {
		s.log.Info("calls: transfer progress not told", "leg", id, "state", st, "err", err)
	}
	return nil
}

// receive takes a leg over from another session.
func (s *Session) receive(ctx context.Context, l *leg, role string) {
	l.Role = role
	s.enter(l)
	s.x.own(s, l.ID)
	if err := s.x.Switch.Tag(ctx, l.ID, map[string]string{TagCall: string(s.ID)}); err != nil {
		s.log.Warn("calls: leg not tagged", "leg", l.ID, "err", err)
	}
}

// askTime bounds how long one session waits for another.
const askTime = 2 * time.Second
