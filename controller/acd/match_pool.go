package acd

// poolKey names callers that may be served by the same seats: those of one
// queue's members, at one step of one queue's ladder, perhaps only the VIP seats.
// It is packed, because one is looked up for every caller.
type poolKey uint64

func keyOf(members, ladder, step int, vip bool) poolKey {
	if step < 0 {
		ladder, step = 0, -1 // asks nothing, so all queues share the seats
	}
	return poolKey(one(vip)) | poolKey(step+1)<<1 | poolKey(ladder)<<20 | poolKey(members+1)<<40
}

// pool is free seats, best first. Callers of one kind share a pool, so that
// nobody looks at each seat for each caller.
type pool struct {
	seats []int
	in    []bool // by seat; of a queue's line only
}

// left returns the seats from the first that is not taken on.
func (p *pool) left(taken []bool) []int {
	for len(p.seats) > 0 && taken[p.seats[0]] {
		p.seats = p.seats[1:]
	}
	return p.seats
}

// pool returns the seats that may serve p: of its own queue for also < 0, else
// of that queue in Also. The ladder is always that of p's own queue.
func (m *matcher) pool(p *place, also int, vip bool) *pool {
	members := p.queue
	if also >= 0 {
		members = m.queue(p.Also[also])
	}
	k := keyOf(members, p.queue, p.step, vip)
	found := m.pools[k]
	if found == nil {
		found = m.fill(members, p.queue, p.step, vip)
		m.pools[k] = found
	}
	return found
}

func (m *matcher) fill(members, ladder, step int, vip bool) *pool {
	if members < 0 {
		return &pool{}
	}
	line := m.ordered(members).seats
	if !vip && step < 0 {
		return &pool{seats: line}
	}
	p := &pool{seats: m.numbers(len(line))}
	for _, s := range line {
		if (!vip || m.Seats[s].VIP) && m.skilled(ladder, step, s) {
			p.seats = append(p.seats, s)
		}
	}
	return p
}

// may reports whether a free seat may serve p, as a member of the queue that
// also names (see pool).
func (m *matcher) may(p *place, also, seat int) bool {
	q := p.queue
	if also >= 0 {
		q = m.queue(p.Also[also])
	}
	return q >= 0 && m.ordered(q).in[seat] && m.skilled(p.queue, p.step, seat)
}

func (m *matcher) skilled(ladder, step, seat int) bool {
	return step < 0 || m.Queues[ladder].Ladder[step].MetBy(&m.Seats[seat].Profile)
}

// queue returns the index of a queue, -1 for one that is not there.
func (m *matcher) queue(name string) int {
	if i, ok := m.queues[name]; ok {
		return i
	}
	return -1
}
