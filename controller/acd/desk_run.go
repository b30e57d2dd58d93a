package acd

import (
	"context"
	"sync"
	"time"
)

// Run matches callers and seats, keeps the desk's times and writes its rows until
// ctx ends; then what is left is written once more.
func (d *Desk) Run(ctx context.Context) error {
	d.mu.Lock()
	d.running = ctx
	d.mu.Unlock()
	var helpers sync.WaitGroup
	helpers.Go(func() { d.write(ctx) })
	helpers.Go(func() { d.settle(ctx) })
	for _, l := range d.Switchboard.Live() {
		d.Changed(l, false)
	}
	tick := time.NewTicker(tickTime)
	defer tick.Stop()
	var shown time.Time
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-d.kick:
		case <-tick.C:
		}
		now, dirty := d.work()
		if dirty && now.Sub(shown) >= tickTime {
			shown = now
			d.show(ctx)
		}
	}
	helpers.Wait()
	d.background.Wait()
	d.mu.Lock()
	d.pulse = time.Time{} // the agents' open spans end with us
	d.mu.Unlock()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTime)
	defer cancel()
	return d.Flush(last)
}

// stopping reports whether Run is at its end.
func (d *Desk) stopping() bool { return d.running != nil && d.running.Err() != nil }

// work does what is due and reports whether the board has changed.
func (d *Desk) work() (time.Time, bool) {
	now := d.lock()
	defer d.mu.Unlock()
	if midnight := d.midnight(now); !midnight.Equal(d.today) {
		d.newDay(midnight)
	}
	if now.Sub(d.looked) >= phonesTime {
		d.looked = now
		d.lookForPhones(now)
	}
	d.endWrapUps(now)
	d.sweepCallers(now)
	d.forgetDepartures(now)
	d.match(now)
	return now, d.dirty
}

// maxLast bounds the memory of who spoke with whom last.
const maxLast = 10_000

// newDay forgets yesterday's visits; those not complete stay.
func (d *Desk) newDay(midnight time.Time) {
	d.today, d.dirty = midnight, true
	clear(d.figures)
	if len(d.last) > maxLast {
		clear(d.last)
	}
	busy := map[string]bool{}
	for id := range d.callbacks {
		busy[id] = true
	}
	for _, c := range d.callers {
		busy[c.visit.ID] = true
	}
	for _, t := range d.talks {
		if t.visit != nil {
			busy[t.visit.ID] = true
		}
	}
	for _, s := range d.seats {
		if s.wrap != nil {
			busy[s.wrap.ID] = true
		}
	}
	for id, v := range d.visits {
		if v.Entered.Before(midnight) && !v.Left.IsZero() && !busy[id] && d.orphans[id] == nil {
			delete(d.visits, id)
		}
	}
}

// show publishes the board.
func (d *Desk) show(ctx context.Context) {
	if err := d.board.Refresh(ctx); err != nil && ctx.Err() == nil {
		d.Log.Error("acd: the board was not shown", "err", err)
	}
}
