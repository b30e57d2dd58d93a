package acd

import (
	"cmp"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"
)

// ordered returns the free members of a queue, best first by its strategy.
func (m *matcher) ordered(queue int) *pool {
	if m.lines[queue] == nil {
		m.lines[queue] = m.order(&m.Queues[queue])
	}
	return m.lines[queue]
}

func (m *matcher) order(q *Queue) *pool {
	members := m.members(q)
	line := members.seats
	by := func(less func(a, b *Seat) int) {
		slices.SortStableFunc(line, func(a, b int) int { return less(&m.Seats[a], &m.Seats[b]) })
	}
	switch q.Strategy {
	case LongestIdle, Sticky:
		by(longestIdle)
	case FewestCalls:
		by(func(a, b *Seat) int { return cmp.Or(cmp.Compare(a.Calls, b.Calls), longestIdle(a, b)) })
	case LeastTalk:
		by(func(a, b *Seat) int { return cmp.Or(cmp.Compare(a.Talk, b.Talk), longestIdle(a, b)) })
	case Random:
		m.dice(q).Shuffle(len(line), func(i, j int) { line[i], line[j] = line[j], line[i] })
	case Weighted:
		m.weigh(line, m.dice(q))
	}
	return members // RingAll, RoundRobin and Linear follow the list of members
}

// members returns the free seats in the order of the queue's members; for
// RoundRobin it begins after the one that was rung last.
func (m *matcher) members(q *Queue) *pool {
	first := 0
	if q.Strategy == RoundRobin {
		first = slices.Index(q.Members, m.Turn[q.Name]) + 1
	}
	line := &pool{seats: m.numbers(min(len(q.Members), len(m.seats))), in: m.flags(len(m.Seats))}
	for i := range q.Members {
		s, free := m.seats[q.Members[(first+i)%len(q.Members)]]
		if free && !line.in[s] {
			line.in[s] = true
			line.seats = append(line.seats, s)
		}
	}
	return line
}

func longestIdle(a, b *Seat) int { return a.idleSince().Compare(b.idleSince()) }

// idleSince is when the last call ended, or the agent signed on.
func (s *Seat) idleSince() time.Time {
	if s.IdleSince.IsZero() {
		return s.SignedOn
	}
	return s.IdleSince
}

// dice are the queue's own: what other queues throw does not alter them.
func (m *matcher) dice(q *Queue) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(q.Name))
	return rand.New(rand.NewPCG(m.Seed, h.Sum64()))
}

// weigh draws seats without putting them back, each draw by Weight: the order of
// exponential waits whose rates are the weights.
func (m *matcher) weigh(line []int, dice *rand.Rand) {
	arrival := make([]float64, len(m.Seats))
	for _, s := range line {
		arrival[s] = dice.ExpFloat64() / float64(max(m.Seats[s].Weight, 1))
	}
	slices.SortStableFunc(line, func(a, b int) int { return cmp.Compare(arrival[a], arrival[b]) })
}
