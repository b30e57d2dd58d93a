package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

func TestHotelOfAnEmptyDatabase(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		d, err := s.LoadHotel(soon(t))
		ok(t, err)
		if !reflect.DeepEqual(d, hotel.Data{}) {
			t.Errorf("got %+v, want nothing", d)
		}
	})
}

func TestHotelRoundTrip(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		rapid.Check(t, func(r *rapid.T) {
			want := anyHotel(r)
			ok(t, s.ApplyHotel(ctx, everythingOf(want)))
			got, err := s.LoadHotel(ctx)
			ok(t, err)
			slices.SortFunc(got.Floors, func(a, b hotel.Floor) int { return strings.Compare(a.Name, b.Name) })
			slices.SortFunc(got.Stays, func(a, b hotel.Stay) int { return strings.Compare(a.ID, b.ID) })
			if !reflect.DeepEqual(got, want) {
				r.Fatalf("got  %+v\nwant %+v", got, want)
			}
			ok(t, s.ApplyHotel(ctx, dropAll(want)))
			got, err = s.LoadHotel(ctx)
			ok(t, err)
			if got.Property = (hotel.Property{}); !reflect.DeepEqual(got, hotel.Data{}) {
				r.Fatalf("after dropping all there is still %+v", got)
			}
		})
	})
}

// anyHotel is a hotel whose lists are sorted by key.
func anyHotel(r *rapid.T) hotel.Data {
	line := func(i int) phone.Number { return phone.MustParse(fmt.Sprint(1100 + i)) }
	d := hotel.Data{
		Property:   fill[hotel.Property](r, "property"),
		Floors:     fillAll(r, "floor", func(f *hotel.Floor, i int) { f.Name = fmt.Sprint(i, " 楼", f.Name) }),
		Rooms:      fillAll(r, "room", func(m *hotel.Room, i int) { m.Number = fmt.Sprint(i, m.Number) }),
		Extensions: fillAll(r, "extension", func(e *hotel.Extension, i int) { e.Number = line(i) }),
		Groups:     fillAll(r, "group", func(g *hotel.Group, i int) { g.Name = fmt.Sprint(i, g.Name) }),
		Classes:    fillAll(r, "class", func(c *hotel.ClassOfService, i int) { c.Name = fmt.Sprint(i, c.Name) }),
		Stays: fillAll(r, "stay", func(s *hotel.Stay, i int) {
			s.ID, s.CheckedOut = fmt.Sprint(i, s.ID), time.Time{}
		}),
	}
	d.Devices = fillAll(r, "device", func(v *hotel.Device, i int) {
		v.ID, v.Endpoint, v.Extension = fmt.Sprint(i, v.ID), fmt.Sprint(i, v.Endpoint), line(i%len(d.Extensions))
	})
	return d
}

func everythingOf(d hotel.Data) hotel.Changes {
	return hotel.Changes{
		Property: &d.Property, Floors: hotel.Set[hotel.Floor]{Put: d.Floors}, Rooms: hotel.Set[hotel.Room]{Put: d.Rooms},
		Extensions: hotel.Set[hotel.Extension]{Put: d.Extensions}, Devices: hotel.Set[hotel.Device]{Put: d.Devices},
		Groups: hotel.Set[hotel.Group]{Put: d.Groups}, Classes: hotel.Set[hotel.ClassOfService]{Put: d.Classes},
		Stays: hotel.Set[hotel.Stay]{Put: d.Stays},
	}
}

func dropAll(d hotel.Data) hotel.Changes {
	var c hotel.Changes
	c.Floors.Drop = each(d.Floors, func(v hotel.Floor) string { return v.Name })
	c.Rooms.Drop = each(d.Rooms, func(v hotel.Room) string { return v.Number })
	c.Extensions.Drop = each(d.Extensions, func(v hotel.Extension) string { return v.Number.String() })
	c.Devices.Drop = each(d.Devices, func(v hotel.Device) string { return v.ID })
	c.Groups.Drop = each(d.Groups, func(v hotel.Group) string { return v.Name })
	c.Classes.Drop = each(d.Classes, func(v hotel.ClassOfService) string { return v.Name })
	c.Stays.Drop = each(d.Stays, func(v hotel.Stay) string { return v.ID })
	return c
}

func TestHotelReplacesByKeyAndTheLastPutWins(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		put := func(rooms ...hotel.Room) {
			ok(t, s.ApplyHotel(ctx, hotel.Changes{Rooms: hotel.Set[hotel.Room]{Put: rooms}}))
		}
		put(hotel.Room{Number: "1101", Type: "king"}, hotel.Room{Number: "1102"}, hotel.Room{Number: "1101", Type: "twin"})
		put(hotel.Room{Number: "1102", Floor: "11"})
		d, err := s.LoadHotel(ctx)
		ok(t, err)
		want := []hotel.Room{{Number: "1101", Type: "twin"}, {Number: "1102", Floor: "11"}}
		if !reflect.DeepEqual(d.Rooms, want) {
			t.Errorf("got %+v, want %+v", d.Rooms, want)
		}
	})
}

