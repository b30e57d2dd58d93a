package rest

import (
	"context"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
)

// ListCallers lists the last callers from outside, to be called back (R94). Who
// went through a queue has the visit with it.
func (s *server) ListCallers(ctx context.Context, r gen.ListCallersRequestObject) (gen.ListCallersResponseObject, error) {
	f := calls.Filter{Direction: calls.Inbound, Number: r.Params.Number, After: r.Params.After, Limit: r.Params.Limit}
	if f.Limit == 0 {
		f.Limit = defaultLimit
	}
	records, next, err := s.Records.Records(plain(ctx), f)
	if err != nil {
		return nil, err
	}
	d, reach := s.Hotel.Directory(), actor(ctx).Reach
	records = only(records, func(c calls.Record) bool { return coversCall(reach, d, c) })
	visits, err := s.visitsOf(ctx, records)
	if err != nil {
		return nil, err
	}
	items := each(records, func(c calls.Record) gen.LastCall {
		last := toLastCall(c, c.From)
		last.Visit = visits[last.Call]
		return last
	})
	return gen.ListCallers200JSONResponse{Items: items, Next: next}, nil
}

// enterTime is the longest from a call's start to its entry into a queue: what
// came before it was a script.
const enterTime = time.Hour

// visitsOf returns the ids of the newest visits of calls, which come newest first.
func (s *server) visitsOf(ctx context.Context, records []calls.Record) (map[string]string, error) {
	ids := make(map[string]string, len(records))
	if len(records) == 0 {
		return ids, nil
	}
	f := acd.VisitFilter{From: records[len(records)-1].Started, To: records[0].Started.Add(enterTime)}
	err := s.eachVisit(ctx, f, func(v acd.Visit) error {
		if ids[v.Call] == "" {
			ids[v.Call] = v.ID
		}
		return nil
	})
	return ids, err
}

// toLastCall shows a call from the side of with.
func toLastCall(c calls.Record, with calls.Party) gen.LastCall {
	return gen.LastCall{
		Call: string(c.ID), At: c.Started, Direction: string(c.Direction), Number: with.Number, Name: with.Name,
		Outcome: string(c.Outcome),
	}
}
