package routing

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"bellhop/controller/kit/fault"
)

// Op is one operation on the routing data: a pure decision, from what the table
// shows now, on what to change. Service.Do carries it out.
type Op func(t *Table, now time.Time) (Change, error)

// Change is what an operation stores and, for the audit line, what it means.
type Change struct {
	Changes Changes
	Reason  string
}

// PutTrunk adds or replaces a trunk by name. Without an endpoint one is derived;
// without a secret the stored one stays.
func PutTrunk(by string, k Trunk) Op {
	return func(t *Table, _ time.Time) (Change, error) {
		old, known := t.Trunk(k.Name)
		if k.Secret == "" && known && k.Username == old.Username {
			k.Secret = old.Secret
		}
		if k.Endpoint == "" {
			k.Endpoint = endpointOf(k.Name)
		}
		if known && k.Endpoint != old.Endpoint {
			k.Endpoint = old.Endpoint // calls under way are known by it
		}
		return change(Changes{Trunks: put(k)}, "trunk %s set by %s", k.Name, by)
	}
}

// DropTrunk removes a trunk that no route and no number uses.
func DropTrunk(by, name string) Op {
	return func(t *Table, _ time.Time) (Change, error) {
		if _, ok := t.Trunk(name); !ok {
			return Change{}, missing("trunk", name)
		}
		c := Changes{Trunks: drop[Trunk](name)}
		if _, err := t.With(c); err != nil {
			return Change{}, fault.Wrap(err, fault.Conflict, "trunk %q is still in use", name)
		}
		return change(c, "trunk %s removed by %s", name, by)
	}
}

// PutRoute adds or replaces a route; without an id it gets the next free one.
func PutRoute(by string, r Route) Op {
	return func(t *Table, _ time.Time) (Change, error) {
		if r.ID == "" {
			r.ID = nextID("r", t.data.Routes, routeKey)
		}
		return change(Changes{Routes: put(r)}, "route %s set by %s", r.ID, by)
	}
}

// DropRoute removes a route.
func DropRoute(by, id string) Op {
	return func(t *Table, _ time.Time) (Change, error) {
		if !has(t.data.Routes, routeKey, id) {
			return Change{}, missing("route", id)
		}
		return change(Changes{Routes: drop[Route](id)}, "route %s removed by %s", id, by)
	}
}

// PutDID adds or replaces a number of ours.
func PutDID(by string, d DID) Op {
	return func(*Table, time.Time) (Change, error) {
		return change(Changes{DIDs: put(d)}, "number %s set by %s", d.Number, by)
	}
}

// DropDID removes a number of ours; its calls then go to the operator.
func DropDID(by, number string) Op {
	return func(t *Table, _ time.Time) (Change, error) {
		if !has(t.data.DIDs, didKey, number) {
			return Change{}, missing("number", number)
		}
		return change(Changes{DIDs: drop[DID](number)}, "number %s removed by %s", number, by)
	}
}

// PutScreening adds or replaces a listed entry and notes who did so and when;
// without an id it gets the next free one.
func PutScreening(by string, s Screening) Op {
	return func(t *Table, now time.Time) (Change, error) {
		if s.ID == "" {
			s.ID = nextID("s", t.data.Screening, screeningKey)
		}
		s.By, s.Created = by, now
		return change(Changes{Screening: put(s)}, "screening %s (%s %s %s) set by %s",
			s.ID, s.Direction, s.Verdict, s.Pattern, by)
	}
}

// DropScreening removes a listed entry.
func DropScreening(by, id string) Op {
	return func(t *Table, _ time.Time) (Change, error) {
		if !has(t.data.Screening, screeningKey, id) {
			return Change{}, missing("screening", id)
		}
		return change(Changes{Screening: drop[Screening](id)}, "screening %s removed by %s", id, by)
	}
}

// Load replaces everything, e.g. in a new house by DemoData.
func Load(by string, data Data) Op {
	return func(t *Table, _ time.Time) (Change, error) {
		return change(Changes{
			Trunks:    replace(t.data.Trunks, data.Trunks, trunkKey),
			Routes:    replace(t.data.Routes, data.Routes, routeKey),
			DIDs:      replace(t.data.DIDs, data.DIDs, didKey),
			Screening: replace(t.data.Screening, data.Screening, screeningKey),
		}, "routing data loaded by %s", by)
	}
}

func change(c Changes, reason string, args ...any) (Change, error) {
	return Change{Changes: c, Reason: fmt.Sprintf(reason, args...)}, nil
}

func put[T any](ts ...T) Set[T] { return Set[T]{Put: ts} }

func drop[T any](keys ...string) Set[T] { return Set[T]{Drop: keys} }

// replace drops what is in old only and puts all that is new.
func replace[T any](old, next []T, key func(T) string) Set[T] {
	set := Set[T]{Put: next}
	for _, it := range old {
		if !has(next, key, key(it)) {
			set.Drop = append(set.Drop, key(it))
		}
	}
	return set
}

func has[T any](items []T, key func(T) string, want string) bool {
	for _, it := range items {
		if key(it) == want {
			return true
		}
	}
	return false
}

func missing(noun, key string) error {
	return fault.New(fault.NotFound, "%s %q does not exist", noun, key)
}

// nextID returns prefix and the number after the highest in use.
func nextID[T any](prefix string, items []T, key func(T) string) string {
	top := 0
	for _, it := range items {
		if n, err := strconv.Atoi(strings.TrimPrefix(key(it), prefix)); err == nil {
			top = max(top, n)
		}
	}
	return prefix + strconv.Itoa(top+1)
}

// endpointOf derives a trunk's name in the switch, which takes letters and
// digits only.
func endpointOf(name string) string {
	return "trunk" + strings.Map(func(c rune) rune {
		if strings.ContainsRune(letters+digits, c) {
			return c
		}
		return -1
	}, name)
}
