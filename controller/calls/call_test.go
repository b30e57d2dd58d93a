package calls_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/fault"
)

func TestTwoTalkUntilOneHangsUp(t *testing.T) {
	for _, who := range []string{"caller", "called"} {
		t.Run(who, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				h.sw.Script("b", switchtest.Behaviour{Rings: 3 * time.Second})
				a := h.sw.Call("a", "b")
				h.rest(time.Second)
				if ringing, _ := h.sw.Signalled(a); !ringing {
					t.Error("the caller hears no ring-back")
				}
				h.rest(3 * time.Second)
				b := h.one("b")
				if !h.sw.Hear(a, b) {
					t.Fatal("they do not hear each other")
				}
				h.rest(10 * time.Second)
				h.sw.HangUp(map[string]calls.LegID{"caller": a, "called": b}[who])
				h.rest(time.Second)
				h.empty()
				r := h.record(a)
				if r.Outcome != calls.OutcomeAnswered || r.Cause != calls.CauseNormal || r.HungUpBy != who {
					t.Errorf("outcome %s, cause %s, hung up by %q", r.Outcome, r.Cause, r.HungUpBy)
				}
				if got := r.Talk(); got != 11*time.Second {
					t.Errorf("talked %s, want 11s", got)
				}
				if r.To.Extension != "b" || len(r.Legs) != 2 {
					t.Errorf("to %+v, %d legs", r.To, len(r.Legs))
				}
			})
		})
	}
}

func TestUnansweredCallsGetTheirCause(t *testing.T) {
	tests := []struct {
		name    string
		b       switchtest.Behaviour
		dial    string
		cause   calls.Cause
		outcome calls.Outcome
	}{
		{"busy", switchtest.Behaviour{Cause: calls.CauseBusy}, "b", calls.CauseBusy, calls.OutcomeBusy},
		{"no answer", switchtest.Behaviour{Silent: true}, "b", calls.CauseNoAnswer, calls.OutcomeNoAnswer},
		{"unregistered", switchtest.Behaviour{Absent: true}, "b", calls.CauseAbsent, calls.OutcomeFailed},
		{"refused", switchtest.Behaviour{Cause: calls.CauseRejected}, "b", calls.CauseRejected, calls.OutcomeBarred},
		{"wrong number", switchtest.Behaviour{}, "999", calls.CauseUnallocated, calls.OutcomeFailed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				h.sw.Script("b", tt.b)
				a := h.sw.Call("a", tt.dial)
				h.rest(time.Minute)
				h.empty()
				if r := h.record(a); r.Cause != tt.cause || r.Outcome != tt.outcome {
					t.Errorf("cause %s, outcome %s; want %s, %s", r.Cause, r.Outcome, tt.cause, tt.outcome)
				}
			})
		})
	}
}

func TestCallerGivesUpWhileItRings(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("b", switchtest.Behaviour{Silent: true})
		a := h.sw.Call("a", "b")
		h.rest(2 * time.Second)
		h.sw.HangUp(a)
		h.rest(time.Second)
		h.empty()
		if r := h.record(a); r.Outcome != calls.OutcomeAbandoned || r.HungUpBy != "caller" {
			t.Errorf("outcome %s, hung up by %q", r.Outcome, r.HungUpBy)
		}
	})
}

func TestPhonesOfASuiteRingTogether(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("bed", switchtest.Behaviour{Silent: true})
		h.sw.Script("bath", switchtest.Behaviour{Rings: 2 * time.Second})
		a := h.sw.Call("a", "suite")
		h.rest(3 * time.Second)
		if left := h.sw.Find("bed"); len(left) != 0 {
			t.Error("the bedside phone still rings")
		}
		if !h.sw.Hear(a, h.one("bath")) {
			t.Error("the bathroom phone is not connected")
		}
		h.sw.HangUp(a)
		h.rest(time.Second)
		h.empty()
		if r := h.record(a); r.HungUpBy != "caller" {
			t.Errorf("hung up by %q: the phone that was not answered counts as a party", r.HungUpBy)
		}
	})
}

func TestTrunkFailover(t *testing.T) {
	tests := []struct {
		name  string
		first calls.Cause
		trunk string
		cause calls.Cause
	}{
		{"a dead carrier leads to the next", calls.CauseNoCircuit, "t2", calls.CauseNormal},
		{"a busy subscriber does not", calls.CauseBusy, "t1", calls.CauseBusy},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				h.sw.Script("t1", switchtest.Behaviour{Cause: tt.first})
				h.sw.Script("t2", switchtest.Behaviour{Early: true, Rings: 2 * time.Second})
				a := h.sw.Call("a", "out")
				h.rest(time.Second)
				if tt.trunk == "t2" {
					if _, early := h.sw.Signalled(a); !early {
						t.Error("early media of the line is not heard")
					}
					h.rest(2 * time.Second)
					if !h.sw.Hear(a, h.one("t2")) {
						t.Fatal("not connected over the second trunk")
					}
					h.sw.HangUp(a)
				}
				h.rest(time.Second)
				h.empty()
				if r := h.record(a); r.Trunk != tt.trunk || r.Cause != tt.cause {
					t.Errorf("trunk %s, cause %s", r.Trunk, r.Cause)
				}
			})
		})
	}
}

