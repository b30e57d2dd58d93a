package acd_test

import (
	"testing"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// pausedDesk has li signed on and paused: nobody answers.
func (h *house) pausedDesk() {
	h.t.Helper()
	h.signOn("op1")
	_, err := h.desk.SetState(h.t.Context(), "li", acd.Paused, "", "li")
	h.ok(err)
}

func TestOverflowToAnotherQueue(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		spa := acd.DefaultQueue(h.desk.Queues()[0].Number)
		spa.Name, spa.Members = "spa", []string{"wang"}
		if err := h.desk.PutQueue(t.Context(), spa, "admin"); !fault.Is(err, fault.Conflict) {
			t.Errorf("two queues behind one number: %v", err)
		}
		spa.Number = phone.Number{}
		h.ok(h.desk.PutQueue(t.Context(), spa, "admin"))
		h.queue(func(q *acd.Queue) {
			q.Members = []string{"li"}
			q.Overflow = []acd.Overflow{{After: 30 * time.Second, Do: acd.ToQueue, To: "spa"}}
		})
		h.pausedDesk()
		h.signOn("op2")
		a := h.call("g101")
		h.rest(29 * time.Second)
		h.state("wang", acd.Ready)
		h.rest(4 * time.Second)
		h.talk(a, "op2")
		h.sw.HangUp(a)
		h.empty()
		if err := h.desk.DropQueue(t.Context(), "spa", "admin"); !fault.Is(err, fault.Conflict) {
			t.Errorf("dropped though another queue needs it: %v", err)
		}
	})
}

func TestOverflowToANumber(t *testing.T) {
	for _, reached := range []bool{true, false} {
		inHouse(t, func(t *testing.T, h *house) {
			h.queue(func(q *acd.Queue) {
				q.Overflow = []acd.Overflow{{After: 30 * time.Second, Do: acd.ToNumber, To: "1390"}}
			})
			h.sw.Script("1390", switchtest.Behaviour{Silent: !reached})
			h.pausedDesk()
			a := h.call("g101")
			h.rest(31 * time.Second)
			if reached {
				h.talk(a, "1390")
				h.sw.HangUp(a)
				h.empty()
				if v := h.visit("g101"); v.How != acd.Flowed || v.Left.Sub(v.Entered).Round(time.Second) != 30*time.Second {
					t.Errorf("visit %+v", v)
				}
				return
			}
			h.rest(25 * time.Second)
			if h.line() != "g101" || !h.sw.HasMusic(a) {
				t.Errorf("in line: %q, music %v", h.line(), h.sw.HasMusic(a))
			}
			_, err := h.desk.SetState(t.Context(), "li", acd.Ready, "", "li")
			h.ok(err)
			h.rest(3 * time.Second)
			h.talk(a, "op1")
			h.sw.HangUp(a)
			h.empty()
			if v := h.visit("g101"); v.How != acd.Answered {
				t.Errorf("visit %+v", v)
			}
		})
	}
}

func TestFullQueue(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.queue(func(q *acd.Queue) { q.MaxWaiting = 1 })
		h.pausedDesk()
		h.call("g101")
		b := h.call("g102")
		h.rest(time.Second)
		r, err := h.records.Record(t.Context(), calls.CallID(b))
		if err != nil || r.Cause != calls.CauseBusy {
			t.Errorf("%v, cause %s", err, r.Cause)
		}
		h.queue(func(q *acd.Queue) {
			q.Overflow = []acd.Overflow{{After: time.Hour, Do: acd.ToNumber, To: "1390"}}
		})
		c := h.call("g103")
		h.rest(time.Second)
		h.talk(c, "1390")
		h.sw.HangUp(c)
		h.sw.HangUp(h.one("g101"))
		h.empty()
	})
}

func TestApology(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.words = true
		h.stop()
		h.start()
		h.queue(func(q *acd.Queue) {
			q.Announce = acd.Announce{Position: true, Every: 20 * time.Second, Reminder: 15 * time.Second}
			q.Overflow = []acd.Overflow{{After: 50 * time.Second, Do: acd.ToGoodbye}}
		})
		h.pausedDesk()
		h.call("g101")
		b := h.call("g102")
		h.rest(49 * time.Second)
		heard := h.sw.Heard(b)
		if len(heard) < 4 || heard[0] != "place-2-0s" {
			t.Errorf("heard %q", heard)
		}
		h.rest(5 * time.Second)
		h.empty()
		if v := h.visit("g102"); v.How != acd.Flowed {
			t.Errorf("visit %+v", v)
		}
	})
}

