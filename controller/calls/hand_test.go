package calls_test

import (
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/fault"
)

// consulting is a talk of a and b, held by b, who talks to c meanwhile.
func (h *house) consulting() (a, c calls.LegID, second calls.CallID) {
	h.t.Helper()
	a, _ = h.talkingPair()
	h.do(a, calls.Hold("b"))
	second, err := h.x.Dial(h.t.Context(), ring("b"), "c")
	if err != nil {
		h.t.Fatal(err)
	}
	h.rest(time.Second)
	return a, h.one("c"), second
}

func TestHand(t *testing.T) {
	for _, from := range []string{"first", "second"} {
		t.Run("from the "+from, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				a, c, second := h.consulting()
				if from == "first" {
					h.do(a, calls.Hand("b", second))
				} else {
					h.do(calls.LegID(second), calls.Hand("b", calls.CallID(a)))
				}
				h.rest(time.Second)
				h.hear(a, c)
				if h.sw.HasMusic(a) || len(h.sw.Find("b")) != 0 {
					t.Error("the held party still hears music, or b is still there")
				}
				h.over(c)
				if r := h.record(calls.LegID(second)); r.Ended.IsZero() || r.Outcome != calls.OutcomeAnswered {
					t.Errorf("second call %+v", r)
				}
			})
		})
	}
}

func TestHandWhileTheSecondCallRings(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("c", switchtest.Behaviour{Rings: 5 * time.Second})
		a, _, second := h.consulting()
		h.do(a, calls.Hand("b", second))
		h.rest(10 * time.Second)
		h.hear(a, h.one("c"))
		h.over(a)
	})
}

func TestHandOfAServedCall(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest, _ := h.atDesk()
		h.do(guest, calls.Hold("op"))
		second, err := h.x.Dial(t.Context(), ring("op"), "c")
		if err != nil {
			t.Fatal(err)
		}
		h.rest(time.Second)
		h.do(guest, calls.Hand("op", second))
		h.hear(guest, h.one("c"))
		h.over(guest)
		if v := h.part(0); v.Part != calls.PartMoved {
			t.Errorf("served %+v", v)
		}
	})
}

func TestSecondCallThatCannotBeJoined(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, b := h.talkingPair()
		d := h.sw.Call("d", "c")
		h.rest(time.Second)
		for _, v := range []func(string, calls.CallID) calls.Verb{calls.Hand, calls.Confer} {
			h.refused(a, fault.NotFound, v("b", "gone"))
			h.refused(a, fault.NotFound, v("b", calls.CallID(a))) // itself
			h.refused(a, fault.Forbidden, v("b", calls.CallID(d)))
			h.refused(a, fault.Forbidden, v("d", calls.CallID(d)))
			h.refused(a, fault.Forbidden, v("", calls.CallID(d)))
		}
		h.hear(a, b)
		h.hear(d, h.one("c"))
		h.over(a, d)
	})
}

func TestTwoHandsThatCross(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, _, second := h.consulting()
		first := calls.CallID(a)
		done := make(chan error, 2)
		go func() { done <- h.x.Do(t.Context(), first, calls.Hand("b", second)) }()
		go func() { done <- h.x.Do(t.Context(), second, calls.Hand("b", first)) }()
		<-done
		<-done
		h.rest(time.Minute)
		for _, e := range []string{"a", "b", "c"} {
			for _, l := range h.sw.Find(e) {
				h.sw.HangUp(l)
			}
		}
		h.over()
	})
}

func TestConference(t *testing.T) {
	for _, leaver := range []string{"a", "b", "c"} {
		t.Run(leaver+" leaves", func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				a, c, second := h.consulting()
				h.do(a, calls.Confer("b", second))
				h.rest(time.Second)
				b := h.one("b")
				h.hear(a, b, c)
				h.refused(a, fault.Conflict, calls.SendTo("b", "d"))
				legs := map[string]calls.LegID{"a": a, "b": b, "c": c}
				if leaver == "b" {
					h.do(a, calls.Release("b"))
				} else {
					h.sw.HangUp(legs[leaver])
				}
				delete(legs, leaver)
				h.rest(10 * time.Second)
				var left []calls.LegID
				for _, l := range legs {
					left = append(left, l)
				}
				h.hear(left...)
				h.over(left[0])
			})
		})
	}
}

func TestCallPassesOnToTheOldest(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, _, second := h.consulting()
		b := h.sw.Find("b")[0]
		h.do(a, calls.Confer("b", second))
		h.rest(time.Second)
		h.sw.HangUp(a)
		h.rest(time.Second)
		h.over(b)
		if r := h.record(a); r.HungUpBy != "caller" {
			t.Errorf("hung up by %q, want the party that the call passed on to", r.HungUpBy)
		}
	})
}

func TestConferenceSurvivesTheController(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, c, second := h.consulting()
		h.do(a, calls.Confer("b", second))
		h.rest(time.Second)
		b := h.one("b")
		h.sw.HangUp(a) // the call passes on to b
		h.rest(time.Second)
		h.stop()
		h.rest(time.Minute)
		h.start()
		h.rest(time.Second)
		h.hear(b, c)
		h.over(b)
	})
}

func TestInvite(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("c", switchtest.Behaviour{Rings: 2 * time.Second})
		h.sw.Script("d", switchtest.Behaviour{Cause: calls.CauseBusy})
		h.sw.Script("e", switchtest.Behaviour{Silent: true})
		a, b := h.talkingPair()
		h.refused(a, fault.Invalid, calls.Invite("b", nil))
		h.refused(a, fault.Invalid, calls.Invite("b", []string{"nowhere"}))
		h.refused(a, fault.Invalid, calls.Invite("b", make([]string, 21)))
		h.refused(a, fault.Forbidden, calls.Invite("c", []string{"d"}))
		h.do(a, calls.Invite("b", []string{"c", "d", "e", "nowhere"}))
		h.hear(a, b)
		h.rest(3 * time.Second)
		c := h.one("c")
		h.hear(a, b, c)
		if l := h.live(a); len(l.Parties) != 4 || l.Phase != calls.PhaseTalking {
			t.Errorf("live %+v", l)
		}
		h.do(a, calls.Release("b"))
		h.hear(a, c)
		h.rest(time.Second)
		h.over(c) // e rings still
		r := h.record(a)
		for _, want := range []string{"c joined the conference", "invitation of d: 17 user busy", "invitation of nowhere refused: no such number (1 unallocated number)"} {
			if !contains(r.Reasons, want) {
				t.Errorf("reason %q is missing in %q", want, r.Reasons)
			}
		}
	})
}

func TestInviteFollowsTheAttempts(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, _ := h.talkingPair()
		h.sw.Script("b", switchtest.Behaviour{Cause: calls.CauseBusy})
		h.do(a, calls.Invite("a", []string{"follow", "suite", "out"}))
		h.rest(time.Second)
		h.hear(a, h.one("c"), h.one("t1"))
		if n := len(h.sw.Find("bed")) + len(h.sw.Find("bath")); n != 1 {
			t.Errorf("%d phones of the suite are in the conference, want 1", n)
		}
		for _, l := range h.live(a).Parties {
			h.sw.HangUp(l.Leg)
		}
		h.over()
	})
}

func TestInvitedPhoneOfAnAdoptedTalkStops(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("e", switchtest.Behaviour{Silent: true})
		a, b := h.talkingPair()
		h.do(a, calls.Invite("b", []string{"e"}))
		h.stop()
		h.start()
		h.rest(time.Second)
		if len(h.sw.Find("e")) != 0 {
			t.Error("e rings on")
		}
		h.hear(a, b)
		h.over(a)
	})
}
