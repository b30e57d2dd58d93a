package acd

import (
	"context"
	"errors"
	"slices"
	"time"

	"bellhop/controller/calls"
)

// ringing is one try to have a caller answered.
type ringing struct {
	accounts []string
	time     time.Duration
	auto     bool // browser phones answer by themselves: the agent asked for the call
	missed   bool // who does not answer has missed an offer
	from     stage
	back     step // when nobody answers
}

// lostTime is how long an agent's phone that went away may take to come back.
const lostTime = 10 * time.Second

// lostRetry is the pause between tries to ring it.
const lostRetry = time.Second

// serve rings seats and lets the caller talk.
func (j *journey) serve(r ringing) step {
	return func(ctx context.Context) (step, error) {
		attempt := j.d.ring(j.c, r)
		if len(attempt.Rings) == 0 {
			j.d.unanswered(j.c, r, calls.CauseAbsent)
			return r.back, nil
		}
		if !j.answered { // ring-back, and a tag to come back by
			if err := j.s.Await(ctx, calls.PhaseQueued, j.d.keep(j.c), false, woken()); err != nil {
				return nil, err
			}
		}
		served, err := j.s.Serve(ctx, attempt, func(agent calls.Party) { j.d.talkBegins(j.c, r, agent) })
		if u, ok := errors.AsType[*calls.Unreached](err); ok {
			j.d.unanswered(j.c, r, u.Cause)
			return r.back, nil
		}
		if err != nil {
			return nil, err
		}
		j.answered = true
		switch j.d.talkEnds(j.c, served) {
		case calls.PartLeft:
			return j.parked, nil
		case calls.PartLost:
			return j.lost, nil
		}
		return nil, nil
	}
}

// ring tells the seats that their phones ring now, and returns the phones.
func (d *Desk) ring(c *caller, r ringing) calls.Attempt {
	now := d.lock()
	defer d.unlock()
	c.stage, c.Ringing, c.lane = offered, r.accounts, r.from == parked
	for _, account := range r.accounts {
		if s := d.seats[account]; s != nil {
			d.happen(s, Event{Kind: Ring, At: now, Call: c.Call})
		}
	}
	return d.attempt(r.accounts, c.Caller, r.time, r.auto)
}

// unanswered takes the seats back that did not answer. The caller keeps the place.
func (d *Desk) unanswered(c *caller, r ringing, cause calls.Cause) {
	now := d.lock()
	defer d.unlock()
	absent := cause != calls.CauseNoAnswer && cause != calls.CauseBusy && cause != calls.CauseRejected
	for _, account := range r.accounts {
		s := d.seats[account]
		if s == nil {
			continue
		}
		e := Event{Kind: RingOver, At: now}
		if r.missed && !absent {
			e.Kind, e.Limit = Miss, d.queues[c.Queue].MissLimit
		}
		if s.Call == c.Call && s.State.Rung() {
			d.happen(s, e)
		}
		if r.missed {
			c.Missed[account] = now
		}
		if absent { // not again at once: its phone may be gone though nobody said so yet
			s.blocked = now.Add(breatherTime)
		}
		d.follow(s, now)
	}
	c.offer, c.Ringing, c.retry = nil, nil, now.Add(lostRetry)
	c.stage = r.from
	c.park.Recall = now.Add(d.Recall)
	d.match(now)
}

// talkBegins seats the caller at the phone that answered.
func (d *Desk) talkBegins(c *caller, r ringing, agent calls.Party) {
	now := d.lock()
	defer d.unlock()
	c.stage, c.offer, c.Ringing, c.due, c.wish, c.recall = talking, nil, nil, nil, false, 0
	for _, account := range r.accounts {
		s := d.seats[account]
		if s == nil {
			continue
		}
		if s.Extension == agent.Extension {
			d.takes(s, c.Call, now)
			c.agent = account
			continue
		}
		if s.Call == c.Call && s.State.Rung() {
			d.happen(s, Event{Kind: RingOver, At: now})
			d.follow(s, now)
		}
	}
	d.talks[c.Call] = &talk{account: c.agent, visit: c.visit, begun: now}
	if c.visit.Left.IsZero() {
		c.visit.Left, c.visit.How, c.visit.Account = now, Answered, c.agent
	}
	if c.Number != "" {
		d.last[c.Number] = c.agent
	}
	d.putVisit(c.visit)
}

// takes puts a seat into the talk it answered or took.
func (d *Desk) takes(s *seat, call string, now time.Time) {
	if s.State == BusyOther {
		d.happen(s, Event{Kind: CallOver, At: now})
	}
	if !d.happen(s, Event{Kind: Answer, At: now, Call: call}) {
		d.happen(s, Event{Kind: Pull, At: now, Call: call})
	}
}

