package access

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"sync"
	"time"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
)

// limit is how failures slow somebody down: the first few are free, then each
// doubles the wait, and each decay without a new one takes one back.
type limit struct {
	free    int
	first   time.Duration
	longest time.Duration
	decay   time.Duration
}

// The limits. A source is often a whole office behind one address, so it is
// allowed more than one user from one source. There is no limit by user alone: it
// would let anybody lock the victim out.
func pairLimit() limit {
	return limit{free: 4, first: 2 * time.Second, longest: 15 * time.Minute, decay: 15 * time.Minute}
}

func sourceLimit() limit {
	return limit{free: 30, first: time.Second, longest: 2 * time.Minute, decay: time.Minute}
}

// maxTracked bounds the memory of the throttle, in entries of each kind.
const maxTracked = 10_000

// Throttled is the cause of a fault.TooMany: too many failures, try again later.
type Throttled struct {
	After time.Duration
	first bool // since the last failure: worth one line in the log, not thousands
}

// Error says how long to wait.
func (t *Throttled) Error() string { return fmt.Sprintf("throttled for %s", t.After) }

// throttle slows down who guesses passwords, by user and source and by source. It
// is kept in memory only: a restart forgives.
type throttle struct {
	now     clock.Clock
	mu      sync.Mutex
	pairs   map[pair]strikes
	sources map[string]strikes
}

type pair struct{ user, source string }

// strikes is how often somebody failed, as of last.
type strikes struct {
	count int
	last  time.Time
	until time.Time // nothing is tried before
	told  bool      // of the wait
}

func newThrottle(now clock.Clock) *throttle {
	return &throttle{now: now, pairs: map[pair]strikes{}, sources: map[string]strikes{}}
}

// take lets one attempt pass and counts it as failed until forgive says otherwise,
// so that a hundred at once do not all pass. Otherwise it fails with
// fault.TooMany; such an attempt does not lengthen the wait.
func (t *throttle) take(user, from string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	now, source := t.now(), sourceOf(from)
	who := pair{user, source}
	one, all := pairLimit().decayed(t.pairs[who], now), sourceLimit().decayed(t.sources[source], now)
	if wait := max(one.until.Sub(now), all.until.Sub(now)); wait > 0 {
		wait = wait.Truncate(time.Second) + time.Second
		first := !all.told
		all.told = true
		t.sources[source] = all
		return fault.Wrap(&Throttled{wait, first}, fault.TooMany, "too many failed logins; try again in %s", wait)
	}
	makeRoom(t.pairs, pairLimit(), now)
	makeRoom(t.sources, sourceLimit(), now)
	t.pairs[who], t.sources[source] = pairLimit().struck(one, now), sourceLimit().struck(all, now)
	return nil
}

// forgive takes back what take counted. The pair starts anew; the source does
// not, or one good login would cover a hundred guesses.
func (t *throttle) forgive(user, from string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	source := sourceOf(from)
	delete(t.pairs, pair{user, source})
	t.undo(source)
}

// release takes back one attempt that was neither right nor wrong.
func (t *throttle) release(user, from string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	who := pair{user, sourceOf(from)}
	if s, ok := t.pairs[who]; ok && s.count > 0 {
		s.count, s.until = s.count-1, time.Time{}
		t.pairs[who] = s
	}
	t.undo(who.source)
}

func (t *throttle) undo(source string) {
	if s, ok := t.sources[source]; ok && s.count > 0 {
		s.count, s.until = s.count-1, time.Time{}
		t.sources[source] = s
	}
}

// struck counts one failure more.
func (l limit) struck(s strikes, now time.Time) strikes {
	s.count, s.last, s.told = s.count+1, now, false
	if over := s.count - l.free; over > 0 {
		s.until = now.Add(min(l.longest, l.first<<min(over-1, 20)))
	}
	return s
}

// decayed takes back what time has forgiven. A clock set back forgives nothing,
// and makes nobody wait longer than the longest wait.
func (l limit) decayed(s strikes, now time.Time) strikes {
	if latest := now.Add(l.longest); s.until.After(latest) {
		s.until = latest
	}
	if past := now.Sub(s.last); past > 0 && s.count > 0 {
		n := int(min(past/l.decay, time.Duration(s.count)))
		s.count -= n
		s.last = s.last.Add(time.Duration(n) * l.decay)
	}
	return s
}

// makeRoom forgets the forgiven and then the oldest when the map is full.
func makeRoom[K comparable](m map[K]strikes, l limit, now time.Time) {
	if len(m) < maxTracked {
		return
	}
	maps.DeleteFunc(m, func(_ K, s strikes) bool { return l.decayed(s, now).count == 0 })
	if len(m) < maxTracked*9/10 {
		return
	}
	oldest := slices.SortedFunc(maps.Keys(m), func(a, b K) int { return m[a].last.Compare(m[b].last) })
	for _, k := range oldest[:len(oldest)/4] { // many at once, so that it is done rarely
		delete(m, k)
	}
}

// sourceOf is what counts as one source: an IPv4 address, or the /64 that one
// IPv6 customer has to choose from.
func sourceOf(from string) string {
	a, err := netip.ParseAddr(from)
	if err != nil {
		return from[:min(len(from), 64)]
	}
	if a = a.Unmap(); a.Is6() {
		p, _ := a.WithZone("").Prefix(64) // cannot fail: 64 fits
		return p.String()
	}
	return a.String()
}
