package acd

import (
	"time"

	"bellhop/controller/calls"
)

// change is news of a live call.
type change struct {
	live calls.Live
	over bool
}

// talk is a call that the desk gave to a seat.
type talk struct {
	account string
	visit   *Visit // nil for call-backs
	begun   time.Time
	seen    bool   // the agent's phone was seen in the call
	parking bool   // the agent is about to park it: no wrap-up
	adopted bool   // it began before a restart: its end is not told by Serve
	park    Parked // of an adopted talk that is being parked
}

// Changed tells the desk of a live call; wire it to calls.Settings.Changed. It
// does not wait.
func (d *Desk) Changed(l calls.Live, over bool) {
	d.inboxMu.Lock()
	d.inbox = append(d.inbox, change{l, over})
	d.inboxMu.Unlock()
	d.nudge()
}

// takeChanges brings the desk up to date; d.mu is held.
func (d *Desk) takeChanges(now time.Time) {
	d.inboxMu.Lock()
	news := d.inbox
	d.inbox = nil
	d.inboxMu.Unlock()
	for _, n := range news {
		d.takeChange(n, now)
	}
}

func (d *Desk) takeChange(n change, now time.Time) {
	id := string(n.live.ID)
	d.adoptTalk(id, n)
	if b := d.dials[id]; b != nil {
		d.dialChanged(b, n, now)
	}
	for _, s := range d.seats {
		p, in := presenceOf(n.live, s.Extension)
		before, was := s.calls[id]
		p.done = before.done
		if !was && (!in || n.over) {
			continue
		}
		if in && !n.over {
			s.calls[id] = p
		} else {
			delete(s.calls, id)
		}
		if c := d.callers[id]; c != nil && c.stage == talking && c.agent == s.Account && p.up && !p.done && d.talks[id] == nil {
			d.talks[id] = &talk{account: s.Account, visit: c.visit, begun: now} // back from a transfer that failed
		}
		if t := d.talks[id]; t != nil && t.account == s.Account {
			t.seen = t.seen || p.up
			if t.seen && (!in || n.over) {
				d.partOver(id, now)
			}
		}
		d.follow(s, now)
	}
	if n.over {
		d.partOver(id, now)
		delete(d.adopted, id)
		d.callOver(id, n.live.Record, now)
	}
}

// presenceOf says how an extension takes part in a call.
func presenceOf(l calls.Live, extension string) (p presence, in bool) {
	for _, party := range l.Parties {
		if party.Party.Extension == extension {
			in = true
			p.up = p.up || party.Up
		} else if party.Monitor == "" {
			p.held = p.held || party.Held
		}
	}
	return p, in
}

// adoptTalk recognises a talk that the desk gave before a restart.
func (d *Desk) adoptTalk(call string, n change) {
	if n.over || d.talks[call] != nil || len(d.orphans) == 0 {
		return
	}
	for id, o := range d.orphans {
		v := o.Visit
		if v.Call != call {
			continue
		}
		if account := d.agentIn(n.live); v.Left.IsZero() && d.callers[call] == nil && account != "" {
			v.Left, v.How, v.Account = later(v.Entered, n.live.Answered), Answered, account
			o.account, o.begun = account, v.Left // not written in time
			d.putVisit(v)
		}
		if v.How == Answered {
			d.talks[call] = &talk{account: o.account, visit: v, begun: o.begun, adopted: true}
			delete(d.orphans, id)
			return
		}
	}
}

// agentIn returns the account whose phone talks in a call.
func (d *Desk) agentIn(l calls.Live) string {
	for _, p := range l.Parties {
		if s := d.seatAt(p.Party.Extension); s != nil && p.Up && p.Monitor == "" && p.Role != "caller" {
			return s.Account
		}
	}
	return ""
}

// partOver ends the agent's part of a talk: the seat is free, or wraps up.
func (d *Desk) partOver(call string, now time.Time) {
	t := d.talks[call]
	if t == nil {
		return
	}
	delete(d.talks, call)
	if t.adopted {
		t.visit.Talk += now.Sub(t.begun)
		d.putVisit(t.visit)
		d.adopted[call] = t
	}
	s := d.seats[t.account]
	if s == nil {
		return
	}
	if p, in := s.calls[call]; in {
		p.done = true
		s.calls[call] = p
	}
	if s.Call != call || !s.State.OnCall() {
		return
	}
	wrap := time.Duration(0)
	if t.visit != nil && !t.parking {
		wrap = d.queues[t.visit.Queue].WrapUp
	}
	s.wrap, s.wrapEnd = t.visit, now.Add(wrap)
	d.happen(s, Event{Kind: CallOver, At: now, Wrap: wrap > 0})
	d.follow(s, now)
}
