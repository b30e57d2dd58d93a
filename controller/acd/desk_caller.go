package acd

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"bellhop/controller/calls"
)

// stage is what a caller in the desk's hands is doing.
type stage int

const (
	waiting  stage = iota // for a seat
	offered               // seats are reserved or rung
	talking               // with an agent
	held                  // the agent's phone went away
	parked                // in the lane
	diverted              // an overflow step is tried
)

// caller is a call in the desk's hands. Desk.mu guards it; its own goroutine
// sleeps on wake and asks what to do.
type caller struct {
	Caller
	stage  stage
	visit  *Visit
	wake   chan struct{} // closed when there is news; nil while nobody sleeps
	offer  *Offer        // to be rung
	pull   string        // account that takes the call by hand
	steps  int           // overflow steps begun
	due    *Overflow     // step to be done by the call itself
	full   bool          // the queue was full: steps are due at once
	alone  bool          // nobody serves the queue any more
	wish   bool          // wants to be called back
	told   Told
	speak  time.Time // when to ask Decide again; zero: never
	agent  string    // account that talks or talked
	park   Parked
	lane   bool      // rings out of the parked lane, where it still stands
	recall int       // recalls that were not taken
	retry  time.Time // held: the agent's phone is not rung before
	until  time.Time // held: then the caller goes back to the queue
}

// waits reports whether the caller waits to be answered.
func (c *caller) waits() bool { return c.stage <= offered || c.stage == held || c.stage == diverted }

// copy is the caller for others to read.
func (c *caller) copy() Caller {
	one := c.Caller
	one.Missed, one.Also, one.Ringing = maps.Clone(c.Missed), slices.Clone(c.Also), slices.Clone(c.Ringing)
	return one
}

func (c *caller) wakeUp() {
	if c.wake != nil {
		close(c.wake)
		c.wake = nil
	}
}

func (c *caller) sleep() <-chan struct{} {
	if c.wake == nil {
		c.wake = make(chan struct{})
	}
	return c.wake
}

// keepsake is what a waiting call needs to go on after a restart, tagged onto it.
type keepsake struct {
	Visit   string    `json:"v"`
	Queue   string    `json:"q"`
	Entered time.Time `json:"e"` // the place
	Began   time.Time `json:"b"` // the visit
	Steps   int       `json:"s,omitempty"`
	Told    Told      `json:"t"`
	Agent   string    `json:"a,omitempty"`
	Wish    bool      `json:"w,omitempty"`
	Park    *Parked   `json:"p,omitempty"`
	Recall  int       `json:"r,omitempty"`
}

// keep returns the keepsake of c as text.
func (d *Desk) keep(c *caller) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	k := keepsake{
		Visit: c.visit.ID, Queue: c.Queue, Entered: c.Entered, Began: c.visit.Entered, Steps: c.steps,
		Told: c.told, Agent: c.agent, Wish: c.wish, Recall: c.recall,
	}
	if c.stage == parked {
		p := c.park
		k.Park = &p
	}
	text, _ := json.Marshal(k) // times and text: cannot fail
	if len(text) > calls.MaxTagData && k.Park != nil {
		k.Park.Note, k.Park.Name = "", ""
		text, _ = json.Marshal(k)
	}
	return string(text)
}

// newCaller describes who calls.
func (d *Desk) newCaller(s *calls.Session, q Queue, now time.Time) *caller {
	from := s.From
	c := &caller{Caller: Caller{
		Call: string(s.ID), Queue: q.Name, Entered: now, Number: from.Number, Name: from.Name, Room: from.Room,
		Stay: from.Stay, Missed: map[string]time.Time{}, Last: d.last[from.Number],
	}}
	if d.Guest != nil {
		facts := d.Guest(from)
		c.VIP, c.Language = facts.VIP, facts.Language
	}
	c.Malice = d.Screened != nil && d.Screened(from.Number)
	return c
}

// newVisit begins a visit of c that counts from entered.
func (d *Desk) newVisit(c *caller, entered time.Time) {
	c.visit = &Visit{
		ID: d.NewID(), Call: c.Call, Queue: c.Queue, Number: c.Number, Name: c.Name, Room: c.Room, VIP: c.VIP,
		Entered: entered,
	}
	d.visits[c.visit.ID] = c.visit
	d.putVisit(c.visit)
}

// sameCaller reports whether a visit was of the same outside number or room.
func sameCaller(v *Visit, c *caller) bool {
	return c.Room != "" && v.Room == c.Room || c.Room == "" && c.Number != "" && v.Number == c.Number
}

// sweepCallers wakes the calls for which it is time to do something.
func (d *Desk) sweepCallers(now time.Time) {
	for _, c := range d.callers {
		switch c.stage {
		case waiting:
			d.sweepWaiting(c, now)
		case held:
			s := d.seats[c.agent]
			back := s != nil && !s.Away && !now.Before(c.retry)
			if back || !now.Before(c.until) {
				c.wakeUp()
			}
		case parked:
			if !now.Before(c.park.Recall) {
				c.wakeUp()
			}
		}
	}
	d.wakeAbandoned(now)
}

func (d *Desk) sweepWaiting(c *caller, now time.Time) {
	steps := d.queues[c.Queue].Overflow
	for c.due == nil && c.steps < len(steps) && (c.full || now.Sub(c.visit.Entered) >= steps[c.steps].After) {
		o := steps[c.steps]
		c.steps++
		if o.Do == ToQueue {
			c.Also = append(slices.Clone(c.Also), o.To)
			d.dirty = true
			continue
		}
		c.due = &o
		c.wakeUp()
	}
	if !c.speak.IsZero() && !now.Before(c.speak) {
		c.wakeUp()
	}
}

// wakeAbandoned sends callers away whom nobody will ever answer.
func (d *Desk) wakeAbandoned(now time.Time) {
	for _, c := range d.callers {
		if c.stage == waiting && !c.alone && !d.staffed(d.queues[c.Queue], now) {
			c.alone = true
			c.wakeUp()
		}
	}
}

// staffed reports whether somebody serves the queue: is signed on, though perhaps
// paused, and was not long without a phone.
func (d *Desk) staffed(q Queue, now time.Time) bool {
	for _, account := range d.members(q) {
		if s := d.seats[account]; s != nil && (s.State != Offline || now.Sub(s.Since) < absentTime) {
			return true
		}
	}
	return false
}
