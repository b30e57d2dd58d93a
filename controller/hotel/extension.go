package hotel

import (
	"fmt"
	"slices"
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// AddExtensions adds extensions, all or none.
func AddExtensions(es ...Extension) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		for _, e := range es {
			if _, exists := d.Extension(e.Number); exists {
				return Decision{}, taken(NounExtension, e.Number.String())
			}
		}
		return decide(Changes{Extensions: Set[Extension]{Put: es}}, "%d extensions added", len(es))
	}
}

// EditExtension changes an extension.
func EditExtension(n phone.Number, edit func(*Extension)) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		e, ok := d.Extension(n)
		if !ok {
			return Decision{}, missing(NounExtension, n.String())
		}
		old := e
		if edit(&e); e.Number != n {
			return Decision{}, renamed(NounExtension, n.String())
		}
		if e == old {
			return Decision{Reason: "nothing to change"}, nil
		}
		return decide(Changes{Extensions: put(e)}, "extension %s changed", n)
	}
}

// SetDoNotDisturb turns do-not-disturb on or off.
func SetDoNotDisturb(n phone.Number, on bool) Op {
	return flag(n, "do not disturb", on, func(e *Extension) { e.DoNotDisturb = on })
}

// SetMonitored selects an extension whose internal calls are kept (R95).
func SetMonitored(n phone.Number, on bool) Op {
	return flag(n, "monitoring", on, func(e *Extension) { e.Monitored = on })
}

func flag(n phone.Number, what string, on bool, set func(*Extension)) Op {
	return func(d *Directory, now time.Time) (Decision, error) {
		dec, err := EditExtension(n, set)(d, now)
		state := "off"
		if on {
			state = "on"
		}
		dec.Reason = fmt.Sprintf("extension %s: %s %s", n, what, state)
		return dec, err
	}
}

// DropExtension removes an extension with its devices and memberships. It stays
// while its room is occupied, it is the operator, or others forward to it.
func DropExtension(n phone.Number) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		e, ok := d.Extension(n)
		if !ok {
			return Decision{}, missing(NounExtension, n.String())
		}
		if _, occupied := d.StayIn(e.Room); occupied {
			return Decision{}, fault.New(fault.Conflict, "room %s is occupied", e.Room)
		}
		var c Changes
		if err := d.unplug(&c, e); err != nil {
			return Decision{}, err
		}
		return removal(d, c, NounExtension, n.String())
	}
}

// unplug adds to c what it takes to remove extensions.
func (d *Directory) unplug(c *Changes, es ...Extension) error {
	gone := make(map[phone.Number]bool, len(es))
	for _, e := range es {
		gone[e.Number] = true
		c.Extensions.Drop = append(c.Extensions.Drop, e.Number.String())
		for _, v := range d.DevicesOf(e.Number) {
			c.Devices.Drop = append(c.Devices.Drop, v.ID)
		}
	}
	for _, e := range d.data.Extensions {
		if gone[e.ForwardTo] && !gone[e.Number] {
			return fault.New(fault.Conflict, "extension %s forwards to %s", e.Number, e.ForwardTo)
		}
	}
	isGone := func(n phone.Number) bool { return gone[n] }
	for _, g := range d.data.Groups {
		if slices.ContainsFunc(g.Members, isGone) {
			g = g.clone()
			g.Members = slices.DeleteFunc(g.Members, isGone)
			c.Groups.Put = append(c.Groups.Put, g)
		}
	}
	return nil
}
