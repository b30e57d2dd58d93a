package acd_test

import (
	"strings"
	"testing"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/fault"
)

// atDesk is a guest who talks to op1.
func (h *house) atDesk() calls.LegID {
	h.t.Helper()
	h.signOn("op1")
	a := h.call("g101")
	h.rest(3 * time.Second)
	h.talk(a, "op1")
	return a
}

func (h *house) lane() []acd.Parked {
	h.rest(150 * time.Millisecond)
	return h.desk.Board().Parked
}

func TestParkAndPull(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a := h.atDesk()
		h.signOn("op2")
		if err := h.desk.Park(t.Context(), "wang", string(a), "", ""); !fault.Is(err, fault.Forbidden) {
			t.Errorf("somebody else parks: %v", err)
		}
		h.ok(h.desk.Park(t.Context(), "li", string(a), "wants the manager", "Ms Wang"))
		h.state("li", acd.Ready)
		if !h.sw.HasMusic(a) {
			t.Error("the parked caller hears no music")
		}
		lane := h.lane()
		if len(lane) != 1 || lane[0].Note != "wants the manager" || lane[0].For != "Ms Wang" || lane[0].By != "li" {
			t.Fatalf("lane %+v", lane)
		}
		h.rest(10 * time.Second)
		why, err := h.desk.Pull(t.Context(), "wang", string(a))
		h.ok(err)
		if !strings.HasPrefix(why, "parked by li 10s ago") {
			t.Errorf("reason %q", why)
		}
		if _, err := h.desk.Pull(t.Context(), "li", string(a)); !fault.Is(err, fault.Conflict) {
			t.Errorf("both pull: %v", err)
		}
		h.rest(3 * time.Second)
		h.talk(a, "op2")
		if len(h.lane()) != 0 {
			t.Error("still in the lane")
		}
		h.state("wang", acd.Talking)
		h.sw.HangUp(a)
		h.empty()
		if v := h.visit("g101"); v.Account != "li" || v.Talk.Round(time.Second) != 2*time.Second {
			t.Errorf("visit %+v", v)
		}
	})
}

func TestPausedOperatorPulls(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a := h.atDesk()
		h.ok(h.desk.Park(t.Context(), "li", string(a), "", ""))
		_, err := h.desk.SetState(t.Context(), "li", acd.Paused, "paper", "li")
		h.ok(err)
		_, err = h.desk.Pull(t.Context(), "li", string(a))
		h.ok(err)
		h.rest(3 * time.Second)
		h.talk(a, "op1")
		h.sw.HangUp(a)
		h.state("li", acd.Paused)
		h.empty()
	})
}

func TestRecallRingsTheParkerThenAnybody(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a := h.atDesk()
		h.ok(h.desk.Park(t.Context(), "li", string(a), "", ""))
		h.sw.Script("op1", switchtest.Behaviour{Silent: true})
		h.rest(61 * time.Second)
		h.state("li", acd.Alerting)
		if len(h.lane()) != 1 || len(h.desk.Board().Callers) != 0 {
			t.Error("while it rings it left the lane")
		}
		h.signOn("op3")
		if _, err := h.desk.Pull(t.Context(), "zhao", string(a)); !fault.Is(err, fault.Conflict) {
			t.Errorf("pulled while it rings: %v", err)
		}
		_, err := h.desk.SignOff(t.Context(), "zhao", "zhao")
		h.ok(err)
		h.rest(20 * time.Second)
		h.state("li", acd.Ready)
		if len(h.lane()) != 1 {
			t.Error("not back in the lane")
		}
		h.rest(61 * time.Second) // the second recall
		h.state("li", acd.Alerting)
		h.signOn("op2")
		_, err = h.desk.SetState(t.Context(), "li", acd.Paused, "", "li")
		h.ok(err)
		h.rest(83 * time.Second)
		h.talk(a, "op2")
		h.sw.HangUp(a)
		h.empty()
		vs := h.visits("g101")
		if len(vs) != 2 || vs[0].Account != "wang" || vs[0].How != acd.Answered {
			t.Errorf("visits %+v", vs)
		}
	})
}

func TestParkedCallerHangsUp(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a := h.atDesk()
		h.ok(h.desk.Park(t.Context(), "li", string(a), "", ""))
		h.sw.HangUp(a)
		h.empty()
		if v := h.visit("g101"); v.How != acd.Answered {
			t.Errorf("left by %s", v.How)
		}
	})
}

func TestLostBrowserComesBack(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a := h.atDesk()
		h.signOn("op2")
		h.sw.Script("op1", switchtest.Behaviour{Absent: true})
		h.sw.HangUp(h.one("op1"))
		h.rest(200 * time.Millisecond)
		if !h.sw.HasMusic(a) {
			t.Error("the caller hears no music")
		}
		h.plug("op1", false)
		h.state("li", acd.Offline)
		h.rest(3 * time.Second)
		h.sw.Script("op1", switchtest.Behaviour{Rings: 500 * time.Millisecond})
		h.plug("op1", true)
		h.rest(2 * time.Second)
		h.talk(a, "op1")
		h.state("li", acd.Talking)
		h.sw.HangUp(a)
		h.state("li", acd.Ready)
		h.empty()
		if n := len(h.visits("g101")); n != 1 {
			t.Errorf("%d visits, want one", n)
		}
	})
}

func TestLostBrowserStaysAway(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.queue(func(q *acd.Queue) { q.WrapUp = time.Minute })
		a := h.atDesk()
		b := h.call("g102")
		h.sw.Script("op1", switchtest.Behaviour{Absent: true})
		h.sw.HangUp(h.one("op1"))
		h.plug("op1", false)
		h.rest(10 * time.Second)
		if h.line() != "g101 g102" {
			t.Errorf("in line: %s", h.line())
		}
		h.signOn("op2")
		h.rest(3 * time.Second)
		h.talk(a, "op2")
		h.sw.HangUp(a)
		h.sw.HangUp(b)
		h.empty()
		if n := len(h.visits("g101")); n != 2 {
			t.Errorf("%d visits, want two", n)
		}
	})
}

func TestPullFromTheQueue(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		_, err := h.desk.SetState(t.Context(), "li", acd.Paused, "", "li")
		h.ok(err)
		h.call("g101")
		b := h.call("g102")
		h.sw.Script("op1", switchtest.Behaviour{Silent: true})
		_, err = h.desk.Pull(t.Context(), "li", string(b))
		h.ok(err)
		h.rest(25 * time.Second)
		if h.line() != "g101 g102" {
			t.Errorf("in line after a pull that was not answered: %s", h.line())
		}
		h.sw.Script("op1", switchtest.Behaviour{Rings: 2 * time.Second})
		_, err = h.desk.Pull(t.Context(), "li", string(b))
		h.ok(err)
		h.signOn("op2") // free at the same moment: serves the other caller
		h.rest(3 * time.Second)
		h.talk(b, "op1")
		h.talk(h.one("g101"), "op2")
		h.sw.HangUp(b)
		h.sw.HangUp(h.one("g101"))
		h.state("wang", acd.Ready)
		h.empty()
	})
}
