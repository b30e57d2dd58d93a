package hotel

import (
	"slices"
	"time"
)

// CheckOut lets one guest go, or all when guest is empty. The last one out closes
// the stay and with it the line: the room has the class of a vacant one at once,
// and nothing of what the guests had set.
func CheckOut(room, guest string) Op {
	return func(d *Directory, now time.Time) (Decision, error) {
		stay, err := d.openStay(room)
		if err != nil {
			return Decision{}, err
		}
		if guest != "" {
			_, i, err := d.guest(room, guest)
			if err != nil {
				return Decision{}, err
			}
			if len(stay.Guests) > 1 {
				return decide(Changes{Stays: put(stay.without(i))},
					"room %s: guest %s checked out, others remain", room, guest)
			}
		}
		return decide(Changes{Stays: put(stay.close(now)), Extensions: d.reset(room)},
			"room %s: checked out, line barred", room)
	}
}

// without returns the stay without the guest at place i.
func (s Stay) without(i int) Stay {
	s = s.clone()
	s.Guests = slices.Delete(s.Guests, i, i+1)
	return s
}

// close ends the stay now, or when it began should the clock have been set back.
func (s Stay) close(now time.Time) Stay {
	s.CheckedOut = now
	if now.Before(s.CheckedIn) {
		s.CheckedOut = s.CheckedIn
	}
	return s
}
