package acd

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// maxRecalls is how often a parked call rings at who parked it before any operator
// gets it.
const maxRecalls = 2

// Park puts the call that account talks in into the lane that all operators share,
// with a note and for whom it waits. Errors: fault.NotFound, fault.Forbidden (not
// in that talk), fault.Conflict (not a call of the desk).
func (d *Desk) Park(ctx context.Context, account, call, note, forWhom string) error {
	if err := checkShort("note", note); err != nil {
		return err
	}
	if err := checkShort("for", forWhom); err != nil {
		return err
	}
	extension, t, err := d.startParking(account, call, note, forWhom)
	if err != nil {
		return err
	}
	if err := d.Switchboard.Do(ctx, calls.CallID(call), calls.Leave(extension)); err != nil {
		d.lock()
		defer d.unlock()
		t.parking = false
		if c := d.callers[call]; c != nil && c.stage == talking {
			c.park = Parked{}
		}
		return err
	}
	return nil
}

func (d *Desk) startParking(account, call, note, forWhom string) (extension string, t *talk, err error) {
	now := d.lock()
	defer d.unlock()
	s, c := d.seats[account], d.callers[call]
	switch t = d.talks[call]; {
	case s == nil:
		return "", nil, fault.New(fault.NotFound, "%s is not signed on", account)
	case t == nil || c == nil && !t.adopted:
		return "", nil, fault.New(fault.Conflict, "%s is not a talk of the desk", call)
	case t.account != account:
		return "", nil, fault.New(fault.Forbidden, "%s talks with this caller", t.account)
	}
	t.parking = true
	if c == nil {
		v := t.visit
		c = &caller{Caller: Caller{Call: call, Number: v.Number, Name: v.Name, Room: v.Room}}
	}
	c.park = d.newParked(c, account, note, forWhom, now)
	t.park = c.park
	return s.Extension, t, nil
}

func (d *Desk) newParked(c *caller, by, note, forWhom string, now time.Time) Parked {
	return Parked{
		Call: c.Call, Number: c.Number, Name: c.Name, Room: c.Room, Note: note, For: forWhom, By: by,
		At: now, Recall: now.Add(d.Recall),
	}
}

// Pull brings a parked or waiting call to account's phone, which is rung at once.
// Two who pull the same call do not both get it. The reason is for the audit.
// Errors: fault.NotFound (not in the lane, not waiting), fault.Conflict (somebody
// is faster, or account is in a talk).
func (d *Desk) Pull(_ context.Context, account, call string) (string, error) {
	now := d.lock()
	defer d.unlock()
	s, c := d.seats[account], d.callers[call]
	switch {
	case s == nil:
		return "", fault.New(fault.NotFound, "%s is not signed on", account)
	case c == nil || c.stage != parked && c.stage != waiting && c.stage != offered:
		return "", fault.New(fault.NotFound, "no call %q is parked or waits", call)
	case c.pull != "" || c.stage == offered:
		return "", fault.New(fault.Conflict, "somebody else is about to answer this call")
	}
	if err := d.reachable(s); err != nil {
		return "", err
	}
	c.pull = account
	if c.stage == waiting {
		c.stage = offered // to nobody else
	}
	c.Ringing = []string{account}
	d.happen(s, Event{Kind: Reserve, At: now, Call: call})
	c.wakeUp()
	if c.stage == parked {
		return fmt.Sprintf("parked by %s %s ago", c.park.By, ago(now.Sub(c.park.At))), nil
	}
	return fmt.Sprintf("waited %s in %s", ago(now.Sub(c.visit.Entered)), c.Queue), nil
}

// parked waits in the lane.
func (j *journey) parked(ctx context.Context) (step, error) {
	r, over, wake := j.d.nextParked(j.c)
	switch {
	case r != nil:
		r.back = j.parked
		return j.serve(*r), nil
	case over:
		return j.queued, nil
	}
	if err := j.settleIn(ctx); err != nil {
		return nil, err
	}
	return j.parked, j.s.Await(ctx, calls.PhaseParked, j.d.keep(j.c), true, wake)
}

// nextParked says what a parked call does now: ring at who pulls it or at who
// parked it, go back to the queue, or wait on.
func (d *Desk) nextParked(c *caller) (r *ringing, over bool, wake <-chan struct{}) {
	now := d.lock()
	defer d.unlock()
	q := d.queues[c.Queue]
	c.stage = parked
	if account := c.pull; account != "" {
		c.pull, c.park.Recall = "", now.Add(d.Recall)
		return &ringing{accounts: []string{account}, time: q.RingTime, auto: true, from: parked}, false, nil
	}
	if now.Before(c.park.Recall) {
		return nil, false, c.sleep()
	}
	if c.recall++; c.recall > maxRecalls && d.staffed(q, now) {
		d.requeue(c, now)
		return nil, true, nil
	}
	c.park.Recall = now.Add(d.Recall)
	if s := d.seats[c.park.By]; s != nil && s.State != Holding && d.reachable(s) == nil {
		c.Ringing = []string{c.park.By}
		d.happen(s, Event{Kind: Reserve, At: now, Call: c.Call})
		return &ringing{accounts: []string{c.park.By}, time: recallRing(q), from: parked}, false, nil
	}
	return nil, false, c.sleep()
}

// reachable says why a seat cannot be rung outside of the queue's turn, nil if it can.
func (d *Desk) reachable(s *seat) error {
	if s.Away {
		return fault.New(fault.Conflict, "%s has no phone: it is not registered", s.Account)
	}
	if s.State == Talking || s.State == BusyOther || s.State.Rung() {
		return fault.New(fault.Conflict, "%s is %s: end or hold that call first", s.Account, s.State)
	}
	for _, c := range d.callers {
		if slices.Contains(c.Ringing, s.Account) {
			return fault.New(fault.Conflict, "another call rings at %s", s.Account)
		}
	}
	return nil
}

func recallRing(q Queue) time.Duration { return max(q.RingTime, 5*time.Second) }
