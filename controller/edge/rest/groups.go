package rest

import (
	"context"
	"fmt"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// ListGroups lists groups by name.
func (s *server) ListGroups(_ context.Context, r gen.ListGroupsRequestObject) (gen.ListGroupsResponseObject, error) {
	key := func(g hotel.Group) string { return g.Name }
	items, next, err := page(s.Hotel.Directory().Groups(), key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListGroups200JSONResponse{Items: each(items, toGroup), Next: next}, nil
}

// PutGroup creates or replaces a group.
func (s *server) PutGroup(ctx context.Context, r gen.PutGroupRequestObject) (gen.PutGroupResponseObject, error) {
	want, err := fromGroup(r.Name, *r.Body)
	if err != nil {
		return nil, err
	}
	op := addOrEdit(
		func(d *hotel.Directory) bool { _, ok := d.Group(r.Name); return ok },
		hotel.AddGroup(want), hotel.EditGroup(r.Name, func(g *hotel.Group) { *g = want }))
	if err := s.do(ctx, op); err != nil {
		return nil, err
	}
	return gen.PutGroup200JSONResponse(toGroup(want)), nil
}

// DeleteGroup removes a group.
func (s *server) DeleteGroup(ctx context.Context, r gen.DeleteGroupRequestObject) (gen.DeleteGroupResponseObject, error) {
	if err := s.do(ctx, hotel.DropGroup(r.Name)); err != nil {
		return nil, err
	}
	return gen.DeleteGroup204Response{}, nil
}

func toGroup(g hotel.Group) gen.Group {
	return gen.Group{Name: g.Name, Number: g.Number.String(), Members: texts(g.Members), Pickup: g.Pickup}
}

func fromGroup(name string, g gen.GroupInput) (hotel.Group, error) {
	n, err := number("number", g.Number)
	if err != nil {
		return hotel.Group{}, err
	}
	members := make([]phone.Number, len(g.Members))
	for i, m := range g.Members {
		if members[i], err = number(fmt.Sprintf("members.%d", i), m); err != nil {
			return hotel.Group{}, err
		}
	}
	return hotel.Group{Name: name, Number: n, Members: members, Pickup: g.Pickup}, nil
}
