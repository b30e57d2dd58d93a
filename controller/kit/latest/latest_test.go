package latest_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/latest"
)

// shelf is a store of one number.
type shelf struct {
	mu     sync.Mutex
	number int
	fail   error
	late   bool // it fails after it has stored
}

func (s *shelf) load(context.Context) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.number, nil
}

func (s *shelf) add(n int) func(old int) (int, func(context.Context) error, error) {
	return func(old int) (int, func(context.Context) error, error) {
		return old + n, func(context.Context) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.fail == nil || s.late {
				s.number = old + n
			}
			return s.fail
		}, nil
	}
}

func TestNoChangeIsLost(t *testing.T) {
	s := &shelf{}
	v, err := latest.Open(t.Context(), s.load)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if err := v.Change(t.Context(), s.add(1)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if v.Get() != 50 || s.number != 50 {
		t.Errorf("shown %d, stored %d, want 50", v.Get(), s.number)
	}
}

func TestAFailedStoreIsNotShownAndLookedIntoNext(t *testing.T) {
	s := &shelf{fail: errors.New("disk full")}
	v, _ := latest.Open(t.Context(), s.load)
	if err := v.Change(t.Context(), s.add(1)); !fault.Is(err, fault.Unavailable) || v.Get() != 0 {
		t.Errorf("%v, shown %d", err, v.Get())
	}
	s.late = true
	if err := v.Change(t.Context(), s.add(1)); err == nil || v.Get() != 0 {
		t.Errorf("%v, shown %d", err, v.Get())
	}
	s.fail = nil
	if err := v.Change(t.Context(), s.add(1)); err != nil || v.Get() != 2 {
		t.Errorf("%v, shown %d: what the failed store had done was not seen", err, v.Get())
	}
}

func TestNothingToChangeStoresNothing(t *testing.T) {
	s := &shelf{}
	v, _ := latest.Open(t.Context(), s.load)
	_, news := v.Watch()
	err := v.Change(t.Context(), func(int) (int, func(context.Context) error, error) { return 7, nil, nil })
	if err != nil || v.Get() != 0 {
		t.Errorf("%v, shown %d", err, v.Get())
	}
	select {
	case <-news:
		t.Error("news of nothing")
	default:
	}
	s.number = 9
	if err := v.Refresh(t.Context()); err != nil || v.Get() != 9 {
		t.Errorf("%v, shown %d", err, v.Get())
	}
	<-news
}

func TestWaitingForTheTurnEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v, _ := latest.Open(t.Context(), (&shelf{}).load)
		hold := make(chan struct{})
		go func() {
			_ = v.Change(t.Context(), func(int) (int, func(context.Context) error, error) { <-hold; return 0, nil, nil })
		}()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := v.Refresh(ctx); !fault.Is(err, fault.Unavailable) {
			t.Errorf("got %v", err)
		}
		close(hold)
		synctest.Wait()
		if err := v.Refresh(t.Context()); err != nil {
			t.Errorf("the turn was lost: %v", err)
		}
	})
}
