package routing

import (
	"context"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/latest"
	"bellhop/controller/kit/phone"
)

// Service is the routing table as it is now: calls read it without waiting,
// operations change it one after the other.
type Service struct {
	store    Store
	now      clock.Clock
	features []phone.Number
	table    *latest.Value[*Table]
}

// Open loads the table from the store. Features are as for NewTable.
func Open(ctx context.Context, store Store, now clock.Clock, features ...phone.Number) (s *Service, err error) {
	s = &Service{store: store, now: now, features: features}
	s.table, err = latest.Open(ctx, s.load)
	return s, err
}

// Table returns the table as it is now.
func (s *Service) Table() *Table { return s.table.Get() }

// Watch returns the table as it is now and a channel that closes when there is
// a newer one.
func (s *Service) Watch() (*Table, <-chan struct{}) { return s.table.Watch() }

// Do carries out one operation and returns its reason; see latest.Value.Change.
func (s *Service) Do(ctx context.Context, op Op) (reason string, err error) {
	err = s.table.Change(ctx, func(old *Table) (*Table, func(context.Context) error, error) {
		c, err := op(old, s.now())
		if err != nil || c.Changes.Empty() {
			reason = c.Reason
			return nil, nil, err
		}
		next, err := old.With(c.Changes)
		reason = c.Reason
		return next, func(ctx context.Context) error { return s.store.ApplyRouting(ctx, c.Changes) }, err
	})
	if err != nil {
		return "", err
	}
	return reason, nil
}

// Refresh loads the table anew, after somebody else wrote to the store.
func (s *Service) Refresh(ctx context.Context) error { return s.table.Refresh(ctx) }

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
