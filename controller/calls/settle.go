package calls

import (
	"context"
	"slices"
	"time"

	"bellhop/controller/kit/fault"
)

// forgetAfter is how long ended legs and closed calls are remembered, so that
// late reports of them are known. The ledger forgets after two minutes.
const forgetAfter = 5 * time.Minute

// rememberAlert is longer than any emergency call: each is told of once.
const rememberAlert = 24 * time.Hour

// settle closes what the switch ended without us: every entry of its ledger
// becomes, or completes, one record. Doing it twice changes nothing.
func (x *Exchange) settle(ctx context.Context, snap Snapshot, entries []LedgerEntry, ends map[LegID]LedgerEntry) error {
	for _, e := range entries {
		if e.Path == PathLeg || x.closedLately(CallID(e.Leg)) {
			continue
		}
		if err := x.settleOne(ctx, e, ends); err != nil {
			return err
		}
	}
	if err := x.closeLost(ctx, snap, ends); err != nil {
		return err
	}
	return x.journal.Flush(ctx) // before the switch forgets
}

// settleOne completes the record of one call that the switch saw to its end.
func (x *Exchange) settleOne(ctx context.Context, e LedgerEntry, ends map[LegID]LedgerEntry) error {
	if x.isLive(CallID(e.Leg)) {
		return nil // its session closes it
	}
	r, err := x.recorded(ctx, CallID(e.Leg))
	unseen := fault.Is(err, fault.NotFound)
	switch {
	case unseen:
		r = x.recordOf(e, ends)
	case err != nil:
		return err
	case !r.Ended.IsZero(), leftBefore(r, e.Leg):
		return nil
	}
	complete(&r, e, ends)
	x.journal.Write(r)
	x.markClosed(r.ID, r.Outcome)
	if unseen && r.Emergency && x.firstTold(e.Leg) { // late is better than never
		x.Guide.Emergency(r)
	}
	return nil
}

// leftBefore reports whether the record knows that its first leg ended while the
// call went on, after a transfer: closeLost finds when the rest ended.
func leftBefore(r Record, first LegID) bool {
	return slices.ContainsFunc(r.Legs, func(l Leg) bool { return l.ID == first && !l.Ended.IsZero() })
}

// recordOf begins the record of a call that we never saw, or that we had not
// written when we died.
func (x *Exchange) recordOf(e LedgerEntry, ends map[LegID]LedgerEntry) Record {
	from, dir := x.Guide.Caller(Offer{Endpoint: e.Endpoint, CallerID: CallerID{Number: e.From}, Dialled: e.Dialled})
	r := Record{
		ID: CallID(e.Leg), Path: e.Path, Direction: dir, From: from, Dialled: e.Dialled,
		Started: e.Started, Emergency: e.Path == PathEmergency,
		Reasons: []string{"handled by the switch without the controller"},
		Legs:    []Leg{{ID: e.Leg, Endpoint: e.Endpoint, Number: e.From, Role: "caller", Started: e.Started, Answered: e.Answered}},
	}
	if r.Emergency {
		r.Direction = Outbound
	}
	if e.Path == PathController {
		r.Reasons = []string{"the controller died before it had written the call"}
		x.addLines(&r, ends)
	}
	return r
}

// addLines adds to a record the lines that the ledger knows of its call, and
// reports whether one of them had answered.
func (x *Exchange) addLines(r *Record, ends map[LegID]LedgerEntry) (answered bool) {
	for _, e := range ends {
		known := slices.ContainsFunc(r.Legs, func(l Leg) bool { return l.ID == e.Leg })
		if e.Path != PathLeg || CallID(e.Linked) != r.ID || known {
			continue
		}
		answered = answered || !e.Answered.IsZero()
		if r.Answered.IsZero() {
			r.Answered = e.Answered
		}
		r.Legs = append(r.Legs, Leg{ID: e.Leg, Endpoint: e.Endpoint, Number: e.Dialled, Role: "called",
			Started: e.Started, Answered: e.Answered})
		if _, dir := x.Guide.Caller(Offer{Endpoint: e.Endpoint}); dir == Inbound {
			r.Direction, r.To = Outbound, Party{Number: e.Dialled}
		}
	}
	return answered
}

// complete writes the end of a call from the ledger into its record.
func complete(r *Record, e LedgerEntry, ends map[LegID]LedgerEntry) {
	r.Ended, r.Cause = e.Ended, e.Cause
	if r.Answered.IsZero() {
		r.Answered = e.Answered
	}
	r.Reasons = append(r.Reasons, "closed from the switch's ledger: "+e.Result)
	completeLegs(r, ends)
	switch {
	case !r.Answered.IsZero():
		r.Outcome = OutcomeAnswered
		if r.Cause == CauseNone { // what Asterisk makes of a phone's BYE while it hears music
			r.Cause = CauseNormal
		}
	case e.Result == "CANCEL", r.Cause == CauseInterworking, r.Cause == CauseNone:
		// What Asterisk makes of a phone's CANCEL.
		r.Outcome, r.Cause, r.HungUpBy = OutcomeAbandoned, CauseNormal, "caller"
	default:
		r.Outcome = outcome(*r)
	}
}

// completeLegs closes the legs that were open when the controller died. The talk
// was over when its second last party left: silence is not paid for.
func completeLegs(r *Record, ends map[LegID]LedgerEntry) {
	over := talkEnd(openParties(*r), ends)
	for i := range r.Legs {
		l := &r.Legs[i]
		if !l.Ended.IsZero() {
			continue
		}
		l.Ended, l.Cause = r.Ended, r.Cause
		if e, known := ends[l.ID]; known {
			l.Ended, l.Cause = e.Ended, e.Cause
		}
	}
	if !over.IsZero() && over.Before(r.Ended) {
		r.Ended = over
	}
}

