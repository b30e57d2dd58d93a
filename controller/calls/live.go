package calls

import "slices"

// Live is a call under way, as shown to people.
type Live struct {
	Record
	Phase Phase
}

// Live returns all live calls, oldest first, the emergency calls that the switch
// itself dialled among them.
func (x *Exchange) Live() []Live {
	var all []Live
	for _, s := range x.live() {
		r := s.Record()
		s.mu.Lock()
		all = append(all, Live{Record: r, Phase: s.phase})
		s.mu.Unlock()
	}
	x.mu.Lock()
	for _, r := range x.urgent {
		all = append(all, Live{Record: r, Phase: PhaseEmergency})
	}
	x.mu.Unlock()
	slices.SortFunc(all, func(a, b Live) int { return a.Started.Compare(b.Started) })
	return all
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
