package acd_test

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestCallerTalksToTheOperator(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		a := h.call("g101")
		if ring, _ := h.sw.Signalled(a); !ring || h.sw.HasMusic(a) {
			t.Errorf("ring-back %v, music %v: want ring-back alone", ring, h.sw.HasMusic(a))
		}
		h.state("li", acd.Alerting)
		h.rest(3 * time.Second)
		h.talk(a, "op1")
		if s := h.state("li", acd.Talking); s.Call != string(a) || s.Calls != 1 {
			t.Errorf("seat %+v", s)
		}
		h.rest(10 * time.Second)
		h.sw.HangUp(a)
		h.state("li", acd.Ready)
		h.empty()
		v := h.visit("g101")
		if v.How != acd.Answered || v.Account != "li" || v.Offers != 1 || v.Left.Sub(v.Entered) != 2*time.Second {
			t.Errorf("visit %+v", v)
		}
		if v.Talk < 10*time.Second || v.Talk > 12*time.Second || v.Room != "101" {
			t.Errorf("talk %s, room %q", v.Talk, v.Room)
		}
	})
}

func TestTwoCallersOneAgent(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		a := h.call("g101")
		b := h.call("g102")
		if !h.sw.HasMusic(b) {
			t.Error("the second caller hears no music")
		}
		h.rest(3 * time.Second)
		h.talk(a, "op1")
		if h.line() != "g102" {
			t.Errorf("in line: %s", h.line())
		}
		h.sw.HangUp(a)
		h.rest(3 * time.Second)
		h.talk(b, "op1")
		h.sw.HangUp(b)
		h.empty()
		f := h.desk.Board().Queues[0].Figures
		if f.Offered != 2 || f.Answered != 2 || f.AnsweredInTarget != 2 {
			t.Errorf("figures %+v", f)
		}
	})
}

func TestVIPOvertakes(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.vip["g103"] = 1
		h.signOn("op1")
		a := h.call("g101")
		b := h.call("g102")
		h.rest(5 * time.Second)
		c := h.call("g103")
		if h.line() != "g103 g102" {
			t.Errorf("in line: %s", h.line())
		}
		h.sw.HangUp(a)
		h.rest(3 * time.Second)
		h.talk(c, "op1")
		h.sw.HangUp(c)
		h.rest(3 * time.Second)
		h.talk(b, "op1")
		h.sw.HangUp(b)
		h.empty()
	})
}

func TestRingNoAnswerKeepsThePlace(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.queue(func(q *acd.Queue) { q.MissLimit = 1 })
		h.sw.Script("op1", switchtest.Behaviour{Silent: true})
		h.signOn("op1")
		a := h.call("g101")
		h.rest(5 * time.Second)
		b := h.call("g102")
		h.rest(16 * time.Second)
		s := h.state("li", acd.NotResponding)
		if s.Missed != 1 {
			t.Errorf("missed %d", s.Missed)
		}
		if h.line() != "g101 g102" || !h.sw.HasMusic(a) {
			t.Errorf("in line: %s, music %v", h.line(), h.sw.HasMusic(a))
		}
		h.signOn("op2")
		h.rest(3 * time.Second)
		h.talk(a, "op2")
		h.sw.Script("op1", switchtest.Behaviour{})
		why, err := h.desk.SetState(t.Context(), "li", acd.Ready, "", "li")
		h.ok(err)
		t.Log(why)
		h.rest(time.Second)
		h.talk(b, "op1")
		if v := h.visit("g101"); v.Offers != 2 || v.Account != "wang" {
			t.Errorf("visit %+v", v)
		}
		h.sw.HangUp(a)
		h.sw.HangUp(b)
		h.empty()
	})
}

func TestCallerHangsUp(t *testing.T) {
	for _, while := range []string{"queued", "ringing"} {
		t.Run(while, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				h.sw.Script("op1", switchtest.Behaviour{Silent: true})
				h.signOn("op1")
				if while == "queued" {
					_, err := h.desk.SetState(t.Context(), "li", acd.Paused, "lunch", "li")
					h.ok(err)
				}
				a := h.call("g101")
				h.rest(7 * time.Second)
				h.sw.HangUp(a)
				h.empty()
				v := h.visit("g101")
				if v.How != acd.Abandoned || v.Left.Sub(v.Entered).Round(time.Second) != 7*time.Second {
					t.Errorf("visit %+v", v)
				}
				want := acd.Ready
				if while == "queued" {
					want = acd.Paused
				}
				if s := h.state("li", want); s.Missed != 0 {
					t.Error("the agent missed nothing")
				}
			})
		})
	}
}

func TestUnpausingPullsTheNextCallAtOnce(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		_, err := h.desk.SetState(t.Context(), "li", acd.Paused, "lunch", "li")
		h.ok(err)
		a := h.call("g101")
		if s := h.state("li", acd.Paused); s.Reason != "lunch" {
			t.Errorf("reason %q", s.Reason)
		}
		why, err := h.desk.SetState(t.Context(), "li", acd.Ready, "", "li")
		h.ok(err)
		if why == "" {
			t.Error("no reason")
		}
		h.state("li", acd.Alerting)
		h.rest(2 * time.Second)
		h.talk(a, "op1")
		_, err = h.desk.SetState(t.Context(), "li", acd.Paused, "tea", "li")
		h.ok(err)
		h.state("li", acd.Talking)
		h.sw.HangUp(a)
		h.state("li", acd.Paused)
		h.empty()
	})
}

