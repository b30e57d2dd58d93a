package hotel

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// Whatever is done to the hotel, in any order and with any arguments: it is
// refused with a proper code, or the hotel afterwards keeps every invariant.
func TestInvariants(t *testing.T) {
	start := demo(t)
	for _, r := range start.Rooms() {
		if !slices.Contains([]string{"1101", "1102", "1205", "1206", "1301"}, r.Number) {
			start = do(t, start, DropRoom(r.Number)) // a small hotel is checked faster
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d, now := start, noon
		random := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		closed := make(map[string]bool)
		for range rapid.IntRange(1, 25).Draw(t, "operations") {
			now = now.Add(time.Minute)
			name := rapid.SampledFrom(opNames()).Draw(t, "operation")
			dec, err := anyOp(t, name, random)(d, now)
			if err == nil {
				var next *Directory
				if next, err = d.With(dec.Changes); err == nil {
					checkStays(t, d, next, dec.Changes, closed)
					d = next
					checkInvariants(t, d)
				}
			}
			if code := fault.CodeOf(err); code == fault.Internal || code == fault.Unavailable {
				t.Fatalf("%s: %v", name, err)
			}
		}
	})
}

func opNames() []string {
	return []string{"check in", "check in", "check out", "move", "move", "guest", "class", "dnd", "forward",
		"add room", "drop room", "drop extension", "add device", "drop device", "group", "policy"}
}

func anyOp(t *rapid.T, name string, random *rand.Rand) Op {
	room := func(l string) string {
		return rapid.SampledFrom([]string{"1101", "1102", "1206", "1301", "1301", "1999"}).Draw(t, l)
	}
	guest := func() string {
		return rapid.SampledFrom([]string{"", "70031", "70033", "70034", "a", "b", "c"}).Draw(t, "guest")
	}
	number := func(l string) phone.Number {
		return num(rapid.SampledFrom([]string{"1101", "1206", "1301", "8000", "8101", "8102", "8333", "7001", "110"}).Draw(t, l))
	}
	id := fmt.Sprintf("%x", random.Uint64())
	class := func() string {
		return rapid.SampledFrom([]string{"", "internal", "international", "none"}).Draw(t, "class")
	}
	share := func() bool { return rapid.Bool().Draw(t, "share") }
	switch name {
	case "check in":
		g := Guest{ID: guest(), Name: rapid.SampledFrom([]string{"", "王", "Smith"}).Draw(t, "name"), Language: "en"}
		return CheckIn(Arrival{Stay: id, Room: room("room"), Guests: []Guest{g}, Class: class(), Share: share()})
	case "check out":
		return CheckOut(room("room"), guest())
	case "move":
		return Move(Relocation{Room: room("room"), Guest: guest(), To: room("to"), Share: share(), Stay: id})
	case "guest":
		return EditGuest(room("room"), guest(), func(g *Guest) { g.Name, g.Language = "新名", "zh-CN" })
	case "class":
		return SetClass(room("room"), class())
	case "dnd":
		return SetDoNotDisturb(number("number"), share())
	case "forward":
		return SetForward(number("number"), number("to"), ForwardAlways)
	case "add room":
		v, _, _ := NewDevice(random, phone.Number{}, "bedside", DeviceSIP)
		return AddRooms(NewRoom{Room: Room{Number: room("room"), Floor: "11"}, Devices: []Device{v}})
	case "drop room":
		return DropRoom(room("room"))
	case "drop extension":
		return DropExtension(number("number"))
	case "add device":
		v, _, _ := NewDevice(random, number("number"), "extra", DeviceBrowser)
		return AddDevices(v)
	case "drop device":
		return DropDevice(number("number").String() + "-1")
	case "group":
		n := number("number")
		return EditGroup("duty managers", func(g *Group) { g.Members = append(g.Members, n) })
	}
	p := rapid.SampledFrom([]RoomPolicy{RoomsAll, RoomsGroup, RoomsNone}).Draw(t, "policy")
	return EditProperty(func(q *Property) { q.RoomToRoom = p })
}

