package hotel

import (
	"context"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/latest"
)

// Service is the hotel as it is now: calls read its Directory without waiting,
// operations change it one after the other.
type Service struct {
	store Store
	now   clock.Clock
	house *latest.Value[*Directory]
}

// Open loads the hotel from the store.
func Open(ctx context.Context, store Store, now clock.Clock) (s *Service, err error) {
	s = &Service{store: store, now: now}
	s.house, err = latest.Open(ctx, s.load)
	return s, err
}

// Directory returns the hotel as it is now.
func (s *Service) Directory() *Directory { return s.house.Get() }

// Watch returns the hotel as it is now and a channel that closes when there is
// a newer one.
func (s *Service) Watch() (*Directory, <-chan struct{}) { return s.house.Watch() }

// Do carries out one operation and returns its reason; see latest.Value.Change.
func (s *Service) Do(ctx context.Context, op Op) (reason string, err error) {
	err = s.house.Change(ctx, func(old *Directory) (*Directory, func(context.Context) error, error) {
		d, err := op(old, s.now())
		if err != nil || d.Changes.Empty() {
			reason = d.Reason
			return nil, nil, err
		}
		next, err := old.With(d.Changes)
		reason = d.Reason
		return next, func(ctx context.Context) error { return s.store.ApplyHotel(ctx, d.Changes) }, err
	})
	if err != nil {
		return "", err
	}
	return reason, nil
}

// Refresh loads the hotel anew, after somebody else wrote to the store.
func (s *Service) Refresh(ctx context.Context) error { return s.house.Refresh(ctx) }

func (s *Service) load(ctx context.Context) (*Directory, error) {
	data, err := s.store.LoadHotel(ctx)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "the hotel could not be loaded")
	}
	d, err := NewDirectory(data)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "the stored hotel breaks a rule")
	}
	return d, nil
}
