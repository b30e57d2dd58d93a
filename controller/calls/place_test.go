package calls_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
)

func alert(media ...string) calls.Errand {
	return calls.Errand{
		From: party("1206"), Dialled: "110", Ring: ring("desk1", "desk2"), Reason: "emergency alert",
		Answered: func(ctx context.Context, s *calls.Session) error {
			return s.Play(ctx, calls.Media{Prompts: media})
		},
	}
}

func TestErrandIsGivenToWhoAnswersFirst(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("desk1", switchtest.Behaviour{Rings: 5 * time.Second})
		h.sw.Script("desk2", switchtest.Behaviour{Rings: 2 * time.Second})
		done := make(chan error, 1)
		go func() { done <- h.x.Place(t.Context(), alert("beep")) }()
		h.rest(2 * time.Second)
		if heard := h.sw.Heard(h.one("desk2")); len(heard) != 1 || heard[0] != "beep" {
			t.Errorf("heard %v", heard)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
		h.rest(time.Second)
		h.empty()
	})
}

func TestErrandThatReachesNobody(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("desk1", switchtest.Behaviour{Silent: true})
		h.sw.Script("desk2", switchtest.Behaviour{Absent: true})
		err := h.x.Place(t.Context(), alert("beep"))
		if u, ok := errors.AsType[*calls.Unreached](err); !ok || u.Cause != calls.CauseNoAnswer {
			t.Errorf("got %v", err)
		}
		h.rest(time.Second)
		h.empty()
	})
}
