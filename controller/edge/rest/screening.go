package rest

import (
	"context"
	"time"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/routing"
)

// ListScreening lists the black and white list, expired entries included.
func (s *server) ListScreening(_ context.Context, r gen.ListScreeningRequestObject) (gen.ListScreeningResponseObject, error) {
	all := only(s.Routing.Table().Data().Screening, func(e routing.Screening) bool {
		return r.Params.Direction == "" || e.Direction == routing.Direction(r.Params.Direction)
	})
	key := func(e routing.Screening) string { return natural(e.ID) }
	items, next, err := page(all, key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListScreening200JSONResponse{Items: each(items, toScreening), Next: next}, nil
}

// CreateScreening lists a number.
func (s *server) CreateScreening(ctx context.Context, r gen.CreateScreeningRequestObject) (gen.CreateScreeningResponseObject, error) {
	made, err := s.setScreening(ctx, "", *r.Body)
	note(ctx, made.Id, made)
	return gen.CreateScreening201JSONResponse(made), err
}

// PutScreening creates or replaces an entry.
func (s *server) PutScreening(ctx context.Context, r gen.PutScreeningRequestObject) (gen.PutScreeningResponseObject, error) {
	made, err := s.setScreening(ctx, r.Id, *r.Body)
	return gen.PutScreening200JSONResponse(made), err
}

func (s *server) setScreening(ctx context.Context, id string, in gen.ScreeningInput) (gen.Screening, error) {
	want := routing.Screening{
		ID: id, Direction: routing.Direction(in.Direction), Pattern: in.Pattern, Scope: in.Scope,
		Verdict: routing.Verdict(in.Verdict), Reason: in.Reason, Expires: in.Expires,
	}
	err := s.doRouting(ctx, func(t *routing.Table, now time.Time) (routing.Change, error) {
		c, err := routing.PutScreening(by(ctx), want)(t, now)
		for _, e := range c.Changes.Screening.Put {
			want = e // with its id, author and time
		}
		return c, err
	})
	return toScreening(want), err
}

// DeleteScreening removes an entry.
func (s *server) DeleteScreening(ctx context.Context, r gen.DeleteScreeningRequestObject) (gen.DeleteScreeningResponseObject, error) {
	if err := s.doRouting(ctx, routing.DropScreening(by(ctx), r.Id)); err != nil {
		return nil, err
	}
	return gen.DeleteScreening204Response{}, nil
}

func toScreening(e routing.Screening) gen.Screening {
	return gen.Screening{
		Id: e.ID, Direction: gen.ScreeningDirection(e.Direction), Pattern: e.Pattern, Scope: e.Scope,
		Verdict: gen.Verdict(e.Verdict), Reason: e.Reason, By: e.By, Created: e.Created, Expires: e.Expires,
	}
}
