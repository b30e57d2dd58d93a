package calls_test

import (
	"slices"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/fault"
)

func watch(how calls.Monitor) calls.Verb { return calls.Watch("op", ring("boss"), how, true) }

// listens fails the test unless ear hears all mouths and none of them hears it.
func (h *house) listens(ear calls.LegID, mouths ...calls.LegID) {
	h.t.Helper()
	for _, m := range mouths {
		if !h.sw.Hears(ear, m) || h.sw.Hears(m, ear) {
			h.t.Errorf("%s hears %s: %t, and is heard: %t", ear, m, h.sw.Hears(ear, m), h.sw.Hears(m, ear))
		}
	}
}

func TestSupervisor(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest, op := h.atDesk()
		h.sw.Script("boss", switchtest.Behaviour{Rings: time.Second})
		h.do(guest, watch(calls.MonitorListen))
		boss := h.one("boss")
		if head := h.sw.Headers(boss); head["Call-Info"] != "<sip:bellhop>;answer-after=0" || head[calls.HeaderCall] != string(guest) {
			t.Errorf("headers %v", head)
		}
		h.rest(2 * time.Second)
		h.listens(boss, guest, op)
		h.do(guest, watch(calls.MonitorWhisper))
		h.hear(boss, op)
		h.listens(boss, guest)
		h.do(guest, watch(calls.MonitorBarge))
		h.hear(boss, op, guest)
		if !slices.Contains(h.sw.Heard(guest), "beep") {
			t.Error("the guest was not warned")
		}
		l := h.live(guest)
		if p := l.Parties[2]; len(l.Parties) != 3 || p.Role != "supervisor" || p.Monitor != calls.MonitorBarge || p.Party.Extension != "boss" {
			t.Errorf("parties %+v", l.Parties)
		}
		h.do(guest, watch(calls.MonitorListen))
		h.listens(boss, guest, op)
		if got := h.one("boss"); got != boss {
			t.Error("the supervisor's phone was rung again")
		}
		h.do(guest, watch(calls.MonitorOff))
		h.hear(op, guest)
		if legs, bridges := h.sw.Left(); legs != 2 || bridges != 1 {
			t.Errorf("%d legs, %d bridges", legs, bridges)
		}
		h.over(op, guest)
		r := h.record(guest)
		for _, want := range []string{"listened to by boss", "whispered to by boss", "barged into by boss"} {
			if !contains(r.Reasons, want) {
				t.Errorf("%q is missing in %q", want, r.Reasons)
			}
		}
	})
}

func TestEndWithASupervisor(t *testing.T) {
	ends := map[string]func(h *house, guest, op calls.LegID){
		"the guest hangs up":         func(h *house, g, _ calls.LegID) { h.sw.HangUp(g) },
		"the operator releases":      func(h *house, g, _ calls.LegID) { h.do(g, calls.Release("op")) },
		"the operator leaves":        func(h *house, g, _ calls.LegID) { h.do(g, calls.Leave("op")) },
		"the operator's page is new": func(h *house, _, op calls.LegID) { h.sw.HangUp(op) },
		"sent elsewhere":             func(h *house, g, _ calls.LegID) { h.do(g, calls.SendTo("op", "c")) },
		"the supervisor hangs up":    func(h *house, _, _ calls.LegID) { h.sw.HangUp(h.one("boss")) },
		"the supervisor is dropped":  func(h *house, g, _ calls.LegID) { h.do(g, calls.Drop(h.one("boss"))) },
		"restart":                    func(h *house, _, _ calls.LegID) { h.stop(); h.start() },
	}
	for name, end := range ends {
		for _, how := range []calls.Monitor{calls.MonitorListen, calls.MonitorWhisper, calls.MonitorBarge} {
			for _, ringing := range []bool{false, true} {
				t.Run(name+" "+string(how), func(t *testing.T) {
					inHouse(t, func(t *testing.T, h *house) {
						guest, op := h.atDesk()
						h.sw.Script("boss", switchtest.Behaviour{Silent: ringing})
						h.do(guest, watch(how))
						h.rest(time.Second)
						end(h, guest, op)
						h.rest(time.Second)
						if n := len(h.sw.Find("boss")); n != 0 {
							t.Error("the supervisor is still there")
						}
						for _, l := range []calls.LegID{guest, op} {
							h.sw.HangUp(l)
						}
						h.over()
						if r := h.record(guest); r.Outcome != calls.OutcomeAnswered {
							t.Errorf("outcome %s", r.Outcome)
						}
					})
				})
			}
		}
	}
}

