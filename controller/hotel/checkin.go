package hotel

import (
	"fmt"
	"slices"
	"time"

	"bellhop/controller/kit/fault"
)

// Arrival is a check-in.
type Arrival struct {
	Stay   string // id of the stay that begins, of NewID; ids of guests without one come from it
	Room   string
	Guests []Guest
	Class  string // class of service; empty: the hotel's for guests
	Share  bool   // join those who stay in the room already
}

// CheckIn lets guests into a room and opens its line. The first guest gives the
// line its name and language. One who joins (Share) changes nothing for those
// already there.
func CheckIn(a Arrival) Op {
	return func(d *Directory, now time.Time) (Decision, error) {
		guests, err := d.newGuests(a)
		if err != nil {
			return Decision{}, err
		}
		stay, occupied := d.StayIn(a.Room)
		switch {
		case occupied && !a.Share:
			return Decision{}, fault.New(fault.Conflict, "room %s is occupied; share it to join", a.Room)
		case occupied && a.Class != "" && a.Class != stay.Class:
			return Decision{}, fault.Field("class", "is settled for room %s; change it there", a.Room)
		case occupied:
			stay = stay.clone()
			stay.Guests = append(stay.Guests, guests...)
			return decide(Changes{Stays: put(stay)}, "room %s: guest joins, line left as it is", a.Room)
		}
		stay = Stay{ID: a.Stay, Room: a.Room, Guests: guests, Class: a.Class, CheckedIn: now}
		return decide(Changes{Stays: put(stay), Extensions: d.reset(a.Room)},
			"room %s: checked in, line opened", a.Room)
	}
}

func (d *Directory) newGuests(a Arrival) ([]Guest, error) {
	if _, ok := d.Room(a.Room); !ok {
		return nil, missing(NounRoom, a.Room)
	}
	if a.Stay == "" {
		return nil, fault.Field("stay", "has no id")
	}
	if d.stayID(a.Stay) {
		return nil, taken(NounStay, a.Stay)
	}
	if len(a.Guests) == 0 {
		return nil, fault.Field("guests", "are none")
	}
	guests := slices.Clone(a.Guests)
	for i := range guests {
		if guests[i].ID == "" {
			guests[i].ID = fmt.Sprintf("%s-%d", a.Stay, i+1)
		}
		if s, in := d.StayOf(guests[i].ID); in {
			return nil, fault.New(fault.Conflict, "guest %s is already in room %s", guests[i].ID, s.Room)
		}
	}
	return guests, nil
}

// reset returns a room's extensions without what belonged to guests.
func (d *Directory) reset(room string) Set[Extension] {
	var s Set[Extension]
	for _, e := range d.ExtensionsIn(room) {
		clean := e
		clean.DoNotDisturb, clean.Language = false, ""
		if clean != e {
			s.Put = append(s.Put, clean)
		}
	}
	return s
}

// stayID reports whether an open stay has this id; it must not be replaced.
func (d *Directory) stayID(id string) bool {
	return slices.ContainsFunc(d.data.Stays, func(s Stay) bool { return s.ID == id })
}
