package acd

import (
	"cmp"
	"encoding/json"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// enter takes a call in hand: anew, or where it was before a restart.
func (d *Desk) enter(s *calls.Session, queue string) (*caller, error) {
	phase, data := s.Resumed()
	now := d.lock()
	defer d.unlock()
	q, known := d.queues[queue]
	if !known {
		return nil, fault.New(fault.NotFound, "there is no queue %q", queue)
	}
	c := d.newCaller(s, q, now)
	if d.comesBack(c, phase, data, now) {
		d.countTalk(c, s.Record())
		d.callers[c.Call] = c
		d.match(now)
		return c, nil
	}
	if !d.staffed(q, now) {
		return nil, ErrNobody
	}
	began := d.resume(c, q, now)
	c.full = q.MaxWaiting > 0 && d.waitingIn(queue) >= q.MaxWaiting
	d.newVisit(c, began)
	d.callers[c.Call] = c
	if c.full {
		c.stage = diverted
	}
	d.match(now)
	return c, nil
}

// comesBack gives a call the state in which the controller before us had it: from
// its tag, or if it was not tagged yet, from its visit.
func (d *Desk) comesBack(c *caller, phase calls.Phase, data string, now time.Time) bool {
	var k keepsake
	if phase != "" {
		if err := json.Unmarshal([]byte(data), &k); err != nil {
			d.Log.Warn("acd: a call's tag cannot be read", "call", c.Call, "err", err)
		}
	}
	v := d.visits[k.Visit]
	if v == nil {
		v = d.orphanOf(c.Call)
	}
	if v == nil && (k.Visit == "" || k.Began.IsZero()) {
		return false
	}
	if v == nil { // it was not written in time
		v = &Visit{ID: k.Visit, Call: c.Call, Queue: c.Queue, Number: c.Number, Name: c.Name, Room: c.Room, VIP: c.VIP, Entered: k.Began}
		d.visits[v.ID] = v
		d.putVisit(v)
	}
	c.visit, c.Entered = v, v.Entered
	if !k.Entered.IsZero() {
		c.Entered = k.Entered
	}
	c.steps, c.told, c.agent, c.wish, c.recall = k.Steps, k.Told, k.Agent, k.Wish, k.Recall
	d.repeatOverflow(c)
	d.partOver(c.Call, now)
	adopted := d.adopted[c.Call]
	delete(d.adopted, c.Call)
	switch {
	case adopted != nil && adopted.parking:
		c.stage, c.park = parked, adopted.park
	case adopted == nil && phase == calls.PhaseParked && k.Park != nil:
		c.stage, c.park = parked, *k.Park
	case !v.Left.IsZero(): // was answered, and the agent's phone went away
		c.stage, c.until, c.agent = held, now.Add(lostTime), cmp.Or(c.agent, v.Account)
		d.waitFor(c)
	}
	return true
}

// countTalk completes a visit whose talk ended while no controller was there.
func (d *Desk) countTalk(c *caller, r calls.Record) {
	o := d.orphans[c.visit.ID]
	delete(d.orphans, c.visit.ID)
	if o == nil || o.Left.IsZero() {
		return
	}
	var end time.Time
	for _, l := range r.Legs {
		if l.Role != "caller" && !l.Answered.IsZero() {
			end = later(end, l.Ended)
		}
	}
	if end.IsZero() {
		end = d.alive
	}
	c.visit.Talk += max(end.Sub(o.begun), time.Microsecond)
	d.putVisit(c.visit)
}

// repeatOverflow gives the caller back the queues that it overflowed to.
func (d *Desk) repeatOverflow(c *caller) {
	steps := d.queues[c.Queue].Overflow
	for _, o := range steps[:min(c.steps, len(steps))] {
		if o.Do == ToQueue {
			c.Also = append(c.Also, o.To)
		}
	}
}

// orphanOf returns the open visit of a call from before a restart.
func (d *Desk) orphanOf(call string) *Visit {
	for _, o := range d.orphans {
		if o.Call == call && o.Left.IsZero() {
			return o.Visit
		}
	}
	return nil
}

// resume gives a caller who hung up a moment ago, or who waits to be called back,
// the old place. It returns when the visit counts as begun.
func (d *Desk) resume(c *caller, q Queue, now time.Time) time.Time {
	for id, p := range d.callbacks {
		if p.Queue == q.Name && p.dial == "" && c.Number != "" && p.Number == c.Number {
			c.Entered = p.Entered
			d.dropPromise(id)
			if v := d.visits[id]; v != nil {
				v.How = Resumed
				d.putVisit(v)
			}
			return now
		}
	}
	for i := len(d.lately) - 1; i >= 0; i-- {
		old := d.lately[i]
		if old.visit.Queue != q.Name || !sameCaller(old.visit, c) || now.Sub(old.visit.Left) > q.Resume {
			continue
		}
		d.lately = append(d.lately[:i:i], d.lately[i+1:]...)
		old.visit.How = Resumed
		d.putVisit(old.visit)
		c.Entered = old.entered
		return old.visit.Entered
	}
	return now
}

// waitingIn counts the callers that wait in a queue.
func (d *Desk) waitingIn(queue string) int {
	n := 0
	for _, c := range d.callers {
		if c.Queue == queue && c.waits() {
			n++
		}
	}
	return n
}
