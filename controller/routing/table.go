package routing

import (
	"cmp"
	"slices"
	"strings"

	"bellhop/controller/kit/phone"
)

// Table is an immutable snapshot of the routing data, indexed for Decide.
// Slices that it returns are shared and must not be altered.
type Table struct {
	data      Data
	trunks    []*Trunk // by order, as emergency calls try them
	byName    map[string]*Trunk
	endpoints map[string]*Trunk
	routes    map[string][]*Route // by prefix, best first
	longest   int                 // digits of the longest prefix
	dids      map[string]DID
	direct    map[phone.Number][]DID // by target, in order of number
	screening map[Direction]*patterns
	features  []phone.Number
}

// NewTable checks data against every rule and indexes it. Features are the
// numbers that calls answer with a function of the house, like *55. The error
// is a fault.Invalid that names item, field and rule of the first breach.
func NewTable(data Data, features ...phone.Number) (*Table, error) {
	t := &Table{
		data:      data.clone(),
		byName:    make(map[string]*Trunk, len(data.Trunks)),
		endpoints: make(map[string]*Trunk, len(data.Trunks)),
		routes:    make(map[string][]*Route, len(data.Routes)),
		dids:      make(map[string]DID, len(data.DIDs)),
		direct:    make(map[phone.Number][]DID, len(data.DIDs)),
		screening: map[Direction]*patterns{Inbound: {}, Outbound: {}},
		features:  slices.Clone(features),
	}
	t.data.sort()
	if err := t.check(); err != nil {
		return nil, err
	}
	t.index()
	return t, nil
}

func (t *Table) index() {
	for i := range t.data.Trunks {
		trunk := &t.data.Trunks[i]
		t.trunks = append(t.trunks, trunk)
		t.byName[trunk.Name], t.endpoints[trunk.Endpoint] = trunk, trunk
	}
	for i := range t.data.Routes {
		r := &t.data.Routes[i]
		t.routes[r.Prefix] = append(t.routes[r.Prefix], r)
		t.longest = max(t.longest, len(r.Prefix))
	}
	for _, rs := range t.routes {
		slices.SortFunc(rs, compareRoutes)
	}
	for _, d := range t.data.DIDs {
		t.dids[d.Number] = d
		t.direct[d.To] = append(t.direct[d.To], d)
	}
	for i := range t.data.Screening {
		e := &t.data.Screening[i]
		t.screening[e.Direction].put(e)
	}
}

// With returns the Table as it is after c, checked as NewTable does.
func (t *Table) With(c Changes) (*Table, error) {
	return NewTable(Data{
		Trunks:    c.Trunks.apply(t.data.Trunks, trunkKey),
		Routes:    c.Routes.apply(t.data.Routes, routeKey),
		DIDs:      c.DIDs.apply(t.data.DIDs, didKey),
		Screening: c.Screening.apply(t.data.Screening, screeningKey),
	}, t.features...)
}

// Data returns a copy of everything, in the order of listing.
func (t *Table) Data() Data { return t.data.clone() }

// Trunks returns the trunks in the order in which emergency calls try them.
func (t *Table) Trunks() []Trunk { return t.data.Trunks }

// Trunk returns a trunk by name.
func (t *Table) Trunk(name string) (Trunk, bool) { return value(t.byName[name]) }

// TrunkOf returns the trunk with a name in the switch: whose call it is.
func (t *Table) TrunkOf(endpoint string) (Trunk, bool) { return value(t.endpoints[endpoint]) }

func value(t *Trunk) (Trunk, bool) {
	if t == nil {
		return Trunk{}, false
	}
	return *t, true
}

// sort puts everything into the order in which it is listed.
func (d *Data) sort() {
	slices.SortFunc(d.Trunks, func(a, b Trunk) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), strings.Compare(a.Name, b.Name))
	})
	slices.SortFunc(d.Routes, func(a, b Route) int {
		return cmp.Or(strings.Compare(a.Prefix, b.Prefix), compareRoutes(&a, &b))
	})
	slices.SortFunc(d.DIDs, func(a, b DID) int { return strings.Compare(a.Number, b.Number) })
	slices.SortFunc(d.Screening, func(a, b Screening) int { return strings.Compare(a.ID, b.ID) })
}

// clone copies data so deeply that nobody else can alter it.
func (d Data) clone() Data {
	d.Trunks = slices.Clone(d.Trunks)
	for i := range d.Trunks {
		d.Trunks[i].Hosts = slices.Clone(d.Trunks[i].Hosts)
	}
	d.Routes = slices.Clone(d.Routes)
	for i := range d.Routes {
		d.Routes[i].Trunks = slices.Clone(d.Routes[i].Trunks)
		d.Routes[i].Days = slices.Clone(d.Routes[i].Days)
	}
	d.DIDs = slices.Clone(d.DIDs)
	d.Screening = slices.Clone(d.Screening)
	return d
}

// Empty reports whether there is nothing to store.
func (c Changes) Empty() bool {
	return c.Trunks.empty() && c.Routes.empty() && c.DIDs.empty() && c.Screening.empty()
}

func (s Set[T]) empty() bool { return len(s.Put) == 0 && len(s.Drop) == 0 }

// apply returns old without the dropped and replaced, and with the put ones. A
// key that is dropped and put is put.
func (s Set[T]) apply(old []T, key func(T) string) []T {
	gone := make(map[string]bool, len(s.Put)+len(s.Drop))
	for _, k := range s.Drop {
		gone[k] = true
	}
	for _, t := range s.Put {
		gone[key(t)] = true
	}
	kept := slices.DeleteFunc(slices.Clone(old), func(t T) bool { return gone[key(t)] })
	return append(kept, s.Put...)
}

func trunkKey(t Trunk) string         { return t.Name }
func routeKey(r Route) string         { return r.ID }
func didKey(d DID) string             { return d.Number }
func screeningKey(s Screening) string { return s.ID }
