package calls

import (
	"cmp"
	"slices"
	"time"
)

// Live is a call under way, as shown to people.
type Live struct {
	Record
	Phase   Phase
	Parties []LiveParty // by age; the legs that are there now
}

// LiveParty is one leg of a live call.
type LiveParty struct {
	Leg   LegID
	Party Party
	Role  string // as Leg.Role, or supervisor
	Up    bool   // answered
	Held  bool   // hears music, by Hold
	Since time.Time
	// Monitor is how a supervisor takes part; empty for parties.
	Monitor Monitor
}

// Live returns all live calls, oldest first, the emergency calls that the switch
// itself dialled among them.
func (x *Exchange) Live() []Live {
	var all []Live
	for _, s := range x.live() {
		all = append(all, s.Live())
	}
	x.mu.Lock()
	for _, r := range x.urgent {
		all = append(all, Live{Record: r, Phase: PhaseEmergency})
	}
	x.mu.Unlock()
	slices.SortFunc(all, func(a, b Live) int { return a.Started.Compare(b.Started) })
	return all
}

// Live returns the call as it is now.
func (s *Session) Live() Live {
	l := Live{Record: s.Record()}
	s.mu.Lock()
	defer s.mu.Unlock()
	l.Phase = s.phase
	for _, leg := range s.legs {
		if leg.Role == roleSnoop || leg.out {
			continue
		}
		p := LiveParty{Leg: leg.ID, Party: leg.party, Role: leg.Role, Up: leg.up, Held: leg.held, Since: leg.Started, Monitor: leg.monitor}
		if leg.up && !leg.Answered.IsZero() {
			p.Since = leg.Answered
		}
		if leg.ID == s.caller && leg.Role == "caller" {
			p.Party = s.rec.From // with what the guide found out
		}
		l.Parties = append(l.Parties, p)
	}
	slices.SortFunc(l.Parties, func(a, b LiveParty) int { return older(s.legs[a.Leg], s.legs[b.Leg]) })
	return l
}

// older orders legs by age, the caller's before those that began with it.
func older(a, b *leg) int {
	if c := a.Started.Compare(b.Started); c != 0 {
		return c
	}
	if (a.Role == "caller") != (b.Role == "caller") {
		if a.Role == "caller" {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.ID, b.ID)
}

// tell lets the world know what has changed since it was told last.
func (s *Session) tell(over bool) {
	s.mu.Lock()
	changed := s.dirty || over
	s.dirty = false
	s.mu.Unlock()
	if changed && s.x.Changed != nil {
		s.x.Changed(s.Live(), over)
	}
}

// Load counts the live calls on each trunk, and the calls to the outside of each
// extension, without the call named.
func (x *Exchange) Load(without CallID) (trunks, callers map[string]int) {
	trunks, callers = map[string]int{}, map[string]int{}
	for _, s := range x.live() {
		if s.ID == without {
			continue
		}
		s.mu.Lock()
		trunk, from := s.rec.Trunk, s.rec.From.Extension
		s.mu.Unlock()
		if trunk != "" {
			trunks[trunk]++
			callers[from]++
		}
	}
	return trunks, callers
}
