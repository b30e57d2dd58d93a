package acd

import (
	"maps"
	"slices"
	"time"
)

// match gives out offers and returns them.
func (d *Desk) match(now time.Time) []Offer {
	if d.settling(now) || d.stopping() {
		return nil
	}
	s := d.situation(now)
	if len(s.Callers) == 0 {
		return nil
	}
	d.matches++
	offers := d.matcher.Match(s, now)
	for i := range offers {
		d.give(&offers[i], now)
	}
	return offers
}

// settling reports whether calls from before a restart are still expected: until
// they are back, nobody overtakes their callers, and no agent in a talk looks free.
func (d *Desk) settling(now time.Time) bool {
	return len(d.orphans) > 0 && now.Sub(d.opened) < settleTime
}

// situation is what Match looks at: seats that may be rung, callers that are not.
func (d *Desk) situation(now time.Time) Situation {
	s := Situation{Queues: d.allQueues(), Seed: d.matches, Turn: d.turn}
	for i := range s.Queues {
		s.Queues[i].Members = d.members(s.Queues[i])
	}
	rung := map[string]bool{} // also for a call that was pulled in wrap-up or a pause
	for _, c := range d.callers {
		for _, account := range c.Ringing {
			rung[account] = true
		}
	}
	for _, account := range slices.Sorted(maps.Keys(d.seats)) {
		if rung[account] {
			continue
		}
		if one := d.seats[account]; one.State == Ready && !now.Before(one.blocked) && !now.Before(one.dialing) {
			s.Seats = append(s.Seats, one.Seat)
		}
	}
	if len(s.Seats) == 0 {
		return Situation{}
	}
	for _, c := range d.callers {
		if c.stage == waiting {
			s.Callers = append(s.Callers, c.Caller)
		}
	}
	for _, p := range d.callbacks {
		if p.due(now) {
			s.Callers = append(s.Callers, p.caller())
		}
	}
	return s
}

// members returns who serves a queue: everybody, if it names nobody.
func (d *Desk) members(q Queue) []string {
	if len(q.Members) > 0 {
		return q.Members
	}
	return slices.Sorted(maps.Keys(d.seats))
}

// give reserves the seats of an offer and tells the caller's call.
func (d *Desk) give(o *Offer, now time.Time) {
	queue, account := o.Turn()
	d.turn[queue] = account
	d.dirty = true
	if p := d.promiseOf(o.Call); p != nil {
		d.keepPromise(p, o, now)
		return
	}
	c := d.callers[o.Call]
	if c == nil {
		return
	}
	for _, account := range o.Accounts {
		d.happen(d.seats[account], Event{Kind: Reserve, At: now, Call: o.Call})
	}
	c.stage, c.offer, c.Ringing = offered, o, o.Accounts
	c.visit.Offers += len(o.Accounts)
	d.putVisit(c.visit)
	c.wakeUp()
}
