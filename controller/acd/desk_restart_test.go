package acd_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
)

// full lets five operators talk and ten callers wait, a second apart.
func (h *house) full() (talking, queued []calls.LegID) {
	h.t.Helper()
	for i := range 5 {
		op := fmt.Sprint("seat", i)
		h.ok(h.desk.SignOn(h.t.Context(), op, "", op, op))
	}
	for i := range 15 {
		leg := h.call(fmt.Sprint("g", 101+i))
		h.rest(time.Second)
		if i < 5 {
			talking = append(talking, leg)
		} else {
			queued = append(queued, leg)
		}
	}
	return talking, queued
}

func TestRestartKeepsTheQueueAndTheTalks(t *testing.T) {
	for _, how := range []string{"killed", "stopped"} {
		t.Run(how, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				talking, queued := h.full()
				line := h.line()
				before := h.desk.Board().Callers
				if how == "killed" {
					h.kill()
				} else {
					h.stop()
				}
				h.rest(3 * time.Second)
				h.start()
				h.rest(2 * time.Second)
				if got := h.line(); got != line || strings.Count(got, " ") != 9 {
					t.Fatalf("in line: %s\nbefore: %s", got, line)
				}
				for i, c := range h.desk.Board().Callers {
					if !c.Entered.Equal(before[i].Entered) {
						t.Errorf("%s entered %s, before the restart %s", c.Number, c.Entered, before[i].Entered)
					}
				}
				for i, a := range talking {
					h.talk(a, h.agentOf(a))
					h.state(fmt.Sprint("seat", i), acd.Talking)
				}
				for _, a := range queued {
					if !h.sw.HasMusic(a) {
						t.Errorf("%s hears no music", a)
					}
				}
				h.serveAll(talking, queued)
			})
		})
	}
}

// agentOf returns the seat that a caller talks to.
func (h *house) agentOf(a calls.LegID) string {
	for i := range 5 {
		op := fmt.Sprint("seat", i)
		for _, leg := range h.sw.Find(op) {
			if h.sw.Hear(a, leg) {
				return op
			}
		}
	}
	return "nobody"
}

// serveAll lets the talks end one after the other: the callers come in order.
func (h *house) serveAll(talking, queued []calls.LegID) {
	h.t.Helper()
	for _, next := range queued {
		h.sw.HangUp(talking[0])
		h.rest(time.Second)
		if h.agentOf(next) == "nobody" {
			h.t.Fatalf("%s is not served in its turn", next)
		}
		talking = append(talking[1:], next)
	}
	for _, a := range talking {
		h.sw.HangUp(a)
	}
	h.empty()
	for i := range 15 {
		v := h.visit(fmt.Sprint("g", 101+i))
		if v.How != acd.Answered || v.Talk < time.Second {
			h.t.Errorf("visit %+v", v)
		}
		if n := len(h.visits(v.Number)); n != 1 {
			h.t.Errorf("%s has %d visits", v.Number, n)
		}
	}
}

func TestVisitsOfAKilledControllerAreClosedTruthfully(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		a := h.call("g101")
		h.rest(5 * time.Second)
		b := h.call("g102")
		h.rest(5 * time.Second)
		h.kill()
		h.rest(10 * time.Second)
		h.sw.HangUp(a)
		h.sw.HangUp(b)
		ended := time.Now()
		h.sw.HangUp(h.one("op1"))
		h.rest(time.Minute)
		h.start()
		h.rest(5 * time.Second)
		h.empty()
		if v := h.visit("g101"); v.How != acd.Answered || !v.Left.Add(v.Talk).Equal(ended) {
			t.Errorf("talked until %s, want %s: %+v", v.Left.Add(v.Talk), ended, v)
		}
		if v := h.visit("g102"); v.How != acd.Abandoned || !v.Left.Equal(ended) {
			t.Errorf("left %s, want %s: %+v", v.Left, ended, v)
		}
		h.state("li", acd.Ready)
	})
}

