package hotel

import (
	"slices"

	"bellhop/controller/kit/phone"
)

// Allows reports whether numbers of a class may be called. Emergency numbers
// always may.
func (c ClassOfService) Allows(k phone.Class) bool {
	return k == phone.ClassEmergency || slices.Contains(c.Allow, k)
}

// ClassOf returns the class of service in force for an extension, and why. That
// of a room follows its stay, so that the check-out itself bars the line.
func (d *Directory) ClassOf(e Extension) (ClassOfService, string) {
	if e.Kind != KindRoom {
		return d.classes[e.Class], "class of the extension"
	}
	stay, ok := d.StayIn(e.Room)
	switch {
	case !ok:
		return d.classes[d.data.Property.VacantClass], "room is vacant"
	case stay.Class == "":
		return d.classes[d.data.Property.GuestClass], "class of every guest"
	}
	return d.classes[stay.Class], "class of the stay"
}

// LanguageOf returns the language that an extension is spoken to in: its own
// choice, the first guest's, or the hotel's; always one there are prompts for.
func (d *Directory) LanguageOf(e Extension) string {
	choices := []string{e.Language, ""}
	if stay, ok := d.StayIn(e.Room); ok && e.Kind == KindRoom {
		choices[1] = stay.Guests[0].Language
	}
	for _, l := range choices {
		if l != "" && slices.Contains(d.data.Property.Languages, l) {
			return l
		}
	}
	if len(d.data.Property.Languages) == 0 {
		return ""
	}
	return d.data.Property.Languages[0]
}

// CallerName returns the name that the called party sees, and why. A guest's
// name is for staff only: other rooms, corridor phones and the outside (the
// zero Extension) never see it.
func (d *Directory) CallerName(from, to Extension) (name, reason string) {
	switch {
	case to.Kind == "":
		return d.data.Property.Name, "the outside sees the hotel"
	case from.Kind != KindRoom:
		return label(from), "name of the extension"
	}
	stay, occupied := d.StayIn(from.Room)
	switch {
	case !occupied:
		return label(from), "room is vacant"
	case !seesGuests(to.Kind):
		return label(from), "privacy: guests' names are for staff only"
	case stay.Guests[0].Name == "":
		return label(from), "guest without a name"
	}
	return stay.Guests[0].Name, "guest's name, for staff"
}

func seesGuests(k ExtensionKind) bool {
	return k == KindStaff || k == KindDepartment || k == KindService || k == KindDesk
}

func label(e Extension) string {
	if e.Name != "" {
		return e.Name
	}
	return e.Number.String()
}

// MayCall reports whether one extension may dial another, and why. Emergency
// numbers are not its concern: nothing may come between them and a phone.
func (d *Directory) MayCall(from, to Extension) (ok bool, reason string) {
	switch {
	case to.Kind == KindService || to.Kind == KindDesk || d.isOperator(to):
		return true, "operator, desk and services are open to all"
	case to.Kind != KindRoom:
		return true, "not a room"
	case from.Kind == KindCorridor:
		return false, "corridor phones may not call rooms"
	case from.Kind != KindRoom:
		return true, "staff may call rooms"
	case from.Room == to.Room:
		return true, "same room"
	}
	switch d.data.Property.RoomToRoom {
	case RoomsAll:
		return true, "rooms may call each other"
	case RoomsGroup:
		if d.shareGroup(from.Number, to.Number) {
			return true, "rooms of one group"
		}
		return false, "rooms may call only rooms of their group"
	}
	return false, "rooms may not call each other"
}

func (d *Directory) isOperator(e Extension) bool {
	n := d.data.Property.Operator
	return !n.IsZero() && (e.Number == n || slices.Contains(d.numbers[n].Members, e.Number))
}

func (d *Directory) shareGroup(a, b phone.Number) bool {
	for _, g := range d.GroupsOf(a) {
		for _, h := range d.GroupsOf(b) {
			if g.Name == h.Name {
				return true
			}
		}
	}
	return false
}

// Rings returns the extensions that ring when a number is dialled: a group's
// members; a service's own phones and the groups it is in; else the extension
// itself. None: the number is not one of ours, or nobody answers it.
func (d *Directory) Rings(n phone.Number) []Extension {
	if g, ok := d.numbers[n]; ok {
		return d.members(g, nil)
	}
	e, ok := d.extensions[n]
	switch {
	case !ok:
		return nil
	case e.Kind != KindService:
		return []Extension{e.Extension}
	}
	var out []Extension
	if len(e.devices) > 0 {
		out = append(out, e.Extension)
	}
	for _, g := range e.groups {
		out = d.members(g, out)
	}
	return out
}

// members adds a group's members to out, each once. A service in a group stands
// for the group, so it is no phone of it.
func (d *Directory) members(g Group, out []Extension) []Extension {
	others := out
	for _, n := range g.Members {
		e := d.extensions[n]
		known := slices.ContainsFunc(others, func(x Extension) bool { return x.Number == n })
		if e != nil && !known && (e.Kind != KindService || len(e.devices) > 0) {
			out = append(out, e.Extension)
		}
	}
	return out
}

// Reach returns the extensions that ring when from dials one of our numbers:
// Rings without those it may not call. None: the reason says why.
func (d *Directory) Reach(from Extension, n phone.Number) (to []Extension, reason string) {
	all := d.Rings(n)
	if len(all) == 0 {
		return nil, "nobody answers " + n.String()
	}
	if e, ok := d.extensions[n]; ok && e.Kind == KindService || n == d.data.Property.Operator {
		return all, "operator, desk and services are open to all"
	}
	for _, e := range all {
		ok, why := d.MayCall(from, e)
		if ok {
			to = append(to, e)
		}
		if ok || reason == "" {
			reason = why
		}
	}
	return to, reason
}
