package hotel

import (
	"slices"
	"time"

	"bellhop/controller/kit/fault"
)

// EditGuest changes a guest's name, language or VIP level. A new language of the
// first guest overrides the one chosen on the phone.
func EditGuest(room, guest string, edit func(*Guest)) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		stay, i, err := d.guest(room, guest)
		if err != nil {
			return Decision{}, err
		}
		stay = stay.clone()
		old := stay.Guests[i]
		if edit(&stay.Guests[i]); stay.Guests[i].ID != guest {
			return Decision{}, renamed("guest", guest)
		}
		if stay.Guests[i] == old {
			return Decision{Reason: "nothing to change"}, nil
		}
		c := Changes{Stays: put(stay)}
		if i == 0 && stay.Guests[i].Language != old.Language {
			for _, e := range d.ExtensionsIn(room) {
				e.Language = ""
				c.Extensions.Put = append(c.Extensions.Put, e)
			}
		}
		return decide(c, "room %s: guest %s changed", room, guest)
	}
}

// SetClass changes the class of service of an occupied room; empty: the hotel's
// for guests.
func SetClass(room, class string) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		stay, err := d.openStay(room)
		if err != nil {
			return Decision{}, err
		}
		if stay.Class == class {
			return Decision{Reason: "nothing to change"}, nil
		}
		stay.Class = class
		return decide(Changes{Stays: put(stay)}, "room %s: class of service %s", room, class)
	}
}

// openStay returns the open stay of a room that must be occupied.
func (d *Directory) openStay(room string) (Stay, error) {
	if _, ok := d.Room(room); !ok {
		return Stay{}, missing(NounRoom, room)
	}
	stay, ok := d.StayIn(room)
	if !ok {
		return Stay{}, fault.New(fault.Conflict, "room %s is vacant", room)
	}
	return stay, nil
}

// guest returns the open stay of a room and the place of a guest in it.
func (d *Directory) guest(room, id string) (Stay, int, error) {
	stay, err := d.openStay(room)
	if err != nil {
		return Stay{}, 0, err
	}
	i := slices.IndexFunc(stay.Guests, func(g Guest) bool { return g.ID == id })
	if i < 0 {
		return Stay{}, 0, fault.New(fault.NotFound, "guest %q is not in room %s", id, room)
	}
	return stay, i, nil
}
