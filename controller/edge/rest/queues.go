package rest

import (
	"context"

	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
)

// ListQueues lists the queues within reach.
func (s *server) ListQueues(ctx context.Context, r gen.ListQueuesRequestObject) (gen.ListQueuesResponseObject, error) {
	reach := actor(ctx).Reach
	all := only(s.Desk.Queues(), func(q acd.Queue) bool { return coversQueue(reach, q.Name) })
	items, next, err := page(all, func(q acd.Queue) string { return q.Name }, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListQueues200JSONResponse{Items: each(items, toQueue), Next: next}, nil
}

// PutQueue creates or changes a queue.
func (s *server) PutQueue(ctx context.Context, r gen.PutQueueRequestObject) (gen.PutQueueResponseObject, error) {
	q, err := s.fromQueue(r.Name, *r.Body)
	if err != nil {
		return nil, err
	}
	if err := s.Desk.PutQueue(plain(ctx), q, actor(ctx).ID); err != nil {
		return nil, asAsked(err)
	}
	return gen.PutQueue200JSONResponse(toQueue(q)), nil
}

// DeleteQueue removes a queue; its visits stay, for the reports.
func (s *server) DeleteQueue(ctx context.Context, r gen.DeleteQueueRequestObject) (gen.DeleteQueueResponseObject, error) {
	if err := s.Desk.DropQueue(plain(ctx), r.Name, actor(ctx).ID); err != nil {
		return nil, err
	}
	return gen.DeleteQueue204Response{}, nil
}

func toTarget(t acd.Target) gen.TargetRules {
	if t.Formula == "" {
		t.Formula = acd.FormulaDefault
	}
	return gen.TargetRules{
		WithinSeconds: seconds(t.Within), Share: t.Share, ShortSeconds: seconds(t.Short), Formula: gen.Formula(t.Formula),
	}
}

func toQueue(q acd.Queue) gen.Queue {
	return gen.Queue{
		Name: q.Name, Title: q.Title, Number: q.Number.String(), Strategy: gen.Strategy(q.Strategy), Members: list(q.Members),
		RingSeconds: seconds(q.RingTime), WrapUpSeconds: seconds(q.WrapUp), MissLimit: q.MissLimit,
		VipBonusSeconds: seconds(q.VIPBonus), MaxWaiting: q.MaxWaiting, ResumeSeconds: seconds(q.Resume),
		Target: toTarget(q.Target), EarlyMedia: q.EarlyMedia,
		Announce: gen.AnnounceRules{
			Position: q.Announce.Position, Wait: q.Announce.Wait,
			EverySeconds: seconds(q.Announce.Every), ReminderSeconds: seconds(q.Announce.Reminder),
		},
		Ladder: each(q.Ladder, func(s acd.Step) gen.LadderStep {
			return gen.LadderStep{AfterSeconds: seconds(s.After), Skills: levels(s.Skills)}
		}),
		Overflow: each(q.Overflow, func(o acd.Overflow) gen.OverflowStep {
			return gen.OverflowStep{AfterSeconds: seconds(o.After), Do: gen.OverflowStepDo(o.Do), To: o.To}
		}),
	}
}
