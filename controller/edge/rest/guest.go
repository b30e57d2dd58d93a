package rest

import (
	"context"

	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// lastCalls is how many calls a guest card shows.
const lastCalls = 5

// GetGuestCard shows who is behind an extension or a number, before the operator
// says hello.
func (s *server) GetGuestCard(ctx context.Context, r gen.GetGuestCardRequestObject) (gen.GetGuestCardResponseObject, error) {
	p := r.Params
	switch {
	case p.Extension != "" && p.Number != "":
		return nil, fault.Field("number", "must not be given beside extension")
	case p.Extension == "" && p.Number == "":
		return nil, fault.Field("extension", "or number is required")
	}
	n, err := number("extension", p.Extension)
	if p.Number != "" {
		n, err = number("number", p.Number)
	}
	if err != nil {
		return nil, err
	}
	e, ours := s.Hotel.Directory().Extension(n)
	switch {
	case ours && coversExtension(actor(ctx).Reach, s.Hotel.Directory(), e):
		card, err := s.insideCard(ctx, e)
		return gen.GetGuestCard200JSONResponse(card), err
	case ours || p.Extension != "":
		return nil, missing("extension", n.String())
	}
	card, err := s.outsideCard(ctx, n)
	return gen.GetGuestCard200JSONResponse(card), err
}

// insideCard is the card of an extension and of those who stay in its room.
func (s *server) insideCard(ctx context.Context, e hotel.Extension) (gen.GuestCard, error) {
	card := gen.GuestCard{
		Extension: e.Number.String(), Number: e.Number.String(), Name: e.Name, Room: e.Room, Guests: []gen.GuestPerson{},
	}
	if stay, ok := s.Hotel.Directory().StayIn(e.Room); ok && e.Room != "" {
		card.Stay = gen.GuestStay{CheckedIn: stay.CheckedIn}
		card.Guests = each(stay.Guests, func(g hotel.Guest) gen.GuestPerson {
			return gen.GuestPerson{Name: g.Name, Vip: g.VIP, Language: g.Language}
		})
	}
	var err error
	card.LastCalls, err = s.lastCalls(ctx, calls.Filter{Extension: card.Extension}, func(c calls.Record) (calls.Party, bool) {
		if c.From.Extension == card.Extension {
			return withDialled(c), true
		}
		return c.From, true
	})
	return card, err
}

// outsideCard is the card of a number outside the hotel.
func (s *server) outsideCard(ctx context.Context, n phone.Number) (gen.GuestCard, error) {
	card := gen.GuestCard{Number: n.String(), Guests: []gen.GuestPerson{}, Malice: s.Malicious(n.String())}
	var err error
	card.LastCalls, err = s.lastCalls(ctx, calls.Filter{Number: card.Number}, func(c calls.Record) (calls.Party, bool) {
		if c.From.Number == card.Number && c.From.Extension == "" {
			if card.Name == "" {
				card.Name = c.From.Name
			}
			return c.From, true
		}
		return withDialled(c), c.Direction == calls.Outbound && c.Dialled == card.Number
	})
	return card, err
}

// withDialled is whom a call was for, under the number that was dialled.
func withDialled(c calls.Record) calls.Party { return calls.Party{Number: c.Dialled, Name: c.To.Name} }

// lastCalls returns the newest calls that side shows the other party of; the store
// finds numbers by a part of them, so that it is asked for more than are shown.
func (s *server) lastCalls(ctx context.Context, f calls.Filter, side func(calls.Record) (calls.Party, bool)) ([]gen.LastCall, error) {
	f.Limit = 10 * lastCalls
	records, _, err := s.Records.Records(plain(ctx), f)
	if err != nil {
		return nil, err
	}
	last := []gen.LastCall{}
	for _, c := range records {
		if with, ok := side(c); ok && len(last) < lastCalls {
			last = append(last, toLastCall(c, with))
		}
	}
	return last, nil
}
