package acd

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"
)

// rows are what is to be written, the newest version of each.
type rows struct {
	visits   map[string]Visit
	spans    map[string]Span
	seats    map[string]*Seat     // by account; nil: dropped
	promises map[string]*Callback // by visit; nil: dropped
	pulse    time.Time
}

// Writing behind the calls.
const (
	gatherTime = 200 * time.Millisecond // rows wait for company
	retryTime  = time.Second            // after a failed write
	writeTime  = 5 * time.Second        // for the last write
)

func newRows() rows {
	return rows{
		visits: map[string]Visit{}, spans: map[string]Span{}, seats: map[string]*Seat{}, promises: map[string]*Callback{},
	}
}

func (r rows) empty() bool {
	return len(r.visits)+len(r.spans)+len(r.seats)+len(r.promises) == 0 && r.pulse.IsZero()
}

// write writes rows until ctx ends.
func (d *Desk) write(ctx context.Context) {
	pause := gatherTime
	for {
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
		pause = gatherTime
		if err := d.Flush(ctx); err != nil && ctx.Err() == nil {
			d.Log.Error("acd: rows not written, will try again", "err", err)
			pause = retryTime
		}
	}
}

// Flush writes what waits to be written. The app calls it once more after the
// last call has ended, so that a clean stop loses nothing.
func (d *Desk) Flush(ctx context.Context) error {
	select {
	case <-d.writing:
		defer func() { d.writing <- struct{}{} }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	now := d.lock()
	if now.Sub(d.pulse) >= pulseTime {
		d.pulse, d.rows.pulse = now, now
	}
	batch := d.rows
	d.rows = newRows()
	d.mu.Unlock()
	if batch.empty() {
		return nil
	}
	err := batch.store(ctx, d.Store)
	if err != nil {
		d.mu.Lock()
		d.rows = batch.under(d.rows)
		d.mu.Unlock()
	}
	return err
}

// store writes all rows; doing it twice changes nothing.
func (r rows) store(ctx context.Context, to Store) error {
	var errs []error
	if len(r.visits) > 0 {
		errs = append(errs, to.PutVisits(ctx, slices.Collect(maps.Values(r.visits))...))
	}
	if len(r.spans) > 0 {
		errs = append(errs, to.PutSpans(ctx, slices.Collect(maps.Values(r.spans))...))
	}
	for account, s := range r.seats {
		if s == nil {
			errs = append(errs, to.DropSeat(ctx, account))
			continue
		}
		errs = append(errs, to.PutSeat(ctx, *s))
	}
	for visit, c := range r.promises {
		if c == nil {
			errs = append(errs, to.DropCallback(ctx, visit))
			continue
		}
		errs = append(errs, to.PutCallback(ctx, *c))
	}
	if !r.pulse.IsZero() {
		errs = append(errs, to.PutPulse(ctx, r.pulse))
	}
	return errors.Join(errs...)
}

// under returns r with the newer rows on top.
func (r rows) under(newer rows) rows {
	maps.Copy(r.visits, newer.visits)
	maps.Copy(r.spans, newer.spans)
	maps.Copy(r.seats, newer.seats)
	maps.Copy(r.promises, newer.promises)
	r.pulse = later(r.pulse, newer.pulse)
	return r
}

// putVisit notes that a visit has changed.
func (d *Desk) putVisit(v *Visit) {
	d.rows.visits[v.ID] = *v
	delete(d.figures, v.Queue)
	d.dirty = true
}
