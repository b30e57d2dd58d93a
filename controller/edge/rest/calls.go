package rest

import (
	"context"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// ListCalls lists call records.
func (s *server) ListCalls(ctx context.Context, r gen.ListCallsRequestObject) (gen.ListCallsResponseObject, error) {
	p := r.Params
	f, err := callFilter(gen.ExportCallsParams{
		From: p.From, To: p.To, Extension: p.Extension, Number: p.Number, Room: p.Room, Trunk: p.Trunk,
		Direction: p.Direction, Outcome: p.Outcome, MinTalk: p.MinTalk, MaxTalk: p.MaxTalk,
		Monitored: p.Monitored, Open: p.Open,
	})
	if err != nil {
		return nil, err
	}
	f.After, f.Limit = p.After, p.Limit
	if f.Limit == 0 {
		f.Limit = defaultLimit
	}
	records, next, err := s.recordsWithin(ctx, f)
	if err != nil {
		return nil, err
	}
	return gen.ListCalls200JSONResponse{Items: each(records, toCall), Next: next}, nil
}

// GetCall shows one record with its legs.
func (s *server) GetCall(ctx context.Context, r gen.GetCallRequestObject) (gen.GetCallResponseObject, error) {
	record, err := s.Records.Record(plain(ctx), calls.CallID(r.Id))
	if err != nil {
		return nil, err
	}
	if !coversCall(actor(ctx).Reach, s.Hotel.Directory(), record) {
		return nil, fault.New(fault.NotFound, "there is no call record %q", r.Id) // as the store says it
	}
	return gen.GetCall200JSONResponse(toCall(record)), nil
}

// recordsWithin returns a page of what the sender may see: shorter than asked for
// if others lie between, but empty at the end only.
func (s *server) recordsWithin(ctx context.Context, f calls.Filter) ([]calls.Record, string, error) {
	d, reach := s.Hotel.Directory(), actor(ctx).Reach
	for {
		records, next, err := s.Records.Records(plain(ctx), f)
		if err != nil {
			return nil, "", err
		}
		records = only(records, func(r calls.Record) bool { return coversCall(reach, d, r) })
		if len(records) > 0 || next == "" {
			return records, next, nil
		}
		f.After = next
	}
}

func callFilter(p gen.ExportCallsParams) (calls.Filter, error) {
	if !p.From.IsZero() && !p.To.IsZero() && !p.From.Before(p.To) {
		return calls.Filter{}, fault.Field("to", "must be after from")
	}
	if p.MaxTalk != 0 && p.MaxTalk < p.MinTalk {
		return calls.Filter{}, fault.Field("max_talk", "must not be less than min_talk")
	}
	return calls.Filter{
		From: p.From, To: p.To, Extension: p.Extension, Number: p.Number, Room: p.Room, Trunk: p.Trunk,
		Direction: calls.Direction(p.Direction), Outcome: calls.Outcome(p.Outcome),
		MinTalk: time.Duration(p.MinTalk) * time.Second, MaxTalk: time.Duration(p.MaxTalk) * time.Second,
		Monitored: p.Monitored, Open: p.Open,
	}, nil
}

func toCall(r calls.Record) gen.Call {
	c := gen.Call{
		Id: string(r.ID), Path: string(r.Path), Direction: gen.CallDirection(r.Direction),
		From: toParty(r.From), Dialled: r.Dialled, To: toParty(r.To), Trunk: r.Trunk, Emergency: r.Emergency,
		Monitored: r.Monitored, Started: r.Started, Answered: r.Answered, Ended: r.Ended,
		TalkSeconds: int(r.Talk() / time.Second), Outcome: gen.CallOutcome(r.Outcome), Cause: int(r.Cause),
		HungUpBy: r.HungUpBy, Reasons: list(r.Reasons), Legs: each(r.Legs, toLeg),
	}
	if r.Cause != calls.CauseNone {
		c.CauseText = r.Cause.String()
	}
	return c
}

func toLeg(l calls.Leg) gen.Leg {
	return gen.Leg{
		Id: string(l.ID), Endpoint: l.Endpoint, Number: l.Number, Role: l.Role,
		Started: l.Started, Answered: l.Answered, Ended: l.Ended, Cause: int(l.Cause),
	}
}

func toParty(p calls.Party) gen.Party {
	return gen.Party{Number: p.Number, Name: p.Name, Extension: p.Extension, Room: p.Room, Stay: p.Stay}
}
