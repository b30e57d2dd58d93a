package acd

import (
	"context"
	"time"

	"bellhop/controller/calls"
)

// departure is a caller who left unanswered.
type departure struct {
	visit   *Visit
	caller  *caller   // nil once the call's end is known
	entered time.Time // the place
	at      time.Time
}

// close ends the visit of c now.
func (d *Desk) close(c *caller, how Leaving) {
	now := d.lock()
	defer d.unlock()
	if c.visit.Left.IsZero() {
		c.visit.Left, c.visit.How = now, how
		d.putVisit(c.visit)
	}
}

// reopen takes back that c's visit had ended.
func (d *Desk) reopen(c *caller) {
	d.lock()
	defer d.unlock()
	c.visit.Left, c.visit.How = time.Time{}, ""
	if !c.full {
		c.stage = waiting
	}
	d.putVisit(c.visit)
}

// callOver closes the visit of a call that left unanswered and is over.
func (d *Desk) callOver(call string, r calls.Record, now time.Time) {
	gone := d.leaving[call]
	if gone == nil {
		return
	}
	delete(d.leaving, call)
	v := gone.visit
	v.Left, v.How = gone.at, howLeft(r)
	if !r.Ended.IsZero() && r.Ended.Before(v.Left) && r.Ended.After(v.Entered) {
		v.Left = r.Ended
	}
	if gone.caller.wish && v.How == Abandoned || gone.caller.wish && v.How == Lost {
		v.How = Flowed
		d.promise(gone.caller, now)
	}
	d.putVisit(v)
	if v.How == Abandoned {
		d.lately = append(d.lately, departure{visit: v, entered: gone.entered, at: v.Left})
	}
}

// howLeft says how a visit ended, from the record of its call.
func howLeft(r calls.Record) Leaving {
	switch {
	case r.Outcome == calls.OutcomeSwitchLost:
		return Lost
	case r.HungUpBy == "caller", r.HungUpBy == "" && r.Cause == calls.CauseNormal: // the ledger does not say who
		return Abandoned
	case r.HungUpBy == "controller": // somebody ended the call over the API
		return Flowed
	}
	return Lost
}

// forgetDepartures drops those whose place is no longer kept.
func (d *Desk) forgetDepartures(now time.Time) {
	kept := d.lately[:0]
	for _, p := range d.lately {
		if now.Sub(p.at) <= d.queues[p.visit.Queue].Resume {
			kept = append(kept, p)
		}
	}
	clear(d.lately[len(kept):])
	d.lately = kept
}

// orphan is a visit that was not complete when the controller before us died: its
// caller waited, or talked with account since begun.
type orphan struct {
	*Visit
	account string
	begun   time.Time
}

// How the visits that a killed controller left open are closed.
const (
	settleEvery = time.Second
	giveUpAfter = 2 * time.Minute // the switch's ledger has told by then
)

// settle closes the visits that a killed controller left open, from the records
// of their calls; those whose call lives on come back by themselves.
func (d *Desk) settle(ctx context.Context) {
	tick := time.NewTicker(settleEvery)
	defer tick.Stop()
	for {
		open := d.orphanList()
		if len(open) == 0 {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		live := map[string]calls.Live{}
		for _, l := range d.Switchboard.Live() {
			live[string(l.ID)] = l
		}
		for _, v := range open {
			if l, there := live[v.Call]; there {
				d.Changed(l, false)
				continue
			}
			d.settleOne(ctx, v)
		}
	}
}

func (d *Desk) orphanList() []Visit {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []Visit
	for _, o := range d.orphans {
		all = append(all, *o.Visit)
	}
	return all
}

// settleOne closes a visit whose call is over, as truthfully as can be known.
func (d *Desk) settleOne(ctx context.Context, old Visit) {
	var r calls.Record
	if d.Record != nil {
		r, _ = d.Record(ctx, calls.CallID(old.Call)) // not there, or later: then we ask again
	}
	now := d.lock()
	defer d.unlock()
	v := d.orphans[old.ID]
	if v == nil || r.Ended.IsZero() && now.Sub(d.opened) < giveUpAfter {
		return
	}
	end, how := r.Ended, howLeft(r)
	if end.IsZero() {
		end, how = d.alive, Lost
	}
	delete(d.orphans, v.ID)
	if v.Left.IsZero() {
		v.Left, v.How = later(v.Entered, end), how
	} else {
		v.Talk += max(end.Sub(v.begun), time.Microsecond)
	}
	d.putVisit(v.Visit)
	d.match(now)
}
