package calls_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/fault"
)

// desk serves callers one after the other, as the tests tell it.
type desk struct {
	mu      sync.Mutex
	ring    calls.Attempt
	wakes   map[calls.CallID]chan struct{}
	served  []calls.Served
	agents  []string // who answered
	resumed []string // phase and data after a restart
	note    string   // what a parked caller waits with
}

// waiting is what a caller in the queue is tagged with.
const waiting = `{"queue":"主","since":"12:00"}`

func (d *desk) run(ctx context.Context, s *calls.Session) error {
	if err := s.Answer(ctx); err != nil {
		return err
	}
	phase, data := calls.PhaseQueued, waiting
	if p, had := s.Resumed(); p != "" {
		phase, data = p, had
		d.mu.Lock()
		d.resumed = append(d.resumed, string(p)+" "+had)
		d.mu.Unlock()
	}
	for {
		wake := make(chan struct{})
		d.mu.Lock()
		d.wakes[s.ID] = wake
		d.mu.Unlock()
		if err := s.Await(ctx, phase, data, true, wake); err != nil {
			return err
		}
		v, err := s.Serve(ctx, d.ring, func(a calls.Party) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.agents = append(d.agents, a.Extension)
		})
		if _, unreached := errors.AsType[*calls.Unreached](err); unreached {
			continue
		}
		d.mu.Lock()
		d.served = append(d.served, v)
		note := d.note
		d.mu.Unlock()
		switch {
		case err != nil:
			return err
		case v.Part == calls.PartLeft:
			phase, data = calls.PhaseParked, note
		case v.Part == calls.PartLost:
			phase, data = calls.PhaseQueued, waiting
		default:
			return nil
		}
	}
}

// pages is a ring of browser phones, which may be loaded again.
func pages(endpoints ...string) calls.Attempt {
	a := ring(endpoints...)
	for i := range a.Rings {
		a.Rings[i].Keep = true
	}
	return a
}

// queued lets the guest call the desk and wait.
func (h *house) queued() calls.LegID {
	h.t.Helper()
	h.guide.desk.wakes, h.guide.desk.note = map[calls.CallID]chan struct{}{}, "back in five"
	h.guide.desk.ring = pages("op")
	guest := h.sw.Call("guest", "desk")
	h.rest(time.Second)
	if !h.sw.HasMusic(guest) {
		h.t.Fatal("the waiting caller hears no music")
	}
	return guest
}

// serve wakes the caller, whom the desk's phones then serve.
func (h *house) serve(guest calls.LegID) {
	h.guide.desk.mu.Lock()
	close(h.guide.desk.wakes[calls.CallID(guest)])
	delete(h.guide.desk.wakes, calls.CallID(guest))
	h.guide.desk.mu.Unlock()
	h.rest(time.Second)
}

// atDesk is a guest who talks to the operator.
func (h *house) atDesk() (guest, op calls.LegID) {
	h.t.Helper()
	guest = h.queued()
	h.serve(guest)
	op = h.one("op")
	h.hear(guest, op)
	if h.sw.HasMusic(guest) {
		h.t.Error("the music plays on in the talk")
	}
	return guest, op
}

func (h *house) hear(legs ...calls.LegID) {
	h.t.Helper()
	for _, a := range legs {
		for _, b := range legs {
			if a != b && !h.sw.Hears(a, b) {
				h.t.Fatalf("%s does not hear %s", a, b)
			}
		}
	}
}

func (h *house) do(id calls.LegID, v calls.Verb) {
	h.t.Helper()
	if err := h.x.Do(h.t.Context(), calls.CallID(id), v); err != nil {
		h.t.Fatal(err)
	}
	h.rest(10 * time.Millisecond)
}

func (h *house) refused(id calls.LegID, want fault.Code, v calls.Verb) {
	h.t.Helper()
	if err := h.x.Do(h.t.Context(), calls.CallID(id), v); !fault.Is(err, want) {
		h.t.Errorf("%v, want %s", err, want)
	}
}

// over hangs up what is left and checks that nothing stays, no bridge either.
func (h *house) over(legs ...calls.LegID) {
	h.t.Helper()
	for _, id := range legs {
		h.sw.HangUp(id)
	}
	h.rest(time.Second)
	h.empty()
	h.rest(3 * time.Minute) // the shelf is cleared
	snap, err := h.sw.Snapshot(h.t.Context())
	if err != nil || len(snap.Bridges) != 0 {
		h.t.Errorf("bridges left: %+v %v", snap.Bridges, err)
	}
}

// part returns how the n-th served talk ended.
func (h *house) part(n int) calls.Served {
	h.t.Helper()
	h.guide.desk.mu.Lock()
	defer h.guide.desk.mu.Unlock()
	if len(h.guide.desk.served) <= n {
		h.t.Fatalf("%d served talks, want more than %d", len(h.guide.desk.served), n)
	}
	return h.guide.desk.served[n]
}

