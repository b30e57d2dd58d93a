package rest

import (
	"context"
	"slices"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
)

// ListLiveCalls lists calls under way, oldest first.
func (s *server) ListLiveCalls(ctx context.Context, r gen.ListLiveCallsRequestObject) (gen.ListLiveCallsResponseObject, error) {
	d, reach := s.Hotel.Directory(), actor(ctx).Reach
	visible := only(s.Calls.Live(), func(c calls.Live) bool { return coversLive(reach, d, c) })
	key := func(c calls.Live) string { return c.Started.UTC().Format(sortableTime) + string(c.ID) }
	items, next, err := page(visible, key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListLiveCalls200JSONResponse{Items: each(items, toLive), Next: next}, nil
}

// sortableTime sorts as text; time.RFC3339Nano does not.
const sortableTime = "2006-01-02T15:04:05.000000000"

// HangUp ends a call.
func (s *server) HangUp(ctx context.Context, r gen.HangUpRequestObject) (gen.HangUpResponseObject, error) {
	d, reach := s.Hotel.Directory(), actor(ctx).Reach
	if narrowed(reach) && !slices.ContainsFunc(s.Calls.Live(), func(c calls.Live) bool {
		return string(c.ID) == r.Id && coversLive(reach, d, c)
	}) {
		return nil, missing("live call", r.Id)
	}
	if err := s.Calls.Hangup(plain(ctx), calls.CallID(r.Id)); err != nil {
		return nil, err
	}
	s.Log.Info("call hung up", "call", r.Id, "by", by(ctx), "request", requestID(plain(ctx)))
	return gen.HangUp204Response{}, nil
}

func toLive(c calls.Live) gen.LiveCall {
	return gen.LiveCall{
		Id: string(c.ID), Direction: gen.CallDirection(c.Direction), Phase: string(c.Phase),
		From: toParty(c.From), To: toParty(c.To), Dialled: c.Dialled, Trunk: c.Trunk, Emergency: c.Emergency,
		Started: c.Started, Answered: c.Answered,
	}
}

// ListAlerts lists emergency calls, newest first.
func (s *server) ListAlerts(ctx context.Context, r gen.ListAlertsRequestObject) (gen.ListAlertsResponseObject, error) {
	all, err := s.Alerts.Alerts(plain(ctx))
	if err != nil {
		return nil, err
	}
	key := func(a Alert) string { return newestFirst(a.At) + string(a.Call) }
	items, next, err := page(all, key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListAlerts200JSONResponse{Items: each(items, toAlert), Next: next}, nil
}

// newestFirst is a sort key that falls as time goes on.
func newestFirst(t time.Time) string {
	return time.Unix(0, 0).UTC().Add(time.Duration(1<<62 - t.UnixNano())).Format(sortableTime)
}

func toAlert(a Alert) gen.Alert {
	return gen.Alert{
		Id: string(a.Call), At: a.At, Dialled: a.Dialled, From: toParty(a.From), Guest: a.Guest, Ended: a.Ended,
	}
}
