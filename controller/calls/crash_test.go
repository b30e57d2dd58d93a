package calls_test

import (
	"errors"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
)

func TestTalkingCallSurvivesTheController(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, b := h.talkingPair()
		h.stop()
		h.rest(time.Minute)
		if !h.sw.Hear(a, b) {
			t.Fatal("the call died with the controller")
		}
		h.start()
		h.rest(time.Second)
		if live := h.x.Live(); len(live) != 1 || live[0].Phase != calls.PhaseTalking {
			t.Fatalf("not adopted: %+v", live)
		}
		h.sw.HangUp(b)
		h.rest(time.Second)
		h.empty()
		if r := h.record(a); r.Outcome != calls.OutcomeAnswered || r.Talk() < time.Minute {
			t.Errorf("%s, talked %s", r.Outcome, r.Talk())
		}
	})
}

func TestCallThatEndedWithoutUsHasItsExactEnd(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, b := h.talkingPair()
		answered := h.record(a).Answered
		h.stop()
		h.rest(30 * time.Second)
		h.sw.HangUp(a)
		ended := time.Now()
		h.sw.HangUp(b)
		h.rest(time.Minute)
		h.start()
		h.rest(time.Second)
		r := h.record(a)
		if !r.Ended.Equal(ended) || !r.Answered.Equal(answered) || r.Outcome != calls.OutcomeAnswered {
			t.Errorf("ended %s (want %s), answered %s, %s", r.Ended, ended, r.Answered, r.Outcome)
		}
		h.empty()
	})
}

func TestCallThatBeganWithoutUsHasARecord(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.stop()
		a := h.sw.Call("a", "b")
		h.sw.Unclaimed(a)
		h.rest(20 * time.Second)
		h.sw.HangUp(a)
		h.rest(time.Minute)
		h.start()
		h.rest(time.Second)
		r := h.record(a)
		if r.Path != calls.PathNative || r.Ended.Sub(r.Started) != 20*time.Second || r.Dialled != "b" {
			t.Errorf("record %+v", r)
		}
		h.stop()
		h.start()
		h.rest(time.Second)
		if again := h.record(a); !again.Ended.Equal(r.Ended) {
			t.Error("the second drain changed the record")
		}
	})
}

func TestRingingCallRingsAgainAfterARestart(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("b", switchtest.Behaviour{Silent: true})
		a := h.sw.Call("a", "b")
		h.rest(2 * time.Second)
		h.stop()
		h.rest(time.Second)
		h.sw.Script("b", switchtest.Behaviour{Rings: time.Second})
		h.start()
		h.rest(3 * time.Second)
		if !h.sw.Hear(a, h.one("b")) {
			t.Fatal("not rung again")
		}
		h.sw.HangUp(a)
		h.rest(time.Second)
		h.empty()
	})
}

func TestPhonesThatRingForNobodyAreStopped(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("b", switchtest.Behaviour{Silent: true})
		a := h.sw.Call("a", "b")
		h.rest(time.Second)
		h.stop()
		h.sw.HangUp(a)
		h.start()
		h.rest(time.Second)
		h.empty()
	})
}

func TestSwitchDies(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, _ := h.talkingPair()
		h.sw.Die()
		h.rest(5 * time.Second)
		r := h.record(a)
		if r.Outcome != calls.OutcomeSwitchLost || r.Ended.IsZero() {
			t.Fatalf("outcome %s, ended %s", r.Outcome, r.Ended)
		}
		h.sw.Reconnect()
		h.rest(time.Second)
		if n := len(h.guide.boots); n != 2 || !h.guide.boots[1] {
			t.Errorf("boots seen: %v", h.guide.boots)
		}
		h.talkingPair()
		h.sw.HangUp(h.one("b"))
		h.rest(time.Second)
		h.empty()
	})
}

func TestEventsLostInACutAreHealed(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, _ := h.talkingPair()
		h.rest(10 * time.Second)
		h.sw.Cut()
		h.sw.HangUp(a)
		ended := time.Now()
		h.rest(20 * time.Second)
		if !(len(h.sw.Find("b")) == 1) {
			t.Fatal("b was hung up over a dead link")
		}
		h.sw.Reconnect()
		h.rest(time.Second)
		h.empty()
		if r := h.record(a); !r.Ended.Equal(ended) {
			t.Errorf("ended %s, want %s", r.Ended, ended)
		}
		a, b := h.talkingPair()
		h.rest(10 * time.Second)
		h.sw.Cut()
		h.sw.HangUp(a)
		ended = time.Now()
		h.rest(5 * time.Second)
		h.sw.HangUp(b)
		h.rest(20 * time.Second)
		h.sw.Reconnect()
		h.rest(time.Second)
		if r := h.record(a); !r.Ended.Equal(ended) {
			t.Errorf("both left in the cut: ended %s, want %s", r.Ended, ended)
		}
	})
}

