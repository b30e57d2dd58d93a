package calls_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/fault"
)

// feature lets a number of a test be answered by do.
func (h *house) feature(do calls.Feature) { h.guide.feature = do }

func TestWaitingWithRingBack(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("op", switchtest.Behaviour{Rings: time.Second})
		h.feature(func(ctx context.Context, s *calls.Session) error {
			wake := make(chan struct{})
			time.AfterFunc(5*time.Second, func() { close(wake) })
			for range 2 { // the second time it rings already
				if err := s.Await(ctx, calls.PhaseQueued, "", true, wake); err != nil {
					return err
				}
			}
			_, err := s.Serve(ctx, pages("op"), nil)
			return err
		})
		guest := h.sw.Call("guest", "feature")
		h.rest(time.Second)
		if ringing, _ := h.sw.Signalled(guest); !ringing || h.sw.HasMusic(guest) || !h.live(guest).Answered.IsZero() {
			t.Error("a caller who is not answered must hear ring-back")
		}
		h.rest(7 * time.Second)
		h.hear(guest, h.one("op"))
		if n := h.sw.Commands()["ring"]; n != 1 {
			t.Errorf("%d × ring", n)
		}
		h.over(guest)
	})
}

func TestWaitingWithEarlyMusic(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.feature(func(ctx context.Context, s *calls.Session) error {
			if err := s.Progress(ctx); err != nil {
				return err
			}
			return s.Await(ctx, calls.PhaseQueued, "", true, nil)
		})
		guest := h.sw.Call("guest", "feature")
		h.rest(time.Second)
		if !h.sw.HasMusic(guest) {
			t.Error("no music in early media")
		}
		h.stop()
		h.start()
		h.rest(time.Second)
		if n := h.sw.Commands()["music"]; n != 1 {
			t.Errorf("%d × music after a restart, want 1", n)
		}
		h.over(guest)
	})
}

func TestAnnouncementInTheQueue(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.feature(func(ctx context.Context, s *calls.Session) error {
			if err := s.Answer(ctx); err != nil {
				return err
			}
			for {
				wake := make(chan struct{})
				time.AfterFunc(5*time.Second, func() { close(wake) })
				if err := s.Await(ctx, calls.PhaseQueued, "", true, wake); err != nil {
					return err
				}
				if err := s.Play(ctx, calls.Media{Prompts: []string{"please-hold"}}); err != nil {
					return err
				}
			}
		})
		guest := h.sw.Call("guest", "feature")
		h.rest(5050 * time.Millisecond)
		if h.sw.HasMusic(guest) {
			t.Error("music under the announcement")
		}
		h.rest(time.Second)
		if !h.sw.HasMusic(guest) {
			t.Error("no music after the announcement")
		}
		h.over(guest)
	})
}

func TestOverflowFromTheQueue(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.feature(func(ctx context.Context, s *calls.Session) error {
			if err := s.Answer(ctx); err != nil {
				return err
			}
			limited, cancel := context.WithTimeout(ctx, 10*time.Second)
			defer cancel()
			if err := s.Await(limited, calls.PhaseQueued, "", true, nil); !errors.Is(err, context.DeadlineExceeded) {
				return err
			}
			return s.Connect(ctx, to(line("t1")))
		})
		h.sw.Script("t1", switchtest.Behaviour{Rings: 5 * time.Second})
		guest := h.sw.Call("guest", "feature")
		h.rest(11 * time.Second)
		if h.sw.HasMusic(guest) {
			t.Error("music over the ring-back of the line")
		}
		h.rest(5 * time.Second)
		h.hear(guest, h.one("t1"))
		h.stop()
		h.start()
		h.rest(time.Second)
		h.over(h.one("t1")) // a plain talk now: the caller is not queued again
		if r := h.record(guest); r.HungUpBy != "called" {
			t.Errorf("hung up by %q", r.HungUpBy)
		}
	})
}

func TestWaitRefused(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		var errs []error
		h.feature(func(ctx context.Context, s *calls.Session) error {
			errs = append(errs,
				s.Await(ctx, calls.PhaseTalking, "", true, nil),
				s.Await(ctx, calls.PhaseQueued, strings.Repeat("x", calls.MaxTagData+1), true, nil))
			return nil
		})
		h.sw.Call("guest", "feature")
		h.rest(time.Second)
		for _, err := range errs {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%v, want invalid", err)
			}
		}
		h.over()
	})
}

func TestRingingForTheQueueIsGivenUp(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("op", switchtest.Behaviour{Silent: true})
		var got error
		h.feature(func(ctx context.Context, s *calls.Session) error {
			if err := s.Answer(ctx); err != nil {
				return err
			}
			soon, cancel := context.WithTimeout(ctx, 3*time.Second)
			defer cancel()
			_, got = s.Serve(soon, pages("op"), nil)
			return s.Await(ctx, calls.PhaseQueued, "", true, nil)
		})
		guest := h.sw.Call("guest", "feature")
		h.rest(4 * time.Second)
		if !errors.Is(got, context.DeadlineExceeded) || len(h.sw.Find("op")) != 0 || h.live(guest).Phase != calls.PhaseQueued {
			t.Errorf("%v; op %v", got, h.sw.Find("op"))
		}
		h.over(guest)
	})
}