func TestServedTalk(t *testing.T) {
	tests := []struct {
		name  string
		end   func(h *house, guest, op calls.LegID)
		part  calls.Part
		by    string
		waits bool
	}{
		{"the guest hangs up", func(h *house, g, _ calls.LegID) { h.sw.HangUp(g) }, calls.PartOver, "caller", false},
		{"the operator releases", func(h *house, g, _ calls.LegID) { h.do(g, calls.Release("op")) }, calls.PartOver, "called", false},
		{"forced release", func(h *house, g, op calls.LegID) { h.do(g, calls.Drop(op)) }, calls.PartOver, "controller", false},
		{"the outside leg is dropped", func(h *house, g, _ calls.LegID) { h.do(g, calls.Drop(g)) }, calls.PartOver, "controller", false},
		{"hung up over the API", func(h *house, g, _ calls.LegID) { _ = h.x.Hangup(h.t.Context(), calls.CallID(g)) }, calls.PartOver, "controller", false},
		{"the page is loaded again", func(h *house, _, op calls.LegID) { h.sw.HangUp(op) }, calls.PartLost, "", true},
		{"the operator leaves", func(h *house, g, _ calls.LegID) { h.do(g, calls.Leave("op")) }, calls.PartLeft, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				guest, op := h.atDesk()
				h.rest(9 * time.Second)
				tt.end(h, guest, op)
				h.rest(10 * time.Millisecond)
				v := h.part(0)
				if v.Part != tt.part || v.Agent.Extension != "op" || v.Talk.Round(time.Second) != 10*time.Second || v.Hold != 0 {
					t.Errorf("served %+v", v)
				}
				if h.sw.HasMusic(guest) != tt.waits {
					t.Errorf("music %t, want %t", !tt.waits, tt.waits)
				}
				if tt.waits {
					if len(h.sw.Find("op")) != 0 {
						t.Error("the operator's leg is still there")
					}
					h.serve(guest)
					h.hear(guest, h.one("op"))
					h.sw.HangUp(guest)
				}
				h.over()
				if r := h.record(guest); tt.by != "" && r.HungUpBy != tt.by || r.Outcome != calls.OutcomeAnswered {
					t.Errorf("hung up by %q, want %q; %s", r.HungUpBy, tt.by, r.Outcome)
				}
			})
		})
	}
}

func TestDeskPhoneThatHangsUpIsNotLost(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest := h.queued()
		h.guide.desk.ring = ring("op") // a phone on the desk, no page
		h.serve(guest)
		h.sw.HangUp(h.one("op"))
		h.over()
		if v := h.part(0); v.Part != calls.PartOver {
			t.Errorf("part %s", v.Part)
		}
	})
}

func TestNobodyServes(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest := h.queued()
		h.sw.Script("op", switchtest.Behaviour{Silent: true})
		h.serve(guest)
		h.rest(5 * time.Second)
		if ringing, _ := h.sw.Signalled(guest); ringing || !h.sw.HasMusic(guest) || len(h.sw.Heard(guest)) != 0 {
			t.Error("the caller hears anything but music while the operator is rung")
		}
		h.refused(guest, fault.Forbidden, calls.Hold("stranger"))
		h.refused(guest, fault.Conflict, calls.Hold("op"))
		h.rest(20 * time.Second)
		h.sw.Script("op", switchtest.Behaviour{Cause: calls.CauseBusy})
		h.serve(guest)
		h.sw.Script("op", switchtest.Behaviour{})
		h.serve(guest)
		h.hear(guest, h.one("op"))
		h.over(guest)
		if len(h.guide.desk.served) != 1 {
			t.Errorf("served %+v", h.guide.desk.served)
		}
	})
}

func TestRefusingARingLeavesTheCaller(t *testing.T) {
	for name, v := range map[string]calls.Verb{"release": calls.Release("op"), "leave": calls.Leave("op")} {
		t.Run(name, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				guest := h.queued()
				h.sw.Script("op", switchtest.Behaviour{Silent: true})
				h.serve(guest)
				h.do(guest, v)
				if len(h.sw.Find("op")) != 0 || !h.sw.HasMusic(guest) {
					t.Error("the operator is rung on, or the caller hears no music")
				}
				h.over(guest)
			})
		})
	}
}

func TestPageThatGoesWhileItAnswers(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest := h.queued()
		h.sw.Script("op", switchtest.Behaviour{Rings: 500 * time.Millisecond})
		h.sw.Fail("join", fault.New(fault.NotFound, "no such leg"))
		h.serve(guest)
		h.rest(time.Second)
		h.sw.Fail("join", nil)
		if !h.sw.HasMusic(guest) || len(h.sw.Find("op")) != 0 {
			t.Error("the caller does not wait with music")
		}
		h.serve(guest)
		h.hear(guest, h.one("op"))
		h.over(guest)
	})
}

