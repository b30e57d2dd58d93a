package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/routing"
)

func TestRoutingRoundTrip(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		rapid.Check(t, func(r *rapid.T) {
			want := routing.Data{
				Trunks:    fillAll(r, "trunk", func(v *routing.Trunk, i int) { v.Name = fmt.Sprint(i, v.Name) }),
				Routes:    fillAll(r, "route", func(v *routing.Route, i int) { v.ID = fmt.Sprint(i, v.ID) }),
				DIDs:      fillAll(r, "did", func(v *routing.DID, i int) { v.Number = fmt.Sprint(i, v.Number) }),
				Screening: fillAll(r, "screening", func(v *routing.Screening, i int) { v.ID = fmt.Sprint(i, v.ID) }),
			}
			ok(t, s.ApplyRouting(ctx, routing.Changes{
				Trunks: routing.Set[routing.Trunk]{Put: want.Trunks}, Routes: routing.Set[routing.Route]{Put: want.Routes},
				DIDs: routing.Set[routing.DID]{Put: want.DIDs}, Screening: routing.Set[routing.Screening]{Put: want.Screening},
			}))
			got, err := s.LoadRouting(ctx)
			ok(t, err)
			slices.SortFunc(got.Trunks, func(a, b routing.Trunk) int { return strings.Compare(a.Name, b.Name) })
			slices.SortFunc(got.Routes, func(a, b routing.Route) int { return strings.Compare(a.ID, b.ID) })
			slices.SortFunc(got.Screening, func(a, b routing.Screening) int { return strings.Compare(a.ID, b.ID) })
			if !reflect.DeepEqual(got, want) {
				r.Fatalf("got  %+v\nwant %+v", got, want)
			}
			ok(t, s.ApplyRouting(ctx, routing.Changes{
				Trunks:    routing.Set[routing.Trunk]{Drop: each(want.Trunks, func(v routing.Trunk) string { return v.Name })},
				Routes:    routing.Set[routing.Route]{Drop: each(want.Routes, func(v routing.Route) string { return v.ID })},
				DIDs:      routing.Set[routing.DID]{Drop: each(want.DIDs, func(v routing.DID) string { return v.Number })},
				Screening: routing.Set[routing.Screening]{Drop: each(want.Screening, func(v routing.Screening) string { return v.ID })},
			}))
			if got, err = s.LoadRouting(ctx); err != nil || !reflect.DeepEqual(got, routing.Data{}) {
				r.Fatalf("after dropping all: %+v, %v", got, err)
			}
		})
	})
}

func TestRoutingKeepsOrderAndExpiredScreening(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx, now := soon(t), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
		ok(t, s.ApplyRouting(ctx, routing.Changes{
			Trunks: routing.Set[routing.Trunk]{Put: []routing.Trunk{{Name: "a", Order: 2}, {Name: "b", Order: 1}}},
			Screening: routing.Set[routing.Screening]{Put: []routing.Screening{
				{ID: "1", Pattern: "13?0*", Created: now, Expires: now.Add(-time.Hour)},
				{ID: "2", Pattern: "*", Created: now.Add(time.Microsecond)},
			}},
		}))
		d, err := s.LoadRouting(ctx)
		ok(t, err)
		if len(d.Trunks) != 2 || d.Trunks[0].Name != "b" {
			t.Errorf("trunks %+v, want b before a", d.Trunks)
		}
		if len(d.Screening) != 2 || d.Screening[0].ID != "1" || !d.Screening[1].Expires.IsZero() {
			t.Errorf("screening %+v, want the expired one and the one that never expires", d.Screening)
		}
	})
}