func TestRecordsWaitForTheDatabase(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.store.Fail(errors.New("disk full"))
		a := h.sw.Call("a", "b")
		h.rest(time.Second)
		h.sw.HangUp(a)
		h.rest(10 * time.Second)
		h.store.Fail(nil)
		h.rest(time.Second)
		if r := h.record(a); r.Outcome != calls.OutcomeAnswered {
			t.Errorf("outcome %s", r.Outcome)
		}
	})
}

func TestEmergencyIsToldOnceAndRecorded(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		e := h.sw.Emergency("a", "110")
		h.rest(100 * time.Millisecond)
		h.rest(time.Minute)
		if n := len(h.guide.alerts); n != 1 || h.guide.alerts[0].From.Extension != "a" {
			t.Fatalf("alerts %+v", h.guide.alerts)
		}
		h.sw.HangUp(e)
		h.rest(time.Minute)
		r := h.record(e)
		if !r.Emergency || r.Path != calls.PathEmergency || r.Ended.IsZero() || r.Outcome == calls.OutcomeSwitchLost {
			t.Errorf("record %+v", r)
		}
	})
}

func TestEmergencyBegunWhileWeWereAwayIsToldLate(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.stop()
		e := h.sw.Emergency("a", "119")
		h.rest(time.Minute)
		h.start()
		h.rest(time.Second)
		if len(h.guide.alerts) != 1 {
			t.Fatalf("alerts %+v", h.guide.alerts)
		}
		h.sw.HangUp(e)
		h.rest(time.Second)
	})
}

func TestFloodedSessionIsBroughtUpToDate(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, b := h.talkingPair()
		h.rest(10 * time.Second)
		for range 5000 {
			h.sw.Press(a, "5")
		}
		h.sw.HangUp(b)
		h.rest(time.Minute)
		h.empty()
	})
}

func TestDrainWaitsForCallsThatAreSetUp(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, b := h.talkingPair()
		h.sw.Script("c", switchtest.Behaviour{Rings: 5 * time.Second})
		h.sw.Call("d", "c")
		h.rest(time.Second)
		begun := time.Now()
		done := make(chan int, 1)
		go func() { done <- h.x.Drain(t.Context()) }()
		h.rest(time.Second)
		claims := h.sw.Commands()["claim"]
		late := h.sw.Call("p", "b")
		h.rest(time.Second)
		if h.sw.Commands()["claim"] != claims {
			t.Error("a call was claimed while draining")
		}
		h.sw.HangUp(late)
		if left := <-done; left != 2 || time.Since(begun) > 5*time.Second {
			t.Errorf("%d calls left after %s, want the 2 that talk", left, time.Since(begun))
		}
		if !h.sw.Hear(a, b) {
			t.Error("a talking call was ended")
		}
	})
}

func TestCommandsOfOneCall(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("b", switchtest.Behaviour{Rings: time.Second})
		for range 2 {
			a := h.sw.Call("a", "b")
			h.rest(2 * time.Second)
			h.sw.HangUp(a)
			h.rest(time.Second)
		}
		c := h.sw.Commands()
		per := []string{"claim", "originate", "ring", "answer", "join", "hangup"}
		for _, name := range per {
			if c[name] != 2 {
				t.Errorf("%d × %s in two calls, want 2", c[name], name)
			}
		}
		if c["createbridge"] != 1 || c["destroybridge"] != 0 {
			t.Errorf("bridges made %d, destroyed %d: want 1, 0", c["createbridge"], c["destroybridge"])
		}
	})
}

func TestPartnerWhoLeftWithoutUsIsNotCalledAgain(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a := h.sw.Call("a", "out")
		h.rest(time.Second)
		line := h.one("t1")
		h.stop()
		h.rest(30 * time.Second)
		h.sw.HangUp(line)
		ended := time.Now()
		h.rest(time.Minute)
		h.start()
		h.rest(time.Second)
		h.empty()
		if n := h.sw.Commands()["originate"]; n != 1 {
			t.Errorf("the line was called %d times", n)
		}
		if r := h.record(a); !r.Ended.Equal(ended) || r.Outcome != calls.OutcomeAnswered || len(r.Legs) != 2 {
			t.Errorf("ended %s (want %s), %s, %d legs", r.Ended, ended, r.Outcome, len(r.Legs))
		}
	})
}

func TestLineThatWasLeftFirstIsNotPaidFor(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a := h.sw.Call("a", "out")
		h.rest(time.Second)
		line := h.one("t1")
		h.stop()
		h.rest(30 * time.Second)
		h.sw.HangUp(line)
		ended := time.Now()
		h.rest(20 * time.Second) // the guest listens to the silence
		h.sw.HangUp(a)
		h.start()
		h.rest(time.Second)
		h.empty()
		r := h.record(a)
		if !r.Ended.Equal(ended) || len(r.Legs) != 2 {
			t.Errorf("ended %s, want %s; legs %+v", r.Ended, ended, r.Legs)
		}
		for _, l := range r.Legs {
			if l.Ended.IsZero() {
				t.Errorf("leg %s has no end", l.ID)
			}
		}
	})
}