func TestCallerWhoWaitsHangsUp(t *testing.T) {
	for _, ringing := range []bool{false, true} {
		inHouse(t, func(t *testing.T, h *house) {
			guest := h.queued()
			if ringing {
				h.sw.Script("op", switchtest.Behaviour{Silent: true})
				h.serve(guest)
			}
			h.over(guest)
			if r := h.record(guest); r.HungUpBy != "caller" {
				t.Errorf("hung up by %q", r.HungUpBy)
			}
		})
	}
}

func TestVerbsForACallerWhoWaits(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest := h.queued()
		for _, v := range []calls.Verb{
			calls.Hold("guest"), calls.Retrieve("guest"), calls.SendTo("guest", "c"), calls.Confer("guest", "x"),
			calls.Invite("guest", []string{"c"}), calls.Press("guest", "1"), calls.Leave("guest"), calls.Hand("guest", "x"),
		} {
			h.refused(guest, fault.Conflict, v)
		}
		h.do(guest, calls.Watch("op", ring("boss"), calls.MonitorOff, false))
		h.refused(guest, fault.NotFound, calls.Drop("nobody"))
		h.do(guest, calls.Drop(guest))
		h.over()
		if r := h.record(guest); r.HungUpBy != "controller" {
			t.Errorf("hung up by %q", r.HungUpBy)
		}
		h.refused(guest, fault.NotFound, calls.Drop(guest))
	})
}

func TestWaitingSurvivesTheController(t *testing.T) {
	for _, phase := range []calls.Phase{calls.PhaseQueued, calls.PhaseParked} {
		t.Run(string(phase), func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				guest, want := h.queued(), "queued "+waiting
				if phase == calls.PhaseParked {
					h.serve(guest)
					h.do(guest, calls.Leave("op"))
					want = "parked back in five"
				}
				music := h.sw.Commands()["music"]
				h.stop()
				h.rest(time.Minute)
				h.start()
				h.rest(time.Second)
				if got := h.guide.desk.resumed; !slices.Equal(got, []string{want}) {
					t.Errorf("resumed %q, want %q", got, want)
				}
				if h.sw.Commands()["music"] != music || !h.sw.HasMusic(guest) {
					t.Error("the music was touched")
				}
				if live := h.x.Live(); len(live) != 1 || live[0].Phase != phase {
					t.Errorf("live %+v", live)
				}
				h.serve(guest)
				h.hear(guest, h.one("op"))
				h.over(guest)
			})
		})
	}
}

func TestServedTalkSurvivesTheController(t *testing.T) {
	tests := []struct {
		name string
		do   func(h *house, guest, op calls.LegID)
	}{
		{"leave", func(h *house, g, _ calls.LegID) { h.do(g, calls.Leave("op")) }},
		{"the page is loaded again", func(h *house, _, op calls.LegID) { h.sw.HangUp(op) }},
		{"hold, then leave", func(h *house, g, _ calls.LegID) { h.do(g, calls.Hold("op")); h.do(g, calls.Leave("op")) }},
	}
	for _, tt := range tests {
		for _, held := range []bool{false, true} {
			t.Run(tt.name, func(t *testing.T) {
				inHouse(t, func(t *testing.T, h *house) {
					guest, op := h.atDesk()
					if held {
						h.do(guest, calls.Hold("op"))
					}
					h.stop()
					h.rest(time.Minute)
					h.start()
					h.rest(time.Second)
					if held {
						if live := h.x.Live(); len(live) != 1 || live[0].Phase != calls.PhaseHeld {
							t.Fatalf("the hold is forgotten: %+v", live)
						}
						h.do(guest, calls.Retrieve("op"))
					}
					h.hear(guest, op)
					tt.do(h, guest, op)
					h.rest(time.Second)
					if got := h.guide.desk.resumed; !slices.Equal(got, []string{"queued " + waiting}) {
						t.Errorf("resumed %q", got)
					}
					if !h.sw.HasMusic(guest) {
						t.Error("no music")
					}
					h.serve(guest)
					h.hear(guest, h.one("op"))
					h.over(guest)
				})
			})
		}
	}
}

func TestOperatorWhoLeftWhileWeWereAway(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest, op := h.atDesk()
		h.stop()
		h.sw.HangUp(op)
		h.rest(time.Second)
		h.start()
		h.rest(time.Second)
		if !h.sw.HasMusic(guest) || len(h.guide.desk.resumed) != 1 {
			t.Errorf("the caller was not queued again: %q", h.guide.desk.resumed)
		}
		h.over(guest)
	})
}
