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
	x.adopt(ctx, snap, ends)
	x.sweepBridges(ctx, snap)
	if err != nil {
		return nil // told above; the next round settles
	}
	if err := x.settle(ctx, snap, entries, ends); err != nil {
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
	settled := asked.Add(-flight)
	if snap.BootedAt.After(settled) {
		settled = snap.BootedAt // nothing is in flight to a switch that died
	}
	for _, s := range x.live() {
		var missing []leg
		for _, l := range s.settledLegs(settled) {
			st, there := seen[l.ID]
			switch {
			case !there:
				missing = append(missing, l)
			case st.Up && !l.up:
				s.post(Event{Kind: Answered, Leg: l.ID, At: x.Clock()})
			}
		}
		over := s.missedTalk(missing, ends)
		for _, l := range missing {
			x.lost(s, missedEnd(l, ends, over, snap.BootedAt, x.Clock()))
		}
	}
}

// missedTalk returns when a talk ended whose parties went unseen, zero when it
// goes on or nobody knows.
func (s *Session) missedTalk(missing []leg, ends map[LegID]LedgerEntry) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	var parties []LegID
	left := 0
	for id, l := range s.legs {
		if !l.talks() {
			continue
		}
		parties = append(parties, id)
		if !slices.ContainsFunc(missing, func(m leg) bool { return m.ID == id }) {
			left++
		}
	}
	if !s.talking || left > 1 {
		return time.Time{}
	}
	s.over = talkEnd(parties, ends)
	return s.over
}

// lost tells a session the end of a leg, though the books may have it ended already.
func (x *Exchange) lost(s *Session, e Event) {
	x.mu.Lock()
	delete(x.legs, e.Leg)
	x.gone[e.Leg] = x.Clock()
	x.mu.Unlock()
	s.post(e)
}

