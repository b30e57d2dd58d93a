package rest

import (
	"slices"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// What is within reach. An object is held against the kinds of reach it has: a
// room its floor, an extension its department and the floor of its room, a queue
// its name. Where both count both must fit; what an object lacks fits no list.

// narrowed reports whether r leaves anything out.
func narrowed(r access.Reach) bool {
	return len(r.Departments)+len(r.Floors)+len(r.Queues) > 0
}

// coversFloor reports whether a floor is within reach.
func coversFloor(r access.Reach, floor string) bool {
	return access.Reach{Floors: r.Floors}.Covers("", floor, "")
}

// coversRoom reports whether a room is within reach, by its floor.
func coversRoom(r access.Reach, d *hotel.Directory, room string) bool {
	known, _ := d.Room(room)
	return coversFloor(r, known.Floor)
}

// coversExtension reports whether an extension is within reach, by its department
// and the floor of its room.
func coversExtension(r access.Reach, d *hotel.Directory, e hotel.Extension) bool {
	room, _ := d.Room(e.Room)
	return access.Reach{Departments: r.Departments, Floors: r.Floors}.Covers(e.Department, room.Floor, "")
}

// coversNumber is coversExtension by number. What is no extension is within the
// reach of those only who are not bound to departments or floors.
func coversNumber(r access.Reach, d *hotel.Directory, n phone.Number) bool {
	e, _ := d.Extension(n)
	return coversExtension(r, d, e)
}

// coversParty reports whether one side of a call is within reach, by its extension
// as it is now and the room it was in then.
func coversParty(r access.Reach, d *hotel.Directory, p calls.Party) bool {
	var e hotel.Extension
	if n, err := phone.Parse(p.Extension); err == nil {
		e, _ = d.Extension(n)
	}
	if p.Room != "" {
		e.Room = p.Room
	}
	return coversExtension(r, d, e)
}

// coversCall reports whether a call is within reach: either side is enough.
func coversCall(r access.Reach, d *hotel.Directory, c calls.Record) bool {
	return coversParty(r, d, c.From) || coversParty(r, d, c.To)
}

// coversLive is coversCall for a call under way: any party of it is enough.
func coversLive(r access.Reach, d *hotel.Directory, c calls.Live) bool {
	return coversCall(r, d, c.Record) ||
		slices.ContainsFunc(c.Parties, func(p calls.LiveParty) bool { return coversParty(r, d, p.Party) })
}

// coversQueue reports whether a queue is within reach.
func coversQueue(r access.Reach, name string) bool {
	return access.Reach{Queues: r.Queues}.Covers("", "", name)
}

// coversSeat reports whether the seat of an account is within reach: it serves a
// queue that is. A queue without members is served by everybody.
func coversSeat(r access.Reach, queues []acd.Queue, account string) bool {
	return len(r.Queues) == 0 || slices.ContainsFunc(queues, func(q acd.Queue) bool {
		return coversQueue(r, q.Name) && (len(q.Members) == 0 || slices.Contains(q.Members, account))
	})
}
