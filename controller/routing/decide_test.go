package routing

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/hotel"
)

func TestNumbersOfTheHouse(t *testing.T) {
	h := house(t)
	tab := table(t)
	tests := []struct {
		from, dialled string
		kind          Kind
		targets       string
		cause         calls.Cause
		reason        string
	}{
		{"1206", "1101", KindExtension, "1101", 0, "rooms may call each other"},
		{"1206", "1205", KindExtension, "1205", 0, ""},
		{"1101", "1201", KindExtension, "1201", 0, ""},
		{"1206", "8888", KindOperator, "8000 8001 8002", 0, "operator"},
		{"1206", "0", KindOperator, "8000 8001 8002", 0, "0 is the operator"},
		{"1206", "7001", KindGroup, "8200 8201 8202", 0, ""},
		{"1206", "8333", KindGroup, "8300 8301", 0, ""},
		{"8301", "8333", KindGroup, "8300", 0, ""}, // not the caller itself
		{"8101", "1206", KindExtension, "1206", 0, "staff may call rooms"},
		{"1206", "8101", KindExtension, "8101", 0, ""},
		{"8901", "1206", KindReject, "", calls.CauseBarred, "corridor phones may not call rooms"},
		{"8901", "8888", KindOperator, "8000 8001 8002", 0, ""},
		{"1206", "1206", KindReject, "", calls.CauseBusy, "own number"},
		{"1206", "1101#", KindExtension, "1101", 0, ""},
		{"1206", "*55", KindFeature, "", 0, "*55 is a feature"},
		{"1206", "*550730", KindFeature, "", 0, "*55 is a feature"},
		{"1206", "7009", KindFeature, "", 0, "7009 is a feature"},
		{"1206", "70091", KindReject, "", calls.CauseInvalid, "incomplete"},
		{"1206", "1599", KindReject, "", calls.CauseInvalid, "no number of the house"},
		{"1206", "*99", KindReject, "", calls.CauseUnallocated, "digits only"},
		{"", "1206", KindReject, "", calls.CauseRejected, "belongs to no extension"},
		{"9999", "1206", KindReject, "", calls.CauseRejected, "belongs to no extension"},
		{"", "13800138000", KindReject, "", calls.CauseRejected, "belongs to no extension"},
		{"1206", "", KindReject, "", calls.CauseInvalid, "is empty"},
		{"1206", "500&PJSIP/x", KindReject, "", calls.CauseInvalid, "may hold only"},
		{"1206", "１２０６", KindReject, "", calls.CauseInvalid, "may hold only"},
		{"1206", strings.Repeat("9", 4096), KindReject, "", calls.CauseInvalid, "longer than 20"},
	}
	for _, tt := range tests {
		d := Decide(Call{From: num(tt.from), Dialled: tt.dialled}, h, tab, noon)
		if d.Kind != tt.kind || !slices.Equal(d.Targets, nums(tt.targets)) || d.Cause != tt.cause {
			t.Errorf("%s dials %.30s: got %s %v %s %q", tt.from, tt.dialled, d.Kind, d.Targets, d.Cause, d.Texts())
		}
		says(t, d, tt.reason)
	}
	if d := Decide(Call{From: num("1206"), Dialled: "*550730"}, h, tab, noon); d.Number != num("*55") || d.Rest != "0730" {
		t.Errorf("feature %s with %q", d.Number, d.Rest)
	}
}

func TestRoomPolicy(t *testing.T) {
	policy := func(p hotel.RoomPolicy) *hotel.Directory {
		return house(t, func(d *hotel.Data) { d.Property.RoomToRoom = p })
	}
	tests := []struct {
		policy   hotel.RoomPolicy
		from, to string
		ok       bool
	}{
		{hotel.RoomsNone, "1205", "1206", false},
		{hotel.RoomsGroup, "1205", "1206", true},
		{hotel.RoomsGroup, "1101", "1206", false},
		{hotel.RoomsAll, "1101", "1206", true},
	}
	for _, tt := range tests {
		d := Decide(Call{From: num(tt.from), Dialled: tt.to}, policy(tt.policy), table(t), noon)
		if (d.Kind == KindExtension) != tt.ok || !tt.ok && d.Cause != calls.CauseBarred {
			t.Errorf("%s: %s to %s is %s (%s) %q", tt.policy, tt.from, tt.to, d.Kind, d.Cause, d.Texts())
		}
	}
}

