package hotel

import (
	"time"

	"bellhop/controller/kit/fault"
)

// AddGroup adds a group.
func AddGroup(g Group) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		if _, exists := d.Group(g.Name); exists {
			return Decision{}, taken(NounGroup, g.Name)
		}
		return decide(Changes{Groups: put(g)}, "group %s added", g.Name)
	}
}

// EditGroup changes a group or who is in it.
func EditGroup(name string, edit func(*Group)) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		g, ok := d.Group(name)
		if !ok {
			return Decision{}, missing(NounGroup, name)
		}
		g = g.clone()
		if edit(&g); g.Name != name {
			return Decision{}, renamed(NounGroup, name)
		}
		return decide(Changes{Groups: put(g)}, "group %s changed", name)
	}
}

// DropGroup removes a group; its members stay. A group that is the operator, or
// that extensions forward to, stays.
func DropGroup(name string) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		g, ok := d.Group(name)
		if !ok {
			return Decision{}, missing(NounGroup, name)
		}
		for _, e := range d.data.Extensions {
			if !g.Number.IsZero() && e.ForwardTo == g.Number {
				return Decision{}, fault.New(fault.Conflict, "extension %s forwards to group %s", e.Number, name)
			}
		}
		return removal(d, Changes{Groups: drop[Group](name)}, NounGroup, name)
	}
}
