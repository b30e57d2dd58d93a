package acd

import (
	"container/heap"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// sim is a desk in simulated time: it asks Match at every change, moves seats by
// Next, writes visits and spans as the real desk does, and beside them the raw
// legs, from which the figures are computed once more in another way.
type sim struct {
	t      testing.TB
	dice   *rand.Rand
	now    time.Time
	agenda agenda
	Situation
	visits []Visit
	at     map[string]int // open visit by call
	spans  []Span
	legs   []leg
	calls  int
	rings  map[string]int // by account: which ring it is, so that late events are known

	service, patience, answer func() time.Duration
	redial                    func() (time.Duration, bool) // after an abandon
}

// leg is a raw fact.
type leg struct {
	at                  time.Time
	what                string // enter, answer, over, wrapped, gone, diverted, resume
	call, queue, agent  string
	of                  string // of resume: the call that it goes on for
	talkedTo, wrapUntil time.Time
}

type task struct {
	at  time.Time
	seq int
	do  func()
}

type agenda []task

func (a agenda) Len() int { return len(a) }
func (a agenda) Less(i, j int) bool {
	return a[i].at.Before(a[j].at) || a[i].at.Equal(a[j].at) && a[i].seq < a[j].seq
}
func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x any)   { *a = append(*a, x.(task)) }
func (a *agenda) Pop() any {
	last := (*a)[len(*a)-1]
	*a = (*a)[:len(*a)-1]
	return last
}

func newSim(t testing.TB, seed uint64, s Situation) *sim {
	m := &sim{t: t, dice: rand.New(rand.NewPCG(seed, 1)), now: noon, Situation: s, at: map[string]int{}, rings: map[string]int{}}
	m.Turn = map[string]string{}
	m.answer = func() time.Duration { return 0 }
	for i := range m.Seats {
		m.Seats[i].State = SignedOff
		m.event(i, Event{Kind: SignOn})
		m.event(i, Event{Kind: PhoneOnline})
	}
	return m
}

func (m *sim) exp(mean time.Duration) time.Duration {
	return time.Duration(m.dice.ExpFloat64() * float64(mean))
}

func (m *sim) after(d time.Duration, do func()) {
	m.calls++
	heap.Push(&m.agenda, task{m.now.Add(d), m.calls, do})
}

func (m *sim) run() {
	for len(m.agenda) > 0 {
		next := heap.Pop(&m.agenda).(task)
		m.now = next.at
		next.do()
	}
}

func (m *sim) log(l leg) { l.at = m.now; m.legs = append(m.legs, l) }

// event moves a seat and writes its spans.
func (m *sim) event(seat int, e Event) {
	e.At = m.now
	before := m.Seats[seat]
	after, ok := Next(before, e)
	if !ok {
		m.t.Fatalf("%s does not fit %+v", e.Kind, before)
	}
	m.Seats[seat] = after
	if after.State == before.State && after.Since.Equal(before.Since) {
		return
	}
	for i := len(m.spans) - 1; i >= 0; i-- {
		if m.spans[i].Account == after.Account {
			m.spans[i].End = m.now
			break
		}
	}
	m.spans = append(m.spans, Span{Account: after.Account, State: after.State, Reason: after.Reason, Begin: m.now})
}

func (m *sim) seat(account string) int {
	return slices.IndexFunc(m.Seats, func(s Seat) bool { return s.Account == account })
}

func (m *sim) caller(call string) (*Caller, bool) {
	i := slices.IndexFunc(m.Callers, func(c Caller) bool { return c.Call == call })
	if i < 0 {
		return nil, false
	}
	return &m.Callers[i], true
}

// enter lets a call into its queue, with the clocks that run for it.
func (m *sim) enter(c Caller) {
	m.log(leg{what: "enter", call: c.Call, queue: c.Queue})
	c.Missed = map[string]time.Time{}
	m.Callers = append(m.Callers, c)
	m.at[c.Call] = len(m.visits)
	m.visits = append(m.visits, Visit{ID: c.Call, Call: c.Call, Queue: c.Queue, Number: c.Number, VIP: c.VIP, Entered: c.Entered})
	if m.patience != nil {
		m.after(m.patience(), func() { m.hangUp(c.Call) })
	}
	for _, q := range m.Queues {
		if q.Name != c.Queue {
			continue
		}
		for _, o := range q.Overflow {
			m.after(o.After, func() { m.overflow(c.Call, o) })
		}
	}
	m.match()
}

func (m *sim) match() {
	m.Seed++
	for _, o := range Match(m.Situation, m.now) {
		queue, account := o.Turn()
		m.Turn[queue] = account
		c, _ := m.caller(o.Call)
		for _, account := range o.Accounts {
			m.ring(c, account)
		}
	}
}

