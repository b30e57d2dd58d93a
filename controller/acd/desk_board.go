package acd

import (
	"cmp"
	"maps"
	"slices"
)

// Board returns the desk as it was shown last, at most a tenth of a second ago.
func (d *Desk) Board() Board { return d.board.Get() }

// Watch returns the board and a channel that closes when there is a newer one.
func (d *Desk) Watch() (Board, <-chan struct{}) { return d.board.Watch() }

// snapshot copies the desk as it is now.
func (d *Desk) snapshot() Board {
	now := d.lock()
	defer d.mu.Unlock()
	d.dirty = false
	b := Board{}
	waiting := map[string]int{}
	for _, c := range d.callers {
		switch {
		case c.stage == parked || c.stage == offered && c.lane:
			b.Parked = append(b.Parked, c.park)
		case c.waits():
			waiting[c.Queue]++
			b.Callers = append(b.Callers, c.copy())
		}
	}
	for _, p := range d.callbacks {
		b.Callers = append(b.Callers, p.caller())
	}
	queues := d.allQueues()
	b.Callers = Order(queues, b.Callers, now)
	slices.SortFunc(b.Parked, func(a, b Parked) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Call, b.Call)) })
	for _, q := range queues {
		b.Queues = append(b.Queues, QueueState{Queue: q, Waiting: waiting[q.Name], Figures: d.figuresOf(q)})
	}
	for _, account := range slices.Sorted(maps.Keys(d.seats)) {
		b.Seats = append(b.Seats, d.seats[account].Seat)
	}
	return b
}

// allQueues returns the queues by name.
func (d *Desk) allQueues() []Queue {
	all := make([]Queue, 0, len(d.queues))
	for _, name := range slices.Sorted(maps.Keys(d.queues)) {
		all = append(all, d.queues[name])
	}
	return all
}

// figuresOf returns the figures of a queue of today.
func (d *Desk) figuresOf(q Queue) Figures {
	f, known := d.figures[q.Name]
	if known {
		return f
	}
	var of []Visit
	for _, v := range d.visits {
		if v.Queue == q.Name && !v.Entered.Before(d.today) {
			of = append(of, *v)
		}
	}
	slices.SortFunc(of, func(a, b Visit) int { return cmp.Compare(a.ID, b.ID) })
	f = Count(of, q.Target)
	d.figures[q.Name] = f
	return f
}
