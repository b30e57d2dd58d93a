package acd

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// Callback is a caller's wish to be called back, who keeps the place by Entered.
type Callback struct {
	Visit    string // the visit that the caller left for it
	Queue    string
	Number   string
	Name     string
	Room     string
	Stay     string
	Language string
	VIP      int
	Entered  time.Time
	Tries    int       // calls that did not reach the number
	Next     time.Time // not before
}

// How promises are kept.
const (
	callbackTries = 3
	callbackPause = 5 * time.Minute // between tries
)

// callbackPrefix makes the call id of the virtual caller that keeps the place.
const callbackPrefix = "callback:"

// promise is a Callback with what goes on for it now.
type promise struct {
	Callback
	missed map[string]time.Time // accounts that left it ringing
	busy   bool                 // a seat was chosen
	rings  []string             // that seat's account
	dial   string               // call under way
}

// caller is the virtual caller in the queue.
func (p *promise) caller() Caller {
	return Caller{
		Call: callbackPrefix + p.Visit, Queue: p.Queue, Entered: p.Entered, Number: p.Number, Name: p.Name, Room: p.Room,
		Stay: p.Stay, Language: p.Language, VIP: p.VIP, Missed: maps.Clone(p.missed), Ringing: p.rings,
	}
}

func (p *promise) due(now time.Time) bool { return !p.busy && !now.Before(p.Next) }

func (d *Desk) promiseOf(call string) *promise {
	visit, virtual := strings.CutPrefix(call, callbackPrefix)
	if !virtual {
		return nil
	}
	return d.callbacks[visit]
}

// RequestCallback notes that a waiting caller wants to be called back: the caller
// may hang up and keeps the place. Errors: fault.NotFound (does not wait),
// fault.Conflict (shows no number that can be called).
func (d *Desk) RequestCallback(ctx context.Context, call, by string) (string, error) {
	d.lock()
	defer d.unlock()
	c := d.callers[call]
	if c == nil || !c.visit.Left.IsZero() {
		return "", fault.New(fault.NotFound, "no call %q waits", call)
	}
	if _, err := phone.Parse(c.Number); err != nil {
		return "", fault.New(fault.Conflict, "the caller shows no number that can be called back")
	}
	c.wish = true
	d.Log.InfoContext(ctx, "acd: a caller wants to be called back", "call", call, "by", by)
	return fmt.Sprintf("%s is called back when the place in %s of %s is next", c.Number, c.Queue, c.Entered.In(d.Zone).Format(time.TimeOnly)), nil
}

// promise makes the virtual caller of one who hung up to be called back.
func (d *Desk) promise(c *caller, now time.Time) {
	p := &promise{missed: map[string]time.Time{}, Callback: Callback{
		Visit: c.visit.ID, Queue: c.Queue, Number: c.Number, Name: c.Name, Room: c.Room, Stay: c.Stay,
		Language: c.Language, VIP: c.VIP, Entered: c.Entered, Next: now,
	}}
	d.callbacks[p.Visit] = p
	d.putPromise(p)
}

func (d *Desk) putPromise(p *promise) {
	row := p.Callback
	d.rows.promises[p.Visit] = &row
	d.dirty = true
}

func (d *Desk) dropPromise(visit string) {
	delete(d.callbacks, visit)
	d.rows.promises[visit] = nil
	d.dirty = true
}

// Outcomes of abandoned visits.
const (
	OutcomeCalledBack = "called_back"
	OutcomeNoAnswer   = "no_answer"
	OutcomeNotNeeded  = "not_needed"
)

// SetOutcome notes what was done about a caller who was not answered. Errors:
// fault.Invalid, fault.NotFound, fault.Conflict (the visit was answered).
func (d *Desk) SetOutcome(ctx context.Context, visit, outcome, note, account string) error {
	switch outcome {
	case "", OutcomeCalledBack, OutcomeNoAnswer, OutcomeNotNeeded:
	default:
		return fault.Field("outcome", "may be %q, %q, %q or empty", OutcomeCalledBack, OutcomeNoAnswer, OutcomeNotNeeded)
	}
	if err := checkShort("note", note); err != nil {
		return err
	}
	v, err := d.unansweredVisit(ctx, visit)
	if err != nil {
		return err
	}
	d.lock()
	defer d.unlock()
	v.Outcome, v.Note, v.By = outcome, note, account
	d.putVisit(v)
	if outcome != "" && d.callbacks[visit] != nil && d.callbacks[visit].dial == "" {
		d.dropPromise(visit)
	}
	return nil
}

// unansweredVisit finds a visit that ended unanswered.
func (d *Desk) unansweredVisit(ctx context.Context, id string) (*Visit, error) {
	d.mu.Lock()
	v := d.visits[id]
	d.mu.Unlock()
	if v == nil {
		old, err := d.Store.Visit(ctx, id)
		if err != nil {
			return nil, err
		}
		v = &old
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if v.Left.IsZero() || v.How == Answered {
		return nil, fault.New(fault.Conflict, "visit %s was not left unanswered", id)
	}
	return v, nil
}
