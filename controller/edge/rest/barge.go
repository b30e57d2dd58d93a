package rest

import (
	"context"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// BargeIn (强插) joins the operator's phone into the call of an extension, or takes
// it out again.
func (s *server) BargeIn(ctx context.Context, r gen.BargeInRequestObject) (gen.BargeInResponseObject, error) {
	seat, err := s.mySeat(ctx)
	if err != nil {
		return nil, err
	}
	call, err := s.extensionCall(ctx, r.Id, seat)
	if err != nil {
		return nil, err
	}
	mine, in := partyOf(call, seat.Extension)
	talker, talks := talkingExtension(call)
	switch {
	case in && mine.Monitor == "":
		return nil, fault.New(fault.Conflict, "you are a party of this call")
	case !r.Body.On && !in:
		return gen.BargeIn204Response{}, nil // out already
	case !talks:
		return nil, fault.New(fault.Conflict, "no extension of the hotel talks in this call")
	}
	how := calls.MonitorOff
	if r.Body.On {
		how = calls.MonitorBarge
	}
	phones, err := s.watchPhones(ctx, seat.Extension, how)
	if err != nil {
		return nil, err
	}
	// Both sides hear a tone: nobody breaks into a call in secret.
	verb := calls.Watch(talker.Party.Extension, phones, how, true)
	return gen.BargeIn204Response{}, s.Exchange.Do(plain(ctx), call.ID, verb)
}

// ForceReleaseCall (强拆) ends the call of an extension.
func (s *server) ForceReleaseCall(ctx context.Context, r gen.ForceReleaseCallRequestObject) (gen.ForceReleaseCallResponseObject, error) {
	seat, err := s.mySeat(ctx)
	if err != nil {
		return nil, err
	}
	call, err := s.extensionCall(ctx, r.Id, seat)
	if err != nil {
		return nil, err
	}
	if err := s.Calls.Hangup(plain(ctx), call.ID); err != nil {
		return nil, err
	}
	s.Log.Info("call force-released", "call", r.Id, "by", actor(ctx).ID, "request", requestID(plain(ctx)))
	return gen.ForceReleaseCall204Response{}, nil
}

// extensionCall returns a live call that an operator may break into or end: one of
// an extension within reach, not an emergency, not another operator's, and not one
// that waits for the desk.
func (s *server) extensionCall(ctx context.Context, id string, seat acd.Seat) (calls.Live, error) {
	call, err := s.liveCall(id)
	if err != nil {
		return call, err
	}
	if !coversLive(actor(ctx).Reach, s.Hotel.Directory(), call) {
		return call, missing("live call", id)
	}
	if isEmergency(call) {
		return call, errEmergency()
	}
	board, house := s.Desk.Board(), false
	for _, p := range call.Parties {
		for _, other := range board.Seats {
			if other.Account != seat.Account && other.Extension == p.Party.Extension {
				return call, fault.New(fault.Forbidden, "this is a call of another operator: only a supervisor may break into it")
			}
		}
		house = house || p.Party.Extension != "" && p.Party.Extension != seat.Extension
	}
	for _, p := range board.Parked {
		if p.Call == id {
			return call, fault.New(fault.Conflict, "the call is parked at the desk: pull it")
		}
	}
	for _, c := range board.Callers {
		if c.Call == id {
			return call, fault.New(fault.Conflict, "the caller waits for the desk")
		}
	}
	if !house {
		return call, fault.New(fault.Conflict, "no extension of the hotel is in this call")
	}
	return call, nil
}

// talkingExtension returns the first party that is an extension and talks.
func talkingExtension(c calls.Live) (calls.LiveParty, bool) {
	up, found := 0, calls.LiveParty{}
	for _, p := range c.Parties {
		if !p.Up || p.Monitor != "" {
			continue
		}
		if up++; found.Party.Extension == "" && p.Party.Extension != "" {
			found = p
		}
	}
	return found, up > 1 && found.Party.Extension != ""
}

// watchPhones returns the phones of an extension with which somebody takes part in
// a call: those that can be rung now. Leaving needs none that rings.
func (s *server) watchPhones(ctx context.Context, extension string, how calls.Monitor) (calls.Attempt, error) {
	a, ok := s.Rings(extension)
	if !ok {
		return a, fault.New(fault.Conflict, "%s is no extension of the hotel", extension)
	}
	if how != calls.MonitorOff {
		a.Rings = s.onlineSoon(ctx, a.Rings)
	}
	if len(a.Rings) == 0 {
		return a, fault.New(fault.Conflict, "your phone %s is not registered", extension)
	}
	return a, nil
}

// onlineSoon returns the phones that the switch can reach. A browser that has just
// registered may know it a moment before we do.
func (s *server) onlineSoon(ctx context.Context, rings []calls.Ring) []calls.Ring {
	ctx, cancel := context.WithTimeout(plain(ctx), registerTime)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		online := only(rings, func(r calls.Ring) bool { return s.Calls.Online(r.Endpoint) })
		if len(online) > 0 {
			return online
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// registerTime is how long we may be behind a phone that has registered: the switch
// is asked at once and again every four seconds.
const registerTime = 5 * time.Second
