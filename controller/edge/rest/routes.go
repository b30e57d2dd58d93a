package rest

import (
	"context"
	"time"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/phone"
	"bellhop/controller/routing"
)

// ListRoutes lists routes by prefix.
func (s *server) ListRoutes(_ context.Context, r gen.ListRoutesRequestObject) (gen.ListRoutesResponseObject, error) {
	key := func(r routing.Route) string { return r.Prefix + "\x00" + natural(r.ID) }
	items, next, err := page(s.Routing.Table().Data().Routes, key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListRoutes200JSONResponse{Items: each(items, toRoute), Next: next}, nil
}

// CreateRoute adds a route.
func (s *server) CreateRoute(ctx context.Context, r gen.CreateRouteRequestObject) (gen.CreateRouteResponseObject, error) {
	made, err := s.setRoute(ctx, "", *r.Body)
	note(ctx, made.Id, made)
	return gen.CreateRoute201JSONResponse(made), err
}

// PutRoute creates or replaces a route.
func (s *server) PutRoute(ctx context.Context, r gen.PutRouteRequestObject) (gen.PutRouteResponseObject, error) {
	made, err := s.setRoute(ctx, r.Id, *r.Body)
	return gen.PutRoute200JSONResponse(made), err
}

func (s *server) setRoute(ctx context.Context, id string, in gen.RouteInput) (gen.Route, error) {
	want, err := fromRoute(id, in)
	if err != nil {
		return gen.Route{}, err
	}
	err = s.doRouting(ctx, func(t *routing.Table, now time.Time) (routing.Change, error) {
		c, err := routing.PutRoute(by(ctx), want)(t, now)
		for _, r := range c.Changes.Routes.Put {
			want = r // with its id
		}
		return c, err
	})
	return toRoute(want), err
}

// DeleteRoute removes a route.
func (s *server) DeleteRoute(ctx context.Context, r gen.DeleteRouteRequestObject) (gen.DeleteRouteResponseObject, error) {
	if err := s.doRouting(ctx, routing.DropRoute(by(ctx), r.Id)); err != nil {
		return nil, err
	}
	return gen.DeleteRoute204Response{}, nil
}

func toRoute(r routing.Route) gen.Route {
	route := gen.Route{
		Id: r.ID, Prefix: r.Prefix, Class: gen.NumberClass(r.Class), Trunks: list(r.Trunks), Strip: r.Strip, Add: r.Add,
		Days: each(r.Days, toWeekday), Cost: toMoney(r.Cost), Order: r.Order,
	}
	if r.From != r.To {
		route.From, route.To = toTimeOfDay(r.From), toTimeOfDay(r.To)
	}
	return route
}

func fromRoute(id string, r gen.RouteInput) (routing.Route, error) {
	from, to, err := fromHours(r.From, r.To)
	if err != nil {
		return routing.Route{}, err
	}
	cost, err := fromMoney("cost", r.Cost)
	return routing.Route{
		ID: id, Prefix: r.Prefix, Class: phone.Class(r.Class), Trunks: r.Trunks, Strip: r.Strip, Add: r.Add,
		From: from, To: to, Days: each(r.Days, fromWeekday), Cost: cost, Order: r.Order,
	}, err
}
