package rest

import (
	"context"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// myCall returns a live call in which the account's own phone is a party, and the
// seat of it: an operator acts on no other.
func (s *server) myCall(ctx context.Context, id string) (calls.Live, acd.Seat, error) {
	seat, err := s.mySeat(ctx)
	if err != nil {
		return calls.Live{}, acd.Seat{}, err
	}
	call, err := s.liveCall(id)
	if err != nil {
		return calls.Live{}, acd.Seat{}, err
	}
	if p, in := partyOf(call, seat.Extension); !in || p.Monitor != "" {
		return calls.Live{}, acd.Seat{}, fault.New(fault.Forbidden, "your phone is not a party of this call")
	}
	return call, seat, nil
}

// liveCall returns a call under way, whether or not it is within reach.
func (s *server) liveCall(id string) (calls.Live, error) {
	for _, c := range s.Calls.Live() {
		if string(c.ID) == id {
			return c, nil
		}
	}
	return calls.Live{}, missing("live call", id)
}

// partyOf returns an extension's part in a call.
func partyOf(c calls.Live, extension string) (calls.LiveParty, bool) {
	for _, p := range c.Parties {
		if extension != "" && p.Party.Extension == extension {
			return p, true
		}
	}
	return calls.LiveParty{}, false
}

// inMyCall does a verb in a call of the account's own; verb gets its extension.
func (s *server) inMyCall(ctx context.Context, id string, verb func(extension string) calls.Verb) error {
	call, seat, err := s.myCall(ctx, id)
	if err != nil {
		return err
	}
	return s.Exchange.Do(plain(ctx), call.ID, verb(seat.Extension))
}

// withMySecond does a verb in a call of the account's own with another one of them.
func (s *server) withMySecond(ctx context.Context, id, second string, verb func(extension string, second calls.CallID) calls.Verb) error {
	if id == second {
		return fault.Field("second", "must be another call than the first")
	}
	other, _, err := s.myCall(ctx, second)
	if fault.Is(err, fault.NotFound) {
		return fault.Field("second", "is not a live call")
	}
	if err != nil {
		return err
	}
	return s.inMyCall(ctx, id, func(extension string) calls.Verb { return verb(extension, other.ID) })
}

// PlaceCall rings the account's phone and then the number; with callback it
// answers an abandoned call.
func (s *server) PlaceCall(ctx context.Context, r gen.PlaceCallRequestObject) (gen.PlaceCallResponseObject, error) {
	seat, err := s.mySeat(ctx)
	if err != nil {
		return nil, err
	}
	to, err := number("number", r.Body.Number)
	if err != nil {
		return nil, err
	}
	if to.String() == seat.Extension {
		return nil, fault.Field("number", "is your own")
	}
	id, err := s.dial(ctx, seat.Account, to.String(), r.Body.Callback)
	if err != nil {
		return nil, err
	}
	return gen.PlaceCall201JSONResponse{Call: string(id)}, nil
}

func (s *server) dial(ctx context.Context, account, to, callback string) (calls.CallID, error) {
	if callback == "" {
		return s.Desk.Dial(plain(ctx), account, to)
	}
	v, err := s.visit(ctx, callback)
	if err != nil {
		return "", err
	}
	if v.Number != to {
		return "", fault.Field("number", "is not the number of the caller who is to be called back")
	}
	return s.Desk.Callback(plain(ctx), account, callback)
}

// HoldCall lets the others hear music.
func (s *server) HoldCall(ctx context.Context, r gen.HoldCallRequestObject) (gen.HoldCallResponseObject, error) {
	return gen.HoldCall204Response{}, s.inMyCall(ctx, r.Id, calls.Hold)
}

// RetrieveCall ends a hold.
func (s *server) RetrieveCall(ctx context.Context, r gen.RetrieveCallRequestObject) (gen.RetrieveCallResponseObject, error) {
	return gen.RetrieveCall204Response{}, s.inMyCall(ctx, r.Id, calls.Retrieve)
}

// ReleaseCall ends the account's part of a call.
func (s *server) ReleaseCall(ctx context.Context, r gen.ReleaseCallRequestObject) (gen.ReleaseCallResponseObject, error) {
	return gen.ReleaseCall204Response{}, s.inMyCall(ctx, r.Id, calls.Release)
}

// TransferCall sends the other party elsewhere.
func (s *server) TransferCall(ctx context.Context, r gen.TransferCallRequestObject) (gen.TransferCallResponseObject, error) {
	to, err := number("number", r.Body.Number)
	if err != nil {
		return nil, err
	}
	return gen.TransferCall204Response{}, s.inMyCall(ctx, r.Id, func(extension string) calls.Verb {
		return calls.SendTo(extension, to.String())
	})
}

// HandCall ends a consultation: the others talk on without the account.
func (s *server) HandCall(ctx context.Context, r gen.HandCallRequestObject) (gen.HandCallResponseObject, error) {
	return gen.HandCall204Response{}, s.withMySecond(ctx, r.Id, r.Body.Second, calls.Hand)
}

// ConferCalls joins two calls of the account into one.
func (s *server) ConferCalls(ctx context.Context, r gen.ConferCallsRequestObject) (gen.ConferCallsResponseObject, error) {
	return gen.ConferCalls204Response{}, s.withMySecond(ctx, r.Id, r.Body.Second, calls.Confer)
}

// PressKeys sends keys to the others.
func (s *server) PressKeys(ctx context.Context, r gen.PressKeysRequestObject) (gen.PressKeysResponseObject, error) {
	return gen.PressKeys204Response{}, s.inMyCall(ctx, r.Id, func(extension string) calls.Verb {
		return calls.Press(extension, r.Body.Digits)
	})
}
