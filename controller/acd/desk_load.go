package acd

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"bellhop/controller/kit/fault"
)

// load reads what the desk before us left.
func (d *Desk) load(ctx context.Context) error {
	queues, err := d.Store.Queues(ctx)
	for _, q := range queues {
		d.queues[q.Name] = q
	}
	profiles, err2 := d.Store.Profiles(ctx)
	for _, p := range profiles {
		d.profiles[p.Account] = p
	}
	promises, err3 := d.Store.Callbacks(ctx)
	for _, c := range promises {
		d.callbacks[c.Visit] = &promise{Callback: c}
		v, err := d.Store.Visit(ctx, c.Visit)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err == nil {
			d.visits[c.Visit] = &v
		}
	}
	alive, err4 := d.Store.Pulse(ctx)
	d.alive = alive
	if alive.IsZero() || alive.After(d.opened) {
		d.alive = d.opened
	}
	if err := errors.Join(err, err2, err3, err4); err != nil {
		return err
	}
	if err := d.loadVisits(ctx); err != nil {
		return err
	}
	if err := d.loadSpans(ctx); err != nil {
		return err
	}
	return d.loadSeats(ctx)
}

// loadVisits reads the visits of today and those that were not complete.
func (d *Desk) loadVisits(ctx context.Context) error {
	for _, f := range []VisitFilter{{From: d.opened.Add(-dayTime)}, {Open: true}} {
		for {
			page, next, err := d.Store.Visits(ctx, f)
			if err != nil {
				return err
			}
			for _, v := range page {
				d.loadVisit(v)
			}
			if f.After = next; next == "" {
				break
			}
		}
	}
	d.learnHandling()
	return nil
}

// learnHandling takes the queues' handling times from the visits.
func (d *Desk) learnHandling() {
	done := slices.SortedFunc(maps.Values(d.visits), func(a, b *Visit) int { return a.Left.Compare(b.Left) })
	for _, v := range done {
		if took := v.Talk + v.Hold + v.WrapUp; took > 0 {
			d.handling[v.Queue] = d.handling[v.Queue].Add(took, v.Left)
		}
	}
}

func (d *Desk) loadVisit(v Visit) {
	unfinished := v.Left.IsZero() || v.How == Answered && v.Talk == 0 && v.Call != ""
	if !unfinished && v.Entered.Before(d.today) {
		return
	}
	if d.visits[v.ID] != nil {
		return
	}
	d.visits[v.ID] = &v
	if unfinished {
		d.orphans[v.ID] = &orphan{Visit: &v, account: v.Account, begun: v.Left}
	}
	if v.How == Answered && v.Number != "" && d.last[v.Number] == "" { // newest first
		d.last[v.Number] = v.Account
	}
}

// loadSpans ends the spans that were open when the desk before us died: it can
// speak for its agents until its last pulse.
func (d *Desk) loadSpans(ctx context.Context) error {
	spans, err := d.Store.Spans(ctx, VisitFilter{From: d.alive})
	for _, s := range spans {
		if s.End.IsZero() {
			s.End = later(s.Begin, d.alive)
			d.rows.spans[s.ID] = s
		}
	}
	return err
}

// loadSeats lets the agents sit down again: those who had a call or a phone wait
// for it to be seen.
func (d *Desk) loadSeats(ctx context.Context) error {
	seats, err := d.Store.Seats(ctx)
	for _, s := range seats {
		d.expectTalk(s)
		s.Since, s.Call = d.opened, ""
		switch {
		case s.State == SignedOff || s.State == "":
			continue
		case s.State == Paused || s.State == NotResponding:
			s.Then = Choice{State: s.State, Reason: s.Reason, By: s.Forced}
		case s.Then.State == SignedOff || s.Then.State == WrapUp:
			s.Then = Choice{}
		}
		s.State, s.Away, s.Reason, s.Forced = Offline, true, "", ""
		d.sit(&seat{Seat: s}, d.opened)
	}
	return err
}

// expectTalk remembers the talk that an agent was in.
func (d *Desk) expectTalk(s Seat) {
	if s.Call == "" || s.State != Talking && s.State != Holding {
		return
	}
	for id, v := range d.visits {
		if v.Call == s.Call && v.How == Answered {
			d.orphans[id] = &orphan{Visit: v, account: s.Account, begun: s.Since}
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
