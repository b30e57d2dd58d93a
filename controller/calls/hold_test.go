package calls_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/fault"
)

func (h *house) live(id calls.LegID) calls.Live {
	h.t.Helper()
	all := h.x.Live()
	i := slices.IndexFunc(all, func(l calls.Live) bool { return l.ID == calls.CallID(id) })
	if i < 0 {
		h.t.Fatalf("call %s is not live", id)
	}
	return all[i]
}

func TestHoldAndRetrieve(t *testing.T) {
	for _, by := range []string{"a", "b"} {
		t.Run("by "+by, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				a, b := h.talkingPair()
				legs := map[string]calls.LegID{"a": a, "b": b}
				other := map[string]string{"a": "b", "b": "a"}[by]
				h.do(a, calls.Hold(by))
				if h.sw.Hears(a, b) || !h.sw.HasMusic(legs[other]) || h.sw.HasMusic(legs[by]) {
					t.Error("the held party hears no music, or the talk goes on")
				}
				l := h.live(a)
				if l.Phase != calls.PhaseHeld || len(l.Parties) != 2 {
					t.Errorf("live %+v", l)
				}
				for _, p := range l.Parties {
					if p.Held != (p.Party.Extension == other) || !p.Up {
						t.Errorf("party %+v", p)
					}
				}
				h.do(a, calls.Hold(by)) // twice is fine
				h.refused(a, fault.Conflict, calls.Hold(other))
				h.refused(a, fault.Conflict, calls.Retrieve(other))
				h.refused(a, fault.Forbidden, calls.Retrieve("c"))
				h.refused(a, fault.Forbidden, calls.Retrieve(""))
				h.do(a, calls.Retrieve(by))
				h.hear(a, b)
				if h.sw.HasMusic(legs[other]) || h.live(a).Phase != calls.PhaseTalking {
					t.Error("still on hold")
				}
				h.over(a)
			})
		})
	}
}

func TestHangUpOnHold(t *testing.T) {
	for _, who := range []string{"caller", "called"} { // called holds
		t.Run(who, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				a, b := h.talkingPair()
				h.do(a, calls.Hold("b"))
				h.rest(5 * time.Second)
				h.over(map[string]calls.LegID{"caller": a, "called": b}[who])
				if r := h.record(a); r.HungUpBy != who {
					t.Errorf("hung up by %q, want %q", r.HungUpBy, who)
				}
			})
		})
	}
}

func TestHeldTalkSurvivesTheController(t *testing.T) {
	for _, by := range []string{"a", "b"} {
		t.Run("by "+by, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				a, b := h.talkingPair()
				h.do(a, calls.Hold(by))
				h.stop()
				h.rest(time.Minute)
				h.start()
				h.rest(time.Second)
				if h.live(a).Phase != calls.PhaseHeld || h.sw.Hears(a, b) {
					t.Fatalf("the hold is forgotten: %+v", h.live(a))
				}
				h.do(a, calls.Retrieve(by))
				h.hear(a, b)
				h.over(b)
				if r := h.record(a); r.HungUpBy != "called" || r.Outcome != calls.OutcomeAnswered || len(r.Legs) != 2 {
					t.Errorf("record %+v", r)
				}
			})
		})
	}
}

func TestServedHoldIsCounted(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest, _ := h.atDesk()
		h.do(guest, calls.Hold("op"))
		h.rest(30 * time.Second)
		h.do(guest, calls.Retrieve("op"))
		h.rest(9 * time.Second)
		h.do(guest, calls.Hold("op"))
		h.rest(30 * time.Second)
		h.sw.HangUp(guest)
		h.over()
		if v := h.part(0); v.Hold.Round(time.Second) != time.Minute || v.Talk.Round(time.Second) != 10*time.Second || v.Part != calls.PartOver {
			t.Errorf("served %+v", v)
		}
	})
}

func TestPageOfAHeldCallIsLoadedAgain(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest, op := h.atDesk()
		h.do(guest, calls.Hold("op"))
		h.sw.HangUp(op)
		h.rest(time.Second)
		if v := h.part(0); v.Part != calls.PartLost || !h.sw.HasMusic(guest) {
			t.Errorf("served %+v, music %t", v, h.sw.HasMusic(guest))
		}
		h.serve(guest)
		h.hear(guest, h.one("op"))
		h.over(guest)
	})
}

func TestPress(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, b := h.talkingPair()
		h.do(a, calls.Press("a", "12*#"))
		if heard := h.sw.Heard(b); !slices.Equal(heard, []string{"dtmf:12*#"}) {
			t.Errorf("heard %q", heard)
		}
		for _, bad := range []string{"", "12 ", "x", strings.Repeat("1", 33)} {
			h.refused(a, fault.Invalid, calls.Press("a", bad))
		}
		h.refused(a, fault.Forbidden, calls.Press("c", "1"))
		h.over(a)
	})
}

func TestReleaseOfAPlainCall(t *testing.T) {
	for by, want := range map[string]string{"a": "caller", "b": "called"} {
		inHouse(t, func(t *testing.T, h *house) {
			a, _ := h.talkingPair()
			h.refused(a, fault.Forbidden, calls.Release("c"))
			h.refused(a, fault.Conflict, calls.Leave(by))
			h.do(a, calls.Release(by))
			h.over()
			if r := h.record(a); r.HungUpBy != want {
				t.Errorf("released by %s: hung up by %q, want %q", by, r.HungUpBy, want)
			}
		})
	}
}

func TestTransferByPhoneFromAHold(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("c", switchtest.Behaviour{Cause: calls.CauseBusy})
		a, b := h.talkingPair()
		h.do(a, calls.Hold("b"))
		h.sw.Refer(b, "c", "")
		h.rest(time.Second)
		h.hear(a, b) // back to the transferrer
		if h.sw.HasMusic(a) || h.live(a).Phase != calls.PhaseTalking {
			t.Error("still on hold")
		}
		h.over(a)
	})
}

func TestOrderThatCameTooLateIsNotObeyed(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.feature(func(ctx context.Context, s *calls.Session) error {
			select { // deaf for a while
			case <-time.After(20 * time.Second):
			case <-ctx.Done():
			}
			return s.Await(ctx, calls.PhaseQueued, "", true, nil)
		})
		a := h.sw.Call("a", "feature")
		h.rest(time.Second)
		h.refused(a, fault.Conflict, calls.Drop(a))
		h.rest(time.Minute)
		if len(h.sw.Find("a")) != 1 {
			t.Error("an order that was refused was obeyed later")
		}
		h.over(a)
	})
}
