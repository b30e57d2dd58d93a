package rest

import (
	"slices"

	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/routing"
)

// before shows the object of a change as the API shows it now, so without
// secrets; nil: it is not there, or there is nothing to show of it.
func (s *server) before(o operation, param func(string) string) any {
	d, t := s.Hotel.Directory(), s.Routing.Table().Data()
	name, id, number := param("name"), param("id"), param("number")
	switch o.noun() {
	case "property":
		return toProperty(d.Property())
	case "floors":
		return find(d.Floors(), func(f hotel.Floor) bool { return f.Name == name }, toFloor)
	case "rooms":
		return find(d.Rooms(), func(r hotel.Room) bool { return r.Number == name }, func(r hotel.Room) gen.Room { return toRoom(d, r) })
	case "extensions":
		return find(d.Extensions(), func(e hotel.Extension) bool { return e.Number.String() == number }, toExtension)
	case "devices":
		return find(d.Devices(), func(v hotel.Device) bool { return v.ID == id }, s.toDevice)
	case "groups":
		return find(d.Groups(), func(g hotel.Group) bool { return g.Name == name }, toGroup)
	case "classes":
		return find(d.Classes(), func(c hotel.ClassOfService) bool { return c.Name == name }, toClass)
	case "stays":
		return find(d.Stays(), func(t hotel.Stay) bool { return t.ID == id }, toStay)
	case "trunks":
		return find(t.Trunks, func(k routing.Trunk) bool { return k.Name == name }, s.toTrunk)
	case "routes":
		return find(t.Routes, func(r routing.Route) bool { return r.ID == id }, toRoute)
	case "dids":
		return find(t.DIDs, func(n routing.DID) bool { return n.Number == number }, toDID)
	case "queues":
		return find(s.Desk.Queues(), func(q acd.Queue) bool { return q.Name == name }, toQueue)
	case "profiles":
		return find(s.Desk.Profiles(), func(p acd.Profile) bool { return p.Account == param("account") }, toProfile)
	case "screening":
		return find(t.Screening, func(e routing.Screening) bool { return e.ID == id }, toScreening)
	}
	return nil
}

// find shows the first item that fits.
func find[T, U any](items []T, fits func(T) bool, show func(T) U) any {
	if i := slices.IndexFunc(items, fits); i >= 0 {
		return show(items[i])
	}
	return nil
}
