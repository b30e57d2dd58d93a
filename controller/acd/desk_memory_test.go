package acd_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/kit/fault"
)

// memory is a Store that survives a controller but not the test.
type memory struct {
	mu        sync.Mutex
	broken    error
	queues    map[string]acd.Queue
	profiles  map[string]acd.Profile
	seats     map[string]acd.Seat
	visits    map[string]acd.Visit
	spans     map[string]acd.Span
	callbacks map[string]acd.Callback
	pulse     time.Time
}

func newMemory() *memory {
	return &memory{
		queues: map[string]acd.Queue{}, profiles: map[string]acd.Profile{}, seats: map[string]acd.Seat{},
		visits: map[string]acd.Visit{}, spans: map[string]acd.Span{}, callbacks: map[string]acd.Callback{},
	}
}

// wreck makes every later write fail; nil lets them work again.
func (m *memory) wreck(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.broken = err
}

func put[K comparable, V any](m *memory, into map[K]V, k K, v V) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken == nil {
		into[k] = v
	}
	return m.broken
}

func drop[K comparable, V any](m *memory, from map[K]V, k K) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken == nil {
		delete(from, k)
	}
	return m.broken
}

func list[K cmp.Ordered, V any](m *memory, of map[K]V) ([]V, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []V
	for _, k := range slices.Sorted(maps.Keys(of)) {
		all = append(all, of[k])
	}
	return all, nil
}

func (m *memory) Queues(context.Context) ([]acd.Queue, error)     { return list(m, m.queues) }
func (m *memory) PutQueue(_ context.Context, q acd.Queue) error   { return put(m, m.queues, q.Name, q) }
func (m *memory) DropQueue(_ context.Context, name string) error  { return drop(m, m.queues, name) }
func (m *memory) Profiles(context.Context) ([]acd.Profile, error) { return list(m, m.profiles) }
func (m *memory) PutProfile(_ context.Context, p acd.Profile) error {
	return put(m, m.profiles, p.Account, p)
}
func (m *memory) Seats(context.Context) ([]acd.Seat, error)      { return list(m, m.seats) }
func (m *memory) PutSeat(_ context.Context, s acd.Seat) error    { return put(m, m.seats, s.Account, s) }
func (m *memory) DropSeat(_ context.Context, a string) error     { return drop(m, m.seats, a) }
func (m *memory) DropCallback(_ context.Context, v string) error { return drop(m, m.callbacks, v) }
func (m *memory) Callbacks(context.Context) ([]acd.Callback, error) {
	return list(m, m.callbacks)
}
func (m *memory) PutCallback(_ context.Context, c acd.Callback) error {
	return put(m, m.callbacks, c.Visit, c)
}

func (m *memory) Pulse(context.Context) (time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.pulse, nil
}

func (m *memory) PutPulse(_ context.Context, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.broken == nil {
		m.pulse = at
	}
	return m.broken
}

func (m *memory) Visit(_ context.Context, id string) (acd.Visit, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, known := m.visits[id]
	if !known {
		return v, fault.New(fault.NotFound, "there is no visit %q", id)
	}
	return v, nil
}

func (m *memory) PutVisits(_ context.Context, vs ...acd.Visit) error {
	for _, v := range vs {
		if err := put(m, m.visits, v.ID, v); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Visits(_ context.Context, f acd.VisitFilter) ([]acd.Visit, string, error) {
	all, _ := list(m, m.visits)
	all = slices.DeleteFunc(all, func(v acd.Visit) bool {
		return f.Number != "" && v.Number != f.Number || f.Open && !v.Left.IsZero() || v.Entered.Before(f.From)
	})
	slices.SortFunc(all, func(a, b acd.Visit) int { return cmp.Or(b.Entered.Compare(a.Entered), cmp.Compare(b.ID, a.ID)) })
	return all, "", nil
}

func (m *memory) PutSpans(_ context.Context, ss ...acd.Span) error {
	for _, s := range ss {
		if err := put(m, m.spans, s.ID, s); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Spans(_ context.Context, f acd.VisitFilter) ([]acd.Span, error) {
	all, _ := list(m, m.spans)
	all = slices.DeleteFunc(all, func(s acd.Span) bool {
		return f.Account != "" && s.Account != f.Account || !s.End.IsZero() && !s.End.After(f.From)
	})
	slices.SortFunc(all, func(a, b acd.Span) int { return cmp.Or(a.Begin.Compare(b.Begin), cmp.Compare(a.ID, b.ID)) })
	return all, nil
}
