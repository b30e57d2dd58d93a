package acd

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// EffectiveWait is how long a caller counts as waiting: wall time and bonus for
// each VIP level. As the bonus is a fixed head start and wall time is not, nobody
// starves: who has waited longer than the greatest bonus precedes all newcomers.
func (c Caller) EffectiveWait(bonus time.Duration, now time.Time) time.Duration {
	waited := now.Sub(c.Entered)
	if c.VIP <= 0 || bonus <= 0 {
		return waited
	}
	extra := time.Duration(math.MaxInt64)
	if bonus <= extra/time.Duration(c.VIP) {
		extra = bonus * time.Duration(c.VIP)
	}
	if waited > 0 && extra > math.MaxInt64-waited {
		return math.MaxInt64
	}
	return waited + extra
}

// Order returns the callers as they are to be served, first to be served first.
func Order(queues []Queue, callers []Caller, now time.Time) []Caller {
	var m matcher
	m.begin(Situation{Queues: queues, Callers: callers}, now)
	m.rank()
	out := make([]Caller, len(callers))
	for i, r := range m.line {
		out[i] = callers[r.caller]
	}
	return out
}

// Positions returns, by call, the caller's place in the line of its queue: 1 is
// next. Callers must be in order (see Order).
func Positions(ordered []Caller) map[string]int {
	at, in := make(map[string]int, len(ordered)), make(map[string]int)
	for i := range ordered {
		in[ordered[i].Queue]++
		at[ordered[i].Call] = in[ordered[i].Queue]
	}
	return at
}

// place is a caller in the line of all callers.
type place struct {
	*Caller
	rules *Queue // of Caller.Queue; empty rules if that is not there
	queue int    // its index, or -1
	step  int    // of the ladder, or -1
	all   bool   // RingAll
	offer int    // its offer's index + 1, 0: none yet
}

// rank is what callers are sorted by, and no more: there may be a thousand.
type rank struct {
	counts        time.Duration // EffectiveWait
	caller, queue int32
	offer         int32 // as in place
}

// rank puts all callers in line: by effective wait, then Entered, then Call.
func (m *matcher) rank() {
	m.line = slices.Grow(m.line, len(m.Callers))
	for i := range m.Callers {
		c := &m.Callers[i]
		r := rank{caller: int32(i), queue: int32(m.queue(c.Queue))}
		if r.queue >= 0 {
			r.counts = c.EffectiveWait(m.Queues[r.queue].VIPBonus, m.now)
		} else {
			r.counts = m.now.Sub(c.Entered)
		}
		m.line = append(m.line, r)
	}
	slices.SortFunc(m.line, func(a, b rank) int {
		if a.counts != b.counts {
			return cmp.Compare(b.counts, a.counts)
		}
		x, y := &m.Callers[a.caller], &m.Callers[b.caller]
		if !x.Entered.Equal(y.Entered) {
			return x.Entered.Compare(y.Entered)
		}
		return cmp.Compare(x.Call, y.Call)
	})
}

// place returns the caller of a rank with the rules that hold for it.
func (m *matcher) place(r rank) place {
	p := place{Caller: &m.Callers[r.caller], rules: m.norules, queue: int(r.queue), step: -1, offer: int(r.offer)}
	if r.queue >= 0 {
		p.rules = &m.Queues[r.queue]
		p.step, p.all = rung(p.rules.Ladder, m.now.Sub(p.Entered)), p.rules.Strategy == RingAll
	}
	return p
}
