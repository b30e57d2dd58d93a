package calls

import (
	"context"
	"slices"
	"time"

	"bellhop/controller/kit/fault"
)

// flight is how long a command may be under way: a leg younger than that may be
// missing from a snapshot, or not be known to us yet, without anything being wrong.
const flight = 3 * time.Second

// reconcile brings sessions, switch and records into agreement. It runs after
// every connect (restart, reconnect) and every Resync, always the same way.
func (x *Exchange) reconcile(ctx context.Context, k kick) error {
	if k.connected {
		if err := x.prepare(ctx, k.boot); err != nil {
			return err
		}
	}
	asked := x.Clock()
	snap, err := x.Switch.Snapshot(ctx)
	if err != nil {
		return err
	}
	entries, mark, err := x.Switch.Ledger(ctx)
	if err != nil {
		x.Log.Warn("calls: the switch's ledger cannot be read", "err", err)
	}
	ends := map[LegID]LedgerEntry{}
	for _, e := range entries {
		ends[e.Leg] = e
	}
	x.heal(snap, ends, asked)
	x.adopt(ctx, snap)
	x.sweepBridges(ctx, snap)
	if err != nil {
		return nil // told above; the next round settles
	}
	if err := x.settle(ctx, snap, entries); err != nil {
		return err
	}
	if k.connected {
		x.Log.Info("calls: in agreement with the switch", "boot", k.boot, "legs", len(snap.Legs), "live", len(x.live()), "ledger", len(entries))
	}
	x.forgetOld(asked)
	return x.Switch.Forget(ctx, mark)
}

// prepare makes the switch ready before calls are claimed.
func (x *Exchange) prepare(ctx context.Context, boot bool) error {
	if boot {
		x.bridges.forget()
	}
	if x.Boot != nil {
		if err := x.Boot(ctx, boot); err != nil {
			// Calls go on with the phones the switch knows already.
			x.Log.Error("calls: provisioning failed", "err", err)
		}
	}
	x.mu.Lock()
	x.ready = true
	x.mu.Unlock()
	return nil
}

// heal tells each session what it missed: legs that ended, legs that answered.
func (x *Exchange) heal(snap Snapshot, ends map[LegID]LedgerEntry, asked time.Time) {
	seen := map[LegID]LegState{}
	for _, l := range snap.Legs {
		seen[l.Leg] = l
	}
	for _, s := range x.live() {
		for _, l := range s.settledLegs(asked.Add(-flight)) {
			st, there := seen[l.ID]
			switch {
			case !there:
				x.lost(s, missedEnd(l, ends, snap.BootedAt, x.Clock()))
			case st.Up && !l.up:
				s.post(Event{Kind: Answered, Leg: l.ID, At: x.Clock()})
			}
		}
	}
}

// lost tells a session the end of a leg, though the books may have it ended already.
func (x *Exchange) lost(s *Session, e Event) {
	x.mu.Lock()
	delete(x.legs, e.Leg)
	x.gone[e.Leg] = x.Clock()
	x.mu.Unlock()
	s.post(e)
}

// missedEnd is the end of a leg as nearly as it can be known.
func missedEnd(l leg, ends map[LegID]LedgerEntry, booted, now time.Time) Event {
	e := Event{Kind: Ended, Leg: l.ID, At: now, Cause: CauseNormal}
	if w, written := ends[l.ID]; written {
		e.At, e.Cause = w.Ended, w.Cause
	} else if booted.After(l.placed) {
		e.Cause = causeSwitchLost
	}
	return e
}

// settledLegs returns copies of the legs that were placed before a time.
func (s *Session) settledLegs(before time.Time) []leg {
	s.mu.Lock()
	defer s.mu.Unlock()
	var old []leg
	for _, l := range s.legs {
		if l.placed.Before(before) {
			old = append(old, *l)
		}
	}
	return old
}

// adopt takes over the legs of the snapshot that no session owns.
func (x *Exchange) adopt(ctx context.Context, snap Snapshot) {
	strays := map[CallID][]LegState{}
	for _, l := range snap.Legs {
		switch {
		case l.Emergency:
			x.emergency(Event{Kind: Emergency, Leg: l.Leg, At: l.Created, Offer: &l.Offer})
		case l.Ours && !x.knows(l.Leg):
			id := CallID(l.Leg)
			if tag := l.Tags[TagCall]; tag != "" {
				id = CallID(tag)
			}
			strays[id] = append(strays[id], l)
		}
	}
	for id, legs := range strays {
		x.revive(ctx, id, legs, snap)
	}
}

