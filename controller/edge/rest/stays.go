package rest

import (
	"context"
	"crypto/rand"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
)

// ListStays lists open stays by room.
func (s *server) ListStays(ctx context.Context, r gen.ListStaysRequestObject) (gen.ListStaysResponseObject, error) {
	d, reach := s.Hotel.Directory(), actor(ctx).Reach
	all := only(d.Stays(), func(t hotel.Stay) bool {
		return (r.Params.Room == "" || t.Room == r.Params.Room) && coversRoom(reach, d, t.Room)
	})
	key := func(t hotel.Stay) string { return natural(t.Room) + t.ID }
	items, next, err := page(all, key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListStays200JSONResponse{Items: each(items, toStay), Next: next}, nil
}

// GetStay shows an open stay.
func (s *server) GetStay(_ context.Context, r gen.GetStayRequestObject) (gen.GetStayResponseObject, error) {
	stay, err := openStay(s.Hotel.Directory(), r.Id)
	if err != nil {
		return nil, err
	}
	return gen.GetStay200JSONResponse(toStay(stay)), nil
}

// CheckIn lets guests in and opens the line.
func (s *server) CheckIn(ctx context.Context, r gen.CheckInRequestObject) (gen.CheckInResponseObject, error) {
	if err := s.roomWithin(ctx, r.Body.Room); err != nil {
		return nil, err
	}
	id, err := hotel.NewID(rand.Reader)
	if err != nil {
		return nil, err
	}
	if err := s.do(ctx, hotel.CheckIn(hotel.Arrival{
		Stay: id, Room: r.Body.Room, Guests: each(r.Body.Guests, fromGuest), Class: r.Body.Class, Share: r.Body.Share,
	})); err != nil {
		return nil, err
	}
	stay, err := s.stayIn(r.Body.Room)
	note(ctx, stay.Id, stay)
	return gen.CheckIn201JSONResponse(stay), err
}

// ChangeStay changes the class of service.
func (s *server) ChangeStay(ctx context.Context, r gen.ChangeStayRequestObject) (gen.ChangeStayResponseObject, error) {
	op := inStay(r.Id, func(room string) hotel.Op { return hotel.SetClass(room, r.Body.Class) })
	if err := s.do(ctx, op); err != nil {
		return nil, err
	}
	stay, err := openStay(s.Hotel.Directory(), r.Id)
	return gen.ChangeStay200JSONResponse(toStay(stay)), err
}

// ChangeGuest changes what is known of a guest.
func (s *server) ChangeGuest(ctx context.Context, r gen.ChangeGuestRequestObject) (gen.ChangeGuestResponseObject, error) {
	edit := func(g *hotel.Guest) {
		if r.Body.Name != nil {
			g.Name = *r.Body.Name
		}
		if r.Body.Language != nil {
			g.Language = *r.Body.Language
		}
		if r.Body.Vip != nil {
			g.VIP = *r.Body.Vip
		}
	}
	op := inStay(r.Id, func(room string) hotel.Op { return hotel.EditGuest(room, r.Guest, edit) })
	if err := s.do(ctx, op); err != nil {
		return nil, err
	}
	stay, err := openStay(s.Hotel.Directory(), r.Id)
	return gen.ChangeGuest200JSONResponse(toStay(stay)), err
}

// MoveStay takes one guest or all to another room.
func (s *server) MoveStay(ctx context.Context, r gen.MoveStayRequestObject) (gen.MoveStayResponseObject, error) {
	if err := s.roomWithin(ctx, r.Body.To); err != nil {
		return nil, err
	}
	id, err := hotel.NewID(rand.Reader) // for the stay that begins when one of several leaves
	if err != nil {
		return nil, err
	}
	op := inStay(r.Id, func(room string) hotel.Op {
		return hotel.Move(hotel.Relocation{Room: room, Guest: r.Body.Guest, To: r.Body.To, Share: r.Body.Share, Stay: id})
	})
	if err := s.do(ctx, op); err != nil {
		return nil, err
	}
	stay, err := s.stayIn(r.Body.To)
	return gen.MoveStay200JSONResponse(stay), err
}

// CheckOut lets one guest or all go.
func (s *server) CheckOut(ctx context.Context, r gen.CheckOutRequestObject) (gen.CheckOutResponseObject, error) {
	guest := ""
	if r.Body != nil {
		guest = r.Body.Guest
	}
	op := inStay(r.Id, func(room string) hotel.Op { return hotel.CheckOut(room, guest) })
	if err := s.do(ctx, op); err != nil {
		return nil, err
	}
	return gen.CheckOut204Response{}, nil
}

// stayIn shows the stay of a room; somebody may have moved it already.
func (s *server) stayIn(room string) (gen.Stay, error) {
	stay, ok := s.Hotel.Directory().StayIn(room)
	if !ok {
		return gen.Stay{}, missing("stay in room", room)
	}
	return toStay(stay), nil
}

func toStay(t hotel.Stay) gen.Stay {
	return gen.Stay{
		Id: t.ID, Room: t.Room, Class: t.Class, CheckedIn: t.CheckedIn, CheckedOut: t.CheckedOut,
		Guests: each(t.Guests, func(g hotel.Guest) gen.Guest {
			return gen.Guest{Id: g.ID, Name: g.Name, Language: g.Language, Vip: g.VIP}
		}),
	}
}

func fromGuest(g gen.GuestInput) hotel.Guest {
	return hotel.Guest{ID: g.Id, Name: g.Name, Language: g.Language, VIP: g.Vip}
}
