package hotel

import (
	"strings"
	"testing"
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// Every rule is broken once in a hotel that is otherwise fine.
func TestRules(t *testing.T) {
	ext := func(edit func(*Extension)) func(*Data) {
		return func(d *Data) {
			e := Extension{Number: num("8600"), Kind: KindStaff}
			edit(&e)
			d.Extensions = append(d.Extensions, e)
		}
	}
	prop := func(edit func(*Property)) func(*Data) { return func(d *Data) { edit(&d.Property) } }
	for _, tt := range []struct {
		name  string
		spoil func(*Data)
		field string
		rule  string
	}{
		{"no name", prop(func(p *Property) { p.Name = "" }), "property, name", "is empty"},
		{"control character", prop(func(p *Property) { p.Name = "a\r\nb" }), "property, name", "control"},
		{"country", prop(func(p *Property) { p.Country = "XX" }), "property, country", "numbering plan"},
		{"zone", prop(func(p *Property) { p.TimeZone = "Mars/Base" }), "property, time_zone", "IANA"},
		{"local zone", prop(func(p *Property) { p.TimeZone = "Local" }), "property, time_zone", "IANA"},
		{"ring time", prop(func(p *Property) { p.RingTime = time.Hour }), "property, ring_time", "3 min"},
		{"overlap", prop(func(p *Property) { p.OverlapWait = 0 }), "property, overlap_wait", "15 s"},
		{"policy", prop(func(p *Property) { p.RoomToRoom = "some" }), "property, room_to_room", "all, group or none"},
		{"language", prop(func(p *Property) { p.Languages = []string{"Chinese!"} }), "property, languages", "tag"},
		{"no language", prop(func(p *Property) { p.Languages = nil }), "property, languages", "none"},
		{"operator", prop(func(p *Property) { p.Operator = num("8889") }), "property, operator", "neither"},
		{"vacant class", prop(func(p *Property) { p.VacantClass = "x" }), "property, vacant_class", "class of service"},
		{"costly vacancy", prop(func(p *Property) { p.VacantClass = "local" }), "property, vacant_class", "only internal"},
		{"guest class", prop(func(p *Property) { p.GuestClass = "" }), "property, guest_class", "class of service"},
		{"access digit", prop(func(p *Property) { p.AccessDigit = "8" }), "extension 8000, number", "outside line"},
		{"floor twice", func(d *Data) { d.Floors = append(d.Floors, Floor{Name: "11"}) }, "floor 11, name", "twice"},
		{"room twice", func(d *Data) { d.Rooms = append(d.Rooms, Room{Number: "1101", Floor: "11"}) }, "room 1101, number", "twice"},
		{"room floor", func(d *Data) { d.Rooms[0].Floor = "99" }, "room 1101, floor", "not a floor"},
		{"room number", func(d *Data) { d.Rooms = append(d.Rooms, Room{Number: "a b", Floor: "11"}) }, "room a b, number", "letters"},
		{"extension twice", ext(func(e *Extension) { e.Number = num("8000") }), "extension 8000, number", "twice"},
		{"extension is group", ext(func(e *Extension) { e.Number = num("8888") }), "group operators, number", "already an extension"},
		{"police", ext(func(e *Extension) { e.Number = num("110") }), "extension 110, number", "emergency number (police)"},
		{"begins 120", ext(func(e *Extension) { e.Number = num("12") }), "extension 12, number", "beginning of the emergency number 120"},
		{"too long", ext(func(e *Extension) { e.Number = num("123456789") }), "extension 123456789, number", "1 to 8 digits"},
		{"hash", ext(func(e *Extension) { e.Number = num("#1") }), "extension #1, number", "1 to 8 digits"},
		{"code of staff", ext(func(e *Extension) { e.Number = num("*55") }), "extension *55, number", "services only"},
		{"group is emergency", func(d *Data) { d.Groups[4].Number = num("119") }, "group security, number", "fire"},
		{"kind", ext(func(e *Extension) { e.Kind = "ghost" }), "extension 8600, kind", "ghost"},
		{"class", ext(func(e *Extension) { e.Class = "none" }), "extension 8600, class", "class of service"},
		{"class of a room", func(d *Data) { d.Extensions[0].Class = "local" }, "extension 1101, class", "follows its stay"},
		{"room of staff", ext(func(e *Extension) { e.Room = "1101" }), "extension 8600, room", "only for"},
		{"no such room", ext(func(e *Extension) { e.Kind, e.Room = KindRoom, "1" }), "extension 8600, room", "not a room"},
		{"no room", ext(func(e *Extension) { e.Kind = KindRoom }), "extension 8600, room", "missing"},
		{"language of extension", ext(func(e *Extension) { e.Language = "fr" }), "extension 8600, language", "not a language"},
		{"room forwards", func(d *Data) { d.Extensions[0].ForwardTo, d.Extensions[0].ForwardWhen = num("8000"), ForwardAlways },
			"extension 1101, forward_to", "not for room"},
		{"forward to 110", ext(func(e *Extension) { e.ForwardTo, e.ForwardWhen = num("110"), ForwardAlways }),
			"extension 8600, forward_to", "emergency"},
		{"forward when", ext(func(e *Extension) { e.ForwardTo = num("8000") }), "extension 8600, forward_when", "always"},
		{"device orphan", func(d *Data) { d.Devices[0].Extension = num("7") }, "device 1101-1, extension", "not an extension"},
		{"endpoint twice", func(d *Data) { d.Devices[1].Endpoint = d.Devices[0].Endpoint }, "", "two devices"},
		{"endpoint is number", func(d *Data) { d.Devices[0].Endpoint = "x" }, "", "lower-case"},
		{"ha1", func(d *Data) { d.Devices[0].HA1 = "secret" }, "", "32 hex"},
		{"device kind", func(d *Data) { d.Devices[0].Kind = "fax" }, "", "sip or browser"},
		{"label", func(d *Data) { d.Devices[0].Label = "a;b" }, "", "semicolon"},
		{"member", func(d *Data) { d.Groups[0].Members = append(d.Groups[0].Members, num("9")) }, "group operators, members", "not an extension"},
		{"member twice", func(d *Data) { d.Groups[0].Members = append(d.Groups[0].Members, num("8000")) }, "group operators, members", "twice"},
		{"allow", func(d *Data) { d.Classes[3].Allow = []phone.Class{"moon"} }, "class international, allow", "moon"},
		{"second stay", func(d *Data) {
			d.Stays = append(d.Stays, Stay{ID: "x", Room: "1206", CheckedIn: noon, Guests: []Guest{{ID: "x"}}})
		},
			"room", "two open stays"},
		{"guest in two rooms", func(d *Data) { d.Stays[1].Guests[0].ID = "70031" }, "", "already in room"},
		{"no guest", func(d *Data) { d.Stays[0].Guests = nil }, "stay demo-1206, guests", "none"},
		{"VIP", func(d *Data) { d.Stays[0].Guests[0].VIP = -1 }, "stay demo-1206, guests", "VIP"},
		{"long name", func(d *Data) { d.Stays[0].Guests[0].Name = strings.Repeat("长", 301) }, "stay demo-1206, guests", "300"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := Demo(noon)
			for i, n := range []string{"1101", "1102"} {
				v, _, err := NewDevice(strings.NewReader(strings.Repeat(n, 20)), num(n), "bedside", DeviceSIP)
				if err != nil {
					t.Fatal(err)
				}
				v.ID = deviceID(num(n), i+1)
				data.Devices = append(data.Devices, v)
			}
			if _, err := NewDirectory(data); err != nil {
				t.Fatalf("before it was spoilt: %v", err)
			}
			tt.spoil(&data)
			_, err := NewDirectory(data)
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tt.rule) {
				t.Fatalf("got %v, want %q", err, tt.rule)
			}
			if !strings.Contains(err.Error(), tt.field) {
				t.Errorf("got %v, want field %q", err, tt.field)
			}
		})
	}
}

