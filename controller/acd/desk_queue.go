package acd

import (
	"context"
	"maps"
	"slices"
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// DefaultQueue is the operators' queue of a hotel: everybody who signs on serves
// it, 90 % of the callers are answered within three rings.
func DefaultQueue(number phone.Number) Queue {
	return Queue{
		Name: "operator", Title: "总机 Operator", Number: number, Strategy: LongestIdle,
		RingTime: 20 * time.Second, MissLimit: 3, VIPBonus: 2 * time.Minute, Resume: time.Minute,
		Announce: Announce{Reminder: 30 * time.Second},
		Target:   Target{Within: 12 * time.Second, Share: 0.9, Short: 5 * time.Second, Formula: FormulaDefault},
	}
}

// Queues returns all queues by name.
func (d *Desk) Queues() []Queue {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.allQueues()
}

// QueueOf returns the queue behind a number.
func (d *Desk) QueueOf(number phone.Number) (Queue, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, q := range d.queues {
		if !number.IsZero() && q.Number == number {
			return q, true
		}
	}
	return Queue{}, false
}

// PutQueue makes a queue or changes the one of its name; a queue without members
// is served by everybody who is signed on. Callers who wait go by the new rules.
// Errors: fault.Invalid with the field, fault.Conflict (the number is taken).
func (d *Desk) PutQueue(ctx context.Context, q Queue, by string) error {
	d.mu.Lock()
	err := checkQueue(q, d.queues)
	d.mu.Unlock()
	if err != nil {
		return err
	}
	if err := d.Store.PutQueue(ctx, q); err != nil {
		return err
	}
	now := d.lock()
	defer d.unlock()
	d.queues[q.Name] = q
	delete(d.figures, q.Name)
	d.match(now)
	d.Log.InfoContext(ctx, "acd: queue changed", "queue", q.Name, "by", by)
	return nil
}

// DropQueue deletes a queue; its visits stay. Errors: fault.NotFound,
// fault.Conflict (somebody waits in it, or another queue overflows to it).
func (d *Desk) DropQueue(ctx context.Context, name, by string) error {
	if err := d.droppable(name); err != nil {
		return err
	}
	if err := d.Store.DropQueue(ctx, name); err != nil {
		return err
	}
	d.lock()
	defer d.unlock()
	delete(d.queues, name)
	d.Log.InfoContext(ctx, "acd: queue deleted", "queue", name, "by", by)
	return nil
}

func (d *Desk) droppable(name string) error {
	d.lock()
	defer d.unlock()
	if _, known := d.queues[name]; !known {
		return fault.New(fault.NotFound, "there is no queue %q", name)
	}
	for _, q := range d.queues {
		if q.Name != name && slices.ContainsFunc(q.Overflow, func(o Overflow) bool { return o.Do == ToQueue && o.To == name }) {
			return fault.New(fault.Conflict, "queue %s overflows to %s", q.Name, name)
		}
	}
	for _, c := range d.callers {
		if c.Queue == name {
			return fault.New(fault.Conflict, "queue %s still has callers", name)
		}
	}
	for _, p := range d.callbacks {
		if p.Queue == name {
			return fault.New(fault.Conflict, "queue %s still has callers to call back", name)
		}
	}
	return nil
}

// Profiles returns what accounts can do, by account.
func (d *Desk) Profiles() []Profile {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := make([]Profile, 0, len(d.profiles))
	for _, account := range slices.Sorted(maps.Keys(d.profiles)) {
		all = append(all, d.profiles[account])
	}
	return all
}

// PutProfile sets what an account can do, at once if it is signed on. Errors:
// fault.Invalid with the field.
func (d *Desk) PutProfile(ctx context.Context, p Profile, by string) error {
	if err := checkProfile(p); err != nil {
		return err
	}
	if err := d.Store.PutProfile(ctx, p); err != nil {
		return err
	}
	now := d.lock()
	defer d.unlock()
	d.profiles[p.Account] = p
	if s := d.seats[p.Account]; s != nil {
		s.Skills, s.VIP, s.Weight = p.Skills, p.VIP, p.Weight
		d.putSeat(s)
	}
	d.match(now)
	d.Log.InfoContext(ctx, "acd: profile changed", "account", p.Account, "by", by)
	return nil
}
