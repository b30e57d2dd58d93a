package calls_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
)

// anyVerb picks a verb that may or may not make sense, mostly by a party of l.
func anyVerb(r *rand.Rand, h *house, l calls.Live, all []calls.Live) calls.Verb {
	who := []string{"guest", "op", "boss", "stranger", ""}
	for range 3 {
		for _, p := range l.Parties {
			who = append(who, p.Party.Extension)
		}
	}
	by := who[r.IntN(len(who))]
	second := all[r.IntN(len(all))].ID
	numbers := []string{"b", "c", "d", "e", "suite", "out", "follow", "nowhere"}
	how := []calls.Monitor{calls.MonitorListen, calls.MonitorWhisper, calls.MonitorBarge, calls.MonitorTake, calls.MonitorOff}
	switch r.IntN(12) {
	case 0, 1:
		return calls.Hold(by)
	case 2:
		return calls.Retrieve(by)
	case 3:
		return calls.SendTo(by, numbers[r.IntN(len(numbers))])
	case 4:
		return calls.Hand(by, second)
	case 5:
		return calls.Confer(by, second)
	case 6:
		return calls.Invite(by, []string{numbers[r.IntN(len(numbers))], numbers[r.IntN(len(numbers))]})
	case 7:
		return calls.Release(by)
	case 8:
		if legs := h.sw.Find(by); len(legs) > 0 {
			return calls.Drop(legs[0])
		}
		return calls.Press(by, "1")
	case 9:
		return calls.Leave(by)
	}
	return calls.Watch(by, ring("boss"), how[r.IntN(len(how))], r.IntN(2) == 0)
}

// Whatever is ordered, in whatever order, with phones that hang up and a
// controller that dies in between: nothing is left behind and nobody waits for ever.
func TestAnyOrderOfVerbs(t *testing.T) {
	for seed := range uint64(100) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) { scramble(t, h, rand.New(rand.NewPCG(seed, 3))) })
		})
	}
}

func scramble(t *testing.T, h *house, r *rand.Rand) {
	for _, e := range []string{"b", "c", "d", "e", "op", "boss", "bed"} {
		h.sw.Script(e, []switchtest.Behaviour{
			{}, {Rings: time.Second}, {Silent: true}, {Cause: calls.CauseBusy}, {Absent: true},
		}[min(r.IntN(8), 4)])
	}
	h.sw.Script("op", switchtest.Behaviour{})
	h.atDesk()
	for range 40 {
		h.rest(time.Duration(r.IntN(1500)) * time.Millisecond)
		all := h.x.Live()
		if len(all) < 2 {
			h.sw.Call("guest", "desk")
			h.sw.Call("a", "b")
			continue
		}
		l := all[r.IntN(len(all))]
		switch n := r.IntN(30); {
		case n == 0:
			h.stop()
			h.start()
		case n == 1:
			h.sw.HangUp(h.anyLeg(r))
		case n < 5 && len(l.Parties) > 0: // a consultation
			_ = h.x.Do(t.Context(), l.ID, calls.Hold(l.Parties[0].Party.Extension))
			_, _ = h.x.Dial(t.Context(), ring(l.Parties[0].Party.Extension), "c")
		case n < 7:
			h.guide.desk.mu.Lock()
			for id, wake := range h.guide.desk.wakes {
				close(wake)
				delete(h.guide.desk.wakes, id)
			}
			h.guide.desk.mu.Unlock()
		default:
			_ = h.x.Do(t.Context(), l.ID, anyVerb(r, h, l, all))
		}
		h.rest(10 * time.Millisecond)
		h.sound()
	}
	for range 20 { // who is hung up may be rung again
		for id := h.anyLeg(r); id != ""; id = h.anyLeg(r) {
			h.sw.HangUp(id)
		}
		h.rest(10 * time.Second)
	}
	h.over()
	for _, rec := range h.records() {
		if rec.Ended.IsZero() || rec.Outcome == "" {
			t.Errorf("open record %+v", rec)
		}
		for _, l := range rec.Legs {
			if l.Ended.IsZero() {
				t.Errorf("call %s: leg %s has no end", rec.ID, l.ID)
			}
		}
	}
}

// sound checks that who talks is heard, who is held hears music, and who listens
// is heard by nobody.
func (h *house) sound() {
	h.t.Helper()
	for _, l := range h.x.Live() {
		if l.Phase != calls.PhaseTalking && l.Phase != calls.PhaseHeld {
			continue
		}
		for _, p := range l.Parties {
			if p.Held != h.sw.HasMusic(p.Leg) && p.Up {
				h.t.Errorf("held %t, music %t: %+v", p.Held, h.sw.HasMusic(p.Leg), p)
			}
			for _, q := range l.Parties {
				talk := p.Up && q.Up && p.Leg != q.Leg && !p.Held && !q.Held && p.Monitor == "" && q.Monitor == ""
				if talk && !h.sw.Hears(p.Leg, q.Leg) {
					h.t.Errorf("%+v does not hear %+v in %+v", p, q, l)
				}
				if p.Leg != q.Leg && q.Monitor == calls.MonitorListen && h.sw.Hears(p.Leg, q.Leg) {
					h.t.Errorf("%+v hears who listens, %+v", p, q)
				}
			}
		}
	}
}

func (h *house) anyLeg(r *rand.Rand) calls.LegID {
	snap, err := h.sw.Snapshot(h.t.Context())
	if err != nil || len(snap.Legs) == 0 {
		return ""
	}
	return snap.Legs[r.IntN(len(snap.Legs))].Leg
}

func (h *house) records() []calls.Record {
	h.t.Helper()
	rs, _, err := h.store.Records(h.t.Context(), calls.Filter{})
	if err != nil {
		h.t.Fatal(err)
	}
	return rs
}