func TestRoomsBesideEmergencyNumbers(t *testing.T) {
	var rooms []NewRoom
	for _, n := range []string{"1111", "1119", "1191", "1199", "1221", "1229", "11", "8"} {
		rooms = append(rooms, NewRoom{Room: Room{Number: n, Floor: "11"}})
	}
	d := demo(t)
	do(t, d, AddRooms(rooms[:6]...))
	refused(t, d, AddRooms(rooms...), fault.Invalid, "beginning of the emergency number 110")
	refused(t, d, EditProperty(func(p *Property) { p.AccessDigit = "0" }), fault.Invalid, "extension 0, number: begins with 0")
}

func TestForwardLoops(t *testing.T) {
	f := func(from, to string) Op { return SetForward(num(from), num(to), ForwardBusy) }
	for _, tt := range []struct {
		name string
		ops  []Op
		loop string
	}{
		{"itself", []Op{f("8101", "8101")}, "itself"},
		{"two", []Op{f("8101", "8102"), f("8102", "8101")}, "8101 → 8102 → 8101"},
		{"three", []Op{f("8101", "8102"), f("8102", "8201"), f("8201", "8101")}, "loop"},
		{"through a group", []Op{f("8301", "8333")}, "8301 → 8301"},
		{"through a service", []Op{f("8201", "7001")}, "8201 → 8201"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			last := len(tt.ops) - 1
			refused(t, do(t, demo(t), tt.ops[:last]...), tt.ops[last], fault.Invalid, tt.loop)
		})
	}
	d := do(t, demo(t), f("8101", "8102"), f("8102", "8201"), f("8201", "13800138000"), f("8100", "8102"))
	if d = do(t, d, SetForward(num("8101"), phone.Number{}, "")); !extension(t, d, "8101").ForwardTo.IsZero() {
		t.Error("forward did not end")
	}
	refused(t, d, f("1101", "8000"), fault.Invalid, "not for room")
	refused(t, d, f("9999", "8000"), fault.NotFound, "9999")
}
