package routing

import (
	"context"
	"sync/atomic"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// Service is the routing table as it is now: calls read it without waiting,
// operations change it one after the other.
type Service struct {
	store    Store
	now      clock.Clock
	features []phone.Number
	view     atomic.Pointer[view]
	turn     chan bool // holds one token; its value says whether the view may be stale
}

// view is a Table and the news that it has been replaced.
type view struct {
	table    *Table
	replaced chan struct{}
}

// Open loads the table from the store. Features are as for NewTable.
func Open(ctx context.Context, store Store, now clock.Clock, features ...phone.Number) (*Service, error) {
	s := &Service{store: store, now: now, features: features, turn: make(chan bool, 1)}
	t, err := s.load(ctx)
	if err != nil {
		return nil, err
	}
	s.view.Store(&view{t, make(chan struct{})})
	s.turn <- false
	return s, nil
}

// Table returns the table as it is now.
func (s *Service) Table() *Table { return s.view.Load().table }

// Watch returns the table as it is now and a channel that closes when there is
// a newer one. Whoever watches in a loop misses no state, only those in between.
func (s *Service) Watch() (*Table, <-chan struct{}) {
	v := s.view.Load()
	return v.table, v.replaced
}

// Do decides, checks, stores and shows, in this order, and returns the reason.
// When it fails nothing has changed; only after a failed store nobody knows, so
// the next operation looks there first.
func (s *Service) Do(ctx context.Context, op Op) (reason string, err error) {
	stale, err := s.enter(ctx)
	if err != nil {
		return "", err
	}
	defer func() { s.turn <- stale }()
	if stale {
		if err := s.reload(ctx); err != nil {
			return "", err
		}
		stale = false
	}
	old := s.Table()
	c, err := op(old, s.now())
	if err != nil {
		return "", err
	}
	if c.Changes.Empty() {
		return c.Reason, nil
	}
	next, err := old.With(c.Changes)
	if err != nil {
		return "", err
	}
	if err := s.store.ApplyRouting(ctx, c.Changes); err != nil {
		stale = true
		return "", fault.Wrap(err, fault.Unavailable, "the change could not be stored")
	}
	s.show(next)
	return c.Reason, nil
}

// Refresh loads the table anew, after somebody else wrote to the store.
func (s *Service) Refresh(ctx context.Context) error {
	stale, err := s.enter(ctx)
	if err != nil {
		return err
	}
	defer func() { s.turn <- stale }()
	if err := s.reload(ctx); err != nil {
		stale = true
		return err
	}
	stale = false
	return nil
}

// enter waits for the turn to change the table.
func (s *Service) enter(ctx context.Context) (stale bool, err error) {
	select {
	case stale = <-s.turn:
		return stale, nil
	case <-ctx.Done():
		return false, fault.Wrap(context.Cause(ctx), fault.Unavailable, "the routes are busy with another change")
	}
}

func (s *Service) reload(ctx context.Context) error {
	t, err := s.load(ctx)
	if err != nil {
		return err
	}
	s.show(t)
	return nil
}

func (s *Service) load(ctx context.Context) (*Table, error) {
	data, err := s.store.LoadRouting(ctx)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "the routes could not be loaded")
	}
	t, err := NewTable(data, s.features...)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "the stored routes break a rule")
	}
	return t, nil
}

func (s *Service) show(t *Table) {
	old := s.view.Swap(&view{t, make(chan struct{})})
	close(old.replaced)
}
