package hotel

import (
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// NewRoom is a room to be built: its extension has the room's number, and its
// devices (of NewDevice) become devices of that extension.
type NewRoom struct {
	Room    Room
	Devices []Device
}

// AddRooms builds rooms with their phones, all or none. Existing rooms, and the
// calls in them, notice nothing.
func AddRooms(rooms ...NewRoom) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		var c Changes
		for _, r := range rooms {
			n, err := phone.Parse(r.Room.Number)
			if err != nil {
				return Decision{}, fault.Field("room "+r.Room.Number, "number cannot be dialled: %s", err)
			}
			if _, exists := d.Room(r.Room.Number); exists {
				return Decision{}, taken(NounRoom, r.Room.Number)
			}
			if _, exists := d.Extension(n); exists {
				return Decision{}, taken(NounExtension, r.Room.Number)
			}
			c.Rooms.Put = append(c.Rooms.Put, r.Room)
			c.Extensions.Put = append(c.Extensions.Put,
				Extension{Number: n, Kind: KindRoom, Room: r.Room.Number})
			c.Devices.Put = append(c.Devices.Put, NameDevices(n, nil, r.Devices)...)
		}
		return decide(c, "%d rooms added", len(rooms))
	}
}

// EditRoom changes a room.
func EditRoom(number string, edit func(*Room)) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		r, ok := d.Room(number)
		if !ok {
			return Decision{}, missing(NounRoom, number)
		}
		if edit(&r); r.Number != number {
			return Decision{}, renamed(NounRoom, number)
		}
		return decide(Changes{Rooms: put(r)}, "room %s changed", number)
	}
}

// DropRoom removes a vacant room with its extensions and devices.
func DropRoom(number string) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		if _, ok := d.Room(number); !ok {
			return Decision{}, missing(NounRoom, number)
		}
		if _, occupied := d.StayIn(number); occupied {
			return Decision{}, fault.New(fault.Conflict, "room %s is occupied", number)
		}
		c := Changes{Rooms: drop[Room](number)}
		if err := d.unplug(&c, d.ExtensionsIn(number)...); err != nil {
			return Decision{}, err
		}
		return removal(d, c, NounRoom, number)
	}
}
