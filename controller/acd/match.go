package acd

import (
	"slices"
	"time"
)

// Situation is everything that Match looks at.
type Situation struct {
	Queues  []Queue
	Seats   []Seat
	Callers []Caller
	Seed    uint64            // for Random and Weighted: same seed, same offers; vary it from match to match
	Turn    map[string]string // by queue: the account that RoundRobin rang last (see Offer.Turn)
}

// Offer says that a caller's call should ring at seats, and why there.
type Offer struct {
	Call     string
	Queue    string   // where the caller waits
	Via      string   // queue of Caller.Also whose member the first account is; empty: Queue's own
	Accounts []string // several only for RingAll; never those that ring already
	Reason   string
}

// Turn returns what Situation.Turn must remember of o: the queue whose member
// was rung, and the account.
func (o Offer) Turn() (queue, account string) {
	if o.Via != "" {
		return o.Via, o.Accounts[0]
	}
	return o.Queue, o.Accounts[0]
}

// Match decides which callers ring at which seats now. It is pure, and looks at
// all queues at once: first who may serve whom, then in which order.
//
// A seat may serve a caller if it is Ready, its account is a member of the
// caller's queue or of one in Caller.Also, and it has the skills that the ladder
// of the caller's queue asks for after this wait. Who left this caller ringing
// in the last two RingTimes is asked again only if nobody else may.
//
// Callers go by effective wait: the time since Entered and VIPBonus for each VIP
// level, then by Entered, then by Call. VIP callers take VIP seats first, and a
// VIP seat serves others only while no VIP caller that it may serve waits. Seats
// of the caller's own queue come before those of Also, each by the Strategy of
// its queue.
func Match(s Situation, now time.Time) []Offer { return new(Matcher).Match(s, now) }

// Matcher is Match with memory that is used again, for who matches all day: most of
// a slow match is the collector's work. It is for one goroutine at a time.
type Matcher struct{ m matcher }

// Match is the function of that name; nothing of what it returns is used again.
func (x *Matcher) Match(s Situation, now time.Time) []Offer {
	if len(s.Callers) == 0 {
		return nil
	}
	m := &x.m
	m.begin(s, now)
	if m.free == 0 {
		return nil
	}
	m.rank()
	m.pass(vipSeats)
	m.pass(keptClosed)
	if m.kept != nil {
		m.pass(keptOpen)
	}
	if len(m.offers) == 0 {
		return nil
	}
	return slices.Clone(m.offers)
}

// round says which seats a pass over the callers hands out.
type round int

const (
	vipSeats   round = iota // VIP seats to VIP callers
	keptClosed              // all seats; those kept go to VIP callers only
	keptOpen                // all seats
)

type matcher struct {
	*Situation
	now    time.Time
	queues map[string]int // by name
	seats  map[string]int // by account: Ready and not rung by anybody
	lines  []*pool        // by queue: its free members; nil until asked for
	pools  map[poolKey]*pool
	taken  []bool
	kept   []bool // VIP seats that a VIP caller may yet need; nil: none
	free   int
	line   []rank
	offers []Offer
	fresh  []int // scratch of choose
	missed []int
	text   []byte // scratch of reason
	skills []string
	ints   []int // what pools are cut from
	bools  []bool

	norules *Queue // of callers whose queue is gone
}

// begin looks at a situation with the memory of the one before.
func (m *matcher) begin(s Situation, now time.Time) {
	m.Situation, m.now, m.kept, m.norules = &s, now, nil, &Queue{}
	m.line, m.offers, m.ints, m.bools = m.line[:0], m.offers[:0], m.ints[:0], m.bools[:0]
	clear(m.offers[:cap(m.offers)]) // or it would keep texts of long ago alive
	m.taken = m.flags(len(s.Seats))
	m.lines = append(m.lines[:0], make([]*pool, len(s.Queues))...)
	m.seats, m.queues, m.pools = emptied(m.seats), emptied(m.queues), emptied(m.pools)
	for i := range s.Seats {
		if _, twice := m.seats[s.Seats[i].Account]; s.Seats[i].State == Ready && !twice {
			m.seats[s.Seats[i].Account] = i
		}
	}
	for i := range s.Callers {
		for _, account := range s.Callers[i].Ringing {
			delete(m.seats, account) // the call is on its way to a seat that looks ready
		}
	}
	m.free = len(m.seats)
	for i := range s.Queues {
		m.queues[s.Queues[i].Name] = i
	}
}

// emptied returns the map without what was in it, made if there was none.
func emptied[K comparable, V any](m map[K]V) map[K]V {
	if m == nil {
		return map[K]V{}
	}
	clear(m)
	return m
}

// numbers returns an empty list with room for n, cut from memory that lasts until
// the next situation.
func (m *matcher) numbers(n int) []int {
	if cap(m.ints)-len(m.ints) < n {
		m.ints = make([]int, 0, 2*cap(m.ints)+n) // lists cut before keep the old memory
	}
	at := len(m.ints)
	m.ints = m.ints[:at+n]
	return m.ints[at : at : at+n]
}