func TestEarlyMediaIsNotAnswered(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.queue(func(q *acd.Queue) { q.EarlyMedia = true })
		h.pausedDesk()
		a := h.call("1380")
		if _, early := h.sw.Signalled(a); !early || !h.sw.HasMusic(a) {
			t.Error("no music as early media")
		}
		if n := h.sw.Commands()["answer"]; n != 0 {
			t.Error("the caller was answered")
		}
		h.sw.HangUp(a)
		h.empty()
	})
}

func TestCallbackByHand(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.pausedDesk()
		a := h.call("1380")
		h.rest(20 * time.Second)
		h.sw.HangUp(a)
		v := h.visit("1380")
		for _, answers := range []bool{false, true} {
			h.sw.Script("1380", switchtest.Behaviour{Silent: !answers, Rings: time.Second})
			_, err := h.desk.Callback(t.Context(), "li", v.ID)
			h.ok(err)
			h.rest(6 * time.Second)
			want := acd.OutcomeNoAnswer
			if answers {
				want = acd.OutcomeCalledBack
				h.talk(h.one("op1"), "1380")
				h.state("li", acd.Talking)
				if _, err := h.desk.Callback(t.Context(), "li", v.ID); !fault.Is(err, fault.Conflict) {
					t.Errorf("called twice at once: %v", err)
				}
				h.sw.HangUp(h.one("1380"))
			} else {
				h.rest(30 * time.Second)
			}
			h.empty()
			if got := h.visit("1380"); got.Outcome != want || got.By != "li" {
				t.Errorf("outcome %q by %q, want %q", got.Outcome, got.By, want)
			}
			h.state("li", acd.Paused)
		}
		h.ok(h.desk.SetOutcome(t.Context(), v.ID, acd.OutcomeNotNeeded, "came by", "wang"))
		if got := h.visit("1380"); got.Outcome != acd.OutcomeNotNeeded || got.Note != "came by" {
			t.Errorf("visit %+v", got)
		}
		if err := h.desk.SetOutcome(t.Context(), v.ID, "eaten", "", "wang"); !fault.Is(err, fault.Invalid) {
			t.Errorf("nonsense: %v", err)
		}
	})
}

func TestCallbackKeepsThePlace(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.pausedDesk()
		a := h.call("1380")
		h.rest(5 * time.Second)
		b := h.call("g102")
		why, err := h.desk.RequestCallback(t.Context(), string(a), "caller")
		h.ok(err)
		t.Log(why)
		h.sw.HangUp(a)
		h.rest(10 * time.Second)
		if h.line() != "1380 g102" {
			t.Errorf("in line: %s", h.line())
		}
		h.kill() // the promise survives
		h.start()
		h.rest(time.Second)
		if h.line() != "1380 g102" {
			t.Errorf("in line after a restart: %s", h.line())
		}
		h.sw.Script("1380", switchtest.Behaviour{Rings: time.Second})
		_, err = h.desk.SetState(t.Context(), "li", acd.Ready, "", "li")
		h.ok(err)
		h.rest(4 * time.Second)
		h.talk(h.one("op1"), "1380")
		h.sw.HangUp(h.one("1380"))
		h.rest(3 * time.Second)
		h.talk(b, "op1")
		h.sw.HangUp(b)
		h.empty()
		if v := h.visit("1380"); v.How != acd.Flowed || v.Outcome != acd.OutcomeCalledBack || v.By != "li" {
			t.Errorf("visit %+v", v)
		}
		if len(h.rows.callbacks) != 0 {
			t.Error("the promise is still there")
		}
	})
}

func TestCallbackIsTriedThreeTimes(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.pausedDesk()
		a := h.call("1380")
		_, err := h.desk.RequestCallback(t.Context(), string(a), "caller")
		h.ok(err)
		h.sw.HangUp(a)
		h.rest(time.Second)
		h.sw.Script("1380", switchtest.Behaviour{Cause: calls.CauseBusy})
		_, err = h.desk.SetState(t.Context(), "li", acd.Ready, "", "li")
		h.ok(err)
		h.rest(4 * time.Second)
		h.state("li", acd.Ready)
		for range 3 {
			h.rest(6 * time.Minute)
		}
		h.empty()
		if v := h.visit("1380"); v.Outcome != acd.OutcomeNoAnswer {
			t.Errorf("visit %+v", v)
		}
		if n := h.sw.Commands()["originate"]; n != 6 {
			t.Errorf("%d legs placed, want 3 × 2", n)
		}
	})
}