func TestHotelShowsOpenStaysOnly(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx, in := soon(t), time.Date(2026, 5, 1, 15, 0, 0, 123000, time.FixedZone("CST", 8*3600))
		stays := []hotel.Stay{{ID: "open", Room: "1101", CheckedIn: in}, {ID: "gone", Room: "1102", CheckedIn: in, CheckedOut: in.Add(time.Hour)}}
		ok(t, s.ApplyHotel(ctx, hotel.Changes{Stays: hotel.Set[hotel.Stay]{Put: stays}}))
		d, err := s.LoadHotel(ctx)
		ok(t, err)
		if len(d.Stays) != 1 || d.Stays[0].ID != "open" || d.Stays[0].CheckedIn != in.UTC() {
			t.Errorf("got %+v, want the open stay with its check-in in UTC", d.Stays)
		}
	})
}

// A change is stored as a whole or not at all, and a refused one must not spoil
// the connection for the next.
func TestHotelChangeIsOneTransaction(t *testing.T) {
	line := hotel.Extension{Number: phone.MustParse("1101")}
	device := hotel.Device{ID: "a", Extension: line.Number, Endpoint: "x7Gq"}
	refused := map[string]struct {
		change hotel.Changes
		code   fault.Code
	}{
		"a device without extension": {hotel.Changes{
			Rooms: hotel.Set[hotel.Room]{Put: []hotel.Room{{Number: "1199"}}},
			Devices: hotel.Set[hotel.Device]{Put: []hotel.Device{{
				ID: "b", Extension: phone.MustParse("1199"), Endpoint: "other"}}},
		}, fault.Conflict},
		"an extension that still has devices": {hotel.Changes{
			Rooms:      hotel.Set[hotel.Room]{Put: []hotel.Room{{Number: "1199"}}},
			Extensions: hotel.Set[hotel.Extension]{Drop: []string{"1101"}},
		}, fault.Conflict},
		"a SIP user name that is taken": {hotel.Changes{
			Rooms:   hotel.Set[hotel.Room]{Put: []hotel.Room{{Number: "1199"}}},
			Devices: hotel.Set[hotel.Device]{Put: []hotel.Device{{ID: "b", Extension: line.Number, Endpoint: "x7Gq"}}},
		}, fault.Conflict},
		"text with NUL": {hotel.Changes{
			Rooms: hotel.Set[hotel.Room]{Put: []hotel.Room{{Number: "1199", Type: "a\x00b"}}},
		}, fault.Invalid},
		"text that is not UTF-8": {hotel.Changes{
			Rooms: hotel.Set[hotel.Room]{Put: []hotel.Room{{Number: "1199"}}},
			Stays: hotel.Set[hotel.Stay]{Put: []hotel.Stay{{ID: "1", Guests: []hotel.Guest{{Name: "\xb0\xa2"}}}}},
		}, fault.Invalid},
	}
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		ok(t, s.ApplyHotel(ctx, hotel.Changes{
			Extensions: hotel.Set[hotel.Extension]{Put: []hotel.Extension{line}},
			Devices:    hotel.Set[hotel.Device]{Put: []hotel.Device{device}},
		}))
		for name, c := range refused {
			if err := s.ApplyHotel(ctx, c.change); !fault.Is(err, c.code) {
				t.Errorf("%s: got %v, want %s", name, err, c.code)
			}
			d, err := s.LoadHotel(ctx)
			ok(t, err)
			if len(d.Rooms) != 0 || len(d.Extensions) != 1 || len(d.Devices) != 1 {
				t.Errorf("%s: half of the change was stored: %+v", name, d)
			}
		}
		ok(t, s.ApplyHotel(ctx, hotel.Changes{ // in whatever order, as long as it fits at the end
			Extensions: hotel.Set[hotel.Extension]{Drop: []string{"1101"}},
			Devices:    hotel.Set[hotel.Device]{Drop: []string{"a"}},
		}))
	})
}

func TestBrokenTextNamesItsField(t *testing.T) {
	s := open(t, memorySettings(t))
	stay := hotel.Stay{ID: "1", Guests: []hotel.Guest{{Name: "ok"}, {Name: "\xff"}}}
	err := s.ApplyHotel(soon(t), hotel.Changes{Stays: hotel.Set[hotel.Stay]{Put: []hotel.Stay{stay}}})
	if err == nil || !strings.HasPrefix(err.Error(), "guests.name: ") {
		t.Errorf("got %v, want an error that names guests.name", err)
	}
}