func TestForwardAndDoNotDisturb(t *testing.T) {
	forward := func(from, to string, when hotel.ForwardWhen) *hotel.Directory {
		return house(t, ext(from, func(e *hotel.Extension) { e.ForwardTo, e.ForwardWhen = num(to), when }))
	}
	dnd := house(t, ext("1101", func(e *hotel.Extension) { e.DoNotDisturb = true }))
	tests := []struct {
		name          string
		house         *hotel.Directory
		from, dialled string
		want          Decision
	}{
		{"always", forward("8101", "8102", hotel.ForwardAlways), "1206", "8101", Decision{Kind: KindExtension, Targets: nums("8102")}},
		{"to a group", forward("8101", "8333", hotel.ForwardAlways), "1206", "8101", Decision{Kind: KindGroup, Targets: nums("8300 8301")}},
		{"busy", forward("8101", "8102", hotel.ForwardBusy), "1206", "8101", Decision{Kind: KindExtension, Targets: nums("8101"), Busy: nums("8102")}},
		{"no answer", forward("8101", "8888", hotel.ForwardNoAnswer), "1206", "8101",
			Decision{Kind: KindExtension, Targets: nums("8101"), NoAnswer: nums("8000 8001 8002")}},
		{"outside always", forward("8101", "13800138000", hotel.ForwardAlways), "1206", "8101", Decision{Kind: KindExtension, Targets: nums("8101")}},
		{"outside busy", forward("8101", "13800138000", hotel.ForwardBusy), "1206", "8101", Decision{Kind: KindExtension, Targets: nums("8101")}},
		{"disturb", dnd, "1206", "1101", Decision{Kind: KindReject, Cause: calls.CauseBusy}},
		{"the desk may", dnd, "8000", "1101", Decision{Kind: KindExtension, Targets: nums("1101")}},
	}
	for _, tt := range tests {
		d := Decide(Call{From: num(tt.from), Dialled: tt.dialled}, tt.house, table(t), noon)
		if d.Kind != tt.want.Kind || !slices.Equal(d.Targets, tt.want.Targets) || !slices.Equal(d.Busy, tt.want.Busy) ||
			!slices.Equal(d.NoAnswer, tt.want.NoAnswer) || d.Cause != tt.want.Cause {
			t.Errorf("%s: got %+v", tt.name, d)
		}
	}
}

func TestEmergency(t *testing.T) {
	nine := func(d *hotel.Data) { d.Property.AccessDigit = "9" }
	tests := []struct {
		name, from, dialled, send string
		edits                     []func(*hotel.Data)
	}{
		{"room", "1206", "110", "110", nil},
		{"vacant room", "1102", "120", "120", nil},
		{"corridor", "8901", "119", "119", nil},
		{"unknown phone", "", "122", "122", nil},
		{"foreign habit", "1101", "911", "110", nil},
		{"with #", "1101", "119#", "119", nil},
		{"nine in front, none needed", "1206", "9110", "110", nil},
		{"zero in front, none needed", "1206", "0120", "120", nil},
		{"access digit", "1206", "9110", "110", []func(*hotel.Data){nine}},
		{"without access digit", "1206", "110", "110", []func(*hotel.Data){nine}},
		{"area code", "1206", "0755110", "110", nil},
		{"other city", "1206", "020110", "020110", nil},
	}
	for _, tt := range tests {
		d := Decide(Call{From: num(tt.from), Dialled: tt.dialled, Live: Live{Caller: 99}}, house(t, tt.edits...), table(t), noon)
		if d.Kind != KindEmergency || len(d.Attempts) != 2 || d.Attempts[0].Digits.String() != tt.send || !d.Alert {
			t.Errorf("%s: got %s %+v %q", tt.name, d.Kind, d.Attempts, d.Texts())
		}
		if !slices.Equal(d.Targets, nums("8000 8001 8002")) {
			t.Errorf("%s: the desk is not told: %v", tt.name, d.Targets)
		}
	}
}

