package hotel

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"bellhop/controller/kit/fault"
)

func open(t *testing.T) (*Service, *memory) {
	t.Helper()
	store := &memory{d: demo(t)}
	s, err := Open(t.Context(), store, func() time.Time { return noon })
	if err != nil {
		t.Fatal(err)
	}
	return s, store
}

func TestServiceStoresAndShows(t *testing.T) {
	s, store := open(t)
	old, replaced := s.Watch()
	reason, err := s.Do(t.Context(), CheckOut("1206", ""))
	if err != nil || reason != "room 1206: checked out, line barred" {
		t.Fatal(reason, err)
	}
	<-replaced // blocks for ever when nobody is told
	wantVacant(t, s.Directory(), "1206")
	wantVacant(t, store.d, "1206")
	if _, occupied := old.StayIn("1206"); !occupied {
		t.Error("the old view was altered")
	}
}

func TestServiceRefuses(t *testing.T) {
	s, store := open(t)
	before, replaced := s.Watch()
	for _, op := range []Op{CheckOut("1102", ""), AddExtensions(Extension{Number: num("110"), Kind: KindStaff}),
		SetDoNotDisturb(num("1206"), false)} {
		_, _ = s.Do(t.Context(), op)
	}
	if store.applied != 0 || s.Directory() != before {
		t.Error("something was stored or shown")
	}
	select {
	case <-replaced:
		t.Error("watchers were told of nothing")
	default:
	}
}

func TestServiceStoreFails(t *testing.T) {
	s, store := open(t)
	before := s.Directory()
	store.fail = errors.New("disk is read-only")
	if _, err := s.Do(t.Context(), CheckOut("1206", "")); !fault.Is(err, fault.Unavailable) || !errors.Is(err, store.fail) {
		t.Fatalf("got %v", err)
	}
	if s.Directory() != before {
		t.Fatal("memory shows what was not stored")
	}
	if _, err := s.Do(t.Context(), CheckOut("1206", "")); !fault.Is(err, fault.Unavailable) {
		t.Fatalf("got %v", err)
	}
	store.fail = nil
	if _, err := s.Do(t.Context(), CheckOut("1206", "")); err != nil {
		t.Fatal(err)
	}
	wantVacant(t, s.Directory(), "1206")
}

// A store that fails after it has stored must not leave us deciding on the past.
func TestServiceStaleView(t *testing.T) {
	s, store := open(t)
	store.failLate = context.DeadlineExceeded
	if _, err := s.Do(t.Context(), CheckOut("1206", "")); err == nil {
		t.Fatal("no error")
	}
	store.failLate = nil
	if _, err := s.Do(t.Context(), CheckOut("1206", "")); !fault.Is(err, fault.Conflict) {
		t.Errorf("the second check-out gives %v, want: room is vacant", err)
	}
	wantVacant(t, s.Directory(), "1206")
}

func TestServiceRefresh(t *testing.T) {
	s, store := open(t)
	store.d = do(t, store.d, CheckOut("1206", ""))
	if err := s.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantVacant(t, s.Directory(), "1206")
	store.fail = errors.New("down")
	if err := s.Refresh(t.Context()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
	if _, err := Open(t.Context(), store, nil); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
}

func TestServiceWaitsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := open(t)
		ctx, cancel := context.WithCancel(t.Context())
		waited := make(chan error, 1)
		_, err := s.Do(t.Context(), func(*Directory, time.Time) (Decision, error) {
			go func() {
				_, err := s.Do(ctx, CheckOut("1206", ""))
				waited <- err
			}()
			synctest.Wait() // the other one waits for its turn
			cancel()
			return Decision{}, <-waited
		})
		if !fault.Is(err, fault.Unavailable) || !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if _, err := s.Do(ctx, CheckOut("1206", "")); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled operation gives %v", err)
		}
		if _, err := s.Do(t.Context(), CheckOut("1206", "")); err != nil {
			t.Errorf("the turn was lost: %v", err)
		}
	})
}

// Many writers and readers at once: no change is lost, every view is whole.
func TestServiceConcurrency(t *testing.T) {
	s, store := open(t)
	var writers, readers sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				d, _ := s.Watch()
				e, _ := d.Extension(num("1102"))
				class, _ := d.ClassOf(e)
				if _, occupied := d.StayIn("1102"); occupied != (class.Name == "national") {
					t.Errorf("occupied %v with class %s", occupied, class.Name)
					return
				}
			}
		})
	}
	for w := range 8 {
		writers.Go(func() {
			for i := range 10 {
				room := Room{Number: fmt.Sprintf("2%d%02d", w, i), Floor: "11"}
				if _, err := s.Do(t.Context(), AddRooms(NewRoom{Room: room})); err != nil {
					t.Error(err)
				}
				guest := Guest{ID: fmt.Sprintf("g%d-%d", w, i)}
				_, err := s.Do(t.Context(), CheckIn(Arrival{Stay: "s" + guest.ID, Room: "1102", Guests: []Guest{guest}, Share: true}))
				if err != nil {
					t.Error(err)
				}
				if _, err := s.Do(t.Context(), CheckOut("1102", guest.ID)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	close(stop)
	readers.Wait()
	if n := len(s.Directory().Rooms()); n != 120 || len(store.d.Rooms()) != 120 {
		t.Errorf("%d rooms, want 120", n)
	}
	wantVacant(t, s.Directory(), "1102")
}