func TestSeatsSurviveARestart(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1", "op2")
		_, err := h.desk.Force(t.Context(), "wang", acd.Paused, "boss", "meeting")
		h.ok(err)
		h.rest(31 * time.Second) // for a pulse
		h.kill()
		killed := time.Now()
		h.rest(time.Hour)
		h.start()
		h.rest(time.Second)
		h.state("li", acd.Ready)
		if s := h.state("wang", acd.Paused); s.Reason != "meeting" || s.Forced != "boss" {
			t.Errorf("seat %+v", s)
		}
		spans, err := h.rows.Spans(t.Context(), acd.VisitFilter{Account: "li"})
		h.ok(err)
		i := slices.IndexFunc(spans, func(s acd.Span) bool { return s.State == acd.Ready })
		if i < 0 || spans[i].End.IsZero() || spans[i].End.After(killed) || killed.Sub(spans[i].End) > 31*time.Second {
			t.Errorf("killed %s, spans %+v", killed, spans)
		}
	})
}

func TestParkedCallSurvivesARestart(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a := h.atDesk()
		h.ok(h.desk.Park(t.Context(), "li", string(a), "suite 8", "manager"))
		h.rest(time.Second)
		before := h.lane()
		h.kill()
		h.start()
		h.rest(time.Second)
		if got := h.lane(); len(got) != 1 || got[0].Note != "suite 8" || !got[0].At.Equal(before[0].At) || !h.sw.HasMusic(a) {
			t.Fatalf("lane %+v, before %+v", got, before)
		}
		_, err := h.desk.Pull(t.Context(), "li", string(a))
		h.ok(err)
		h.rest(3 * time.Second)
		h.talk(a, "op1")
		h.sw.HangUp(a)
		h.empty()
	})
}

func TestTalkFromBeforeARestartIsParkedAndLost(t *testing.T) {
	for _, how := range []string{"parked", "lost"} {
		t.Run(how, func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				a := h.atDesk()
				h.kill()
				h.start()
				h.rest(time.Second)
				h.state("li", acd.Talking)
				h.sw.Script("op1", switchtest.Behaviour{Rings: 500 * time.Millisecond})
				if how == "parked" {
					h.ok(h.desk.Park(t.Context(), "li", string(a), "later", ""))
					if lane := h.lane(); len(lane) != 1 || lane[0].Note != "later" {
						t.Fatalf("lane %+v", lane)
					}
					_, err := h.desk.Pull(t.Context(), "li", string(a))
					h.ok(err)
				} else {
					h.sw.HangUp(h.one("op1"))
				}
				h.rest(2 * time.Second)
				h.talk(a, "op1")
				h.state("li", acd.Talking)
				h.sw.HangUp(a)
				h.state("li", acd.Ready)
				h.empty()
				if v := h.visit("g101"); v.How != acd.Answered || len(h.visits("g101")) != 1 {
					t.Errorf("visits %+v", h.visits("g101"))
				}
			})
		})
	}
}

func TestSwitchDiesWithTheQueue(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		h.call("g101")
		h.rest(3 * time.Second)
		h.call("g102")
		h.rest(3 * time.Second)
		h.sw.Die()
		h.rest(time.Second)
		h.sw.Reconnect()
		h.empty()
		h.state("li", acd.Ready)
		if v := h.visit("g102"); v.How != acd.Lost {
			t.Errorf("visit %+v", v)
		}
	})
}

func TestRowsWaitForTheDatabase(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.signOn("op1")
		h.rows.wreck(errFull)
		a := h.call("g101")
		h.rest(10 * time.Second)
		h.sw.HangUp(a)
		h.rest(10 * time.Second)
		h.rows.wreck(nil)
		h.rest(2 * time.Second)
		if v := h.visit("g101"); v.How != acd.Answered || v.Talk == 0 {
			t.Errorf("visit %+v", v)
		}
	})
}
