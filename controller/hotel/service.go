package hotel

import (
	"context"
	"sync/atomic"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
)

// Service is the hotel as it is now: calls read its Directory without waiting,
// operations change it one after the other.
type Service struct {
	store Store
	now   clock.Clock
	view  atomic.Pointer[view]
	turn  chan bool // holds one token; its value says whether the view may be stale
}

// view is a Directory and the news that it has been replaced.
type view struct {
	directory *Directory
	replaced  chan struct{}
}

// Open loads the hotel from the store.
func Open(ctx context.Context, store Store, now clock.Clock) (*Service, error) {
	s := &Service{store: store, now: now, turn: make(chan bool, 1)}
	d, err := s.load(ctx)
	if err != nil {
		return nil, err
	}
	s.view.Store(&view{d, make(chan struct{})})
	s.turn <- false
	return s, nil
}

// Directory returns the hotel as it is now.
func (s *Service) Directory() *Directory { return s.view.Load().directory }

// Watch returns the hotel as it is now and a channel that closes when there is
// a newer one. Whoever watches in a loop misses no state, only those in between.
func (s *Service) Watch() (*Directory, <-chan struct{}) {
	v := s.view.Load()
	return v.directory, v.replaced
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
	old := s.Directory()
	dec, err := op(old, s.now())
	if err != nil {
		return "", err
	}
	if dec.Changes.Empty() {
		return dec.Reason, nil
	}
	next, err := old.With(dec.Changes)
	if err != nil {
		return "", err
	}
	if err := s.store.ApplyHotel(ctx, dec.Changes); err != nil {
		stale = true
		return "", fault.Wrap(err, fault.Unavailable, "the change could not be stored")
	}
	s.show(next)
	return dec.Reason, nil
}

// Refresh loads the hotel anew, after somebody else wrote to the store.
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

// enter waits for the turn to change the hotel.
func (s *Service) enter(ctx context.Context) (stale bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, fault.Wrap(err, fault.Unavailable, "the change came too late")
	}
	select {
	case stale = <-s.turn:
		return stale, nil
	case <-ctx.Done():
		return false, fault.Wrap(context.Cause(ctx), fault.Unavailable, "the hotel is busy with another change")
	}
}

func (s *Service) reload(ctx context.Context) error {
	d, err := s.load(ctx)
	if err != nil {
		return err
	}
	s.show(d)
	return nil
}

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

func (s *Service) show(d *Directory) {
	old := s.view.Swap(&view{d, make(chan struct{})})
	close(old.replaced)
}
