package calls_test

import (
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/fault"
)

func TestClickToDial(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("op", switchtest.Behaviour{Rings: time.Second})
		h.sw.Script("c", switchtest.Behaviour{Rings: 3 * time.Second})
		id, err := h.x.Dial(t.Context(), pages("op"), "c")
		if err != nil {
			t.Fatal(err)
		}
		h.rest(500 * time.Millisecond)
		op := h.one("op")
		if head := h.sw.Headers(op); head["Call-Info"] != "<sip:bellhop>;answer-after=0" || head[calls.HeaderCall] != string(id) {
			t.Errorf("headers %v", head)
		}
		h.rest(2 * time.Second)
		if heard := h.sw.Heard(op); len(heard) != 1 || heard[0] != "tone:ring" {
			t.Errorf("the operator hears %v, want ring-back", heard)
		}
		c := h.one("c")
		if head := h.sw.Headers(c); head["Call-Info"] != "" || head[calls.HeaderCall] != string(id) {
			t.Errorf("headers %v", head)
		}
		h.rest(2 * time.Second)
		h.hear(op, c)
		if l := h.live(calls.LegID(id)); l.From.Extension != "op" || l.Dialled != "c" || l.To.Extension != "c" || l.Parties[0].Role != "caller" {
			t.Errorf("live %+v", l)
		}
		h.over(op)
		r := h.record(calls.LegID(id))
		if r.Outcome != calls.OutcomeAnswered || r.HungUpBy != "caller" || len(r.Legs) != 2 {
			t.Errorf("record %+v", r)
		}
	})
}

func TestClickToDialThatFails(t *testing.T) {
	tests := []struct {
		name   string
		op, c  switchtest.Behaviour
		number string
		want   calls.Outcome
	}{
		{"by does not answer", switchtest.Behaviour{Silent: true}, switchtest.Behaviour{}, "c", calls.OutcomeNoAnswer},
		{"by is not there", switchtest.Behaviour{Absent: true}, switchtest.Behaviour{}, "c", calls.OutcomeFailed},
		{"the number is busy", switchtest.Behaviour{}, switchtest.Behaviour{Cause: calls.CauseBusy}, "c", calls.OutcomeAnswered},
		{"no such number", switchtest.Behaviour{}, switchtest.Behaviour{}, "nowhere", calls.OutcomeAnswered},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				h.sw.Script("op", tt.op)
				h.sw.Script("c", tt.c)
				id, err := h.x.Dial(t.Context(), pages("op"), tt.number)
				if err != nil {
					t.Fatal(err)
				}
				h.rest(time.Minute)
				h.over()
				if r := h.record(calls.LegID(id)); r.Outcome != tt.want {
					t.Errorf("outcome %s, want %s", r.Outcome, tt.want)
				}
			})
		})
	}
}

func TestClickToDialIsReleased(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("c", switchtest.Behaviour{Silent: true})
		id, err := h.x.Dial(t.Context(), pages("op"), "c")
		if err != nil {
			t.Fatal(err)
		}
		h.rest(time.Second)
		h.do(calls.LegID(id), calls.Release("op"))
		h.over()
		if r := h.record(calls.LegID(id)); r.HungUpBy != "caller" {
			t.Errorf("hung up by %q", r.HungUpBy)
		}
	})
}

func TestClickToDialRefused(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		if _, err := h.x.Dial(t.Context(), calls.Attempt{}, "c"); !fault.Is(err, fault.Invalid) {
			t.Errorf("no phone: %v", err)
		}
		if _, err := h.x.Dial(t.Context(), ring("op"), ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("no number: %v", err)
		}
	})
}
