package switchtest

import (
	"context"
	"errors"
	"slices"
	"sync"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// Store keeps call records in memory.
type Store struct {
	mu   sync.Mutex
	rows map[calls.CallID]calls.Record
	fail error
	full error
}

// NewStore returns an empty Store.
func NewStore() *Store { return &Store{rows: map[calls.CallID]calls.Record{}} }

// Fail makes every later operation fail; nil lets them work again.
func (m *Store) Fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

// Fill makes every later save fail while reads work; nil lets them work again.
func (m *Store) Fill(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.full = err
}

// SaveRecords keeps records.
func (m *Store) SaveRecords(_ context.Context, rs []calls.Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil || m.full != nil {
		return errors.Join(m.fail, m.full)
	}
	for _, r := range rs {
		m.rows[r.ID] = r
	}
	return nil
}

// Records returns the records of a filter's Open and To; the rest is the database's.
func (m *Store) Records(_ context.Context, f calls.Filter) ([]calls.Record, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return nil, "", m.fail
	}
	var found []calls.Record
	for _, r := range m.rows {
		if f.Open && !r.Ended.IsZero() || !f.To.IsZero() && !r.Started.Before(f.To) {
			continue
		}
		found = append(found, r)
	}
	slices.SortFunc(found, func(a, b calls.Record) int { return b.Started.Compare(a.Started) })
	return found, "", nil
}

// Record returns one record.
func (m *Store) Record(_ context.Context, id calls.CallID) (calls.Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return calls.Record{}, m.fail
	}
	r, ok := m.rows[id]
	if !ok {
		return r, fault.New(fault.NotFound, "no call %s", id)
	}
	return r, nil
}