// knows reports whether leg belongs to a session or ended a moment ago.
func (x *Exchange) knows(id LegID) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	_, ended := x.gone[id]
	return ended || x.legs[id] != nil
}

// revive makes a session of a call's legs and lets it go on where it was.
func (x *Exchange) revive(ctx context.Context, id CallID, legs []LegState, snap Snapshot) {
	if x.isLive(id) { // its leg got lost between command and answer
		x.drop(ctx, legs)
		return
	}
	slices.SortFunc(legs, func(a, b LegState) int { return a.Created.Compare(b.Created) })
	bridge, talking := commonBridge(legs, snap.Bridges)
	first := legs[0]
	if !talking {
		i := slices.IndexFunc(legs, func(l LegState) bool { return CallID(l.Leg) == id })
		if i < 0 { // phones still ring for a caller who is gone
			x.drop(ctx, legs)
			return
		}
		first = legs[i]
	}
	s, err := x.rebuild(ctx, id, first)
	if err != nil {
		x.Log.Error("calls: call not adopted", "call", id, "err", err)
		return
	}
	x.mu.Lock()
	x.stats.Adopted++
	x.adoptLocked(s, first.Leg)
	x.mu.Unlock()
	s.note("adopted after a restart of the controller")
	if !talking {
		x.drop(ctx, slices.DeleteFunc(legs, func(l LegState) bool { return l.Leg == first.Leg }))
		x.start(s, s.answer)
		return
	}
	s.bridge = bridge
	for _, l := range legs[1:] {
		s.takeOver(l)
		x.own(s, l.Leg)
	}
	x.start(s, s.talk)
}

// drop hangs up legs that nobody waits for any more.
func (x *Exchange) drop(ctx context.Context, legs []LegState) {
	for _, l := range legs {
		x.Log.Info("calls: ending a leg without a call", "leg", l.Leg)
		_ = x.Switch.Hangup(ctx, l.Leg, CauseTemporary)
	}
}

// commonBridge returns the bridge that holds at least two of the legs.
func commonBridge(legs []LegState, bridges []BridgeState) (BridgeID, bool) {
	for _, b := range bridges {
		n := 0
		for _, l := range legs {
			if l.Up && slices.Contains(b.Legs, l.Leg) {
				n++
			}
		}
		if n >= 2 {
			return b.Bridge, true
		}
	}
	return "", false
}

// rebuild makes a session from the record and a leg of the switch.
func (x *Exchange) rebuild(ctx context.Context, id CallID, first LegState) (*Session, error) {
	rec, err := x.Store.Record(ctx, id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	from, dir := x.Guide.Caller(first.Offer)
	if err == nil {
		from, dir = rec.From, rec.Direction
	}
	s := newSession(x, Event{Leg: first.Leg, At: first.Created, Offer: &first.Offer}, from, dir)
	s.ID, s.log = id, x.Log.With("call", string(id))
	if err == nil && rec.Ended.IsZero() {
		rec.Legs = nil
		s.rec = rec
	}
	s.rec.ID = id
	s.takeOver(first)
	return s, nil
}

// takeOver enters a leg as the switch shows it.
func (s *Session) takeOver(st LegState) {
	l := s.leg(st.Leg)
	if l == nil {
		l = &leg{Leg: Leg{ID: st.Leg, Endpoint: st.Offer.Endpoint, Role: "called", Started: st.Created}}
		l.party, _ = s.x.Guide.Caller(st.Offer)
		l.Number = l.party.Number
		s.enter(l)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l.started, l.up = true, st.Up
	if st.Up {
		l.Answered = s.rec.Answered
	}
}

// sweepBridges destroys bridges of ours that hold nobody and belong to nobody.
func (x *Exchange) sweepBridges(ctx context.Context, snap Snapshot) {
	used := map[BridgeID]bool{}
	for _, s := range x.live() {
		used[s.bridgeID()] = true
	}
	for _, b := range snap.Bridges {
		if len(b.Legs) == 0 && !used[b.Bridge] && !x.bridges.keeps(b.Bridge) {
			x.bridges.destroy(ctx, b.Bridge)
		}
	}
}