// flags is numbers for n flags, all false.
func (m *matcher) flags(n int) []bool {
	if cap(m.bools)-len(m.bools) < n {
		m.bools = make([]bool, 0, 2*cap(m.bools)+n)
	}
	at := len(m.bools)
	m.bools = m.bools[:at+n]
	clear(m.bools[at:])
	return m.bools[at : at+n : at+n]
}

// pass goes through the callers in order and stops when no seat is free.
func (m *matcher) pass(r round) {
	for i := range m.line {
		if m.free == 0 {
			return
		}
		if r == vipSeats && m.Callers[m.line[i].caller].VIP <= 0 {
			continue
		}
		p := m.place(m.line[i])
		if !p.all && (p.offer > 0 || len(p.Ringing) > 0) {
			continue
		}
		m.serve(&p, r)
		m.line[i].offer = int32(p.offer)
	}
}

// serve gives p the best seats that are left to it, if any.
func (m *matcher) serve(p *place, r round) {
	seats, fresh := m.choose(p, r)
	if len(seats) == 0 {
		return
	}
	if !fresh && r == vipSeats {
		seats = slices.Clone(seats)
		if other, fresh := m.choose(p, keptClosed); fresh && len(other) > 0 {
			m.keep(seats)
			return
		}
	}
	m.offer(p, seats, fresh)
}

func (m *matcher) keep(seats []int) {
	if m.kept == nil {
		m.kept = m.flags(len(m.Seats))
	}
	for _, s := range seats {
		m.kept[s] = true
	}
}

// choose returns the free seats that may serve p in round r, one or for RingAll
// all, and whether they are fresh: did not just leave this caller ringing.
func (m *matcher) choose(p *place, r round) (seats []int, fresh bool) {
	m.fresh, m.missed = m.fresh[:0], m.missed[:0]
	if s, ok := m.last(p, r); ok {
		return append(m.fresh, s), true
	}
	for i := -1; i < len(p.Also) && (p.all || len(m.fresh) == 0); i++ {
		m.gather(p, m.pool(p, i, r == vipSeats), r)
	}
	switch {
	case len(m.fresh) > 0 || len(m.missed) == 0:
		return m.fresh, true
	case !p.all:
		return m.missed[:1], false
	case len(p.Ringing) > 0 || p.offer > 0:
		return nil, true // others ring: who missed it is not asked again
	}
	return m.missed, false
}

// gather adds the free seats of a pool to fresh and missed: all for RingAll,
// else up to the first fresh one.
func (m *matcher) gather(p *place, from *pool, r round) {
	for _, s := range from.left(m.taken) {
		if m.taken[s] || r == keptClosed && p.VIP <= 0 && m.isKept(s) {
			continue
		}
		switch {
		case m.justMissed(p, s):
			m.missed = appendNew(m.missed, s)
		case p.all:
			m.fresh = appendNew(m.fresh, s)
		default:
			m.fresh = append(m.fresh, s)
			return
		}
	}
}

// appendNew leaves out a seat that was found by an earlier queue already.
func appendNew(seats []int, s int) []int {
	if slices.Contains(seats, s) {
		return seats
	}
	return append(seats, s)
}

// last returns the seat that spoke with the caller last, if the queue is Sticky.
func (m *matcher) last(p *place, r round) (int, bool) {
	if p.rules.Strategy != Sticky || p.Last == "" {
		return 0, false
	}
	s, ready := m.seats[p.Last]
	if !ready || m.taken[s] || m.justMissed(p, s) || r == keptClosed && p.VIP <= 0 && m.isKept(s) {
		return 0, false
	}
	for i := -1; i < len(p.Also); i++ {
		if m.may(p, i, s) {
			return s, r != vipSeats || m.Seats[s].VIP
		}
	}
	return 0, false
}

func (m *matcher) isKept(seat int) bool { return m.kept != nil && m.kept[seat] }

// justMissed reports whether the seat left this caller ringing a moment ago.
func (m *matcher) justMissed(p *place, seat int) bool {
	at, missed := p.Missed[m.Seats[seat].Account]
	return missed && m.now.Sub(at) < 2*p.rules.RingTime
}

func (m *matcher) offer(p *place, seats []int, fresh bool) {
	accounts := make([]string, len(seats))
	for i, s := range seats {
		m.taken[s] = true
		accounts[i] = m.Seats[s].Account
	}
	m.free -= len(seats)
	if p.offer > 0 { // RingAll: VIP seats were found first, now come the others
		o := &m.offers[p.offer-1]
		o.Accounts = append(o.Accounts, accounts...)
		return
	}
	via := m.via(p, seats[0])
	m.offers = append(m.offers, Offer{
		Call: p.Call, Queue: p.Queue, Via: via, Accounts: accounts, Reason: m.reason(p, seats, via, fresh),
	})
	p.offer = len(m.offers)
}

// via returns the queue of Also whose member the seat is, if not of the own one.
func (m *matcher) via(p *place, seat int) string {
	for i := -1; i < len(p.Also); i++ {
		if m.may(p, i, seat) {
			if i < 0 {
				return ""
			}
			return p.Also[i]
		}
	}
	return ""
}
