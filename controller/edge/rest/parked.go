package rest

import (
	"context"
	"slices"

	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
)

// ParkCall puts a call of the account's own into the lane that all share.
func (s *server) ParkCall(ctx context.Context, r gen.ParkCallRequestObject) (gen.ParkCallResponseObject, error) {
	call, seat, err := s.myCall(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	if err := s.Desk.Park(plain(ctx), seat.Account, string(call.ID), r.Body.Note, r.Body.For); err != nil {
		return nil, err
	}
	return gen.ParkCall204Response{}, nil
}

// PullCall takes a parked call, whoever parked it.
func (s *server) PullCall(ctx context.Context, r gen.PullCallRequestObject) (gen.PullCallResponseObject, error) {
	seat, err := s.mySeat(ctx)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(s.Desk.Board().Parked, func(p acd.Parked) bool { return p.Call == r.Id }) {
		return nil, missing("parked call", r.Id)
	}
	if _, err := s.Desk.Pull(plain(ctx), seat.Account, r.Id); err != nil {
		return nil, err
	}
	return gen.PullCall204Response{}, nil
}
