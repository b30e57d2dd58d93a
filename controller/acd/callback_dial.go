package acd

import (
	"context"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// dial is a call-back under way: first the agent's phone, then the number.
type dial struct {
	account string
	visit   *Visit
	promise *promise // nil: an agent called back by hand
	agent   bool     // the agent answered
	reached bool     // so did the number
}

// dialTime is how long a seat whose agent dials gets no offers, at most.
const dialTime = 30 * time.Second

// Dial rings account's phones and calls number with the rights of its extension.
func (d *Desk) Dial(ctx context.Context, account, number string) (calls.CallID, error) {
	n, err := phone.Parse(number)
	if err != nil {
		return "", err
	}
	ring, err := d.reach(account)
	if err != nil {
		return "", err
	}
	return d.Switchboard.Dial(ctx, ring, n.String())
}

// reach keeps offers from an agent who is about to dial, and returns the phones.
func (d *Desk) reach(account string) (calls.Attempt, error) {
	now := d.lock()
	defer d.unlock()
	s := d.seats[account]
	if s == nil {
		return calls.Attempt{}, fault.New(fault.NotFound, "%s is not signed on", account)
	}
	if err := d.reachable(s); err != nil && s.State != BusyOther { // who holds an own call may consult
		return calls.Attempt{}, err
	}
	s.dialing = now.Add(dialTime)
	return d.attempt([]string{account}, Caller{}, dialTime, true), nil
}

// Callback rings account's phones and calls a caller who was not answered; the
// outcome is written into the visit when the call is over. Errors: fault.NotFound,
// fault.Conflict (answered, called already, being called, no number shown).
func (d *Desk) Callback(ctx context.Context, account, visit string) (calls.CallID, error) {
	v, err := d.unansweredVisit(ctx, visit)
	if err != nil {
		return "", err
	}
	n, err := phone.Parse(v.Number)
	if err != nil {
		return "", fault.New(fault.Conflict, "the caller showed no number that can be called back")
	}
	if err := d.notCalled(v); err != nil {
		return "", err
	}
	ring, err := d.reach(account)
	if err != nil {
		return "", err
	}
	return d.dialFor(ctx, &dial{account: account, visit: v, promise: d.claim(visit)}, ring, n.String())
}

func (d *Desk) notCalled(v *Visit) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if v.Outcome == OutcomeCalledBack {
		return fault.New(fault.Conflict, "%s has called back already", v.By)
	}
	for _, b := range d.dials {
		if b.visit.ID == v.ID {
			return fault.New(fault.Conflict, "%s is calling back now", b.account)
		}
	}
	if p := d.callbacks[v.ID]; p != nil && p.busy {
		return fault.New(fault.Conflict, "the caller is being called back now")
	}
	return nil
}

// claim takes the promise of a visit, if there is one, out of the queue's hands.
func (d *Desk) claim(visit string) *promise {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.callbacks[visit]
	if p != nil {
		p.busy = true
	}
	return p
}

// keepPromise has the virtual caller's turn: the chosen agent is rung first.
func (d *Desk) keepPromise(p *promise, o *Offer, now time.Time) {
	s := d.seats[o.Accounts[0]]
	n, err := phone.Parse(p.Number)
	v := d.visits[p.Visit]
	if v == nil {
		v = &Visit{ID: p.Visit, Queue: p.Queue, Number: p.Number, Name: p.Name, Room: p.Room, VIP: p.VIP, Entered: p.Entered, Left: p.Entered, How: Flowed}
	}
	if err != nil || d.running == nil {
		p.Next = now.Add(callbackPause)
		return
	}
	p.busy, p.rings = true, o.Accounts[:1]
	d.happen(s, Event{Kind: Reserve, At: now, Call: o.Call})
	d.happen(s, Event{Kind: Ring, At: now, Call: o.Call})
	ring := d.attempt(o.Accounts[:1], p.caller(), max(d.queues[p.Queue].RingTime, 5*time.Second), false)
	b := &dial{account: s.Account, visit: v, promise: p}
	ctx := d.running
	d.background.Go(func() {
		if _, err := d.dialFor(ctx, b, ring, n.String()); err != nil {
			d.Log.Warn("acd: call-back not placed", "visit", b.visit.ID, "err", err)
		}
	})
}

// dialFor places a call-back and follows it.
func (d *Desk) dialFor(ctx context.Context, b *dial, ring calls.Attempt, number string) (calls.CallID, error) {
	id, err := d.Switchboard.Dial(ctx, ring, number)
	now := d.lock()
	if err != nil {
		d.dialOver(b, now)
		d.unlock()
		return "", err
	}
	d.dials[string(id)] = b
	if b.promise != nil {
		b.promise.dial = string(id)
	}
	d.unlock()
	for _, l := range d.Switchboard.Live() {
		if l.ID == id {
			d.Changed(l, false)
			return id, nil
		}
	}
	d.Changed(calls.Live{Record: calls.Record{ID: id}}, true) // it was over before we knew it
	return id, nil
}

// dialChanged follows a call-back.
func (d *Desk) dialChanged(b *dial, n change, now time.Time) {
	s := d.seats[b.account]
	for _, p := range n.live.Parties {
		switch {
		case !p.Up || p.Monitor != "":
		case s != nil && p.Party.Extension == s.Extension:
			if !b.agent {
				b.agent = true
				d.talks[string(n.live.ID)] = &talk{account: b.account, begun: now}
				d.takes(s, string(n.live.ID), now)
			}
		default:
			b.reached = true
		}
	}
	if n.over {
		delete(d.dials, string(n.live.ID))
		d.partOver(string(n.live.ID), now)
		d.dialOver(b, now)
	}
}

// dialOver writes down what came of a call-back.
func (d *Desk) dialOver(b *dial, now time.Time) {
	if s := d.seats[b.account]; s != nil {
		s.dialing = time.Time{}
		if b.promise != nil && !b.agent && s.State.Rung() && d.promiseOf(s.Call) == b.promise {
			d.happen(s, Event{Kind: Miss, At: now, Limit: d.queues[b.visit.Queue].MissLimit})
		}
		d.follow(s, now)
	}
	p := b.promise
	if p != nil {
		p.busy, p.dial, p.rings = false, "", nil
	}
	switch {
	case b.reached:
		d.outcome(b, OutcomeCalledBack)
	case !b.agent && p != nil: // the caller's place stays; another agent may be free
		p.missed = map[string]time.Time{b.account: now}
		p.Next = now.Add(breatherTime)
	case b.agent && p == nil:
		d.outcome(b, OutcomeNoAnswer)
	case b.agent:
		if p.Tries++; p.Tries >= callbackTries {
			d.outcome(b, OutcomeNoAnswer)
			return
		}
		p.Next = now.Add(callbackPause)
		d.putPromise(p)
	}
}

// outcome closes the matter of a call-back.
func (d *Desk) outcome(b *dial, outcome string) {
	b.visit.Outcome, b.visit.By = outcome, b.account
	d.putVisit(b.visit)
	if b.promise != nil {
		d.dropPromise(b.promise.Visit)
	}
}