func TestEmergencyTrunks(t *testing.T) {
	tab := table(t, trunk("unicom", func(k *Trunk) { k.CallerID.Mode = CallerIDAnonymous }))
	d := Decide(Call{From: num("1206"), Dialled: "110", Live: Live{Trunks: map[string]int{"unicom": 20}}}, house(t), tab, noon)
	if len(d.Attempts) != 2 || d.Attempts[0].Trunk != "telecom" || d.Attempts[0].Preempt || !d.Attempts[1].Preempt {
		t.Errorf("free trunk first, then free a line: %+v", d.Attempts)
	}
	for _, a := range d.Attempts {
		if a.CallerID.Number != "075588881206" {
			t.Errorf("%s shows %q, not the room's direct number", a.Trunk, a.CallerID.Number)
		}
	}
	d = Decide(Call{From: num("1102"), Dialled: "110"}, house(t), tab, noon)
	if d.Attempts[0].CallerID.Number != "075588886666" {
		t.Errorf("shows %q, not the main number", d.Attempts[0].CallerID.Number)
	}
	off := table(t, trunk("unicom", func(k *Trunk) { k.Enabled = false }))
	d = Decide(Call{From: num("1102"), Dialled: "110"}, house(t), off, noon)
	if len(d.Attempts) != 2 || d.Attempts[1].Trunk != "unicom" {
		t.Errorf("a trunk that is off comes last: %+v", d.Attempts)
	}
	empty, err := NewTable(Data{})
	if err != nil {
		t.Fatal(err)
	}
	if d = Decide(Call{Dialled: "110"}, house(t), empty, noon); d.Kind != KindEmergency || len(d.Targets) == 0 {
		t.Errorf("without trunks the desk must be rung: %+v", d)
	}
	none, err := hotel.NewDirectory(hotel.Data{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"110", "911"} {
		if d = Decide(Call{Dialled: s}, none, tab, noon); d.Kind != KindEmergency {
			t.Errorf("%s in a hotel not yet set up: %+v", s, d)
		}
	}
}

func TestOverlap(t *testing.T) {
	tests := []struct {
		dialled, access string
		wait            bool
	}{
		{"1", "", true},
		{"11", "", true},
		{"110", "", true}, // rooms 1101–1110
		{"119", "", false},
		{"120", "", true}, // rooms 1201–1210
		{"122", "", false},
		{"1101", "", true}, // 11013 could be a service number outside
		{"1301", "", true}, // or a mobile number
		{"8888", "", true}, // or a local number
		{"88886666", "", false},
		{"1101", "9", false}, // outside begins with 9
		{"8888", "9", false},
		{"9", "9", true},
		{"96", "9", true},
		{"988886666", "9", false},
		{"0", "", true},
		{"0", "9", false},
		{"13800138000", "", false},
		{"*5", "", true},
		{"*550730", "", false},
		{"*99", "", false},
		{"999999", "", false},
	}
	for _, tt := range tests {
		h := house(t, func(d *hotel.Data) { d.Property.AccessDigit = tt.access })
		c := Call{From: num("1206"), Dialled: tt.dialled, More: true}
		d := Decide(c, h, table(t), noon)
		if (d.Kind == KindWait) != tt.wait || tt.wait && d.Wait != 4*time.Second {
			t.Errorf("%s with access %q: got %s %s %q", tt.dialled, tt.access, d.Kind, d.Wait, d.Texts())
		}
		c.More = false
		if d = Decide(c, h, table(t), noon); d.Kind == KindWait {
			t.Errorf("%s waits after its timer", tt.dialled)
		}
	}
}

func TestReasonsAreStable(t *testing.T) {
	d := Decide(Call{From: num("1301"), Dialled: "02061238888"}, house(t), table(t), noon)
	want := []string{
		"numbering: 02061238888 is outside: long distance number (national)",
		"class: class 'local' does not allow national (class of the stay)",
	}
	if !slices.Equal(d.Texts(), want) {
		t.Errorf("got %q", d.Texts())
	}
}
