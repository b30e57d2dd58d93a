package rest

import (
	"slices"
	"strings"
	"testing"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

func TestSignOn(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	var got gen.SeatWithPhone
	h.op.send("PUT", "/desk/seat", `{}`).is(200).into(&got)
	want := gen.SeatPhone{User: "dev-8002", Secret: "fresh", Realm: "bellhop", Url: "/sip"}
	if got.Phone != want || got.Seat.Account != h.opID || got.Seat.Name != "Operator Li" || got.Seat.Extension != "8002" || got.Seat.Skills == nil {
		t.Errorf("got %+v", got)
	}
	nobody := b.as("plain", access.RoleOperator)
	if p := nobody.send("PUT", "/desk/seat", `{}`).problem(fault.Invalid); p.Field != "extension" {
		t.Errorf("no extension: %+v", p)
	}
	nobody.send("PUT", "/desk/seat", `{"extension":"7777"}`).problem(fault.Invalid)
	nobody.send("PUT", "/desk/seat", `{"extension":"x"}`).problem(fault.Invalid)
	nobody.send("PUT", "/desk/seat", `{"extension":"1206"}`).problem(fault.Forbidden) // a guest's phone
	nobody.send("PUT", "/desk/seat", `{"extension":"8002"}`).problem(fault.Conflict)  // somebody sits there
	h.op.send("PUT", "/desk/seat", `{"extension":"8000"}`).problem(fault.Conflict)    // sits elsewhere
	nobody.send("PUT", "/desk/seat", `{"extension":"8000"}`).is(200)
	if b.desk.last() != "sign on "+nobody.Account.Id+" at 8000 by "+nobody.Account.Id {
		t.Errorf("told %q", b.desk.last())
	}
	nobody.send("DELETE", "/desk/seat", "").is(204)
	if strings.Contains(b.log.String(), "fresh") {
		t.Error("the phone's secret is in the log")
	}
	for _, row := range b.trail() {
		if strings.Contains(row.Before+row.After, "fresh") {
			t.Error("the phone's secret is in the audit trail")
		}
	}
}

func TestSeatState(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	var seat gen.Seat
	h.op.send("PUT", "/desk/seat/state", `{"state":"paused","reason":"午餐"}`).is(200).into(&seat)
	if seat.State != "paused" || seat.Reason != "午餐" {
		t.Errorf("seat %+v", seat)
	}
	if p := h.op.send("PUT", "/desk/seat/state", `{"state":"talking"}`).problem(fault.Invalid); p.Field != "state" {
		t.Errorf("problem %+v", p)
	}
	h.boss.send("PUT", "/desk/seat/state", `{"state":"ready"}`).problem(fault.Conflict)
}

// TestVerbs does everything an operator can do in a call of the own, in one that
// is not, in one that does not exist, and without a seat.
func TestVerbs(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	for path, c := range map[string]struct {
		body string
		want []string
	}{
		"hold":     {"", []string{"mine:", "Hold", `"8002"`}},
		"retrieve": {"", []string{"mine:", "Retrieve", `"8002"`}},
		"release":  {"", []string{"mine:", "Release", `"8002"`}},
		"transfer": {`{"number":"1301"}`, []string{"mine:", "SendTo", `"8002"`}},
		"hand":     {`{"second":"second"}`, []string{"mine:", "Hand", `"8002"`}},
		"confer":   {`{"second":"second"}`, []string{"mine:", "Confer", `"8002"`}},
		"invite":   {`{"numbers":["1301","1301","8002"]}`, []string{"mine:", "Invite", `"8002"`}},
		"keys":     {`{"digits":"12#"}`, []string{"mine:", "Press", `"8002"`}},
	} {
		h.op.send("POST", "/desk/calls/mine/"+path, c.body).is(204)
		h.saw(c.want...)
		h.op.send("POST", "/desk/calls/theirs/"+path, c.body).problem(fault.Forbidden)
		h.op.send("POST", "/desk/calls/rooms/"+path, c.body).problem(fault.Forbidden)
		h.op.send("POST", "/desk/calls/none/"+path, c.body).problem(fault.NotFound)
		h.boss.send("POST", "/desk/calls/mine/"+path, c.body).problem(fault.Conflict)
		h.saw()
		b.verbs.err = fault.New(fault.Conflict, "on hold already")
		h.op.send("POST", "/desk/calls/mine/"+path, c.body).problem(fault.Conflict)
		b.verbs.err = nil
	}
	for path, c := range map[string]struct{ body, field string }{
		"transfer": {`{"number":"12a"}`, "number"},
		"hand":     {`{"second":"mine"}`, "second"},
		"confer":   {`{"second":"none"}`, "second"},
		"keys":     {`{"digits":"x"}`, "digits"},
		"invite":   {`{}`, "numbers"},
	} {
		if p := h.op.send("POST", "/desk/calls/mine/"+path, c.body).problem(fault.Invalid); p.Field != c.field || p.Detail == "" {
			t.Errorf("%s %s: %+v, want field %s", path, c.body, p, c.field)
		}
	}
	h.op.send("POST", "/desk/calls/mine/hand", `{"second":"theirs"}`).problem(fault.Forbidden)
	h.saw()
}

// TestMonitorIsNoParty: who listens in must not act as a party.
func TestMonitorIsNoParty(t *testing.T) {
	h := newHouse(newBench(t))
	h.live.live = append(h.live.live, talk("heard", party("8001"), outsider("1"), monitor(party("8002"), calls.MonitorListen)))
	h.op.send("POST", "/desk/calls/heard/transfer", `{"number":"1301"}`).problem(fault.Forbidden)
	h.saw()
}

func TestInviteAndDrop(t *testing.T) {
	h := newHouse(newBench(t))
	h.op.send("POST", "/desk/calls/mine/invite", `{"group":"duty managers"}`).is(204)
	h.saw("Invite")
	for body, field := range map[string]string{
		`{"group":"nobody"}`: "group", `{"group":"security","numbers":["1"]}`: "group", `{"numbers":["1+"]}`: "numbers.0",
	} {
		if p := h.op.send("POST", "/desk/calls/mine/invite", body).problem(fault.Invalid); p.Field != field {
			t.Errorf("%s: field %q, want %q", body, p.Field, field)
		}
	}
	h.op.send("POST", "/desk/calls/second/invite", `{"numbers":["8002","1206"]}`).problem(fault.Conflict)
	h.saw()

	h.live.live = append(h.live.live, talk("many", party("8002"), party("1206"), outsider("1"), monitor(party("8401"), calls.MonitorListen)))
	h.op.send("DELETE", "/desk/calls/many/parties/many-2", "").is(204)
	h.saw("many:", "Drop", `"many-2"`)
	h.op.send("DELETE", "/desk/calls/many/parties/many-0", "").problem(fault.Conflict)
	h.op.send("DELETE", "/desk/calls/many/parties/many-3", "").problem(fault.Forbidden)
	h.op.send("DELETE", "/desk/calls/many/parties/rooms-1", "").problem(fault.NotFound)
	h.op.send("DELETE", "/desk/calls/rooms/parties/rooms-1", "").problem(fault.Forbidden)
	h.op.send("DELETE", "/desk/calls/myhelp/parties/myhelp-1", "").problem(fault.Forbidden)
	h.saw()
}

func TestPlaceCallAndParking(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	must(t, b.store.PutVisits(t.Context(), acd.Visit{ID: "v1", Call: "c1", Queue: "operator", Number: "13800138000", Entered: epoch, Left: epoch.Add(1), How: acd.Abandoned}))
	var made gen.PlacedCall
	h.op.send("POST", "/desk/calls", `{"number":"1301"}`).is(201).into(&made)
	if made.Call != "made.1" || b.desk.last() != h.opID+" dials 1301" {
		t.Errorf("made %+v, told %q", made, b.desk.last())
	}
	h.op.send("POST", "/desk/calls", `{"number":"13800138000","callback":"v1"}`).is(201)
	if b.desk.last() != h.opID+" calls back v1" {
		t.Errorf("told %q", b.desk.last())
	}
	h.op.send("POST", "/desk/calls", `{"number":"13800138000","callback":"none"}`).problem(fault.NotFound)
	for body, field := range map[string]string{
		`{"number":"8002"}`: "number", `{"number":"1301","callback":"v1"}`: "number", `{}`: "number", `{"number":"1","to":"2"}`: "to",
	} {
		if p := h.op.send("POST", "/desk/calls", body).problem(fault.Invalid); p.Field != field {
			t.Errorf("%s: field %q, want %q", body, p.Field, field)
		}
	}
	h.boss.send("POST", "/desk/calls", `{"number":"1301"}`).problem(fault.Conflict)

	h.op.send("POST", "/desk/calls/mine/park", `{"note":"wants the manager","for":"周敏"}`).is(204)
	if b.desk.last() != h.opID+` parks mine "wants the manager" for "周敏"` {
		t.Errorf("told %q", b.desk.last())
	}
	h.op.send("POST", "/desk/calls/theirs/park", `{}`).problem(fault.Forbidden)
	h.op.send("POST", "/desk/calls/none/park", `{}`).problem(fault.NotFound)
	h.op.send("POST", "/desk/calls/mine/park", `{"note":"`+strings.Repeat("x", 201)+`"}`).problem(fault.Invalid)
	b.desk.board.Parked = []acd.Parked{{Call: "waits", By: h.otherID}}
	h.op.send("POST", "/desk/parked/waits/pull", "").is(204)
	if b.desk.last() != h.opID+" pulls waits" {
		t.Errorf("told %q", b.desk.last())
	}
	h.op.send("POST", "/desk/parked/none/pull", "").problem(fault.NotFound)
	b.desk.err = fault.New(fault.Conflict, "somebody is faster")
	h.op.send("POST", "/desk/parked/waits/pull", "").problem(fault.Conflict)
	h.op.send("POST", "/desk/calls/mine/park", `{}`).problem(fault.Conflict)
}

func TestBarge(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	h.op.send("POST", "/desk/calls/rooms/barge", `{"on":true}`).is(204)
	h.saw("rooms:", "Watch", `"1206"`)
	h.op.send("POST", "/desk/calls/rooms/barge", `{"on":false}`).is(204) // was never in
	h.saw()
	h.live.live = append(h.live.live, talk("in", party("1206"), outsider("1"), monitor(party("8002"), calls.MonitorBarge)))
	h.op.send("POST", "/desk/calls/in/barge", `{"on":false}`).is(204)
	h.saw("in:", "Watch")
	h.op.send("POST", "/desk/calls/line/force-release", "").is(204) // the page sends no body
	if !slices.Contains(b.live.ended, "line") {
		t.Errorf("ended %v", b.live.ended)
	}
	ended := len(b.live.ended)
	b.desk.board.Parked = []acd.Parked{{Call: "parked"}}
	b.desk.board.Callers = []acd.Caller{{Call: "waits"}}
	h.live.live = append(h.live.live, talk("parked", party("1205")), talk("waits", party("1205")))
	for id, code := range map[string]fault.Code{
		"help": fault.Forbidden, "theirs": fault.Forbidden, "none": fault.NotFound, "lines": fault.Conflict,
		"parked": fault.Conflict, "waits": fault.Conflict,
	} {
		h.op.send("POST", "/desk/calls/"+id+"/barge", `{"on":true}`).problem(code)
		h.op.send("POST", "/desk/calls/"+id+"/force-release", `{"reason":"x"}`).problem(code)
	}
	h.op.send("POST", "/desk/calls/second/barge", `{"on":true}`).problem(fault.Conflict) // my own
	h.boss.send("POST", "/desk/calls/rooms/barge", `{"on":true}`).problem(fault.Conflict)
	if p := h.op.send("POST", "/desk/calls/rooms/barge", `{}`).problem(fault.Invalid); p.Field != "on" {
		t.Errorf("problem %+v", p)
	}
	h.saw()
	if len(b.live.ended) != ended {
		t.Errorf("ended %v", b.live.ended)
	}
	narrow := b.asPerson(access.Person{
		Login: "narrow", Name: "n", Roles: []access.Role{access.RoleOperator}, Extension: "8000", Reach: access.Reach{Departments: []string{"engineering"}},
	})
	narrow.send("PUT", "/desk/seat", `{}`).is(200)
	narrow.send("POST", "/desk/calls/rooms/barge", `{"on":true}`).problem(fault.NotFound)
	h.saw()
}

func TestSeatIsShownAsItWasMade(t *testing.T) {
	for name, c := range map[string]struct {
		seat acd.Seat
		want acd.WorkState
		is   bool
	}{
		"paused":                  {acd.Seat{State: acd.Paused, Reason: "x"}, acd.Paused, true},
		"paused for else":         {acd.Seat{State: acd.Paused, Reason: "y"}, acd.Paused, false},
		"paused after the call":   {acd.Seat{State: acd.Talking, Then: acd.Choice{State: acd.Paused, Reason: "x"}}, acd.Paused, true},
		"not yet paused":          {acd.Seat{State: acd.Talking}, acd.Paused, false},
		"ready and rung at once":  {acd.Seat{State: acd.Reserved}, acd.Ready, true},
		"not yet ready":           {acd.Seat{State: acd.WrapUp}, acd.Ready, false},
		"signed off after a call": {acd.Seat{State: acd.Talking, Then: acd.Choice{State: acd.SignedOff}}, acd.SignedOff, true},
	} {
		if got := changedTo(c.want, "x")(c.seat); got != c.is {
			t.Errorf("%s: %v", name, got)
		}
	}
}
