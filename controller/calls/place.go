package calls

import (
	"context"
	"log/slog"
	"slices"

	"bellhop/controller/kit/fault"
)

// Errand is a call that the hotel itself makes: an alert, a wake-up.
type Errand struct {
	From    Party   // shown in the record
	Dialled string  // the number it is about
	Ring    Attempt // the phones that ring together
	Reason  string
	// Answered runs the call with whoever answered first.
	Answered func(ctx context.Context, s *Session) error
}

// Place makes a call on the hotel's own behalf and returns when it is over.
// Nobody answering is an *Unreached.
func (x *Exchange) Place(ctx context.Context, e Errand) error {
	s, err := x.errand(e)
	if err != nil {
		return err
	}
	result := make(chan error, 1)
	x.start(s, func(own context.Context) error {
		own, cancel := context.WithCancelCause(own)
		defer cancel(nil)
		defer context.AfterFunc(ctx, func() { cancel(context.Cause(ctx)) })()
		err := s.runErrand(own, e)
		result <- err
		return err
	})
	return <-result
}

// errand makes the session of a call without an offered leg.
func (x *Exchange) errand(e Errand) (*Session, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.running == nil || x.running.Err() != nil {
		return nil, fault.New(fault.Unavailable, "the exchange is not running")
	}
	id := CallID(bridgePrefix + x.NewID())
	s := &Session{
		ID: id, From: e.From, x: x, phase: PhaseRinging, in: make(chan Event, mailboxSize),
		legs: map[LegID]*leg{}, log: x.Log.With(slog.String("call", string(id))),
		rec: Record{ID: id, Path: PathController, Direction: Internal, From: e.From, Dialled: e.Dialled,
			Started: x.Clock(), Reasons: []string{e.Reason}},
	}
	s.ctx, s.cancel = context.WithCancelCause(x.running)
	x.adoptLocked(s)
	return s, nil
}

// runErrand rings, and gives whoever answers to the errand.
func (s *Session) runErrand(ctx context.Context, e Errand) error {
	s.save()
	won, err := s.dial(ctx, "", Destination{To: e.From, Attempts: []Attempt{e.Ring}})
	if err != nil {
		return err
	}
	s.answered(won, s.x.Clock())
	s.mu.Lock()
	s.caller = won
	s.rec.Answered = s.x.Clock()
	if l := s.legs[won]; l != nil {
		s.rec.To = l.party
	}
	s.mu.Unlock()
	return e.Answered(ctx, s)
}

// Dial rings the phones of by and, when one answers, calls number as if by's party
// had dialled it: click-to-call, consultation, call-back. It returns as soon as the
// call exists. The rings of by carry the header that makes our browser phone answer
// by itself.
func (x *Exchange) Dial(_ context.Context, by Attempt, number string) (CallID, error) {
	if len(by.Rings) == 0 {
		return "", fault.Field("by", "has no phone")
	}
	if number == "" {
		return "", fault.Field("number", "is empty")
	}
	by.Rings = slices.Clone(by.Rings)
	for i := range by.Rings {
		r := &by.Rings[i]
		r.Headers = autoAnswer(r.Headers)
		if r.CallerID == (CallerID{}) {
			r.CallerID = CallerID{Number: number}
		}
	}
	s, err := x.errand(Errand{From: by.Rings[0].Party, Dialled: number, Reason: "dialled by click"})
	if err != nil {
		return "", err
	}
	x.start(s, func(ctx context.Context) error { return s.runDial(ctx, by, number) })
	return s.ID, nil
}

// runDial rings by, and then is a call that by dialled.
func (s *Session) runDial(ctx context.Context, by Attempt, number string) error {
	s.save()
	r := &round{s: s, Attempt: by, out: map[LegID]Ring{}, quiet: true, role: "caller"}
	won, err := r.run(ctx)
	if err != nil {
		return err
	}
	l := s.leg(won)
	if l == nil {
		return errCallerGone
	}
	s.answered(won, s.x.Clock())
	s.mu.Lock()
	s.caller, s.From = won, l.party
	s.mu.Unlock()
	s.Offer = Offer{Endpoint: l.Endpoint, CallerID: CallerID{Number: l.party.Number, Name: l.party.Name}, Dialled: number}
	return s.answer(ctx)
}