func TestShortAbandonGetsThePlaceBack(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		h.call("g100")
		a := h.call("g101")
		h.rest(5 * time.Second)
		h.call("g102")
		h.sw.HangUp(a)
		h.rest(10 * time.Second)
		h.call("g101")
		if h.line() != "g101 g102" {
			t.Errorf("in line: %s", h.line())
		}
		vs := h.visits("g101")
		if len(vs) != 2 || !vs[0].Entered.Equal(vs[1].Entered) || vs[0].How == vs[1].How {
			t.Errorf("visits %+v", vs)
		}
		for _, n := range []string{"g100", "g101", "g102"} {
			h.sw.HangUp(h.one(n))
		}
		h.empty()
	})
}

func TestNobodySignedOn(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a := h.call("g101")
		h.talk(a, "classic")
		h.sw.HangUp(a)
		h.empty()
		h.signOn("op1")
		_, err := h.desk.SetState(t.Context(), "li", acd.Paused, "lunch", "li")
		h.ok(err)
		b := h.call("g102")
		_, err = h.desk.SignOff(t.Context(), "li", "li")
		h.ok(err)
		h.rest(time.Second)
		h.talk(b, "classic")
		h.sw.HangUp(b)
		h.empty()
		if v := h.visit("g102"); v.How != acd.Flowed {
			t.Errorf("left by %s", v.How)
		}
	})
}

func TestWrapUp(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.queue(func(q *acd.Queue) { q.WrapUp = 20 * time.Second })
		h.signOn("op1")
		for _, early := range []bool{false, true} {
			a := h.call("g101")
			h.rest(3 * time.Second)
			h.sw.HangUp(a)
			h.state("li", acd.WrapUp)
			h.rest(9 * time.Second)
			h.state("li", acd.WrapUp)
			want := 20 * time.Second
			if early {
				want = 9 * time.Second
				_, err := h.desk.SetState(t.Context(), "li", acd.Ready, "", "li")
				h.ok(err)
			} else {
				h.rest(11 * time.Second)
			}
			h.state("li", acd.Ready)
			if v := h.visit("g101"); v.WrapUp.Round(time.Second) != want {
				t.Errorf("wrap-up %s, want %s", v.WrapUp, want)
			}
		}
		h.empty()
	})
}

func TestForcedStates(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		if _, err := h.desk.Force(t.Context(), "li", acd.Paused, "", "x"); !fault.Is(err, fault.Invalid) {
			t.Errorf("forced by nobody: %v", err)
		}
		if _, err := h.desk.Force(t.Context(), "wang", acd.Paused, "boss", "x"); !fault.Is(err, fault.NotFound) {
			t.Errorf("not signed on: %v", err)
		}
		why, err := h.desk.Force(t.Context(), "li", acd.Paused, "boss", "meeting")
		h.ok(err)
		if s := h.state("li", acd.Paused); s.Forced != "boss" || why != "forced by boss: paused after ready (meeting)" {
			t.Errorf("%q, seat %+v", why, s)
		}
		_, err = h.desk.Force(t.Context(), "li", acd.Ready, "boss", "")
		h.ok(err)
		a := h.call("g101")
		h.rest(3 * time.Second)
		_, err = h.desk.Force(t.Context(), "li", acd.SignedOff, "boss", "shift")
		h.ok(err)
		h.state("li", acd.Talking)
		h.sw.HangUp(a)
		h.state("li", acd.SignedOff)
		h.empty()
		spans, err := h.rows.Spans(t.Context(), acd.VisitFilter{Account: "li"})
		h.ok(err)
		for i, s := range spans {
			if s.End.IsZero() || i > 0 && !spans[i-1].End.Equal(s.Begin) {
				t.Errorf("span %+v after %+v", s, spans[max(i-1, 0)])
			}
		}
	})
}

func TestSignOnIsChecked(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		h.signOn("op1")
		for code, err := range map[fault.Code]error{
			fault.Invalid:  h.desk.SignOn(t.Context(), "wang", "", "x", ""),
			fault.Conflict: h.desk.SignOn(t.Context(), "wang", "", "op1", ""),
		} {
			if !fault.Is(err, code) {
				t.Errorf("%v, want %s", err, code)
			}
		}
		h.plug("op1", false)
		h.state("li", acd.Offline)
		h.plug("op1", true)
		h.state("li", acd.Ready)
	})
}

func TestOwnCallsKeepOffersAway(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		id, err := h.desk.Dial(t.Context(), "li", "1380")
		h.ok(err)
		h.rest(3 * time.Second)
		h.state("li", acd.BusyOther)
		a := h.call("g101")
		if !h.sw.HasMusic(a) {
			t.Error("the caller does not wait")
		}
		h.ok(h.x.Hangup(t.Context(), id))
		h.rest(3 * time.Second)
		h.talk(a, "op1")
		h.ok(h.x.Do(t.Context(), calls.CallID(a), calls.Hold("op1")))
		h.state("li", acd.Holding)
		h.ok(h.x.Do(t.Context(), calls.CallID(a), calls.Retrieve("op1")))
		h.state("li", acd.Talking)
		h.sw.HangUp(a)
		h.state("li", acd.Ready)
		h.empty()
	})
}
