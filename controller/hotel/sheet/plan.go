package sheet

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strings"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// planner turns the lines of a sheet into changes of a hotel.
type planner struct {
	old     *hotel.Directory
	sheet   *Sheet
	random  io.Reader
	changes hotel.Changes
	report  Report
	numbers map[phone.Number]int      // line of each extension
	rooms   map[string]plannedRoom    // by number
	floors  map[string]bool           // new ones
	groups  map[string][]phone.Number // members that the lines want
	wants   map[string]map[phone.Number]bool
	items   map[string]int // line of "noun key", for problems found later
}

type plannedRoom struct {
	hotel.Room
	line int
}

// plan compares a sheet with the hotel. The error is for what is not the
// sheet's fault.
func plan(d *hotel.Directory, sheet *Sheet, random io.Reader) (hotel.Changes, Report, error) {
	p := &planner{
		old: d, sheet: sheet, random: random,
		numbers: make(map[phone.Number]int),
		rooms:   make(map[string]plannedRoom),
		floors:  make(map[string]bool),
		groups:  make(map[string][]phone.Number),
		wants:   make(map[string]map[phone.Number]bool),
		items:   make(map[string]int),
	}
	p.report.Lines = len(sheet.lines)
	p.report.Problems = slices.Clone(sheet.problems)
	for _, line := range sheet.lines {
		if err := p.planLine(row{p, line}); err != nil {
			return hotel.Changes{}, p.report, err
		}
	}
	p.planGroups()
	p.checkAll()
	slices.SortStableFunc(p.report.Problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	if more := len(p.report.Problems) - maxProblems; more > 0 {
		p.report.Problems, p.report.MoreProblems = p.report.Problems[:maxProblems], more
	}
	return p.changes, p.report, nil
}

// line plans one line: its room, its extension, the groups and devices of it.
func (p *planner) planLine(r row) error {
	if r.get(colNumber) == "" {
		if r.get(colRoom) == "" {
			r.fail(colNumber, "is missing")
			return nil
		}
		p.planRoom(r, r.get(colRoom))
		return nil
	}
	n, err := phone.Parse(r.get(colNumber))
	if err != nil {
		r.fail(colNumber, "may hold only digits and a star")
		return nil
	}
	if first, twice := p.numbers[n]; twice {
		r.fail(colNumber, "%s is in line %d already", n, first)
		return nil
	}
	p.numbers[n] = r.number
	p.items[hotel.NounExtension+" "+n.String()] = r.number
	old, exists := p.old.Extension(n)
	e, ok := r.extension(old, n, exists)
	if !ok {
		return nil
	}
	if e.Kind == hotel.KindRoom {
		p.planRoom(r, e.Room)
	} else if r.get(colFloor) != "" || r.get(colType) != "" {
		r.fail(colFloor, "and type are for rooms only")
	}
	switch {
	case !exists:
		p.report.ExtensionsAdded++
	case e != old:
		p.report.ExtensionsChanged++
	}
	if e != old {
		p.changes.Extensions.Put = append(p.changes.Extensions.Put, e)
	}
	p.wantGroups(r, n)
	return p.planDevices(r, n)
}

// planRoom plans the room of a line; several extensions may stand in it.
func (p *planner) planRoom(r row, number string) {
	old, exists := p.old.Room(number)
	room := old
	room.Number = number
	if floor := r.get(colFloor); floor != "" {
		room.Floor = floor
	}
	if r.has(colType) {
		room.Type = r.get(colType)
	}
	if room.Floor == "" {
		r.fail(colFloor, "is missing")
		return
	}
	if other, ok := p.rooms[number]; ok {
		if other.Room != room {
			r.fail(colRoom, "%s is not the same as in line %d", number, other.line)
		}
		return
	}
	p.rooms[number] = plannedRoom{room, r.number}
	p.items[hotel.NounRoom+" "+number] = r.number
	p.planFloor(r, room.Floor)
	switch {
	case !exists:
		p.report.RoomsAdded++
	case room != old:
		p.report.RoomsChanged++
	}
	if room != old {
		p.changes.Rooms.Put = append(p.changes.Rooms.Put, room)
	}
}

func (p *planner) planFloor(r row, name string) {
	if _, known := p.old.Floor(name); known || p.floors[name] {
		return
	}
	order := len(p.floors) + 1
	if floors := p.old.Floors(); len(floors) > 0 {
		order += floors[len(floors)-1].Order
	}
	p.floors[name] = true
	p.items[hotel.NounFloor+" "+name] = r.number
	p.report.NewFloors = append(p.report.NewFloors, name)
	p.changes.Floors.Put = append(p.changes.Floors.Put, hotel.Floor{Name: name, Order: order})
}

// planDevices adds the devices that the line names and the extension lacks.
func (p *planner) planDevices(r row, n phone.Number) error {
	var lacking []hotel.Device
	has := make(map[string]int)
	for _, v := range p.old.DevicesOf(n) {
		has[deviceLabel(v)]++
	}
	for _, cell := range r.list(colDevices) {
		if has[cell]--; has[cell] >= 0 {
			continue
		}
		kind, label, ok := strings.Cut(cell, ":")
		if !ok {
			r.fail(colDevices, "%q is not like sip:bedside or browser:desk", cell)
			continue
		}
		v, credential, err := hotel.NewDevice(p.random, n, label, hotel.DeviceKind(kind))
		if err != nil {
			return err
		}
		lacking = append(lacking, v)
		p.report.Credentials = append(p.report.Credentials, credential)
	}
	for _, v := range hotel.NameDevices(n, p.old.DevicesOf(n), lacking) {
		p.items[hotel.NounDevice+" "+v.ID] = r.number
		p.changes.Devices.Put = append(p.changes.Devices.Put, v)
		p.report.DevicesAdded++
	}
	return nil
}

// wantGroups notes the groups that a line wants its extension in.
func (p *planner) wantGroups(r row, n phone.Number) {
	if !r.has(colGroups) {
		return
	}
	for _, name := range r.list(colGroups) {
		if p.wants[name] == nil {
			p.wants[name] = make(map[phone.Number]bool)
			p.items[hotel.NounGroup+" "+name] = r.number
		}
		if p.wants[name][n] {
			r.fail(colGroups, "names %s twice", name)
			continue
		}
		p.wants[name][n] = true
		p.groups[name] = append(p.groups[name], n)
	}
}

// planGroups makes each group have the members that the lines want, in the
// order they had; extensions that no line speaks of stay in it.
func (p *planner) planGroups() {
	if !slices.Contains(p.sheet.columns, colGroups) {
		return
	}
	for _, g := range p.old.Groups() {
		want, listed := p.groups[g.Name], g.Members
		g.Members = slices.DeleteFunc(slices.Clone(g.Members), func(n phone.Number) bool {
			_, inSheet := p.numbers[n]
			return inSheet && !p.wants[g.Name][n]
		})
		had := make(map[phone.Number]bool, len(g.Members))
		for _, n := range g.Members {
			had[n] = true
		}
		for _, n := range want {
			if !had[n] {
				g.Members = append(g.Members, n)
			}
		}
		if !slices.Equal(g.Members, listed) {
			p.changes.Groups.Put = append(p.changes.Groups.Put, g)
		}
		delete(p.groups, g.Name)
	}
	p.report.NewGroups = slices.Sorted(maps.Keys(p.groups))
	for _, name := range p.report.NewGroups {
		p.changes.Groups.Put = append(p.changes.Groups.Put, hotel.Group{Name: name, Members: p.groups[name]})
	}
}

// checkAll tests the hotel as it would be and finds the line of each problem.
// What may only follow from a problem already known is left out.
func (p *planner) checkAll() {
	known := make(map[int]bool, len(p.report.Problems))
	for _, q := range p.report.Problems {
		known[q.Line] = true
	}
	wrong := len(known) > 0
	for _, q := range p.old.Problems(p.changes) {
		line, rule := p.items[q.Noun+" "+q.Key], q.Rule
		if known[line] || line == 0 && wrong {
			continue
		}
		if line == 0 {
			rule = q.Path() + ": " + rule
		}
		p.report.Problems = append(p.report.Problems, Problem{line, column(q), rule})
	}
}

// column returns the column in which a problem is found.
func column(q hotel.Problem) string {
	switch {
	case q.Noun == hotel.NounDevice:
		return colDevices
	case q.Noun == hotel.NounGroup:
		return colGroups
	case q.Noun == hotel.NounFloor:
		return colFloor
	case q.Noun == hotel.NounRoom && q.Field == "number":
		return colRoom
	}
	return q.Field
}
