package rest

import (
	"context"
	"slices"

	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// mostInvited is how many may be called into a conference at once.
const mostInvited = 20

// InviteToCall calls several numbers, or a group, into a call at once.
func (s *server) InviteToCall(ctx context.Context, r gen.InviteToCallRequestObject) (gen.InviteToCallResponseObject, error) {
	call, seat, err := s.myCall(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	numbers, err := s.invited(*r.Body)
	if err != nil {
		return nil, err
	}
	there := func(n string) bool { _, in := partyOf(call, n); return n == seat.Extension || in }
	numbers = slices.DeleteFunc(numbers, there)
	if len(numbers) == 0 {
		return nil, fault.New(fault.Conflict, "all of them are in the call already")
	}
	return gen.InviteToCall204Response{}, s.Exchange.Do(plain(ctx), call.ID, calls.Invite(seat.Extension, numbers))
}

// invited returns whom an invitation names, each once.
func (s *server) invited(in gen.Invitation) ([]string, error) {
	switch {
	case in.Group != "" && len(in.Numbers) > 0:
		return nil, fault.Field("group", "must not be given beside numbers")
	case in.Group != "":
		return s.groupNumbers(in.Group)
	case len(in.Numbers) == 0:
		return nil, fault.Field("numbers", "is required unless a group is given")
	}
	var all []string
	for _, text := range in.Numbers {
		n, err := number("numbers", text)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(all, n.String()) {
			all = append(all, n.String())
		}
	}
	return all, nil
}

// groupNumbers returns the members of a group that have phones of their own.
func (s *server) groupNumbers(name string) ([]string, error) {
	house := s.Hotel.Directory()
	g, ok := house.Group(name)
	if !ok {
		return nil, fault.Field("group", "%q is not a group of the hotel", name)
	}
	members := only(g.Members, func(n phone.Number) bool {
		e, ok := house.Extension(n)
		return ok && e.Kind != hotel.KindService
	})
	switch {
	case len(members) == 0:
		return nil, fault.Field("group", "%q has no member with a phone", name)
	case len(members) > mostInvited:
		return nil, fault.Field("group", "has more than %d members", mostInvited)
	}
	return each(members, phone.Number.String), nil
}

// DropParty takes a party out of a conference of the account's own. Who listens
// as a supervisor is none, and nobody is cut off from an emergency call.
func (s *server) DropParty(ctx context.Context, r gen.DropPartyRequestObject) (gen.DropPartyResponseObject, error) {
	call, seat, err := s.myCall(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(call.Parties, func(p calls.LiveParty) bool { return string(p.Leg) == r.Leg })
	if i < 0 {
		return nil, missing("party", r.Leg)
	}
	switch p := call.Parties[i]; {
	case isEmergency(call):
		return nil, errEmergency()
	case p.Monitor != "":
		return nil, fault.New(fault.Forbidden, "a supervisor cannot be dropped")
	case p.Party.Extension == seat.Extension:
		return nil, fault.New(fault.Conflict, "this is your own part: release the call")
	default:
		return gen.DropParty204Response{}, s.Exchange.Do(plain(ctx), call.ID, calls.Drop(p.Leg))
	}
}

func isEmergency(c calls.Live) bool { return c.Emergency || c.Phase == calls.PhaseEmergency }

func errEmergency() error {
	return fault.New(fault.Forbidden, "nobody may break into or end an emergency call")
}