// talkEnds counts a talk and says how it ended.
func (d *Desk) talkEnds(c *caller, served calls.Served) calls.Part {
	now := d.lock()
	defer d.unlock()
	v := c.visit
	v.Talk += max(served.Talk, time.Microsecond) // zero would mean "not over"
	v.Hold += served.Hold
	v.Transferred = v.Transferred || served.Part == calls.PartMoved
	d.putVisit(v)
	q := d.queues[c.Queue]
	d.handling[c.Queue] = d.handling[c.Queue].Add(served.Talk+served.Hold+q.WrapUp, now)
	if t := d.talks[c.Call]; t != nil {
		t.parking = t.parking || served.Part == calls.PartLeft
		d.partOver(c.Call, now)
	}
	switch served.Part {
	case calls.PartLeft:
		c.stage = parked
		if c.park.By == "" {
			c.park = d.newParked(c, c.agent, "", "", now)
		}
	case calls.PartLost:
		c.stage, c.retry, c.until = held, now, now.Add(lostTime)
		if s := d.seats[c.agent]; s != nil && s.State == WrapUp && s.wrap == v {
			d.happen(s, Event{Kind: WrapUpOver, At: now})
		}
		d.waitFor(c)
		d.lookForPhones(now)
	}
	return served.Part
}

// waitFor keeps other callers from the agent whose phone c waits for.
func (d *Desk) waitFor(c *caller) {
	if s := d.seats[c.agent]; s != nil {
		s.blocked = c.until
	}
}

// lost waits for the agent's phone, which went away in mid-talk, to come back.
// When it does not, the caller is the next to be answered.
func (j *journey) lost(ctx context.Context) (step, error) {
	r, over, wake := j.d.nextLost(j.c)
	switch {
	case r != nil:
		r.back = j.lost
		return j.serve(*r), nil
	case over:
		return j.queued, nil
	}
	if err := j.settleIn(ctx); err != nil {
		return nil, err
	}
	return j.lost, j.s.Await(ctx, calls.PhaseQueued, j.d.keep(j.c), true, wake)
}

func (d *Desk) nextLost(c *caller) (r *ringing, over bool, wake <-chan struct{}) {
	now := d.lock()
	defer d.unlock()
	s := d.seats[c.agent]
	switch {
	case s == nil || !now.Before(c.until):
		d.requeue(c, now)
		return nil, true, nil
	case d.reachable(s) != nil && !s.Away: // has taken another call meanwhile
		d.requeue(c, now)
		return nil, true, nil
	case !s.Away && !now.Before(c.retry):
		s.blocked, c.Ringing = time.Time{}, []string{c.agent}
		d.happen(s, Event{Kind: Reserve, At: now, Call: c.Call})
		return &ringing{accounts: []string{c.agent}, time: max(c.until.Sub(now), lostRetry), auto: true, from: held}, false, nil
	}
	c.stage = held
	return nil, false, c.sleep()
}

// requeue puts a caller who was answered before back into the queue, with the
// place of the first entry: a new visit, whose wait begins now.
func (d *Desk) requeue(c *caller, now time.Time) {
	c.stage, c.steps, c.Also, c.told, c.full = waiting, 0, nil, Told{}, false
	c.park, c.recall = Parked{}, 0
	if s := d.seats[c.agent]; s != nil {
		s.blocked = time.Time{}
	}
	d.newVisit(c, now)
	d.match(now)
}

// leave takes a call out of the desk's hands. How an unanswered visit ended is
// known when the call is over. While the desk stops, calls leave it that live on:
// they stay in its books as they are, for the next controller.
func (d *Desk) leave(c *caller) {
	now := d.lock()
	defer d.unlock()
	if d.stopping() {
		return
	}
	delete(d.callers, c.Call)
	for _, account := range slices.Clone(c.Ringing) {
		if s := d.seats[account]; s != nil && s.Call == c.Call && s.State.Rung() {
			d.happen(s, Event{Kind: RingOver, At: now})
		}
	}
	if c.offer != nil {
		for _, account := range c.offer.Accounts {
			if s := d.seats[account]; s != nil && s.Call == c.Call && s.State.Rung() {
				d.happen(s, Event{Kind: RingOver, At: now})
			}
		}
	}
	d.partOver(c.Call, now)
	if c.visit.Left.IsZero() {
		d.leaving[c.Call] = &departure{visit: c.visit, caller: c, entered: c.Entered, at: now}
	}
	d.match(now)
}