func (m *sim) ring(c *Caller, account string) {
	i, call := m.seat(account), c.Call
	m.event(i, Event{Kind: Ring, Call: call})
	c.Ringing = append(c.Ringing, account)
	m.visits[m.at[call]].Offers++
	m.rings[account]++
	this := m.rings[account]
	still := func() bool { return m.rings[account] == this && m.Seats[i].State == Alerting }
	var rules Queue
	for _, q := range m.Queues {
		if q.Name == c.Queue {
			rules = q
		}
	}
	if d := m.answer(); d < rules.RingTime {
		m.after(d, func() {
			if still() {
				m.talk(call, i, rules)
			}
		})
		return
	}
	m.after(rules.RingTime, func() {
		if still() {
			m.miss(call, i, rules)
		}
	})
}

func (m *sim) talk(call string, seat int, rules Queue) {
	c, _ := m.caller(call)
	account := m.Seats[seat].Account
	v := &m.visits[m.at[call]]
	v.Account, v.Talk = account, m.service()
	m.log(leg{what: "answer", call: call, agent: account, talkedTo: m.now.Add(v.Talk)})
	c.Ringing = slices.DeleteFunc(c.Ringing, func(a string) bool { return a == account })
	m.event(seat, Event{Kind: Answer, Call: call})
	m.leave(call, Answered)
	m.after(v.Talk, func() { m.over(call, seat, rules) })
	m.match()
}

func (m *sim) over(call string, seat int, rules Queue) {
	m.event(seat, Event{Kind: CallOver, Wrap: rules.WrapUp > 0})
	if rules.WrapUp > 0 {
		m.visits[m.at[call]].WrapUp = rules.WrapUp
		m.log(leg{what: "over", call: call, agent: m.Seats[seat].Account, wrapUntil: m.now.Add(rules.WrapUp)})
		m.after(rules.WrapUp, func() { m.event(seat, Event{Kind: WrapUpOver}); m.match() })
	}
	m.match()
}

func (m *sim) miss(call string, seat int, rules Queue) {
	c, _ := m.caller(call)
	account := m.Seats[seat].Account
	c.Missed[account] = m.now
	c.Ringing = slices.DeleteFunc(c.Ringing, func(a string) bool { return a == account })
	m.event(seat, Event{Kind: Miss, Limit: rules.MissLimit})
	if m.Seats[seat].State == NotResponding {
		m.after(2*time.Minute, func() { m.event(seat, Event{Kind: MarkReady}); m.match() })
	}
	m.match()
}

func (m *sim) hangUp(call string) {
	c, waits := m.caller(call)
	if !waits {
		return
	}
	again := *c
	m.log(leg{what: "gone", call: call})
	m.leave(call, Abandoned)
	if m.redial != nil {
		if d, redials := m.redial(); redials {
			m.after(d, func() { m.comeBack(again, d) })
		}
	}
	m.match()
}

// comeBack is the caller who rings again: within Resume to the old place.
func (m *sim) comeBack(c Caller, away time.Duration) {
	old := c.Call
	c = Caller{Call: old + "'", Queue: c.Queue, Entered: m.now, Number: c.Number, VIP: c.VIP}
	v := &m.visits[m.at[old]]
	for _, q := range m.Queues {
		if q.Name == c.Queue && away <= q.Resume {
			v.How, c.Entered = Resumed, v.Entered
			m.log(leg{what: "resume", call: c.Call, of: old})
		}
	}
	m.enter(c)
}

func (m *sim) overflow(call string, o Overflow) {
	c, waits := m.caller(call)
	switch {
	case !waits:
		return
	case o.Do == ToQueue:
		c.Also = append(c.Also, o.To)
	default:
		m.log(leg{what: "diverted", call: call})
		m.leave(call, Flowed)
	}
	m.match()
}

// leave takes the caller out of the queue and frees the seats that still ring.
func (m *sim) leave(call string, how Leaving) {
	i := slices.IndexFunc(m.Callers, func(c Caller) bool { return c.Call == call })
	for _, account := range m.Callers[i].Ringing {
		m.event(m.seat(account), Event{Kind: RingOver})
	}
	m.Callers = slices.Delete(m.Callers, i, i+1)
	v := &m.visits[m.at[call]]
	v.Left, v.How = m.now, how
}

// arrivals lets n callers in, spaced by gap.
func (m *sim) arrivals(n int, gap func() time.Duration, who func(i int) Caller) {
	var next func(i int)
	next = func(i int) {
		c := who(i)
		c.Call, c.Entered = fmt.Sprint("call", i), m.now
		if i+1 < n {
			m.after(gap(), func() { next(i + 1) })
		}
		m.enter(c)
	}
	m.after(gap(), func() { next(0) })
}
