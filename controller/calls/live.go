package calls

import "slices"

// Live is a call under way, as shown to people.
type Live struct {
	Record
	Phase Phase
}

// Live returns all live calls, oldest first.
func (x *Exchange) Live() []Live {
	var all []Live
	for _, s := range x.live() {
		r := s.Record()
		s.mu.Lock()
		all = append(all, Live{Record: r, Phase: s.phase})
		s.mu.Unlock()
	}
	slices.SortFunc(all, func(a, b Live) int { return a.Started.Compare(b.Started) })
	return all
}

// OnTrunk returns how many live calls use each trunk.
func (x *Exchange) OnTrunk() map[string]int {
	n := map[string]int{}
	for _, s := range x.live() {
		s.mu.Lock()
		if s.rec.Trunk != "" {
			n[s.rec.Trunk]++
		}
		s.mu.Unlock()
	}
	return n
}
