package calls

import (
	"context"
	"time"

	"bellhop/controller/kit/fault"
)

// forgetAfter is how long ended legs and closed calls are remembered, so that
// late reports of them are known. The ledger forgets after two minutes.
const forgetAfter = 5 * time.Minute

// settle closes what the switch ended without us: every entry of its ledger
// becomes, or completes, one record. Doing it twice changes nothing.
func (x *Exchange) settle(ctx context.Context, snap Snapshot, entries []LedgerEntry) error {
	for _, e := range entries {
		if e.Path == PathLeg || x.closedLately(CallID(e.Leg)) {
			continue
		}
		if err := x.settleOne(ctx, e); err != nil {
			return err
		}
	}
	if err := x.journal.Flush(ctx); err != nil {
		return err
	}
	return x.closeLost(ctx, snap)
}

// settleOne completes the record of one call that the switch saw to its end.
func (x *Exchange) settleOne(ctx context.Context, e LedgerEntry) error {
	if x.isLive(CallID(e.Leg)) {
		return nil // its session closes it
	}
	r, err := x.Store.Record(ctx, CallID(e.Leg))
	switch {
	case fault.Is(err, fault.NotFound):
		r = x.recordOf(e)
	case err != nil:
		return err
	case !r.Ended.IsZero():
		return nil
	}
	complete(&r, e)
	x.journal.Write(r)
	x.markClosed(r.ID, r.Outcome)
	return nil
}

// recordOf begins the record of a call that we never saw.
func (x *Exchange) recordOf(e LedgerEntry) Record {
	from, dir := x.Guide.Caller(Offer{Endpoint: e.Endpoint, CallerID: CallerID{Number: e.From}, Dialled: e.Dialled})
	r := Record{
		ID: CallID(e.Leg), Path: e.Path, Direction: dir, From: from, Dialled: e.Dialled,
		Started: e.Started, Emergency: e.Path == PathEmergency,
		Reasons: []string{"handled by the switch without the controller"},
		Legs: []Leg{{ID: e.Leg, Endpoint: e.Endpoint, Number: e.From, Role: "caller",
			Started: e.Started, Answered: e.Answered, Ended: e.Ended, Cause: e.Cause}},
	}
	if r.Emergency {
		r.Direction = Outbound
	}
	return r
}

// complete writes the end of a call from the ledger into its record.
func complete(r *Record, e LedgerEntry) {
	r.Ended, r.Cause = e.Ended, e.Cause
	if r.Answered.IsZero() {
		r.Answered = e.Answered
	}
	endLegs(r, e)
	r.Reasons = append(r.Reasons, "closed from the switch's ledger: "+e.Result)
	switch {
	case !r.Answered.IsZero():
		r.Outcome = OutcomeAnswered
	case e.Result == "CANCEL":
		r.Outcome = OutcomeAbandoned
	default:
		r.Outcome = outcome(*r)
	}
}

// endLegs gives the legs of a record the end that the ledger tells, as far as it does.
func endLegs(r *Record, e LedgerEntry) {
	for i := range r.Legs {
		l := &r.Legs[i]
		switch {
		case !l.Ended.IsZero():
		case l.ID == e.Leg || !l.Answered.IsZero():
			l.Ended, l.Cause = e.Ended, e.Cause
		default: // it rang until another phone answered, or to the end
			l.Ended = r.Answered
			if l.Ended.IsZero() {
				l.Ended = e.Ended
			}
		}
	}
}

// closeLost closes open records that neither the switch nor its ledger knows:
// the switch died with them.
func (x *Exchange) closeLost(ctx context.Context, snap Snapshot) error {
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
				x.closeOne(r, snap.BootedAt)
			}
		}
		if next == "" {
			return nil
		}
		f.After = next
	}
}

// closeOne closes the record of a call that died with its switch.
func (x *Exchange) closeOne(r Record, booted time.Time) {
	r.Ended, r.Outcome, r.Cause = x.Clock(), OutcomeSwitchLost, CauseTemporary
	if booted.After(r.Started) {
		r.Ended = booted
	}
	r.Reasons = append(r.Reasons, "the switch lost the call")
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
	defer x.mu.Unlock()
	x.closed[id] = x.Clock()
	x.stats.Outcomes[o]++
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
}

// emergency opens the record of an emergency call that the dialplan dialled and
// tells the guide, once.
func (x *Exchange) emergency(e Event) {
	x.mu.Lock()
	_, told := x.alerted[e.Leg]
	x.alerted[e.Leg] = x.Clock()
	x.mu.Unlock()
	if told {
		return
	}
	from, _ := x.Guide.Caller(*e.Offer)
	r := Record{
		ID: CallID(e.Leg), Path: PathEmergency, Direction: Outbound, Emergency: true, From: from,
		Dialled: e.Offer.Dialled, Started: e.At, Reasons: []string{"emergency: dialled by the switch itself"},
	}
	x.journal.Write(r)
	x.Guide.Emergency(r)
}
