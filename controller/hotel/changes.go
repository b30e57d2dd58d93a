package hotel

import (
	"slices"

	"bellhop/controller/kit/fault"
)

// With returns the Directory as it is after c, checked as NewDirectory does.
func (d *Directory) With(c Changes) (*Directory, error) {
	if err := c.twice(); err != nil {
		return nil, err
	}
	return NewDirectory(d.after(c))
}

// Problems returns every rule that the hotel would break after c.
func (d *Directory) Problems(c Changes) []Problem {
	_, problems := build(d.after(c))
	return problems
}

// twice refuses changes that put one key twice: one of them would be lost.
func (c Changes) twice() error {
	for _, err := range []error{
		twice(c.Floors, NounFloor, floorKey), twice(c.Rooms, NounRoom, roomKey),
		twice(c.Extensions, NounExtension, extensionKey), twice(c.Devices, NounDevice, deviceKey),
		twice(c.Groups, NounGroup, groupKey), twice(c.Classes, NounClass, classKey),
		twice(c.Stays, NounStay, stayKey),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func twice[T any](s Set[T], noun string, key func(T) string) error {
	seen := make(map[string]bool, len(s.Put))
	for _, t := range s.Put {
		if seen[key(t)] {
			return fault.Field(noun+" "+key(t), "is given twice")
		}
		seen[key(t)] = true
	}
	return nil
}

func (d *Directory) after(c Changes) Data {
	data := d.data
	if c.Property != nil {
		data.Property = *c.Property
	}
	data.Floors = c.Floors.apply(data.Floors, floorKey)
	data.Rooms = c.Rooms.apply(data.Rooms, roomKey)
	data.Extensions = c.Extensions.apply(data.Extensions, extensionKey)
	data.Devices = c.Devices.apply(data.Devices, deviceKey)
	data.Groups = c.Groups.apply(data.Groups, groupKey)
	data.Classes = c.Classes.apply(data.Classes, classKey)
	data.Stays = c.Stays.apply(data.Stays, stayKey)
	return data
}

// Empty reports whether there is nothing to store.
func (c Changes) Empty() bool {
	return c.Property == nil && c.Floors.empty() && c.Rooms.empty() && c.Extensions.empty() &&
		c.Devices.empty() && c.Groups.empty() && c.Classes.empty() && c.Stays.empty()
}

func (s Set[T]) empty() bool { return len(s.Put) == 0 && len(s.Drop) == 0 }

// apply returns a new list: old without the dropped, the put ones replaced in
// place or added at the end. A key that is dropped and put is put.
func (s Set[T]) apply(old []T, key func(T) string) []T {
	if s.empty() {
		return slices.Clone(old)
	}
	put := make(map[string]T, len(s.Put))
	for _, t := range s.Put {
		put[key(t)] = t
	}
	out := make([]T, 0, len(old)+len(put))
	for _, t := range old {
		k := key(t)
		if n, ok := put[k]; ok {
			out = append(out, n)
			delete(put, k)
		} else if !slices.Contains(s.Drop, k) {
			out = append(out, t)
		}
	}
	for _, t := range s.Put {
		k := key(t)
		if n, ok := put[k]; ok {
			out = append(out, n)
			delete(put, k)
		}
	}
	return out
}

func floorKey(f Floor) string          { return f.Name }
func roomKey(r Room) string            { return r.Number }
func extensionKey(e Extension) string  { return e.Number.String() }
func deviceKey(v Device) string        { return v.ID }
func groupKey(g Group) string          { return g.Name }
func classKey(c ClassOfService) string { return c.Name }
func stayKey(s Stay) string            { return s.ID }
func (s Stay) closed() bool            { return !s.CheckedOut.IsZero() }

// clone copies data so deeply that nobody else can alter it.
func (d Data) clone() Data {
	d.Property = d.Property.clone()
	d.Floors = slices.Clone(d.Floors)
	d.Rooms = slices.Clone(d.Rooms)
	d.Extensions = slices.Clone(d.Extensions)
	d.Devices = slices.Clone(d.Devices)
	d.Groups = cloneEach(d.Groups, Group.clone)
	d.Classes = cloneEach(d.Classes, ClassOfService.clone)
	d.Stays = cloneEach(d.Stays, Stay.clone)
	return d
}

func cloneEach[T any](ts []T, clone func(T) T) []T {
	out := make([]T, len(ts))
	for i, t := range ts {
		out[i] = clone(t)
	}
	return out
}

func (p Property) clone() Property {
	p.Languages = slices.Clone(p.Languages)
	return p
}

func (g Group) clone() Group {
	g.Members = slices.Clone(g.Members)
	return g
}

func (c ClassOfService) clone() ClassOfService {
	c.Allow = slices.Clone(c.Allow)
	return c
}

func (s Stay) clone() Stay {
	s.Guests = slices.Clone(s.Guests)
	return s
}
