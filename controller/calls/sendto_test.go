package calls_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/fault"
)

func TestSendTo(t *testing.T) {
	for _, by := range []string{"a", "b"} {
		for _, held := range []bool{false, true} {
			t.Run("by "+by, func(t *testing.T) {
				inHouse(t, func(t *testing.T, h *house) {
					h.sw.Script("c", switchtest.Behaviour{Rings: 5 * time.Second})
					a, b := h.talkingPair()
					stays, goes := b, a
					if by == "b" {
						stays, goes = a, b
					}
					if held {
						h.do(a, calls.Hold(by))
					}
					h.do(a, calls.SendTo(by, "c"))
					if slices.Contains(append(h.sw.Find("a"), h.sw.Find("b")...), goes) {
						t.Error("the transferrer is not free at once")
					}
					h.rest(time.Second)
					if !slices.Contains(h.sw.Heard(stays), "tone:ring") || h.sw.HasMusic(stays) {
						t.Errorf("who stays hears %v", h.sw.Heard(stays))
					}
					for _, p := range h.live(a).Parties {
						if p.Held {
							t.Errorf("on hold while it is transferred: %+v", p)
						}
					}
					other := map[string]string{"a": "b", "b": "a"}[by]
					h.refused(a, fault.Conflict, calls.Hold(other))
					h.refused(a, fault.Forbidden, calls.Hold(by))
					h.rest(5 * time.Second)
					h.hear(stays, h.one("c"))
					h.over(stays)
					r := h.record(a)
					if r.To.Extension != "c" || len(r.Legs) != 3 || r.HungUpBy != "caller" {
						t.Errorf("to %+v, %d legs, hung up by %q", r.To, len(r.Legs), r.HungUpBy)
					}
				})
			})
		}
	}
}

func TestSendToRefused(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, b := h.talkingPair()
		h.refused(a, fault.Invalid, calls.SendTo("b", "nowhere"))
		h.refused(a, fault.Forbidden, calls.SendTo("c", "c"))
		h.refused("gone", fault.NotFound, calls.SendTo("b", "c"))
		h.hear(a, b)
		h.over(a)
	})
}

func TestRecall(t *testing.T) {
	for _, takes := range []bool{true, false} {
		inHouse(t, func(t *testing.T, h *house) {
			h.sw.Script("c", switchtest.Behaviour{Cause: calls.CauseBusy})
			a, _ := h.talkingPair()
			h.sw.Script("b", switchtest.Behaviour{Rings: 2 * time.Second, Silent: !takes})
			h.do(a, calls.SendTo("b", "c"))
			h.rest(3 * time.Second)
			if takes {
				h.hear(a, h.one("b"))
				h.sw.HangUp(a)
			} else {
				h.rest(time.Minute)
			}
			h.over()
			r := h.record(a)
			if !strings.Contains(strings.Join(r.Reasons, "\n"), "transfer failed (nobody reached: 17 user busy), b is rung again") || r.To.Extension != "b" {
				t.Errorf("to %+v, reasons %q", r.To, r.Reasons)
			}
		})
	}
}

func TestServedCallIsTransferred(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest, _ := h.atDesk()
		h.rest(9 * time.Second)
		h.do(guest, calls.SendTo("op", "c"))
		h.rest(time.Minute)
		h.hear(guest, h.one("c"))
		h.refused(guest, fault.Conflict, calls.Leave("c"))
		h.over(h.one("c"))
		if v := h.part(0); v.Part != calls.PartMoved || v.Talk.Round(time.Second) != 10*time.Second || v.Agent.Extension != "op" {
			t.Errorf("served %+v", v)
		}
	})
}

func TestServedTransferThatFails(t *testing.T) {
	for _, takes := range []bool{true, false} {
		inHouse(t, func(t *testing.T, h *house) {
			h.sw.Script("c", switchtest.Behaviour{Silent: true})
			guest, _ := h.atDesk()
			h.sw.Script("op", switchtest.Behaviour{Silent: !takes})
			h.do(guest, calls.SendTo("op", "c"))
			h.rest(25 * time.Second)
			if takes {
				h.hear(guest, h.one("op"))
				h.do(guest, calls.Leave("op"))
			} else {
				h.rest(40 * time.Second)
			}
			want := map[bool]calls.Part{true: calls.PartLeft, false: calls.PartLost}[takes]
			if v := h.part(0); v.Part != want || !h.sw.HasMusic(guest) {
				t.Errorf("served %+v, music %t", v, h.sw.HasMusic(guest))
			}
			h.over(guest)
		})
	}
}

func TestHangUpDuringSendTo(t *testing.T) {
	for name, end := range map[string]func(h *house, a calls.LegID){
		"who stays hangs up":       func(h *house, a calls.LegID) { h.sw.HangUp(a) },
		"who stays is released":    func(h *house, a calls.LegID) { h.do(a, calls.Release("a")) },
		"hung up over the API":     func(h *house, a calls.LegID) { _ = h.x.Hangup(h.t.Context(), calls.CallID(a)) },
		"the controller restarted": func(h *house, a calls.LegID) { h.stop(); h.start() },
	} {
		t.Run(name, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				h.sw.Script("c", switchtest.Behaviour{Silent: true})
				a, _ := h.talkingPair()
				h.do(a, calls.SendTo("b", "c"))
				h.rest(time.Second)
				end(h, a)
				h.rest(time.Second)
				h.over()
			})
		})
	}
}

func TestTargetOfASendToIsDropped(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("c", switchtest.Behaviour{Silent: true})
		a, _ := h.talkingPair()
		h.do(a, calls.SendTo("b", "c"))
		h.rest(time.Second)
		h.do(a, calls.Drop(h.one("c")))
		h.rest(time.Second)
		h.hear(a, h.one("b")) // recalled
		h.over(a)
	})
}
