package hotel

import (
	"time"

	"bellhop/controller/kit/fault"
)

// Relocation is a move to another room.
type Relocation struct {
	Room  string
	Guest string // empty: everybody
	To    string
	Share bool   // join those who stay in the new room already
	Stay  string // id, of NewID, for the stay that begins when one of several leaves
}

// Move takes guests to another room with what is theirs: class, language,
// do-not-disturb. Those who join others find that room's line as it is; those
// who leave others behind leave theirs as it is.
func Move(m Relocation) Op {
	return func(d *Directory, now time.Time) (Decision, error) {
		from, err := d.openStay(m.Room)
		if err != nil {
			return Decision{}, err
		}
		if _, ok := d.Room(m.To); !ok {
			return Decision{}, missing(NounRoom, m.To)
		}
		to, occupied := d.StayIn(m.To)
		switch {
		case m.To == m.Room:
			return Decision{}, fault.Field("to", "is the room they are in")
		case occupied && !m.Share:
			return Decision{}, fault.New(fault.Conflict, "room %s is occupied; share it to join", m.To)
		}
		place := 0
		if m.Guest != "" {
			if _, place, err = d.guest(m.Room, m.Guest); err != nil {
				return Decision{}, err
			}
		}
		switch alone := m.Guest == "" || len(from.Guests) == 1; {
		case alone && occupied:
			return d.joinAll(from, to, now)
		case alone:
			return d.moveAll(from, m.To)
		case occupied:
			to = to.clone()
			to.Guests = append(to.Guests, from.Guests[place])
			return decide(Changes{Stays: put(from.without(place), to)},
				"guest %s moved from room %s, where others remain, to join room %s", m.Guest, m.Room, m.To)
		}
		return d.moveOne(from, place, m, now)
	}
}

// moveAll continues the stay in a vacant room.
func (d *Directory) moveAll(stay Stay, to string) (Decision, error) {
	room := stay.Room
	stay.Room = to
	c := Changes{Stays: put(stay), Extensions: d.reset(room)}
	var line Extension // as the guests had set it
	for _, e := range d.ExtensionsIn(room) {
		line.DoNotDisturb = line.DoNotDisturb || e.DoNotDisturb
		if line.Language == "" {
			line.Language = e.Language
		}
	}
	for _, e := range d.ExtensionsIn(to) {
		e.DoNotDisturb, e.Language = line.DoNotDisturb, line.Language
		c.Extensions.Put = append(c.Extensions.Put, e)
	}
	return decide(c, "moved from room %s, now barred, to room %s, now open", room, to)
}

// joinAll ends the stay and adds its guests to another.
func (d *Directory) joinAll(from, to Stay, now time.Time) (Decision, error) {
	to = to.clone()
	to.Guests = append(to.Guests, from.Guests...)
	return decide(Changes{Stays: put(from.close(now), to), Extensions: d.reset(from.Room)},
		"moved from room %s, now barred, to join room %s", from.Room, to.Room)
}

// moveOne begins a stay of its own for one of several guests.
func (d *Directory) moveOne(from Stay, place int, m Relocation, now time.Time) (Decision, error) {
	if m.Stay == "" {
		return Decision{}, fault.Field("stay", "has no id for the stay that begins")
	}
	if d.stayID(m.Stay) {
		return Decision{}, taken(NounStay, m.Stay)
	}
	stay := Stay{ID: m.Stay, Room: m.To, Guests: []Guest{from.Guests[place]}, Class: from.Class, CheckedIn: now}
	return decide(Changes{Stays: put(from.without(place), stay), Extensions: d.reset(m.To)},
		"guest %s moved from room %s, where others remain, to room %s, now open", m.Guest, m.Room, m.To)
}
