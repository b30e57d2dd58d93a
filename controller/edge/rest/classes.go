package rest

import (
	"context"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// ListClasses lists classes of service by name.
func (s *server) ListClasses(_ context.Context, r gen.ListClassesRequestObject) (gen.ListClassesResponseObject, error) {
	key := func(c hotel.ClassOfService) string { return c.Name }
	items, next, err := page(s.Hotel.Directory().Classes(), key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListClasses200JSONResponse{Items: each(items, toClass), Next: next}, nil
}

// PutClass creates or replaces a class of service.
func (s *server) PutClass(ctx context.Context, r gen.PutClassRequestObject) (gen.PutClassResponseObject, error) {
	want := hotel.ClassOfService{
		Name: r.Name, Allow: each(r.Body.Allow, func(c gen.NumberClass) phone.Class { return phone.Class(c) }),
	}
	op := addOrEdit(
		func(d *hotel.Directory) bool { _, ok := d.Class(r.Name); return ok },
		hotel.AddClass(want), hotel.EditClass(r.Name, func(c *hotel.ClassOfService) { *c = want }))
	if err := s.do(ctx, op); err != nil {
		return nil, err
	}
	return gen.PutClass200JSONResponse(toClass(want)), nil
}

// DeleteClass removes a class of service that nobody has.
func (s *server) DeleteClass(ctx context.Context, r gen.DeleteClassRequestObject) (gen.DeleteClassResponseObject, error) {
	if err := s.do(ctx, hotel.DropClass(r.Name)); err != nil {
		return nil, err
	}
	return gen.DeleteClass204Response{}, nil
}

func toClass(c hotel.ClassOfService) gen.Class {
	return gen.Class{Name: c.Name, Allow: each(c.Allow, func(c phone.Class) gen.NumberClass { return gen.NumberClass(c) })}
}
