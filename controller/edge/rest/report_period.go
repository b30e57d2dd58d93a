package rest

import (
	"context"
	"slices"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/kit/fault"
)

const (
	// longestReport is how long a period a report may cover.
	longestReport = 400 * 24 * time.Hour
	// mostVisits is how many visits a report may be computed from: they are in
	// memory at once.
	mostVisits = 500_000
	// mostIntervals is how many lines a report may have.
	mostIntervals = 20_000
)

// period is what a report covers: visits that entered in [from, to), to a queue or
// to all within reach.
type period struct {
	from, to time.Time
	queue    string
	target   acd.Target // of the queue; of several, the one they share or the hotel's
	zone     *time.Location
}

// checkPeriod refuses times in the wrong order.
func checkPeriod(from, to time.Time) error {
	if !from.IsZero() && !to.IsZero() && !from.Before(to) {
		return fault.Field("to", "must be after from")
	}
	return nil
}

// period reads what a report is to cover. Without to it ends now, without from it
// begins with that local day.
func (s *server) period(ctx context.Context, from, to time.Time, queue string) (period, error) {
	if err := s.queueWithin(ctx, queue); err != nil {
		return period{}, err
	}
	p := period{from: from, to: to, queue: queue, zone: s.Hotel.Directory().Location()}
	if p.to.IsZero() {
		p.to = s.Now()
	}
	if p.from.IsZero() {
		y, m, d := p.to.Add(-1).In(p.zone).Date()
		p.from = time.Date(y, m, d, 0, 0, 0, 0, p.zone)
	}
	p.from, p.to = p.from.In(p.zone), p.to.In(p.zone)
	if err := checkPeriod(p.from, p.to); err != nil {
		return period{}, err
	}
	if p.to.Sub(p.from) > longestReport {
		return period{}, fault.Field("from", "must be at most %d days before to", int(longestReport.Hours()/24))
	}
	reach := actor(ctx).Reach
	queues := only(s.Desk.Queues(), func(q acd.Queue) bool {
		return coversQueue(reach, q.Name) && (queue == "" || q.Name == queue)
	})
	if queue != "" && len(queues) == 0 {
		return period{}, missing("queue", queue)
	}
	p.target = sharedTarget(queues)
	return p, nil
}

// sharedTarget is the target that all queues have, or the hotel's where they differ:
// 90 % within 12 s (three rings), who leaves within 5 s does not count.
func sharedTarget(queues []acd.Queue) acd.Target {
	differ := func(q acd.Queue) bool { return q.Target != queues[0].Target }
	if len(queues) == 0 || slices.ContainsFunc(queues, differ) {
		return acd.Target{Within: 12 * time.Second, Share: 0.9, Short: 5 * time.Second, Formula: acd.FormulaDefault}
	}
	return queues[0].Target
}

// filter selects the visits of the period.
func (p period) filter() acd.VisitFilter {
	return acd.VisitFilter{From: p.from, To: p.to, Queue: p.queue}
}

// visitsIn returns the visits of the period.
func (s *server) visitsIn(ctx context.Context, p period) ([]acd.Visit, error) {
	var visits []acd.Visit
	err := s.eachVisit(ctx, p.filter(), func(v acd.Visit) error {
		visits = append(visits, v)
		return nil
	})
	return visits, err
}

// eachVisit does with every visit within reach that f selects, newest first.
func (s *server) eachVisit(ctx context.Context, f acd.VisitFilter, do func(acd.Visit) error) error {
	for count := 0; ; {
		visits, next, err := s.DeskRows.Visits(plain(ctx), f)
		if err != nil {
			return err
		}
		if count += len(visits); count > mostVisits {
			return fault.New(fault.TooMany, "these are more than %d visits: ask for less at a time", mostVisits)
		}
		for _, v := range s.visible(ctx, visits) {
			if err := do(v); err != nil {
				return err
			}
		}
		if f.After = next; next == "" {
			return nil
		}
	}
}
