package hotel

import (
	"fmt"
	"math/rand"
	"testing"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

func TestSetUpFromNothing(t *testing.T) {
	settings := Demo(noon).Property
	d := do(t, empty(t),
		EditProperty(func(p *Property) {
			*p = settings
			p.Operator, p.VacantClass, p.GuestClass = phone.Number{}, "", ""
		}),
		AddClass(ClassOfService{Name: "internal", Allow: []phone.Class{phone.ClassInternal}}),
		AddClass(ClassOfService{Name: "all", Allow: []phone.Class{phone.ClassLocal}}),
		EditProperty(func(p *Property) { p.VacantClass, p.GuestClass = "internal", "all" }),
		AddFloor(Floor{Name: "1"}),
		AddRooms(NewRoom{Room: Room{Number: "101", Floor: "1"}}),
		AddExtensions(Extension{Number: num("9000"), Kind: KindDesk, Name: "desk"}),
		EditProperty(func(p *Property) { p.Operator = num("9000") }))
	if _, ok := d.Extension(num("101")); !ok || d.Property().Operator != num("9000") {
		t.Error("the hotel is not set up")
	}
	refused(t, empty(t), AddFloor(Floor{Name: "1"}), fault.Invalid, "property, name")
}

func TestEditAndDrop(t *testing.T) {
	d := do(t, demo(t),
		EditFloor("11", func(f *Floor) { f.Order = 99 }),
		EditRoom("1101", func(r *Room) { r.Type = "suite" }),
		EditClass("local", func(c *ClassOfService) { c.Allow = append(c.Allow, phone.ClassMobile) }),
		EditGroup("security", func(g *Group) { g.Members = g.Members[:1] }),
		SetMonitored(num("8401"), true),
		RelabelDevice("1206-2", "balcony"),
		DropDevice("1206-1"),
		DropGroup("restaurant"),
		DropExtension(num("8201")),
		DropRoom("1205"),
		AddFloor(Floor{Name: "roof", Order: 100}), DropFloor("roof"),
		AddClass(ClassOfService{Name: "x"}), DropClass("x"))
	if d.Rooms()[0].Number != "1201" || d.Floors()[3].Name != "11" {
		t.Error("the listing does not follow the floors' order")
	}
	if vs := d.DevicesOf(num("1206")); len(vs) != 1 || vs[0].Label != "balcony" {
		t.Errorf("devices of 1206 are %+v", vs)
	}
	if g, _ := d.Group("engineering"); len(g.Members) != 3 {
		t.Errorf("8201 is still in %+v", g)
	}
	if _, _, ok := d.Caller(demo(t).DevicesOf(num("1205"))[0].Endpoint); ok {
		t.Error("the phone of a removed room may still call")
	}
	if !extension(t, d, "8401").Monitored {
		t.Error("8401 is not monitored")
	}
	if got := demo(t); got.Rooms()[0].Type == "suite" {
		t.Error("an edit altered the old directory")
	}
}

func TestOpErrors(t *testing.T) {
	d := do(t, demo(t), SetForward(num("8101"), num("8400"), ForwardBusy), SetForward(num("8102"), num("8333"), ForwardBusy))
	for _, tt := range []struct {
		name string
		op   Op
		code fault.Code
		text string
	}{
		{"floor exists", AddFloor(Floor{Name: "11"}), fault.Conflict, "exists"},
		{"no floor", EditFloor("x", func(*Floor) {}), fault.NotFound, "floor"},
		{"rename floor", EditFloor("11", func(f *Floor) { f.Name = "y" }), fault.Invalid, "renamed"},
		{"floor in use", DropFloor("11"), fault.Conflict, `floor "11" is still in use`},
		{"class in use", DropClass("internal"), fault.Conflict, "vacant_class"},
		{"no class", DropClass("x"), fault.NotFound, "class"},
		{"room exists", AddRooms(NewRoom{Room: Room{Number: "1101", Floor: "11"}}), fault.Conflict, "exists"},
		{"extension exists", AddRooms(NewRoom{Room: Room{Number: "8000", Floor: "11"}}), fault.Conflict, "exists"},
		{"room cannot be dialled", AddRooms(NewRoom{Room: Room{Number: "A1", Floor: "11"}}), fault.Invalid, "dialled"},
		{"room twice", AddRooms(NewRoom{Room: Room{Number: "1111", Floor: "11"}}, NewRoom{Room: Room{Number: "1111", Floor: "12"}}),
			fault.Invalid, "room 1111: is given twice"},
		{"extension exists", AddExtensions(Extension{Number: num("8000")}), fault.Conflict, "exists"},
		{"extension twice", AddExtensions(Extension{Number: num("8600"), Kind: KindStaff}, Extension{Number: num("8600"), Kind: KindDesk}),
			fault.Invalid, "twice"},
		{"extension renumbered", EditExtension(num("8000"), func(e *Extension) { e.Number = num("8001") }), fault.Invalid, "renamed"},
		{"forwarded to", DropExtension(num("8400")), fault.Conflict, "8101 forwards"},
		{"group forwarded to", DropGroup("security"), fault.Conflict, "8102 forwards"},
		{"operator group", DropGroup("operators"), fault.Conflict, "operator"},
		{"no group", EditGroup("x", func(*Group) {}), fault.NotFound, "group"},
		{"no room", DropRoom("x"), fault.NotFound, "room"},
		{"no extension", SetDoNotDisturb(num("5"), true), fault.NotFound, "extension"},
		{"service undisturbed", SetDoNotDisturb(num("7001"), true), fault.Invalid, "do_not_disturb"},
		{"device nowhere", AddDevices(Device{Extension: num("5")}), fault.NotFound, "extension"},
		{"no device", RotateSecret("x", "0123456789abcdefghijklmnopqrstuv"), fault.NotFound, "device"},
		{"weak secret", RotateSecret("1206-1", "1206"), fault.Invalid, "secret"},
		{"no device", DropDevice("x"), fault.NotFound, "device"},
	} {
		t.Run(tt.name, func(t *testing.T) { refused(t, d, tt.op, tt.code, tt.text) })
	}
}

func TestNothingToChange(t *testing.T) {
	d := demo(t)
	for _, op := range []Op{SetDoNotDisturb(num("1206"), false), SetClass("1206", "international"),
		EditGuest("1206", "70031", func(*Guest) {})} {
		if dec, err := op(d, noon); err != nil || !dec.Changes.Empty() {
			t.Errorf("got %+v, %v", dec, err)
		}
	}
}

func TestAddHundredRooms(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	var rooms []NewRoom
	for i := range 100 {
		n := fmt.Sprint(1500 + i)
		v, _, err := NewDevice(random, num(n), "bedside", DeviceSIP)
		if err != nil {
			t.Fatal(err)
		}
		rooms = append(rooms, NewRoom{Room: Room{Number: n, Floor: "14"}, Devices: []Device{v}})
	}
	old := demo(t)
	dec, err := AddRooms(rooms...)(old, noon)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(dec.Changes.Rooms.Put) + len(dec.Changes.Extensions.Put) + len(dec.Changes.Devices.Put); n != 300 {
		t.Errorf("%d things are put, want 300 and no existing one", n)
	}
	d := after(t, old, dec.Changes)
	if v := d.DevicesOf(num("1599")); len(v) != 1 || v[0].ID != "1599-1" {
		t.Errorf("devices of 1599 are %+v", v)
	}
	for _, e := range old.Extensions() {
		if now, _ := d.Extension(e.Number); now != e {
			t.Errorf("extension %s was touched", e.Number)
		}
	}
}