// missedEnd is the end of a leg as nearly as it can be known: over is when its
// talk ended, if that is known.
func missedEnd(l leg, ends map[LegID]LedgerEntry, over, booted, now time.Time) Event {
	e := Event{Kind: Ended, Leg: l.ID, At: now, Cause: CauseNormal}
	if w, written := ends[l.ID]; written {
		e.At, e.Cause = w.Ended, w.Cause
	} else if booted.After(l.placed) {
		e.At, e.Cause = booted, causeSwitchLost
	} else if !over.IsZero() {
		e.At = over
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
func (x *Exchange) adopt(ctx context.Context, snap Snapshot, ends map[LegID]LedgerEntry) {
	strays := map[CallID][]LegState{}
	for _, l := range snap.Legs {
		switch {
		case l.Emergency:
			x.emergency(Event{Kind: Emergency, Leg: l.Leg, At: l.Created, Offer: &l.Offer})
		case !l.Ours || x.knows(l.Leg):
		case l.Snoop, l.Tags[TagRole] == roleSupervisor: // nobody listens any more
			x.drop(ctx, []LegState{l})
		default:
			id := CallID(l.Leg)
			if tag := l.Tags[TagCall]; tag != "" {
				id = CallID(tag)
			}
			strays[id] = append(strays[id], l)
		}
	}
	for id, legs := range strays {
		x.revive(ctx, id, legs, snap, ends)
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
func (x *Exchange) revive(ctx context.Context, id CallID, legs []LegState, snap Snapshot, ends map[LegID]LedgerEntry) {
	if x.isLive(id) { // its leg got lost between command and answer
		x.drop(ctx, legs)
		return
	}
	bridge, talking := commonBridge(legs, snap.Bridges)
	first, there := firstLeg(id, legs)
	if !talking && !there { // phones still ring for a caller who is gone
		x.drop(ctx, legs)
		return
	}
	s, err := x.rebuild(ctx, id, first)
	if err != nil {
		x.Log.Error("calls: call not adopted", "call", id, "err", err)
		return
	}
	unwritten := x.addLines(&s.rec, ends)
	over := talkEnd(openParties(s.rec), ends)
	had := s.closeMissing(legs, ends) || unwritten
	x.mu.Lock()
	x.stats.Adopted++
	x.adoptLocked(s, first.Leg)
	x.mu.Unlock()
	s.note("adopted after a restart of the controller")
	others := slices.DeleteFunc(legs, func(l LegState) bool { return l.Leg == first.Leg })
	s.remember(first)
	switch {
	case talking:
		x.reviveTalk(ctx, s, first, others, bridge)
		x.start(s, s.goOnTalking)
		return
	case had && s.resumed == "": // the other party hung up while nobody looked: the talk is over
		x.drop(ctx, others)
		s.note("the other party had hung up")
		s.over = over
		x.start(s, func(context.Context) error { return nil })
		return
	}
	x.drop(ctx, others)
	x.start(s, s.answer)
}

// remember takes from the caller's leg what the call was in.
func (s *Session) remember(first LegState) {
	s.data = first.Tags[TagData]
	switch p := Phase(first.Tags[TagPhase]); p {
	case PhaseQueued, PhaseParked:
		s.resumed = p
	default:
		s.resumed = Phase(first.Tags[TagServe])
	}
	if s.resumed == "" {
		s.data = ""
	}
}

// reviveTalk enters the parties of a talk, held ones among them.
func (x *Exchange) reviveTalk(ctx context.Context, s *Session, first LegState, others []LegState, in BridgeState) {
	s.bridge = in.Bridge
	s.crowd = len(others) > 1
	for _, l := range others {
		if !l.Up && !slices.Contains(in.Legs, l.Leg) {
			x.drop(ctx, []LegState{l}) // was being called into the talk
			continue
		}
		s.takeOver(l)
		x.own(s, l.Leg)
		if s.serving == nil && first.Tags[TagServe] != "" && l.Up {
			agent := s.leg(l.Leg)
			s.serving = &serving{from: s.resumed, agent: l.Leg, who: agent.party, keep: agent.keep, since: agent.Answered}
		}
	}
	for _, l := range append(others, first) {
		held := isHeld(l) && !slices.Contains(in.Legs, l.Leg)
		s.change(l.Leg, func(l *leg) { l.held = held })
	}
}

func isHeld(l LegState) bool { return l.Up && l.Tags[TagPhase] == string(PhaseHeld) }

// goOnTalking runs an adopted talk to its end; a served caller who is left alone is
// given to the guide again.
func (s *Session) goOnTalking(ctx context.Context) error {
	if s.serving == nil {
		return s.talk(ctx)
	}
	v, err := s.endServing(s.talk(ctx))
	if err != nil || v.Part == PartOver || v.Part == PartMoved {
		return err
	}
	return s.answer(ctx)
}

// firstLeg returns the leg that the call belongs to: the one that began it, or
// after a transfer the oldest. There says that it is the one that began it.
func firstLeg(id CallID, legs []LegState) (first LegState, there bool) {
	for _, l := range legs {
		if CallID(l.Leg) == id {
			return l, true
		}
	}
	return slices.MinFunc(legs, func(a, b LegState) int { return a.Created.Compare(b.Created) }), false
}

// closeMissing closes the legs of the record that the switch no longer has. Had
// says that one of them was a party of a talk.
func (s *Session) closeMissing(legs []LegState, ends map[LegID]LedgerEntry) (had bool) {
	var closed []Leg
	for _, l := range s.rec.Legs {
		if slices.ContainsFunc(legs, func(st LegState) bool { return st.Leg == l.ID }) {
			continue // takeOver enters it
		}
		if l.Ended.IsZero() {
			had = had || !l.Answered.IsZero()
			if e, known := ends[l.ID]; known {
				l.Ended, l.Cause = e.Ended, e.Cause
			} else {
				l.Ended, l.Cause = s.x.Clock(), CauseNormal
			}
		}
		closed = append(closed, l)
	}
	s.rec.Legs = closed
	return had
}

// drop hangs up legs that nobody waits for any more.
func (x *Exchange) drop(ctx context.Context, legs []LegState) {
	for _, l := range legs {
		x.Log.Info("calls: ending a leg without a call", "leg", l.Leg)
		_ = x.Switch.Hangup(ctx, l.Leg, CauseTemporary)
	}
}

// commonBridge returns the bridge in which the legs talk: it holds at least two of
// them, or one while others are held.
func commonBridge(legs []LegState, bridges []BridgeState) (BridgeState, bool) {
	for _, b := range bridges {
		in, held := 0, 0
		for _, l := range legs {
			switch {
			case l.Up && slices.Contains(b.Legs, l.Leg):
				in++
			case isHeld(l):
				held++
			}
		}
		if in > 0 && in+held >= 2 {
			return b, true
		}
	}
	return BridgeState{}, false
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
		s.rec = rec
	}
	s.rec.ID = id
	s.takeOver(first)
	return s, nil
}

// takeOver enters a leg as the switch shows it, with what the record knows of it.
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
	if i := slices.IndexFunc(s.rec.Legs, func(old Leg) bool { return old.ID == st.Leg }); i >= 0 {
		l.Leg = s.rec.Legs[i]
		s.rec.Legs = slices.Delete(s.rec.Legs, i, i+1)
	}
	l.started, l.up = true, st.Up
	l.keep, l.music = st.Tags[TagKeep] != "", st.Tags[TagMusic] != ""
	l.early = l.music && !st.Up
	if p := Phase(st.Tags[TagPhase]); p == PhaseQueued || p == PhaseParked {
		l.waits = p
	}
	if st.Up && l.Answered.IsZero() {
		l.Answered = s.rec.Answered
	}
}

// sweepBridges destroys bridges of ours that hold nobody and belong to nobody.
func (x *Exchange) sweepBridges(ctx context.Context, snap Snapshot) {
	used := map[BridgeID]bool{}
	for _, s := range x.live() {
		s.mu.Lock()
		used[s.bridge], used[s.aside] = true, true
		s.mu.Unlock()
	}
	for _, b := range snap.Bridges {
		if len(b.Legs) == 0 && !used[b.Bridge] && !x.bridges.keeps(b.Bridge) {
			x.bridges.destroy(ctx, b.Bridge)
		}
	}
}