func TestEmergencyThatBeganAndEndedWithoutUsIsTold(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.stop()
		e := h.sw.Emergency("a", "110")
		h.rest(time.Minute)
		h.sw.HangUp(e)
		h.rest(time.Minute)
		h.start()
		h.rest(time.Minute)
		if len(h.guide.alerts) != 1 || h.guide.alerts[0].ID != calls.CallID(e) {
			t.Fatalf("alerts %+v", h.guide.alerts)
		}
		h.stop()
		h.start()
		h.rest(time.Minute)
		if len(h.guide.alerts) != 1 {
			t.Error("told again after the next restart")
		}
	})
}

func TestErrandThatDiedWithUsIsNotTheSwitchsFault(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("desk1", switchtest.Behaviour{Silent: true})
		h.sw.Script("desk2", switchtest.Behaviour{Silent: true})
		go func() { _ = h.x.Place(t.Context(), alert("beep")) }()
		h.rest(5 * time.Second)
		h.stop()
		h.start()
		h.rest(time.Minute)
		h.empty()
		rs, _, err := h.store.Records(t.Context(), calls.Filter{})
		if err != nil || len(rs) != 1 || rs[0].Outcome != calls.OutcomeFailed || rs[0].Ended.IsZero() {
			t.Errorf("%v, records %+v", err, rs)
		}
	})
}

func TestAdoptedCallKeepsTheLegsItHad(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("bed", switchtest.Behaviour{Silent: true})
		h.sw.Script("bath", switchtest.Behaviour{Rings: 2 * time.Second})
		a := h.sw.Call("a", "suite")
		h.rest(10 * time.Second)
		before := h.record(a)
		h.stop()
		h.rest(time.Minute)
		h.start()
		h.rest(time.Second)
		h.sw.HangUp(a)
		h.rest(time.Second)
		h.empty()
		r := h.record(a)
		if len(r.Legs) != 3 {
			t.Fatalf("legs before %+v, after %+v", before.Legs, r.Legs)
		}
		for _, l := range r.Legs {
			if l.Endpoint == "bath" && (l.Role != "called" || !l.Answered.Equal(before.Answered)) {
				t.Errorf("leg %+v", l)
			}
		}
	})
}

func TestTransferredCallThatEndedWithoutUs(t *testing.T) {
	tests := []struct {
		name string
		gap  time.Duration // from the transfer to the death of the controller
	}{
		{"the ledger still has the transferrer", 10 * time.Second},
		{"the ledger forgot the transferrer", 5 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				a := h.sw.Call("a", "out")
				h.rest(time.Second)
				line := h.one("t1")
				h.sw.Refer(a, "b", "")
				h.rest(time.Second)
				if len(h.sw.Find("a")) != 0 || !h.sw.Hear(line, h.one("b")) {
					t.Fatal("not transferred")
				}
				h.rest(tt.gap)
				h.stop()
				h.rest(30 * time.Second)
				h.sw.HangUp(line)
				ended := time.Now()
				h.rest(10 * time.Second)
				h.sw.HangUp(h.one("b"))
				h.start()
				h.rest(2 * time.Minute)
				h.empty()
				if r := h.record(a); !r.Ended.Equal(ended) || r.Outcome != calls.OutcomeAnswered {
					t.Errorf("ended %s, want %s; %s %q", r.Ended, ended, r.Outcome, r.Reasons)
				}
			})
		})
	}
}

func TestCallThatWasNotWrittenWhenWeDied(t *testing.T) {
	for _, who := range []string{"the caller is still there", "both have gone"} {
		t.Run(who, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				h.store.Fail(errors.New("disk full"))
				a := h.sw.Call("a", "out")
				h.rest(time.Second)
				line := h.one("t1")
				h.stop()
				h.store.Fail(nil)
				h.sw.HangUp(line)
				ended := time.Now()
				h.rest(10 * time.Second)
				if who == "both have gone" {
					h.sw.HangUp(a)
				}
				h.start()
				h.rest(time.Minute)
				h.empty()
				if n := h.sw.Commands()["originate"]; n != 1 {
					t.Errorf("the line was called %d times", n)
				}
				if r := h.record(a); !r.Ended.Equal(ended) || r.Outcome != calls.OutcomeAnswered || r.Answered.IsZero() || len(r.Legs) != 2 {
					t.Errorf("ended %s, want %s; record %+v", r.Ended, ended, r)
				}
			})
		})
	}
}

func TestEmergencyThatEndsAtOnceIsToldOnce(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.store.Fill(errors.New("slow disk")) // the record is not written when the ledger is read
		e := h.sw.Emergency("a", "110")
		h.sw.HangUp(e)
		h.rest(time.Second)
		h.store.Fill(nil)
		h.rest(time.Minute)
		if n := len(h.guide.alerts); n != 1 {
			t.Errorf("told %d times", n)
		}
		if r := h.record(e); !r.Emergency || r.Ended.IsZero() {
			t.Errorf("record %+v", r)
		}
	})
}
