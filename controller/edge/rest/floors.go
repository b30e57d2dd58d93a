package rest

import (
	"context"
	"fmt"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
)

// ListFloors lists the floors in the order of the lift.
func (s *server) ListFloors(_ context.Context, r gen.ListFloorsRequestObject) (gen.ListFloorsResponseObject, error) {
	// Order may be negative; the offset makes it sort as text.
	key := func(f hotel.Floor) string { return fmt.Sprintf("%08d%s", f.Order+10_000_000, f.Name) }
	items, next, err := page(s.Hotel.Directory().Floors(), key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListFloors200JSONResponse{Items: each(items, toFloor), Next: next}, nil
}

// PutFloor creates or replaces a floor.
func (s *server) PutFloor(ctx context.Context, r gen.PutFloorRequestObject) (gen.PutFloorResponseObject, error) {
	want := hotel.Floor{Name: r.Name, Order: r.Body.Order}
	op := addOrEdit(
		func(d *hotel.Directory) bool { _, ok := d.Floor(r.Name); return ok },
		hotel.AddFloor(want), hotel.EditFloor(r.Name, func(f *hotel.Floor) { *f = want }))
	if err := s.do(ctx, op); err != nil {
		return nil, err
	}
	return gen.PutFloor200JSONResponse(toFloor(want)), nil
}

// DeleteFloor removes an empty floor.
func (s *server) DeleteFloor(ctx context.Context, r gen.DeleteFloorRequestObject) (gen.DeleteFloorResponseObject, error) {
	if err := s.do(ctx, hotel.DropFloor(r.Name)); err != nil {
		return nil, err
	}
	return gen.DeleteFloor204Response{}, nil
}

func toFloor(f hotel.Floor) gen.Floor { return gen.Floor{Name: f.Name, Order: f.Order} }

func missing(noun, key string) error {
	return fault.New(fault.NotFound, "%s %q does not exist", noun, shorten(key))
}
