package calls_test

import (
	"slices"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
)

// talking sets up a call between a and b and returns both legs.
func (h *house) talkingPair() (a, b calls.LegID) {
	h.t.Helper()
	a = h.sw.Call("a", "b")
	h.rest(time.Second)
	b = h.one("b")
	if !h.sw.Hear(a, b) {
		h.t.Fatal("a and b do not talk")
	}
	return a, b
}

func TestBlindTransfer(t *testing.T) {
	for _, by := range []string{"caller", "called"} {
		t.Run("by "+by, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				h.sw.Script("c", switchtest.Behaviour{Rings: 2 * time.Second})
				a, b := h.talkingPair()
				stays, goes := b, a
				if by == "called" {
					stays, goes = a, b
				}
				h.sw.Refer(goes, "c", "")
				h.rest(time.Second)
				if heard := h.sw.Heard(stays); !slices.Contains(heard, "tone:ring") {
					t.Errorf("who stays hears %v, want ring-back", heard)
				}
				h.rest(2 * time.Second)
				if !h.sw.Hear(stays, h.one("c")) {
					t.Fatal("not connected to c")
				}
				if slices.Contains(append(h.sw.Find("a"), h.sw.Find("b")...), goes) {
					t.Error("the transferrer's leg is still there")
				}
				h.sw.HangUp(stays)
				h.rest(time.Second)
				h.empty()
				r := h.record(a)
				if r.To.Extension != "c" || len(r.Legs) != 3 || r.Outcome != calls.OutcomeAnswered {
					t.Errorf("record: to %+v, %d legs, %s", r.To, len(r.Legs), r.Outcome)
				}
				if r.HungUpBy != "caller" {
					t.Errorf("hung up by %q, want the party that stayed, not the transferrer", r.HungUpBy)
				}
			})
		})
	}
}

func TestTransferThatFailsLeavesTheCall(t *testing.T) {
	for _, target := range []string{"nowhere", "c"} {
		t.Run(target, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				h.sw.Script("c", switchtest.Behaviour{Cause: calls.CauseBusy})
				a, b := h.talkingPair()
				h.sw.Refer(b, target, "")
				h.rest(time.Second)
				if !h.sw.Hear(a, b) {
					t.Fatal("the call is gone")
				}
				if told := h.sw.Told(b); len(told) == 0 || told[len(told)-1] != calls.TransferFailed {
					t.Errorf("the phone was told %v", told)
				}
				h.sw.HangUp(b)
				h.rest(time.Second)
				h.empty()
				if r := h.record(a); r.To.Extension != "b" || r.HungUpBy != "called" {
					t.Errorf("record: to %+v, hung up by %q", r.To, r.HungUpBy)
				}
			})
		})
	}
}

func TestAttendedTransfer(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, b := h.talkingPair()
		b2 := h.sw.Call("b", "c")
		h.rest(time.Second)
		c := h.one("c")
		h.sw.Refer(b, "", b2)
		h.rest(time.Second)
		if !h.sw.Hear(a, c) {
			t.Fatal("a and c do not hear each other")
		}
		if left := h.sw.Find("b"); len(left) != 0 {
			t.Errorf("legs of the transferrer left: %v", left)
		}
		h.sw.HangUp(c)
		h.rest(time.Second)
		h.empty()
		if r := h.record(a); r.To.Extension != "c" || r.Outcome != calls.OutcomeAnswered {
			t.Errorf("first call: to %+v, %s", r.To, r.Outcome)
		}
		r := h.record(b2)
		if r.Outcome != calls.OutcomeAnswered || r.Ended.IsZero() {
			t.Errorf("second call: %s, ended %s", r.Outcome, r.Ended)
		}
		for _, l := range r.Legs {
			if l.Ended.IsZero() {
				t.Errorf("second call: leg %s has no end", l.ID)
			}
		}
	})
}

func TestTransferBeforeTheConsultationAnswers(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("c", switchtest.Behaviour{Rings: 5 * time.Second})
		a, b := h.talkingPair()
		b2 := h.sw.Call("b", "c")
		h.rest(time.Second)
		h.sw.Refer(b, "", b2)
		h.rest(8 * time.Second)
		if !h.sw.Hear(a, h.one("c")) {
			t.Fatal("a and c do not hear each other")
		}
		h.sw.HangUp(a)
		h.rest(time.Second)
		h.empty()
	})
}

func TestPartyWhoStaysHangsUpDuringTheTransfer(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("c", switchtest.Behaviour{Silent: true})
		a, b := h.talkingPair()
		h.sw.Refer(b, "c", "")
		h.rest(time.Second)
		h.sw.HangUp(a)
		h.rest(time.Second)
		h.empty()
	})
}
