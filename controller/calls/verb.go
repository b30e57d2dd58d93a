package calls

import (
	"context"
	"strings"
	"time"

	"bellhop/controller/kit/fault"
)

// Verb is something that is done in a live call at somebody's wish. It runs on
// the call's own goroutine, so verbs never race with what the call does; "by" is
// always the extension of the party that wishes it.
type Verb func(ctx context.Context, s *Session) error

// verbTime bounds how long somebody waits for a verb.
const verbTime = 10 * time.Second

// Do does a verb in a live call and returns when it is done or, for those that
// take long (a transfer, an invitation), under way. Errors: fault.NotFound (no such
// live call), fault.Forbidden (by is no party of it), fault.Conflict (not now).
func (x *Exchange) Do(ctx context.Context, id CallID, v Verb) error {
	s := x.session(id)
	if s == nil {
		return fault.New(fault.NotFound, "no live call %q", id)
	}
	_, err := s.ask(ctx, verbTime, ask{kind: askVerb, verb: v})
	return err
}

// obey does a verb, unless nobody waits for it any more.
func (s *Session) obey(ctx context.Context, a *ask) {
	if a.asker.Err() != nil {
		return
	}
	a.reply <- answer{err: a.verb(ctx, s)}
	s.tell(false)
}

// talker returns by's leg in a talk that goes on.
func (s *Session) talker(by string) (*leg, error) {
	me := s.legOf(by)
	switch {
	case me == nil:
		return nil, fault.New(fault.Forbidden, "%q is no party of the call", by)
	case !s.inTalk || s.then != nil || !s.isTalking() || s.Phase() == PhaseMoving || !me.talks():
		return nil, fault.New(fault.Conflict, "nobody talks in the call now")
	}
	return me, nil
}

// couple returns by's leg and the only other party.
func (s *Session) couple(by string) (me, other *leg, err error) {
	if me, err = s.talker(by); err != nil {
		return nil, nil, err
	}
	if s.parties() != 2 || len(s.invited) > 0 {
		return nil, nil, fault.New(fault.Conflict, "the call is a conference")
	}
	return me, s.peer(me.ID), nil
}

// legOf returns the leg of an extension in the call, one that talks before one
// that rings; nil if there is none. Supervisors have no say.
func (s *Session) legOf(extension string) (found *leg) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.legs {
		mine := extension != "" && l.party.Extension == extension && !l.out && l.Role != roleSupervisor && l.Role != roleSnoop
		if mine && (found == nil || l.talks() && !found.talks()) {
			found = l
		}
	}
	return found
}

// Release ends by's part; a talk of two is over with it, a conference goes on. A
// phone that still rings refuses the call.
func Release(by string) Verb {
	return func(ctx context.Context, s *Session) error {
		me := s.legOf(by)
		if me == nil {
			return fault.New(fault.Forbidden, "%q is no party of the call", by)
		}
		return s.dismiss(ctx, me, s.sideOf(me.ID))
	}
}

// Drop ends one leg of the call: forced release, or a party of a conference.
func Drop(leg LegID) Verb {
	return func(ctx context.Context, s *Session) error {
		l := s.leg(leg)
		if l == nil || l.Role == roleSnoop {
			return fault.New(fault.NotFound, "the call has no leg %q", leg)
		}
		s.note(l.party.Number + " was released by force")
		return s.dismiss(ctx, l, "controller")
	}
}

// dismiss ends a leg; who is noted as the one who hung up, if the call is over by it.
func (s *Session) dismiss(ctx context.Context, l *leg, who string) error {
	cause := CauseNormal
	if !l.up && l.ID != s.caller {
		cause = CauseRejected
	}
	if err := s.x.Switch.Hangup(ctx, l.ID, cause); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if !l.up && l.ID != s.caller {
		return nil // its end is awaited by whoever rings it
	}
	party := l.talks()
	s.change(l.ID, func(l *leg) { l.out = true })
	if party && s.parties() < 2 || l.ID == s.caller && !s.inTalk {
		s.by(who)
	}
	if s.inTalk && s.parties() > 1 {
		s.passOn(l.ID)
	}
	return nil
}

// keysLimit bounds the keys of one Press.
const keysLimit = 32

// Press sends keys to the other parties.
func Press(by, digits string) Verb {
	return func(ctx context.Context, s *Session) error {
		if digits == "" || len(digits) > keysLimit || strings.Trim(digits, "0123456789*#ABCD") != "" {
			return fault.Field("digits", "must be 1 to %d of 0-9, *, # and A-D", keysLimit)
		}
		me, err := s.talker(by)
		if err != nil {
			return err
		}
		for _, l := range s.talkers() {
			if l.ID == me.ID || l.held {
				continue
			}
			if err := s.x.Switch.SendDTMF(ctx, l.ID, digits); err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
		}
		return nil
	}
}

// change alters what is known of a leg.
func (s *Session) change(id LegID, how func(*leg)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.legs[id]; l != nil {
		how(l)
		s.dirty = true
	}
}