func TestCallerHangsUpWhileBeingAnswered(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.SlowAnswer = 500 * time.Millisecond
		h.sw.Script("t1", switchtest.Behaviour{Early: true, Rings: time.Second})
		a := h.sw.Call("a", "out")
		h.rest(1200 * time.Millisecond)
		h.sw.HangUp(a)
		h.rest(time.Second)
		h.empty()
		r := h.record(a)
		if r.Outcome != calls.OutcomeAnswered || r.Cause != calls.CauseNormal || r.HungUpBy != "caller" {
			t.Errorf("outcome %s, cause %s, hung up by %q; the carrier counts it as answered", r.Outcome, r.Cause, r.HungUpBy)
		}
		if r.Talk() != 200*time.Millisecond {
			t.Errorf("talked %s, want 200ms", r.Talk())
		}
	})
}

func TestCommandThatFailsBecauseTheCallerHangsUp(t *testing.T) {
	for _, hangsUp := range []bool{true, false} {
		inHouse(t, func(t *testing.T, h *house) {
			h.sw.Script("b", switchtest.Behaviour{Silent: true})
			h.sw.Fail("ring", fault.New(fault.Conflict, "not in the application"))
			a := h.sw.Call("a", "b")
			h.rest(100 * time.Millisecond)
			if hangsUp {
				h.sw.HangUp(a)
			}
			h.rest(time.Second)
			h.empty()
			r := h.record(a)
			if hangsUp && (r.Outcome != calls.OutcomeAbandoned || r.HungUpBy != "caller") {
				t.Errorf("outcome %s, hung up by %q", r.Outcome, r.HungUpBy)
			}
			if !hangsUp && (r.Outcome != calls.OutcomeFailed || r.Cause != calls.CauseTemporary) {
				t.Errorf("a command failed for no such reason: outcome %s, cause %s", r.Outcome, r.Cause)
			}
		})
	}
}

func TestTalkBeginsWithTheAnswerOfTheCalled(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.SlowAnswer = 500 * time.Millisecond
		h.sw.Script("t1", switchtest.Behaviour{Early: true, Rings: time.Second})
		a := h.sw.Call("a", "out")
		h.rest(6 * time.Second)
		h.sw.HangUp(a)
		h.rest(time.Second)
		if got := h.record(a).Talk(); got != 5*time.Second {
			t.Errorf("talked %s, want 5s: answering takes time, but the line counts", got)
		}
	})
}

func TestForwardOnBusy(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("b", switchtest.Behaviour{Cause: calls.CauseBusy})
		a := h.sw.Call("a", "follow")
		h.rest(time.Second)
		if !h.sw.Hear(a, h.one("c")) {
			t.Fatal("not forwarded")
		}
		h.sw.HangUp(a)
		h.rest(time.Second)
	})
}

func TestRedirectedByThePhone(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("b", switchtest.Behaviour{Forward: "c"})
		a := h.sw.Call("a", "b")
		h.rest(time.Second)
		if !h.sw.Hear(a, h.one("c")) {
			t.Fatal("the 302 was not followed")
		}
		h.sw.HangUp(a)
		h.rest(time.Second)
		h.sw.Script("c", switchtest.Behaviour{Forward: "b"})
		a = h.sw.Call("a", "b")
		h.rest(time.Second)
		h.empty()
		if r := h.record(a); r.Answered.IsZero() == false {
			t.Error("two phones that point at each other answered")
		}
	})
}

func TestRejectPlaysItsPromptAndGivesItsCause(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a := h.sw.Call("a", "prompt")
		h.rest(10 * time.Millisecond)
		if heard := strings.Join(h.sw.Heard(a), " "); !strings.Contains(heard, "ss-noservice") {
			t.Errorf("heard %q", heard)
		}
		h.rest(time.Second)
		h.empty()
		if r := h.record(a); r.Cause != calls.CauseUnallocated || !r.Answered.IsZero() {
			t.Errorf("cause %s, answered %s", r.Cause, r.Answered)
		}
	})
}

func TestAMissingPromptBecomesATone(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Fail("prompt ss-noservice", errors.New("no such file"))
		a := h.sw.Call("a", "prompt")
		h.rest(time.Second)
		if heard := h.sw.Heard(a); !slices.Contains(heard, "tone:info") {
			t.Errorf("heard %q, want the information tone", heard)
		}
		h.rest(time.Minute)
		h.empty()
		if r := h.record(a); r.Cause != calls.CauseUnallocated {
			t.Errorf("cause %s", r.Cause)
		}
	})
}

func TestPickup(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("b", switchtest.Behaviour{Silent: true})
		a := h.sw.Call("a", "b")
		h.rest(time.Second)
		p := h.sw.Call("p", "*8")
		h.rest(time.Second)
		if !h.sw.Hear(a, p) {
			t.Fatal("the one who picked up does not talk to the caller")
		}
		if len(h.sw.Find("b")) != 0 {
			t.Error("the phone still rings")
		}
		h.sw.HangUp(a)
		h.rest(time.Second)
		h.empty()
		if r := h.record(a); r.To.Extension != "p" || r.Outcome != calls.OutcomeAnswered {
			t.Errorf("answered by %+v, %s", r.To, r.Outcome)
		}
		if r := h.record(p); r.Outcome != calls.OutcomeAnswered {
			t.Errorf("pickup call: %s", r.Outcome)
		}
	})
}
