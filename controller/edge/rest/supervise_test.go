package rest

import (
	"testing"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

func TestForceSeat(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	at := "/desk/seats/" + h.opID + "/force"
	var seat gen.Seat
	h.boss.send("POST", at, `{"state":"paused","reason":"meeting"}`).is(200).into(&seat)
	if seat.State != "paused" || b.desk.last() != "force "+h.opID+` paused for "meeting" by `+h.bossID {
		t.Errorf("seat %+v, told %q", seat, b.desk.last())
	}
	rows := b.trail()
	if last := rows[len(rows)-1]; last.What != "forceSeat" || last.Object != h.opID || last.Reason != "meeting" || last.Who != "account:boss" {
		t.Errorf("audit %+v", last)
	}
	h.boss.send("POST", at, `{"state":"signed_off","reason":"went home"}`).is(200).into(&seat)
	if seat.State != "signed_off" {
		t.Errorf("seat %+v", seat)
	}
	h.boss.send("POST", at, `{"state":"ready"}`).problem(fault.NotFound)
	if p := h.boss.send("POST", "/desk/seats/"+h.otherID+"/force", `{"state":"talking"}`).problem(fault.Invalid); p.Field != "state" {
		t.Errorf("problem %+v", p)
	}
	h.boss.send("PUT", "/desk/seat", `{}`).is(200)
	if p := h.boss.send("POST", "/desk/seats/"+h.bossID+"/force", `{"state":"ready"}`).problem(fault.Invalid); p.Field != "account" {
		t.Errorf("problem %+v", p)
	}
	h.op.send("POST", "/desk/seats/"+h.otherID+"/force", `{"state":"ready"}`).problem(fault.Forbidden)
}

func TestForcedSignOffDuringACall(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	b.desk.board.Seats[0].State = acd.Talking
	var seat gen.Seat
	h.boss.send("POST", "/desk/seats/"+h.opID+"/force", `{"state":"signed_off","reason":"x"}`).is(200).into(&seat)
	if seat.State != "talking" {
		t.Errorf("the seat is still in its call, shown %+v", seat)
	}
}

func TestMonitor(t *testing.T) {
	h := newHouse(newBench(t))
	at := "/desk/seats/" + h.otherID + "/monitor"
	for _, how := range []string{"listen", "whisper", "barge", "take_over"} {
		h.boss.send("POST", at, `{"how":"`+how+`","reason":"quality"}`).is(204)
		h.saw("theirs:", "Watch", `"8001"`)
	}
	h.boss.send("POST", at, `{"how":"off"}`).is(204) // not in: nothing to do
	h.saw()
	h.live.live[2].Parties = append(h.live.live[2].Parties, monitor(party("8401"), calls.MonitorListen))
	h.boss.send("POST", at, `{"how":"off"}`).is(204)
	h.saw("theirs:", "Watch")
	if p := h.boss.send("POST", at, `{"how":"sing"}`).problem(fault.Invalid); p.Field != "how" {
		t.Errorf("problem %+v", p)
	}
	h.boss.send("POST", "/desk/seats/none/monitor", `{"how":"listen"}`).problem(fault.NotFound)
	h.op.send("POST", at, `{"how":"listen"}`).problem(fault.Forbidden)
	h.live.live = nil
	h.boss.send("POST", at, `{"how":"listen"}`).problem(fault.Conflict)
	h.saw()
}

func TestEmergencyCallsAreLeftAlone(t *testing.T) {
	h := newHouse(newBench(t))
	h.live.live = h.live.live[7:] // 8002 in an emergency call
	at := "/desk/seats/" + h.opID
	h.boss.send("POST", at+"/monitor", `{"how":"listen"}`).is(204) // hearing it harms nobody
	h.saw("myhelp:", "Watch")
	h.boss.send("POST", at+"/monitor", `{"how":"take_over"}`).problem(fault.Forbidden)
	h.boss.send("POST", at+"/force-release", `{"reason":"x"}`).problem(fault.Forbidden)
	h.saw()
}

func TestForceReleaseSeat(t *testing.T) {
	h := newHouse(newBench(t))
	at := "/desk/seats/" + h.otherID + "/force-release"
	h.boss.send("POST", at, `{"reason":"abuse"}`).is(204)
	h.saw("theirs:", "Drop", `"theirs-1"`, "Release", `"8001"`)
	h.op.send("POST", at, `{}`).problem(fault.Forbidden)
	h.live.live = nil
	h.boss.send("POST", at, `{}`).problem(fault.Conflict)
	h.boss.send("POST", "/desk/seats/none/force-release", `{}`).problem(fault.NotFound)
}

func TestDropsOutsideLegsFirst(t *testing.T) {
	c := talk("c", party("8001"), party("1206"), outsider("1"), monitor(party("8401"), calls.MonitorListen))
	if got := otherParties(c, "8001"); len(got) != 1 || got[0].Leg != "c-2" {
		t.Errorf("got %+v, want the outside leg", got)
	}
	c = talk("c", party("8001"), party("1206"), monitor(party("8401"), calls.MonitorListen))
	if got := otherParties(c, "8001"); len(got) != 1 || got[0].Leg != "c-1" {
		t.Errorf("got %+v, want the room", got)
	}
}

// TestSupervisorsReach: a supervisor of another queue acts on no seat of this one.
func TestSupervisorsReach(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	must(t, b.desk.PutQueue(t.Context(), acd.Queue{Name: "reservations", Members: []string{h.otherID}}, "test"))
	far := b.asPerson(access.Person{
		Login: "far", Name: "far", Roles: []access.Role{access.RoleSupervisor}, Extension: "8000", Reach: access.Reach{Queues: []string{"reservations"}},
	})
	far.send("POST", "/desk/seats/"+h.opID+"/force", `{"state":"ready"}`).problem(fault.Forbidden)
	far.send("POST", "/desk/seats/"+h.opID+"/monitor", `{"how":"listen"}`).problem(fault.Forbidden)
	far.send("POST", "/desk/seats/"+h.opID+"/force-release", `{}`).problem(fault.Forbidden)
	h.saw()
	far.send("POST", "/desk/seats/"+h.otherID+"/force", `{"state":"ready"}`).is(200)
}
