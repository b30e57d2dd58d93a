package acd_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

func TestQueueIsChecked(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		bad := map[string]func(*acd.Queue){
			"name":              func(q *acd.Queue) { q.Name = "Big Desk" },
			"title":             func(q *acd.Queue) { q.Title = "" },
			"strategy":          func(q *acd.Queue) { q.Strategy = "best" },
			"members[1]":        func(q *acd.Queue) { q.Members = []string{"li", "li"} },
			"ring_time":         func(q *acd.Queue) { q.RingTime = time.Second },
			"wrap_up":           func(q *acd.Queue) { q.WrapUp = -1 },
			"vip_bonus":         func(q *acd.Queue) { q.VIPBonus = 2 * time.Hour },
			"resume":            func(q *acd.Queue) { q.Resume = -1 },
			"announce.every":    func(q *acd.Queue) { q.Announce.Every = -1 },
			"announce.reminder": func(q *acd.Queue) { q.Announce.Reminder = -1 },
			"miss_limit":        func(q *acd.Queue) { q.MissLimit = -1 },
			"max_waiting":       func(q *acd.Queue) { q.MaxWaiting = -1 },
			"ladder[1].after":   func(q *acd.Queue) { q.Ladder = []acd.Step{{After: 5}, {After: 5}} },
			"ladder[0].skills":  func(q *acd.Queue) { q.Ladder = []acd.Step{{Skills: map[string]int{"en": 11}}} },
			"overflow[0].to":    func(q *acd.Queue) { q.Overflow = []acd.Overflow{{Do: acd.ToQueue, To: "operator"}} },
			"overflow[0].do":    func(q *acd.Queue) { q.Overflow = []acd.Overflow{{Do: "weep"}} },
			"overflow[1].after": func(q *acd.Queue) {
				q.Overflow = []acd.Overflow{{After: 2, Do: acd.ToGoodbye}, {After: 1, Do: acd.ToGoodbye}}
			},
			"target.within":  func(q *acd.Queue) { q.Target.Within = 0 },
			"target.share":   func(q *acd.Queue) { q.Target.Share = 1.5 },
			"target.short":   func(q *acd.Queue) { q.Target.Short = -1 },
			"target.formula": func(q *acd.Queue) { q.Target.Formula = "1" },
		}
		for field, spoil := range bad {
			q := acd.DefaultQueue(phone.MustParse("8888"))
			spoil(&q)
			err := h.desk.PutQueue(t.Context(), q, "admin")
			if e, ok := errors.AsType[*fault.Error](err); !ok || e.Code != fault.Invalid || e.Field != field {
				t.Errorf("%s: got %v", field, err)
			}
		}
		for field, p := range map[string]acd.Profile{
			"account": {}, "weight": {Account: "li", Weight: -1}, "skills": {Account: "li", Skills: map[string]int{"": 1}},
			"name": {Account: "li", Name: strings.Repeat("长", 201)},
		} {
			if err := h.desk.PutProfile(t.Context(), p, "admin"); !fault.Is(err, fault.Invalid) || !strings.HasPrefix(err.Error(), field+":") {
				t.Errorf("%s: got %v", field, err)
			}
		}
		if err := h.desk.DropQueue(t.Context(), "spa", "admin"); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
	})
}

func TestSkillsAreLearntAtOnce(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.queue(func(q *acd.Queue) {
			q.Ladder = []acd.Step{{Skills: map[string]int{"french": 5}}, {After: 40 * time.Second}}
		})
		h.signOn("op1", "op2")
		a := h.call("g101")
		h.rest(10 * time.Second)
		h.state("li", acd.Ready)
		h.ok(h.desk.PutProfile(t.Context(), acd.Profile{Account: "wang", Skills: map[string]int{"french": 6}}, "admin"))
		h.rest(3 * time.Second)
		h.talk(a, "op2")
		b := h.call("g102")
		h.rest(43 * time.Second) // nobody else speaks it: the ladder loosens
		h.talk(b, "op1")
		h.sw.HangUp(a)
		h.sw.HangUp(b)
		h.empty()
	})
}

func TestRingAll(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.queue(func(q *acd.Queue) { q.Strategy = acd.RingAll })
		h.signOn("op1", "op2", "op3")
		a := h.call("bad1")
		for _, account := range []string{"li", "wang", "zhao"} {
			h.state(account, acd.Alerting)
		}
		if c := h.desk.Board().Callers[0]; !c.Malice || len(c.Ringing) != 3 {
			t.Errorf("caller %+v", c)
		}
		h.sw.PickUp(h.one("op3"))
		h.rest(100 * time.Millisecond)
		h.talk(a, "op3")
		for account, want := range map[string]acd.WorkState{"li": acd.Ready, "wang": acd.Ready, "zhao": acd.Talking} {
			if s := h.state(account, want); s.Missed != 0 {
				t.Errorf("%s has missed a call that somebody else took", account)
			}
		}
		h.sw.HangUp(a)
		h.empty()
		if v := h.visit("bad1"); v.Offers != 3 || v.Account != "zhao" {
			t.Errorf("visit %+v", v)
		}
	})
}

func TestPhoneThatCannotBeRungIsNotAMiss(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		h.plug("op1", true)
		h.sw.Fail("originate", fault.New(fault.NotFound, "no such endpoint"))
		h.call("g101")
		h.rest(9 * time.Second)
		if n := h.sw.Commands()["originate"]; n > 6 {
			t.Errorf("%d tries in 9 s", n)
		}
		if s := h.state("li", acd.Ready); s.Missed != 0 {
			t.Errorf("missed %d", s.Missed)
		}
		h.sw.Fail("originate", nil)
		h.rest(5 * time.Second)
		h.talk(h.one("g101"), "op1")
		h.sw.HangUp(h.one("g101"))
		h.empty()
	})
}

func TestTransferFreesTheSeat(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.queue(func(q *acd.Queue) { q.WrapUp = 10 * time.Second })
		a := h.atDesk()
		h.sw.Refer(h.one("op1"), "g105", "")
		h.rest(time.Second)
		h.talk(a, "g105")
		h.state("li", acd.WrapUp)
		h.rest(10 * time.Second)
		h.state("li", acd.Ready)
		h.sw.HangUp(a)
		h.empty()
		if v := h.visit("g101"); !v.Transferred || v.Account != "li" || v.WrapUp.Round(time.Second) != 10*time.Second {
			t.Errorf("visit %+v", v)
		}
	})
}

func TestBoardIsWatched(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		b, news := h.desk.Watch()
		if len(b.Seats) != 0 {
			t.Fatalf("board %+v", b)
		}
		h.signOn("op1")
		select {
		case <-news:
		case <-time.After(150 * time.Millisecond):
			t.Fatal("no news within 150 ms")
		}
		for range 3 { // the last changes settle
			_, news = h.desk.Watch()
			h.rest(time.Second)
		}
		select {
		case <-news:
			t.Error("news without a change")
		default:
		}
	})
}