func TestTakeOver(t *testing.T) {
	for _, before := range []calls.Monitor{"", calls.MonitorListen, calls.MonitorBarge} {
		for _, held := range []bool{false, true} {
			t.Run("from "+string(before), func(t *testing.T) {
				inHouse(t, func(t *testing.T, h *house) {
					guest, _ := h.atDesk()
					if before != "" {
						h.do(guest, watch(before))
						h.rest(time.Second)
					}
					if held {
						h.do(guest, calls.Hold("op"))
					}
					h.do(guest, watch(calls.MonitorTake))
					h.rest(time.Second)
					boss := h.one("boss")
					h.hear(guest, boss)
					if len(h.sw.Find("op")) != 0 || h.sw.HasMusic(guest) {
						t.Error("the agent is still there, or the guest on hold")
					}
					if l := h.live(guest); len(l.Parties) != 2 || l.To.Extension != "boss" || l.Parties[1].Role == "supervisor" {
						t.Errorf("live %+v", l)
					}
					h.do(guest, calls.Leave("boss")) // the call is the supervisor's now
					if v := h.part(0); v.Part != calls.PartLeft || v.Agent.Extension != "op" {
						t.Errorf("served %+v", v)
					}
					h.over(guest)
				})
			})
		}
	}
}

func TestTakenOverTalkSurvivesTheController(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest, _ := h.atDesk()
		h.do(guest, watch(calls.MonitorTake))
		h.rest(time.Second)
		h.stop()
		h.start()
		h.rest(time.Second)
		h.hear(guest, h.one("boss"))
		h.over(guest)
	})
}

func TestWatchRefused(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest, op := h.atDesk()
		h.refused(guest, fault.Invalid, calls.Watch("op", ring("boss"), "spy", false))
		h.refused(guest, fault.Invalid, calls.Watch("op", calls.Attempt{}, calls.MonitorListen, false))
		h.refused(guest, fault.Forbidden, calls.Watch("nobody", ring("boss"), calls.MonitorListen, false))
		h.refused(guest, fault.Conflict, calls.Watch("op", ring("op"), calls.MonitorListen, false))
		h.do(guest, watch(calls.MonitorListen))
		h.rest(time.Second)
		h.refused(guest, fault.Conflict, calls.Watch("op", ring("boss2"), calls.MonitorListen, false))
		h.refused(guest, fault.Conflict, calls.Watch("op", ring("boss2"), calls.MonitorOff, false))
		h.refused(guest, fault.Forbidden, calls.Hold("boss")) // a supervisor has no say
		h.listens(h.one("boss"), guest, op)
		h.over(guest)
	})
}

func TestSupervisorWhoDoesNotAnswer(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		guest, op := h.atDesk()
		h.sw.Script("boss", switchtest.Behaviour{Absent: true})
		h.do(guest, watch(calls.MonitorListen))
		h.sw.Script("boss", switchtest.Behaviour{})
		h.sw.Fail("snoop", fault.New(fault.Unavailable, "no"))
		h.do(guest, watch(calls.MonitorListen))
		h.rest(time.Second)
		h.hear(guest, op)
		if len(h.sw.Find("boss")) != 0 {
			t.Error("the supervisor's phone is off the hook for nothing")
		}
		h.over(guest)
	})
}
