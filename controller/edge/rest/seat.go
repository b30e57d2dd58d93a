package rest

import (
	"context"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
)

// sipAddress is where a browser's soft phone registers.
const sipAddress = "/sip"

// SignOn seats the account at its extension and gives its browser a fresh secret.
// The phone comes first: a seat without one rings nobody.
func (s *server) SignOn(ctx context.Context, r gen.SignOnRequestObject) (gen.SignOnResponseObject, error) {
	me := actor(ctx)
	extension, err := s.seatExtension(ctx, r.Body.Extension)
	if err != nil {
		return nil, err
	}
	user, secret, realm, err := s.SeatPhones.Issue(plain(ctx), extension)
	if err != nil {
		return nil, err
	}
	if err := s.Desk.SignOn(plain(ctx), me.ID, me.Name, extension, me.ID); err != nil {
		return nil, err
	}
	seat, err := s.seatSoon(ctx, me.ID, func(acd.Seat) bool { return true })
	if err != nil {
		return nil, err
	}
	return gen.SignOn200JSONResponse{
		Seat: toSeat(seat), Phone: gen.SeatPhone{User: user, Secret: secret, Realm: realm, Url: sipAddress},
	}, nil
}

// seatExtension returns where the account may sit: at its own extension or at one
// of the desk's, never at a guest's, and never where somebody else sits.
func (s *server) seatExtension(ctx context.Context, want string) (string, error) {
	me := actor(ctx)
	if want == "" {
		want = me.Extension
	}
	if want == "" {
		return "", fault.Field("extension", "is required: the account has none of its own")
	}
	n, err := number("extension", want)
	if err != nil {
		return "", err
	}
	e, ok := s.Hotel.Directory().Extension(n)
	switch {
	case !ok:
		return "", fault.Field("extension", "%s is not an extension of the hotel", n)
	case want != me.Extension && e.Kind != hotel.KindDesk:
		return "", fault.New(fault.Forbidden, "%s is neither the account's extension nor one of the desk", n)
	}
	for _, seat := range s.Desk.Board().Seats {
		switch {
		case seat.Account == me.ID && seat.Extension != want:
			return "", fault.New(fault.Conflict, "you are signed on at %s already: sign off there first", seat.Extension)
		case seat.Account != me.ID && seat.Extension == want:
			return "", fault.New(fault.Conflict, "%s is signed on at %s", seat.Name, want)
		}
	}
	return want, nil
}

// SignOff frees the account's seat.
func (s *server) SignOff(ctx context.Context, _ gen.SignOffRequestObject) (gen.SignOffResponseObject, error) {
	me := actor(ctx)
	if _, err := s.Desk.SignOff(plain(ctx), me.ID, me.ID); err != nil {
		return nil, err
	}
	return gen.SignOff204Response{}, nil
}

// SetSeatState makes the account's seat ready or paused.
func (s *server) SetSeatState(ctx context.Context, r gen.SetSeatStateRequestObject) (gen.SetSeatStateResponseObject, error) {
	me, want := actor(ctx), acd.WorkState(r.Body.State)
	if _, err := s.mySeat(ctx); err != nil {
		return nil, err
	}
	if _, err := s.Desk.SetState(plain(ctx), me.ID, want, r.Body.Reason, me.ID); err != nil {
		return nil, err
	}
	seat, err := s.seatSoon(ctx, me.ID, changedTo(want, r.Body.Reason))
	return gen.SetSeatState200JSONResponse(toSeat(seat)), err
}

// mySeat returns the seat of the account that asks.
func (s *server) mySeat(ctx context.Context) (acd.Seat, error) {
	if seat, ok := s.seatOf(actor(ctx).ID); ok {
		return seat, nil
	}
	return acd.Seat{}, fault.New(fault.Conflict, "sign on to the desk first")
}

func (s *server) seatOf(account string) (acd.Seat, bool) {
	for _, seat := range s.Desk.Board().Seats {
		if seat.Account == account {
			return seat, true
		}
	}
	return acd.Seat{}, false
}

// boardTime is how long the desk may take to show what it did.
const boardTime = time.Second

// seatSoon returns the seat once the board shows it as it should be, or as it is
// when boardTime is over.
func (s *server) seatSoon(ctx context.Context, account string, should func(acd.Seat) bool) (acd.Seat, error) {
	late := time.NewTimer(boardTime)
	defer late.Stop()
	for {
		_, newer := s.Desk.Watch()
		seat, ok := s.seatOf(account)
		if ok && should(seat) {
			return seat, nil
		}
		select {
		case <-newer:
		case <-plain(ctx).Done():
			return seat, plain(ctx).Err()
		case <-late.C:
			if !ok {
				return seat, fault.New(fault.Unavailable, "the desk does not show the seat")
			}
			return seat, nil
		}
	}
}

// changedTo is met by a seat that is in the state, or will be when its call or the
// absence of its phone is over. Who becomes ready may get a call at once.
func changedTo(want acd.WorkState, reason string) func(acd.Seat) bool {
	return func(s acd.Seat) bool {
		if want == acd.Ready && (s.State.Rung() || s.State.OnCall()) {
			return true
		}
		for _, c := range []acd.Choice{{State: s.State, Reason: s.Reason}, s.Then} {
			if c.State == want && (want != acd.Paused || c.Reason == reason) {
				return true
			}
		}
		return false
	}
}

func toSeat(s acd.Seat) gen.Seat {
	return gen.Seat{
		Account: s.Account, Name: s.Name, Extension: s.Extension, State: gen.WorkState(s.State), Reason: s.Reason,
		Since: s.Since, SignedOn: s.SignedOn, Calls: s.Calls, TalkSeconds: seconds(s.Talk), Missed: s.Missed,
		Call: s.Call, Vip: s.VIP, Skills: levels(s.Skills),
	}
}

// seconds is a duration in whole seconds.
func seconds(d time.Duration) int { return int(d.Round(time.Second) / time.Second) }
