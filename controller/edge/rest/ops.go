package rest

import (
	"time"

	"bellhop/controller/hotel"
)

// addOrEdit is a PUT: edit what is there, add what is not.
func addOrEdit(there func(*hotel.Directory) bool, add, edit hotel.Op) hotel.Op {
	return func(d *hotel.Directory, now time.Time) (hotel.Decision, error) {
		if there(d) {
			return edit(d, now)
		}
		return add(d, now)
	}
}

// inStay is an operation on the room that an open stay is in now.
func inStay(id string, op func(room string) hotel.Op) hotel.Op {
	return func(d *hotel.Directory, now time.Time) (hotel.Decision, error) {
		stay, err := openStay(d, id)
		if err != nil {
			return hotel.Decision{}, err
		}
		return op(stay.Room)(d, now)
	}
}

func openStay(d *hotel.Directory, id string) (hotel.Stay, error) {
	for _, s := range d.Stays() {
		if s.ID == id {
			return s, nil
		}
	}
	return hotel.Stay{}, missing("open stay", id)
}
