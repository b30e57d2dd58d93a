package acd

import (
	"context"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// ErrNobody says that nobody is signed on for a queue: ring the classic group.
var ErrNobody = fault.New(fault.Unavailable, "nobody is signed on")

// Answer is the Feature behind a queue's number: the caller waits for an operator
// and talks, and nobody hangs up on a caller while one is there. ErrNobody leaves
// the caller to whoever called Answer; calls.Reject refuses one that finds the
// queue full.
func (d *Desk) Answer(ctx context.Context, s *calls.Session, queue string) error {
	c, err := d.enter(s, queue)
	if err != nil {
		return err
	}
	j := &journey{d: d, s: s, c: c}
	err = j.walk(ctx, j.begin())
	d.leave(c)
	return err
}

// journey is a call's way through the desk. It runs on the call's own goroutine.
type journey struct {
	d        *Desk
	s        *calls.Session
	c        *caller
	answered bool // or early media is open: the caller hears music
}

// step is a phase of the journey; it returns the next one, nil at the end.
type step func(ctx context.Context) (step, error)

func (j *journey) walk(ctx context.Context, next step) (err error) {
	for next != nil && err == nil {
		next, err = next(ctx)
	}
	return err
}

// begin is the phase that the caller enters in.
func (j *journey) begin() step {
	switch j.c.stage {
	case parked:
		return j.parked
	case held:
		return j.lost
	case diverted:
		return j.turnedAway
	}
	return j.queued
}

// woken is a wake-up call that came already.
func woken() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}

// queued waits for a seat.
func (j *journey) queued(ctx context.Context) (step, error) {
	n := j.d.next(j.c)
	switch {
	case n.ring != nil:
		n.ring.back = j.queued
		return j.serve(*n.ring), nil
	case n.alone:
		j.d.close(j.c, Flowed)
		return nil, ErrNobody
	case n.due != nil:
		return j.overflow(*n.due), nil
	}
	if err := j.settleIn(ctx); err != nil {
		return nil, err
	}
	if n.say != nil {
		return j.queued, j.say(ctx, *n.say)
	}
	return j.queued, j.s.Await(ctx, calls.PhaseQueued, j.d.keep(j.c), true, n.wake)
}

// settleIn lets a caller who must wait hear music: answered, or as early media.
func (j *journey) settleIn(ctx context.Context) error {
	if j.answered {
		return nil
	}
	j.answered = true
	if j.d.earlyMedia(j.c) {
		return j.s.Progress(ctx)
	}
	return j.s.Answer(ctx)
}

// say tells the caller something; words that are missing are left out.
func (j *journey) say(ctx context.Context, what Saying) error {
	if j.d.Say == nil {
		return nil
	}
	m := j.d.Say(what)
	if m.Tone == "" && len(m.Prompts) == 0 {
		return nil
	}
	err := j.s.Play(ctx, m)
	if fault.Is(err, fault.NotFound) {
		j.d.Log.WarnContext(ctx, "acd: a prompt is missing", "saying", what.What, "language", what.Language, "err", err)
		return nil
	}
	return err
}

// news is what a waiting call is to do next; with none of it, sleep until wake.
type news struct {
	ring  *ringing
	due   *Overflow
	say   *Saying
	alone bool
	wake  <-chan struct{}
}

// next says what a queued call does now.
func (d *Desk) next(c *caller) news {
	now := d.lock()
	defer d.unlock()
	q := d.queues[c.Queue]
	if c.stage != offered {
		c.stage = waiting
	}
	switch {
	case c.pull != "":
		account := c.pull
		c.pull, c.stage = "", offered
		return news{ring: &ringing{accounts: []string{account}, time: q.RingTime, auto: true}}
	case c.offer != nil:
		return news{ring: &ringing{accounts: c.offer.Accounts, time: q.RingTime, missed: true}}
	case c.alone:
		return news{alone: true}
	case c.due != nil:
		due := c.due
		c.due, c.stage = nil, diverted
		return news{due: due}
	}
	return news{wake: c.sleep(), say: d.saying(c, q, now)}
}

// saying decides whether a waiting caller is to be told something.
func (d *Desk) saying(c *caller, q Queue, now time.Time) *Saying {
	if d.Say == nil {
		return nil
	}
	w := Waiting{Entered: c.visit.Entered, Language: c.Language, Position: d.position(c, now)}
	w.Expected, w.Known = Expect(w.Position, d.handling[q.Name].Mean(), d.active(q.Name))
	say, told, next := q.Announce.Decide(c.told, w, now)
	c.told, c.speak = told, next
	switch {
	case say.Silent():
		return nil
	case say.Position > 0 || say.Wait > 0:
		return &Saying{What: SayPlace, Language: say.Language, Position: say.Position, Wait: time.Duration(say.Wait) * time.Minute, Hold: say.Reminder}
	}
	return &Saying{What: SayHold, Language: say.Language}
}

// position is the caller's place in the line of its queue.
func (d *Desk) position(c *caller, now time.Time) int {
	var line []Caller
	for _, one := range d.callers {
		if one.waits() && one.Queue == c.Queue {
			line = append(line, one.Caller)
		}
	}
	for _, p := range d.callbacks {
		line = append(line, p.caller())
	}
	return Positions(Order(d.allQueues(), line, now))[c.Call]
}

// active is how many agents work for a queue.
func (d *Desk) active(queue string) float64 {
	queues := d.allQueues()
	for i := range queues {
		queues[i].Members = d.members(queues[i])
	}
	seats := make([]Seat, 0, len(d.seats))
	for _, s := range d.seats {
		seats = append(seats, s.Seat)
	}
	return Active(queue, queues, seats)
}

func (d *Desk) earlyMedia(c *caller) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.queues[c.Queue].EarlyMedia
}
