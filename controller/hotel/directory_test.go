package hotel

import (
	"fmt"
	"math/rand"
	"testing"
	"time"
)

func TestDemoHotel(t *testing.T) {
	c, credentials, err := DemoHotel(rand.New(rand.NewSource(1)), noon)
	if err != nil {
		t.Fatal(err)
	}
	d := after(t, empty(t), c)
	if len(d.Floors()) != 4 || len(d.Rooms()) != 40 || d.Location().String() != "Asia/Shanghai" {
		t.Errorf("%d floors, %d rooms, in %s", len(d.Floors()), len(d.Rooms()), d.Location())
	}
	for _, n := range []string{"1206", "8000", "8100", "8200", "8300", "8400", "8901"} {
		if len(d.DevicesOf(num(n))) == 0 {
			t.Errorf("%s has no phone", n)
		}
	}
	for _, n := range []string{"8888", "0", "7001", "7002", "7003"} {
		if len(d.Rings(num(n))) == 0 {
			t.Errorf("%s rings nobody", n)
		}
	}
	if len(credentials) != len(d.Devices()) {
		t.Errorf("%d credentials for %d phones", len(credentials), len(d.Devices()))
	}
	for _, c := range credentials {
		e, v, ok := d.Caller(c.Endpoint)
		if !ok || v.HA1 != hash(c.Endpoint, c.Secret) || e.Number != c.Extension {
			t.Errorf("%s cannot register", c)
		}
	}
	if s, _ := d.StayIn("1301"); len(s.Guests) != 2 {
		t.Error("room 1301 is not shared")
	}
}

func TestOrderOfListing(t *testing.T) {
	d := do(t, demo(t), AddFloor(Floor{Name: "8", Order: 8}),
		AddRooms(NewRoom{Room: Room{Number: "802", Floor: "8"}}, NewRoom{Room: Room{Number: "801", Floor: "8"}}))
	if got := d.Rooms()[0].Number + d.Rooms()[1].Number + d.Rooms()[2].Number; got != "8018021101" {
		t.Error(got)
	}
	if got := d.Extensions()[1].Number.String(); got != "801" {
		t.Errorf("second extension is %s", got)
	}
}

func TestNobodyAltersTheDirectory(t *testing.T) {
	data := Demo(noon)
	d, err := NewDirectory(data)
	if err != nil {
		t.Fatal(err)
	}
	data.Stays[0].Guests[0].Name, data.Groups[0].Members[0] = "x", num("1")
	d.Data().Stays[0].Guests[0].Name, d.Data().Property.Languages[0] = "y", "fr"
	for _, s := range d.Stays() {
		if s.Guests[0].Name == "x" || s.Guests[0].Name == "y" || d.Property().Languages[0] == "fr" {
			t.Error("it was altered from outside")
		}
	}
}

func TestUnknown(t *testing.T) {
	d := demo(t)
	_, device, caller := d.Caller("x")
	_, room := d.Room("x")
	_, ext := d.Extension(num("5"))
	_, stay := d.StayOf("")
	_, group := d.GroupByNumber(num("5"))
	if caller || room || ext || stay || group || device.ID != "" || d.DevicesOf(num("5")) != nil ||
		d.GroupsOf(num("5")) != nil || d.ExtensionsIn("x") != nil {
		t.Error("something unknown was found")
	}
}

func thousand(b *testing.B) *Directory {
	data := Demo(time.Now())
	random := rand.New(rand.NewSource(1))
	for i := range 1000 {
		n := fmt.Sprint(20000 + i)
		v, _, err := NewDevice(random, num(n), "bedside", DeviceSIP)
		if err != nil {
			b.Fatal(err)
		}
		v.ID = n + "-1"
		data.Rooms = append(data.Rooms, Room{Number: n, Floor: "14"})
		data.Extensions = append(data.Extensions, Extension{Number: num(n), Kind: KindRoom, Room: n})
		data.Devices = append(data.Devices, v)
	}
	d, err := NewDirectory(data)
	if err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkCall is all that one call from room to room asks for.
func BenchmarkCall(b *testing.B) {
	d := thousand(b)
	endpoint, to := d.DevicesOf(num("20500"))[0].Endpoint, num("20900")
	b.ReportAllocs()
	for b.Loop() {
		from, _, _ := d.Caller(endpoint)
		d.ClassOf(from)
		d.LanguageOf(from)
		rings, _ := d.Reach(from, to)
		d.CallerName(from, rings[0])
		d.DevicesOf(to)
	}
}

// BenchmarkOperation is one operation on a hotel of 1,000 rooms, store apart.
func BenchmarkOperation(b *testing.B) {
	d := thousand(b)
	for b.Loop() {
		dec, err := SetDoNotDisturb(num("20500"), true)(d, noon)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := d.With(dec.Changes); err != nil {
			b.Fatal(err)
		}
	}
}
