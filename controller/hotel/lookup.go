package hotel

import (
	"time"

	"bellhop/controller/kit/phone"
)

// Property returns the hotel's settings; no name means it is yet to be set up.
func (d *Directory) Property() Property { return d.data.Property }

// Location returns the hotel's time zone, UTC before it is set up.
func (d *Directory) Location() *time.Location { return d.location }

// Country returns the numbering plan of the hotel's country.
func (d *Directory) Country() phone.Country { return d.country }

// Floors returns the floors in the order of the lift.
func (d *Directory) Floors() []Floor { return d.data.Floors }

// Rooms returns all rooms, floor by floor.
func (d *Directory) Rooms() []Room { return d.data.Rooms }

// Extensions returns all extensions by number.
func (d *Directory) Extensions() []Extension { return d.data.Extensions }

// Devices returns all devices, those of one extension side by side.
func (d *Directory) Devices() []Device { return d.data.Devices }

// Groups returns all groups by name.
func (d *Directory) Groups() []Group { return d.data.Groups }

// Classes returns all classes of service by name.
func (d *Directory) Classes() []ClassOfService { return d.data.Classes }

// Stays returns the open stays by room.
func (d *Directory) Stays() []Stay { return d.data.Stays }

// Floor returns a floor by name.
func (d *Directory) Floor(name string) (Floor, bool) {
	f, ok := d.floors[name]
	return f, ok
}

// Room returns a room by number.
func (d *Directory) Room(number string) (Room, bool) {
	r, ok := d.rooms[number]
	if !ok {
		return Room{}, false
	}
	return r.Room, true
}

// ExtensionsIn returns the extensions of a room.
func (d *Directory) ExtensionsIn(room string) []Extension {
	if r, ok := d.rooms[room]; ok {
		return r.extensions
	}
	return nil
}

// StayIn returns the open stay of a room; false: the room is vacant or unknown.
func (d *Directory) StayIn(room string) (Stay, bool) {
	if r, ok := d.rooms[room]; ok && r.stay != nil {
		return *r.stay, true
	}
	return Stay{}, false
}

// StayOf returns the open stay of a guest by the guest's id.
func (d *Directory) StayOf(guest string) (Stay, bool) { return d.StayIn(d.guests[guest]) }

// Extension returns an extension by number.
func (d *Directory) Extension(n phone.Number) (Extension, bool) {
	e, ok := d.extensions[n]
	if !ok {
		return Extension{}, false
	}
	return e.Extension, true
}

// Caller returns the device with a SIP user name and the extension it belongs
// to: who is calling.
func (d *Directory) Caller(endpoint string) (Extension, Device, bool) {
	v, ok := d.endpoints[endpoint]
	if !ok {
		return Extension{}, Device{}, false
	}
	return d.extensions[v.Extension].Extension, v, true
}

// Device returns a device by id.
func (d *Directory) Device(id string) (Device, bool) {
	v, ok := d.devices[id]
	return v, ok
}

// DevicesOf returns the devices of an extension; they ring together.
func (d *Directory) DevicesOf(n phone.Number) []Device {
	if e, ok := d.extensions[n]; ok {
		return e.devices
	}
	return nil
}

// Group returns a group by name.
func (d *Directory) Group(name string) (Group, bool) {
	g, ok := d.groups[name]
	return g, ok
}

// GroupByNumber returns the group that a number rings.
func (d *Directory) GroupByNumber(n phone.Number) (Group, bool) {
	g, ok := d.numbers[n]
	return g, ok
}

// GroupsOf returns the groups that an extension is in.
func (d *Directory) GroupsOf(n phone.Number) []Group {
	if e, ok := d.extensions[n]; ok {
		return e.groups
	}
	return nil
}

// Class returns a class of service by name.
func (d *Directory) Class(name string) (ClassOfService, bool) {
	c, ok := d.classes[name]
	return c, ok
}

// Data returns a copy of everything, in the order of listing.
func (d *Directory) Data() Data { return d.data.clone() }