// checkStays wants no guest to be lost and no stay to be opened twice.
func checkStays(t *rapid.T, before, after *Directory, c Changes, closed map[string]bool) {
	for _, s := range c.Stays.Put {
		if closed[s.ID] {
			t.Fatalf("closed stay %s was altered", s.ID)
		}
		closed[s.ID] = s.closed()
	}
	for _, old := range before.Stays() {
		if now, ok := after.StayIn(old.Room); ok && now.ID == old.ID && now.CheckedIn != old.CheckedIn {
			t.Fatalf("stay %s began anew", old.ID)
		}
		if _, open := after.StayIn(old.Room); !open && !closed[old.ID] && !slices.ContainsFunc(after.Stays(),
			func(s Stay) bool { return s.ID == old.ID }) {
			t.Fatalf("stay %s was lost", old.ID)
		}
	}
}

func checkInvariants(t *rapid.T, d *Directory) {
	again, err := NewDirectory(d.Data())
	if err != nil {
		t.Fatalf("the hotel breaks a rule: %v", err)
	}
	if !reflect.DeepEqual(again.Data(), d.Data()) {
		t.Fatal("the same data gives another hotel")
	}
	data := d.Data()
	checkLookups(t, d, data)
	vacant, _ := d.Class(data.Property.VacantClass)
	for _, r := range data.Rooms {
		stay, occupied := d.StayIn(r.Number)
		for _, e := range d.ExtensionsIn(r.Number) {
			if e.Room != r.Number {
				t.Fatalf("extension %s of room %s stands in room %s", e.Number, e.Room, r.Number)
			}
			class, _ := d.ClassOf(e)
			if !occupied && !reflect.DeepEqual(class, vacant) {
				t.Fatalf("vacant room %s has class %s", r.Number, class.Name)
			}
			if occupied && stay.Class != "" && class.Name != stay.Class {
				t.Fatalf("room %s has class %s, its stay %s", r.Number, class.Name, stay.Class)
			}
			if !e.ForwardTo.IsZero() {
				t.Fatalf("room %s forwards", r.Number)
			}
			other := Extension{Number: num("1"), Kind: KindRoom, Room: "another"}
			if name, _ := d.CallerName(e, other); occupied && stay.Guests[0].Name != "" && name == stay.Guests[0].Name {
				t.Fatalf("another room sees the guest's name %q", name)
			}
		}
	}
}

// checkLookups compares each index with a walk through the data.
func checkLookups(t *rapid.T, d *Directory, data Data) {
	for _, e := range data.Extensions {
		if got, ok := d.Extension(e.Number); !ok || got != e {
			t.Fatalf("extension %s is not found", e.Number)
		}
		var devices []Device
		for _, v := range data.Devices {
			if v.Extension == e.Number {
				devices = append(devices, v)
			}
		}
		if !slices.Equal(devices, d.DevicesOf(e.Number)) {
			t.Fatalf("devices of %s are %v, want %v", e.Number, d.DevicesOf(e.Number), devices)
		}
		var groups []Group
		for _, g := range data.Groups {
			if slices.Contains(g.Members, e.Number) {
				groups = append(groups, g)
			}
		}
		if !reflect.DeepEqual(groups, d.GroupsOf(e.Number)) {
			t.Fatalf("groups of %s are %v, want %v", e.Number, d.GroupsOf(e.Number), groups)
		}
	}
	for _, v := range data.Devices {
		if e, got, ok := d.Caller(v.Endpoint); !ok || got != v || e.Number != v.Extension {
			t.Fatalf("caller %s is not found", v.Endpoint)
		}
	}
	for _, s := range data.Stays {
		for _, g := range s.Guests {
			if got, ok := d.StayOf(g.ID); !ok || got.ID != s.ID {
				t.Fatalf("guest %s is not found", g.ID)
			}
		}
	}
	for _, g := range data.Groups {
		if got, ok := d.GroupByNumber(g.Number); !g.Number.IsZero() && (!ok || got.Name != g.Name) {
			t.Fatalf("group %s is not found", g.Number)
		}
	}
}