// openParties returns the answered legs whose end the record does not have.
func openParties(r Record) (open []LegID) {
	for _, l := range r.Legs {
		if l.Ended.IsZero() && !l.Answered.IsZero() && l.Role != roleSupervisor {
			open = append(open, l.ID)
		}
	}
	return open
}

// talkEnd returns when only one of the parties was left, as far as the ledger
// knows; zero when it knows nothing.
func talkEnd(parties []LegID, ends map[LegID]LedgerEntry) time.Time {
	var known []time.Time
	for _, id := range parties {
		if e, written := ends[id]; written {
			known = append(known, e.Ended)
		}
	}
	if len(known) == 0 {
		return time.Time{}
	}
	slices.SortFunc(known, time.Time.Compare)
	return known[min(max(len(parties)-2, 0), len(known)-1)]
}

// closeLost closes open records that neither the switch nor the first leg's end
// in its ledger explains.
func (x *Exchange) closeLost(ctx context.Context, snap Snapshot, ends map[LegID]LedgerEntry) error {
	there := map[CallID]bool{}
	for _, l := range snap.Legs {
		there[CallID(l.Leg)] = true
		there[CallID(l.Tags[TagCall])] = true
	}
	f := Filter{Open: true, To: x.Clock().Add(-flight)}
	for {
		open, next, err := x.Store.Records(ctx, f)
		if err != nil {
			return err
		}
		for _, r := range open {
			if !there[r.ID] && !x.isLive(r.ID) && !x.closedLately(r.ID) {
				x.closeOne(r, snap.BootedAt, ends)
			}
		}
		if next == "" {
			return nil
		}
		f.After = next
	}
}

// closeOne closes the record of a call that died with its switch, lost its first
// leg to a transfer, or was placed by ourselves and died with us.
func (x *Exchange) closeOne(r Record, booted time.Time, ends map[LegID]LedgerEntry) {
	r.Ended, r.Cause = x.Clock(), CauseNormal
	reason := "nobody saw the end of the call"
	if over := talkEnd(openParties(r), ends); !over.IsZero() {
		r.Ended, reason = over, "closed from the switch's ledger"
	} else if booted.After(r.Started) {
		r.Ended, r.Cause, reason = booted, CauseTemporary, "the switch lost the call"
		r.Outcome = OutcomeSwitchLost
	}
	completeLegs(&r, ends)
	if r.Outcome == "" && r.Answered.IsZero() {
		r.Outcome, r.Cause = OutcomeFailed, CauseTemporary
	} else if r.Outcome == "" {
		r.Outcome = OutcomeAnswered
	}
	r.Reasons = append(r.Reasons, reason)
	x.journal.Write(r)
	x.markClosed(r.ID, r.Outcome)
}

func (x *Exchange) isLive(id CallID) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.sessions[id] != nil
}

func (x *Exchange) closedLately(id CallID) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	_, yes := x.closed[id]
	return yes
}

func (x *Exchange) markClosed(id CallID, o Outcome) {
	x.mu.Lock()
	x.closed[id] = x.Clock()
	r, urgent := x.urgent[id]
	delete(x.urgent, id)
	x.stats.Outcomes[o]++
	x.mu.Unlock()
	if urgent {
		x.tellUrgent(r, true)
	}
}

// forgetOld keeps the memory of ended legs and calls bounded.
func (x *Exchange) forgetOld(now time.Time) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for id, at := range x.gone {
		if now.Sub(at) > forgetAfter {
			delete(x.gone, id)
		}
	}
	for id, at := range x.closed {
		if now.Sub(at) > forgetAfter {
			delete(x.closed, id)
		}
	}
	for id, at := range x.alerted {
		if now.Sub(at) > rememberAlert {
			delete(x.alerted, id)
		}
	}
}

// emergency opens the record of an emergency call that the dialplan dialled and
// tells the guide, once.
func (x *Exchange) emergency(e Event) {
	if !x.firstTold(e.Leg) {
		return
	}
	from, _ := x.Guide.Caller(*e.Offer)
	r := Record{
		ID: CallID(e.Leg), Path: PathEmergency, Direction: Outbound, Emergency: true, From: from,
		Dialled: e.Offer.Dialled, Started: e.At, Reasons: []string{"emergency: dialled by the switch itself"},
	}
	x.mu.Lock()
	x.urgent[r.ID] = r
	x.mu.Unlock()
	x.journal.Write(r)
	x.tellUrgent(r, false)
	x.Guide.Emergency(r)
}

// tellUrgent lets the world know of an emergency call that the switch has.
func (x *Exchange) tellUrgent(r Record, over bool) {
	if x.Changed != nil {
		x.Changed(Live{Record: r, Phase: PhaseEmergency}, over)
	}
}

// firstTold reports whether an emergency call is told of for the first time: its
// notice, a snapshot and the ledger may all bring it.
func (x *Exchange) firstTold(id LegID) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	_, told := x.alerted[id]
	x.alerted[id] = x.Clock()
	return !told
}

// recorded returns a call's record: of an emergency call under way the one in
// mind, which may not be written yet.
func (x *Exchange) recorded(ctx context.Context, id CallID) (Record, error) {
	x.mu.Lock()
	r, urgent := x.urgent[id]
	x.mu.Unlock()
	if urgent {
		return r, nil
	}
	return x.Store.Record(ctx, id)
}
