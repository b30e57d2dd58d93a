package acd

import (
	"maps"
	"slices"
	"time"

	"bellhop/controller/calls"
)

// seat is a signed-on agent with what only the desk needs to know.
type seat struct {
	Seat
	span    Span
	calls   map[string]presence // live calls that the phone is in
	wrap    *Visit              // the visit that WrapUp is about
	wrapEnd time.Time
	blocked time.Time // gets no offers before: its phone could not be rung
	dialing time.Time // nor before: its agent dials, and the call is not seen yet
}

// presence is how a phone takes part in a live call.
type presence struct {
	up   bool // answered
	held bool // somebody in the call hears music
	done bool // the agent's part is over, the leg is on its way out
}

// sit gives a seat its place; from now on its states are written down.
func (d *Desk) sit(s *seat, now time.Time) {
	s.calls = map[string]presence{}
	d.seats[s.Account] = s
	d.putSeat(s)
	d.beginSpan(s, now)
}

// happen applies an event to a seat; false means that it does not fit.
func (d *Desk) happen(s *seat, e Event) bool {
	next, fits := Next(s.Seat, e)
	if !fits {
		return false
	}
	before := s.Seat
	s.Seat = next
	d.dirty = true
	if before.State != next.State || before.Reason != next.Reason || before.Forced != next.Forced {
		d.changedState(s, before, e.At)
	}
	if next.State == SignedOff {
		delete(d.seats, s.Account)
		d.rows.seats[s.Account] = nil
		return true
	}
	d.putSeat(s)
	return true
}

// changedState ends the span of the state before and counts its wrap-up.
func (d *Desk) changedState(s *seat, before Seat, at time.Time) {
	s.span.End = at
	d.rows.spans[s.span.ID] = s.span
	if before.State == WrapUp && s.wrap != nil {
		s.wrap.WrapUp += at.Sub(before.Since)
		d.putVisit(s.wrap)
		s.wrap = nil
	}
	if s.State != SignedOff {
		d.beginSpan(s, at)
	}
}

func (d *Desk) beginSpan(s *seat, at time.Time) {
	s.span = Span{ID: d.NewID(), Account: s.Account, State: s.State, Reason: s.Reason, Begin: at, Forced: s.Forced}
	d.rows.spans[s.span.ID] = s.span
}

func (d *Desk) putSeat(s *seat) {
	row := s.Seat
	d.rows.seats[s.Account] = &row
}

// online reports whether any phone of the seat is registered.
func (d *Desk) online(s *seat) bool {
	a, _ := d.Rings(s.Extension)
	for _, r := range a.Rings {
		if d.Switchboard.Online(r.Endpoint) {
			return true
		}
	}
	return false
}

// lookForPhones tells the seats whose phone came or went.
func (d *Desk) lookForPhones(now time.Time) {
	for _, s := range d.seats {
		switch on := d.online(s); {
		case on && s.Away:
			d.happen(s, Event{Kind: PhoneOnline, At: now})
			d.follow(s, now)
		case !on && !s.Away:
			d.happen(s, Event{Kind: PhoneOffline, At: now})
		}
	}
}

// endWrapUps ends wrap-up whose time is over.
func (d *Desk) endWrapUps(now time.Time) {
	for _, s := range d.seats {
		wraps := s.State == WrapUp || s.State == Offline && s.Then.State == WrapUp
		if wraps && !now.Before(s.wrapEnd) {
			d.happen(s, Event{Kind: WrapUpOver, At: now})
		}
	}
}

// follow brings a seat's state in line with the calls that its phone is in.
func (d *Desk) follow(s *seat, now time.Time) {
	given, own := d.callsOf(s)
	_, still := s.calls[s.Call]
	if t := d.talks[s.Call]; t != nil && t.account == s.Account {
		still = true
	}
	switch {
	case s.State == BusyOther && (!still || given != ""):
		d.happen(s, Event{Kind: CallOver, At: now})
	case (s.State == Talking || s.State == Holding) && d.talks[s.Call] == nil:
		d.happen(s, Event{Kind: CallOver, At: now}) // a call-back, or one that went to somebody else
	}
	if own != "" {
		s.dialing = time.Time{}
	}
	if s.State.Rung() {
		return // what it is rung for decides
	}
	switch {
	case given != "" && !s.State.OnCall():
		d.happen(s, Event{Kind: Pull, At: now, Call: given})
	case own != "" && !s.State.OnCall():
		d.happen(s, Event{Kind: OwnCall, At: now, Call: own})
	}
	held := true
	for id, p := range s.calls {
		if d.talks[id] != nil && !p.held {
			held = false
		}
	}
	if given != "" && held && s.State == Talking {
		d.happen(s, Event{Kind: HoldCall, At: now})
	} else if given != "" && !held && s.State == Holding {
		d.happen(s, Event{Kind: Retrieve, At: now})
	}
}

// callsOf returns a call that the desk gave to the seat and one of the agent's own.
func (d *Desk) callsOf(s *seat) (given, own string) {
	for id, p := range s.calls {
		switch t := d.talks[id]; {
		case t != nil && t.account == s.Account:
			if p.up {
				given = max(given, id)
			}
		case p.done, d.dials[id] != nil, d.rings(id, s.Account): // about to be the desk's
		default:
			own = max(own, id)
		}
	}
	return given, own
}

// rings reports whether a caller's call rings at the account's phone.
func (d *Desk) rings(call, account string) bool {
	c := d.callers[call]
	return c != nil && slices.Contains(c.Ringing, account)
}

// attempt is all phones of the accounts, ringing for one caller.
func (d *Desk) attempt(accounts []string, c Caller, ring time.Duration, auto bool) calls.Attempt {
	all := calls.Attempt{When: calls.WhenAny, Time: ring}
	for _, account := range accounts {
		s := d.seats[account]
		if s == nil {
			continue
		}
		a, _ := d.Rings(s.Extension)
		for _, r := range a.Rings {
			if r.CallerID == (calls.CallerID{}) {
				r.CallerID = calls.CallerID{Number: c.Number, Name: c.Name}
			}
			r.Party.Extension = s.Extension
			if auto {
				r = autoAnswer(r)
			}
			all.Rings = append(all.Rings, r)
		}
	}
	return all
}

// seatAt returns the seat of an extension, or nil.
func (d *Desk) seatAt(extension string) *seat {
	for _, s := range d.seats {
		if s.Extension == extension {
			return s
		}
	}
	return nil
}

// The header by which browser phones of ours answer by themselves, as in calls.Dial.
const (
	headerAuto      = "Call-Info"
	headerAutoValue = "<sip:bellhop>;answer-after=0"
)

// autoAnswer makes the phone of a ring answer by itself: its agent asked for the call.
func autoAnswer(r calls.Ring) calls.Ring {
	r.Headers = maps.Clone(r.Headers)
	if r.Headers == nil {
		r.Headers = map[string]string{}
	}
	r.Headers[headerAuto] = headerAutoValue
	return r
}
