package rest

import (
	"context"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// ReportDesk computes the figures of the desk, in all and by interval of the local
// day, from the raw visits.
func (s *server) ReportDesk(ctx context.Context, r gen.ReportDeskRequestObject) (gen.ReportDeskResponseObject, error) {
	p, err := s.period(ctx, r.Params.From, r.Params.To, r.Params.Queue)
	if err != nil {
		return nil, err
	}
	total, intervals, err := s.deskFigures(ctx, p, r.Params.IntervalMinutes)
	if err != nil {
		return nil, err
	}
	return gen.ReportDesk200JSONResponse{
		From: p.from, To: p.to, Formula: p.target.Formula.Text(p.target), Target: toTarget(p.target),
		Total: toFigures(total, p.target),
		Intervals: each(intervals, func(i acd.Interval) gen.FigureInterval {
			return gen.FigureInterval{From: i.From, To: i.To, Figures: toFigures(i.Figures, p.target)}
		}),
	}, nil
}

// defaultInterval is the step of a report that asks for none, in minutes.
const defaultInterval = 30

func (s *server) deskFigures(ctx context.Context, p period, minutes int) (acd.Figures, []acd.Interval, error) {
	if minutes == 0 {
		minutes = defaultInterval
	}
	step := time.Duration(minutes) * time.Minute
	if p.to.Sub(p.from)/step > mostIntervals {
		return acd.Figures{}, nil, fault.Field("interval_minutes", "gives more than %d intervals: ask for longer ones or a shorter period", mostIntervals)
	}
	visits, err := s.visitsIn(ctx, p)
	if err != nil {
		return acd.Figures{}, nil, err
	}
	visits = acd.PerCall(visits) // through however many queues a call went, it counts once
	return acd.Count(visits, p.target), acd.Intervals(visits, p.target, step, p.zone), nil
}

func toFigures(f acd.Figures, t acd.Target) gen.Figures {
	return gen.Figures{
		Offered: f.Offered, Answered: f.Answered, AnsweredInTarget: f.AnsweredInTarget,
		Abandoned: f.Abandoned, ShortAbandoned: f.ShortAbandoned, Overflowed: f.Overflowed,
		AnsweredIn10: f.AnsweredIn10, AnsweredIn20: f.AnsweredIn20, Transfers: f.Transfers,
		Waiting: f.Open, Lost: f.Lost,
		ServiceLevel: share(f.ServiceLevel(t.Formula)), AbandonRate: share(f.AbandonRate()),
		RawAbandonRate: share(f.RawAbandonRate()), AnswerRate: answerRate(f), TransferRate: share(f.TransferRate()),
		AsaSeconds: exact(f.ASA()), AhtSeconds: exact(f.AHT()), MedianWaitSeconds: exact(f.MedianWait),
		P95WaitSeconds: exact(f.P95Wait), LongestWaitSeconds: exact(f.LongestWait),
		TalkSeconds: exact(f.Talk), HoldSeconds: exact(f.Hold), WrapUpSeconds: exact(f.WrapUp),
	}
}

// answerRate is answered / offered (接通率), nil when nobody called.
func answerRate(f acd.Figures) *float64 {
	if f.Offered == 0 {
		return nil
	}
	return share(float64(f.Answered)/float64(f.Offered), true)
}

// share is a share, or nil when there is nothing to have one of: nought is not the
// same.
func share(of float64, some bool) *float64 {
	if !some {
		return nil
	}
	return &of
}

// exact is a duration in seconds, to the tenth.
func exact(d time.Duration) float64 { return d.Round(100 * time.Millisecond).Seconds() }
