package hotel

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"bellhop/controller/kit/phone"
)

// Directory is an immutable snapshot of the hotel: everything a call needs to
// know, each look-up O(1) and without locks. Slices that it returns are shared
// and must not be altered.
type Directory struct {
	data        Data // in the order in which things are listed
	location    *time.Location
	country     phone.Country
	emergencies []phone.Emergency // of the country
	floors      map[string]Floor
	rooms       map[string]*roomEntry
	extensions  map[phone.Number]*extensionEntry
	devices     map[string]Device
	endpoints   map[string]Device
	groups      map[string]Group
	numbers     map[phone.Number]Group
	classes     map[string]ClassOfService
	guests      map[string]string // guest's id → room
}

type roomEntry struct {
	Room
	extensions []Extension
	stay       *Stay
}

type extensionEntry struct {
	Extension
	devices []Device
	groups  []Group
}

// NewDirectory checks data against every rule of the house and indexes it. Zero
// Data is a hotel yet to be set up. The error is a fault.Invalid that names
// item, field and rule of the first breach, and counts the others.
func NewDirectory(data Data) (*Directory, error) {
	d, problems := build(data)
	if len(problems) > 0 {
		return nil, firstOf(problems)
	}
	return d, nil
}

// build returns the Directory of data with all that is wrong with it; only
// without problems the Directory may be used.
func build(data Data) (*Directory, []Problem) {
	d := &Directory{
		data:       data.clone(),
		floors:     make(map[string]Floor, len(data.Floors)),
		rooms:      make(map[string]*roomEntry, len(data.Rooms)),
		extensions: make(map[phone.Number]*extensionEntry, len(data.Extensions)),
		devices:    make(map[string]Device, len(data.Devices)),
		endpoints:  make(map[string]Device, len(data.Devices)),
		groups:     make(map[string]Group, len(data.Groups)),
		numbers:    make(map[phone.Number]Group, len(data.Groups)),
		classes:    make(map[string]ClassOfService, len(data.Classes)),
		guests:     make(map[string]string, len(data.Stays)),
	}
	d.data.Stays = slices.DeleteFunc(d.data.Stays, Stay.closed)
	c := &checker{}
	d.indexFloors(c)
	d.sort()
	d.indexExtensions(c)
	d.indexDevices(c)
	d.indexGroups(c)
	d.indexStays(c)
	d.check(c)
	return d, c.problems
}

func (d *Directory) indexFloors(c *checker) {
	for _, f := range d.data.Floors {
		if _, taken := d.floors[f.Name]; taken {
			c.item(NounFloor, f.Name).fail("name", "is given twice")
		}
		d.floors[f.Name] = f
	}
	for _, r := range d.data.Rooms {
		if _, taken := d.rooms[r.Number]; taken {
			c.item(NounRoom, r.Number).fail("number", "is given twice")
		}
		d.rooms[r.Number] = &roomEntry{Room: r}
	}
	for _, k := range d.data.Classes {
		if _, taken := d.classes[k.Name]; taken {
			c.item(NounClass, k.Name).fail("name", "is given twice")
		}
		d.classes[k.Name] = k
	}
}

func (d *Directory) indexExtensions(c *checker) {
	for _, e := range d.data.Extensions {
		it := c.item(NounExtension, e.Number.String())
		if _, taken := d.extensions[e.Number]; taken {
			it.fail("number", "is given twice")
		}
		d.extensions[e.Number] = &extensionEntry{Extension: e}
		if e.Room == "" {
			continue
		}
		if r, ok := d.rooms[e.Room]; ok {
			r.extensions = append(r.extensions, e)
		} else {
			it.fail("room", "%q is not a room of the hotel", e.Room)
		}
	}
}

func (d *Directory) indexDevices(c *checker) {
	for _, v := range d.data.Devices {
		it := c.item(NounDevice, v.ID)
		if _, taken := d.devices[v.ID]; taken {
			it.fail("id", "is given twice")
		}
		if _, taken := d.endpoints[v.Endpoint]; taken {
			it.fail("endpoint", "is the user name of two devices")
		}
		d.devices[v.ID], d.endpoints[v.Endpoint] = v, v
		if e, ok := d.extensions[v.Extension]; ok {
			e.devices = append(e.devices, v)
		} else {
			it.fail("extension", "%q is not an extension of the hotel", v.Extension)
		}
	}
}

func (d *Directory) indexGroups(c *checker) {
	for _, g := range d.data.Groups {
		it := c.item(NounGroup, g.Name)
		if _, taken := d.groups[g.Name]; taken {
			it.fail("name", "is given twice")
		}
		d.groups[g.Name] = g
		if !g.Number.IsZero() {
			if other, taken := d.numbers[g.Number]; taken {
				it.fail("number", "%s is already the number of group %s", g.Number, other.Name)
			}
			if _, taken := d.extensions[g.Number]; taken {
				it.fail("number", "%s is already an extension", g.Number)
			}
			d.numbers[g.Number] = g
		}
		seen := make(map[phone.Number]bool, len(g.Members))
		for _, n := range g.Members {
			e, ok := d.extensions[n]
			switch {
			case !ok:
				it.fail("members", "%q is not an extension of the hotel", n)
			case seen[n]:
				it.fail("members", "%s is given twice", n)
			default:
				e.groups = append(e.groups, g)
			}
			seen[n] = true
		}
	}
}

func (d *Directory) indexStays(c *checker) {
	for i := range d.data.Stays {
		s := &d.data.Stays[i]
		it := c.item(NounStay, s.ID)
		r, ok := d.rooms[s.Room]
		switch {
		case !ok:
			it.fail("room", "%q is not a room of the hotel", s.Room)
		case r.stay != nil:
			it.fail("room", "%s has two open stays", s.Room)
		default:
			r.stay = s
		}
		for _, g := range s.Guests {
			if room, taken := d.guests[g.ID]; taken {
				it.fail("guests", "guest %q is already in room %s", g.ID, room)
			}
			d.guests[g.ID] = s.Room
		}
	}
}

// sort puts everything into the order in which it is listed.
func (d *Directory) sort() {
	slices.SortFunc(d.data.Floors, func(a, b Floor) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), strings.Compare(a.Name, b.Name))
	})
	order := make(map[string]int, len(d.data.Floors))
	for i, f := range d.data.Floors {
		order[f.Name] = i
	}
	slices.SortFunc(d.data.Rooms, func(a, b Room) int {
		return cmp.Or(cmp.Compare(order[a.Floor], order[b.Floor]), natural(a.Number, b.Number))
	})
	slices.SortFunc(d.data.Extensions, func(a, b Extension) int {
		return natural(a.Number.String(), b.Number.String())
	})
	slices.SortFunc(d.data.Devices, func(a, b Device) int { return natural(a.ID, b.ID) })
	slices.SortFunc(d.data.Groups, func(a, b Group) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(d.data.Classes, func(a, b ClassOfService) int {
		return strings.Compare(a.Name, b.Name)
	})
	slices.SortFunc(d.data.Stays, func(a, b Stay) int { return natural(a.Room, b.Room) })
}

// natural orders 801 before 1101, and device 1101-2 before 1101-10.
func natural(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}
