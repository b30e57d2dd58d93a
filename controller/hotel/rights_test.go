package hotel

import (
	"strings"
	"testing"

	"bellhop/controller/kit/phone"
)

func TestCallerName(t *testing.T) {
	d := do(t, demo(t), EditExtension(num("1101"), func(e *Extension) { e.Name = "Room 1101" }))
	for _, tt := range []struct{ from, to, name, why string }{
		{"1206", "1101", "1206", "privacy"},
		{"1101", "1206", "Room 1101", "privacy"},
		{"1206", "8901", "1206", "privacy"},
		{"1206", "8000", "东方先生", "staff"},
		{"1206", "8101", "东方先生", "staff"},
		{"1301", "8200", "李女士", "staff"},
		{"1102", "8000", "1102", "vacant"},
		{"8000", "1206", "前台 Front desk", "extension"},
	} {
		name, why := d.CallerName(extension(t, d, tt.from), extension(t, d, tt.to))
		if name != tt.name || !strings.Contains(why, tt.why) {
			t.Errorf("%s calls %s: shown %q (%s), want %q (%s)", tt.from, tt.to, name, why, tt.name, tt.why)
		}
	}
	if name, _ := d.CallerName(extension(t, d, "1206"), Extension{}); name != d.Property().Name {
		t.Errorf("the outside sees %q", name)
	}
}

func TestMayCall(t *testing.T) {
	policy := func(p RoomPolicy) Op { return EditProperty(func(q *Property) { q.RoomToRoom = p }) }
	for _, tt := range []struct {
		policy   RoomPolicy
		from, to string
		ok       bool
	}{
		{RoomsAll, "1101", "1206", true},
		{RoomsAll, "8901", "1206", false}, // corridor
		{RoomsAll, "8901", "8000", true},
		{RoomsAll, "8901", "8101", true},
		{RoomsGroup, "1205", "1206", true},
		{RoomsGroup, "1205", "1207", false},
		{RoomsNone, "1205", "1206", false},
		{RoomsNone, "1206", "1206", true},
		{RoomsNone, "1205", "8000", true},
		{RoomsNone, "1205", "7001", true},
		{RoomsNone, "1205", "8400", true},
		{RoomsNone, "8101", "1205", true},
		{RoomsNone, "8000", "1205", true},
	} {
		d := do(t, demo(t), policy(tt.policy))
		ok, why := d.MayCall(extension(t, d, tt.from), extension(t, d, tt.to))
		if ok != tt.ok || why == "" {
			t.Errorf("%s: %s to %s: %v (%s)", tt.policy, tt.from, tt.to, ok, why)
		}
	}
}

func TestReach(t *testing.T) {
	d := do(t, demo(t),
		EditGroup("family 1205-1206", func(g *Group) { g.Number = num("6000") }),
		AddGroup(Group{Name: "empty", Number: num("6001")}))
	for _, tt := range []struct{ from, dialled, rings string }{
		{"1101", "8888", "8000 8001 8002"},
		{"1101", "0", "8000 8001 8002"},
		{"8901", "0", "8000 8001 8002"},
		{"1101", "7001", "8200 8201 8202"},
		{"1101", "1206", "1206"},
		{"1101", "6000", "1205 1206"},
		{"8901", "6000", ""},
		{"8901", "1206", ""},
		{"1101", "6001", ""},
		{"1101", "5555", ""},
	} {
		to, why := d.Reach(extension(t, d, tt.from), num(tt.dialled))
		var got []string
		for _, e := range to {
			got = append(got, e.Number.String())
		}
		if strings.Join(got, " ") != tt.rings || why == "" {
			t.Errorf("%s dials %s: rings %v (%s), want %s", tt.from, tt.dialled, got, why, tt.rings)
		}
	}
	// A service with its own phone rings it and its groups.
	v, _, err := NewDevice(strings.NewReader(strings.Repeat("r", 99)), num("7001"), "hotline", DeviceSIP)
	if err != nil {
		t.Fatal(err)
	}
	if d = do(t, d, AddDevices(v)); len(d.Rings(num("7001"))) != 4 {
		t.Errorf("rings %v", d.Rings(num("7001")))
	}
}

func TestLanguage(t *testing.T) {
	d := demo(t)
	for n, want := range map[string]string{"1206": "zh-CN", "1101": "en", "1102": "zh-CN", "8000": "zh-CN"} {
		if got := d.LanguageOf(extension(t, d, n)); got != want {
			t.Errorf("%s is spoken to in %s, want %s", n, got, want)
		}
	}
	if got := empty(t).LanguageOf(Extension{}); got != "" {
		t.Errorf("a hotel without languages speaks %q", got)
	}
}

func TestEmergencyIsAlwaysAllowed(t *testing.T) {
	if !(ClassOfService{}).Allows(phone.ClassEmergency) {
		t.Error("emergency is barred")
	}
	if (ClassOfService{}).Allows(phone.ClassLocal) {
		t.Error("the empty class allows local calls")
	}
}
