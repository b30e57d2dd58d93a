package rest

import (
	"context"
	"slices"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// ForceSeat puts an agent into a state, or signs it off.
func (s *server) ForceSeat(ctx context.Context, r gen.ForceSeatRequestObject) (gen.ForceSeatResponseObject, error) {
	seat, err := s.theirSeat(ctx, r.Account)
	if err != nil {
		return nil, err
	}
	want := acd.WorkState(r.Body.State)
	if _, err := s.Desk.Force(plain(ctx), seat.Account, want, actor(ctx).ID, r.Body.Reason); err != nil {
		return nil, err
	}
	if want == acd.SignedOff {
		return gen.ForceSeat200JSONResponse(toSeat(s.signedOff(ctx, seat))), nil
	}
	seat, err = s.seatSoon(ctx, seat.Account, changedTo(want, r.Body.Reason))
	return gen.ForceSeat200JSONResponse(toSeat(seat)), err
}

// signedOff is a seat after its forced sign-off: gone at once, or still there until
// its call is over.
func (s *server) signedOff(ctx context.Context, before acd.Seat) acd.Seat {
	if before.State.OnCall() || before.State.Rung() {
		if seat, err := s.seatSoon(ctx, before.Account, changedTo(acd.SignedOff, "")); err == nil {
			return seat
		}
	}
	before.State, before.Reason, before.Call = acd.SignedOff, "", ""
	return before
}

// theirSeat returns a seat that the supervisor may act on: signed on, not the own
// one, and a member of a queue within reach.
func (s *server) theirSeat(ctx context.Context, account string) (acd.Seat, error) {
	seat, ok := s.seatOf(account)
	switch {
	case !ok:
		return seat, missing("signed-on agent", account)
	case account == actor(ctx).ID:
		return seat, fault.Field("account", "must not be your own")
	case !coversSeat(actor(ctx).Reach, s.Desk.Queues(), account):
		return seat, fault.New(fault.Forbidden, "the agent serves no queue within your reach")
	}
	return seat, nil
}

// MonitorSeat lets the supervisor's phone take part in an agent's call.
func (s *server) MonitorSeat(ctx context.Context, r gen.MonitorSeatRequestObject) (gen.MonitorSeatResponseObject, error) {
	how := calls.Monitor(r.Body.How)
	intervenes := how == calls.MonitorBarge || how == calls.MonitorTake
	if intervenes && !actor(ctx).Can(access.DeskIntervene) {
		return nil, fault.New(fault.Forbidden, "the permission %q is missing", access.DeskIntervene)
	}
	seat, err := s.theirSeat(ctx, r.Account)
	if err != nil {
		return nil, err
	}
	mine, err := s.myExtension(ctx)
	if err != nil {
		return nil, err
	}
	call, found := s.callOf(seat)
	if how == calls.MonitorOff {
		if p, in := partyOf(call, mine); !found || !in || p.Monitor == "" {
			return gen.MonitorSeat204Response{}, nil // off already
		}
	}
	switch {
	case !found:
		return nil, fault.New(fault.Conflict, "%s is in no call", seat.Name)
	case how == calls.MonitorTake && isEmergency(call):
		return nil, errEmergency()
	}
	phones, err := s.watchPhones(ctx, mine, how)
	if err != nil {
		return nil, err
	}
	return gen.MonitorSeat204Response{}, s.Exchange.Do(plain(ctx), call.ID, calls.Watch(seat.Extension, phones, how, r.Body.Warn))
}

// myExtension is where the supervisor's phone is: at the own seat, else at the
// account's own extension.
func (s *server) myExtension(ctx context.Context) (string, error) {
	if seat, ok := s.seatOf(actor(ctx).ID); ok {
		return seat.Extension, nil
	}
	if own := actor(ctx).Extension; own != "" {
		return own, nil
	}
	return "", fault.New(fault.Conflict, "sign on to the desk first: your account has no phone of its own")
}

// callOf returns the call in which the seat's phone talks, of several the one that
// the desk knows the seat for.
func (s *server) callOf(seat acd.Seat) (found calls.Live, ok bool) {
	for _, c := range s.Calls.Live() {
		p, in := partyOf(c, seat.Extension)
		if in && p.Up && p.Monitor == "" && (!ok || string(c.ID) == seat.Call) {
			found, ok = c, true
		}
	}
	return found, ok
}

// ForceReleaseSeat drops whom the agent talks with; the agent is idle then.
func (s *server) ForceReleaseSeat(ctx context.Context, r gen.ForceReleaseSeatRequestObject) (gen.ForceReleaseSeatResponseObject, error) {
	seat, err := s.theirSeat(ctx, r.Account)
	if err != nil {
		return nil, err
	}
	call, found := s.callOf(seat)
	switch {
	case !found:
		return nil, fault.New(fault.Conflict, "%s is in no call", seat.Name)
	case isEmergency(call):
		return nil, errEmergency()
	}
	for _, p := range otherParties(call, seat.Extension) {
		if err := s.Exchange.Do(plain(ctx), call.ID, calls.Drop(p.Leg)); err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
	}
	// A conference goes on without them: the agent's part ends, too.
	err = s.Exchange.Do(plain(ctx), call.ID, calls.Release(seat.Extension))
	if err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
		return nil, err
	}
	return gen.ForceReleaseSeat204Response{}, nil
}

// otherParties returns whom an extension talks with: those from outside, or all if
// there are none.
func otherParties(c calls.Live, extension string) []calls.LiveParty {
	others := only(c.Parties, func(p calls.LiveParty) bool { return p.Monitor == "" && p.Party.Extension != extension })
	outside := func(p calls.LiveParty) bool { return p.Party.Extension == "" }
	if slices.ContainsFunc(others, outside) {
		return only(others, outside)
	}
	return others
}
