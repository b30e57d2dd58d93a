package rest

import (
	"context"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
)

// ListRooms lists rooms by number.
func (s *server) ListRooms(ctx context.Context, r gen.ListRoomsRequestObject) (gen.ListRoomsResponseObject, error) {
	d, reach := s.Hotel.Directory(), actor(ctx).Reach
	rooms := only(d.Rooms(), func(room hotel.Room) bool {
		_, occupied := d.StayIn(room.Number)
		return (r.Params.Floor == "" || room.Floor == r.Params.Floor) &&
			(r.Params.Vacant == nil || *r.Params.Vacant != occupied) && coversFloor(reach, room.Floor)
	})
	items, next, err := page(rooms, func(r hotel.Room) string { return natural(r.Number) }, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListRooms200JSONResponse{
		Items: each(items, func(r hotel.Room) gen.Room { return toRoom(d, r) }), Next: next,
	}, nil
}

// GetRoom shows one room.
func (s *server) GetRoom(_ context.Context, r gen.GetRoomRequestObject) (gen.GetRoomResponseObject, error) {
	d := s.Hotel.Directory()
	room, ok := d.Room(r.Name)
	if !ok {
		return nil, missing("room", r.Name)
	}
	return gen.GetRoom200JSONResponse(toRoom(d, room)), nil
}

// PutRoom creates a room with its extension, or replaces it.
func (s *server) PutRoom(ctx context.Context, r gen.PutRoomRequestObject) (gen.PutRoomResponseObject, error) {
	want := hotel.Room{Number: r.Name, Floor: r.Body.Floor, Type: r.Body.Type}
	if !coversFloor(actor(ctx).Reach, want.Floor) {
		return nil, errBeyond("floor", want.Floor)
	}
	op := addOrEdit(
		func(d *hotel.Directory) bool { _, ok := d.Room(r.Name); return ok },
		hotel.AddRooms(hotel.NewRoom{Room: want}), hotel.EditRoom(r.Name, func(x *hotel.Room) { *x = want }))
	if err := s.do(ctx, op); err != nil {
		return nil, err
	}
	return gen.PutRoom200JSONResponse(toRoom(s.Hotel.Directory(), want)), nil
}

// DeleteRoom removes a vacant room.
func (s *server) DeleteRoom(ctx context.Context, r gen.DeleteRoomRequestObject) (gen.DeleteRoomResponseObject, error) {
	if err := s.do(ctx, hotel.DropRoom(r.Name)); err != nil {
		return nil, err
	}
	return gen.DeleteRoom204Response{}, nil
}

func toRoom(d *hotel.Directory, r hotel.Room) gen.Room {
	room := gen.Room{Number: r.Number, Floor: r.Floor, Type: r.Type}
	if stay, ok := d.StayIn(r.Number); ok {
		room.Stay = toStay(stay)
	}
	return room
}
