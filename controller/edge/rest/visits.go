package rest

import (
	"context"
	"slices"

	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
)

// ListVisits lists visits of callers to queues within reach, newest first. A page
// may be short although more follow: what is beyond reach was left out of it.
func (s *server) ListVisits(ctx context.Context, r gen.ListVisitsRequestObject) (gen.ListVisitsResponseObject, error) {
	p := r.Params
	if err := checkPeriod(p.From, p.To); err != nil {
		return nil, err
	}
	if err := s.queueWithin(ctx, p.Queue); err != nil {
		return nil, err
	}
	f := acd.VisitFilter{
		From: p.From, To: p.To, Queue: p.Queue, Account: p.Account, How: acd.Leaving(p.How), Number: p.Number,
		After: p.After, Limit: p.Limit,
	}
	if f.Limit == 0 {
		f.Limit = defaultLimit
	}
	visits, next, err := s.DeskRows.Visits(plain(ctx), f)
	if err != nil {
		return nil, err
	}
	return gen.ListVisits200JSONResponse{Items: each(s.visible(ctx, visits), toVisit), Next: next}, nil
}

// visible leaves out the visits of queues beyond the sender's reach.
func (s *server) visible(ctx context.Context, visits []acd.Visit) []acd.Visit {
	reach := actor(ctx).Reach
	return slices.DeleteFunc(visits, func(v acd.Visit) bool { return !coversQueue(reach, v.Queue) })
}

// queueWithin refuses a queue, given as a filter, that is beyond the sender's reach.
func (s *server) queueWithin(ctx context.Context, name string) error {
	if name != "" && !coversQueue(actor(ctx).Reach, name) {
		return errBeyond("queue", name)
	}
	return nil
}

// visit returns a visit to a queue within reach.
func (s *server) visit(ctx context.Context, id string) (acd.Visit, error) {
	v, err := s.DeskRows.Visit(plain(ctx), id)
	if err == nil && !coversQueue(actor(ctx).Reach, v.Queue) {
		return acd.Visit{}, missing("visit", id)
	}
	return v, err
}

// SetVisitOutcome notes what was done about an abandoned call (呼损).
func (s *server) SetVisitOutcome(ctx context.Context, r gen.SetVisitOutcomeRequestObject) (gen.SetVisitOutcomeResponseObject, error) {
	v, err := s.visit(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	v.Outcome, v.Note, v.By = string(r.Body.Outcome), r.Body.Note, actor(ctx).ID
	if err := s.Desk.SetOutcome(plain(ctx), v.ID, v.Outcome, v.Note, v.By); err != nil {
		return nil, err
	}
	return gen.SetVisitOutcome200JSONResponse(toVisit(v)), nil
}

func toVisit(v acd.Visit) gen.Visit {
	return gen.Visit{
		Id: v.ID, Call: v.Call, Queue: v.Queue, Number: v.Number, Name: v.Name, Room: v.Room, Vip: v.VIP,
		Entered: v.Entered, Left: v.Left, How: gen.Leaving(v.How), Account: v.Account, Offers: v.Offers,
		WaitSeconds: seconds(v.Wait()), TalkSeconds: seconds(v.Talk), HoldSeconds: seconds(v.Hold),
		WrapUpSeconds: seconds(v.WrapUp), Transferred: v.Transferred, Outcome: v.Outcome, Note: v.Note, By: v.By,
	}
}
