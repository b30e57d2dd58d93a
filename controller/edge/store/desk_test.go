package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/acd"
	"bellhop/controller/kit/fault"
)

func TestDeskSettingsRoundTrip(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		rapid.Check(t, func(r *rapid.T) {
			q, p, seat := fill[acd.Queue](r, "queue"), fill[acd.Profile](r, "profile"), fill[acd.Seat](r, "seat")
			cb, at := fill[acd.Callback](r, "callback"), fill[time.Time](r, "pulse")
			ok(t, s.PutQueue(ctx, q))
			ok(t, s.PutProfile(ctx, p))
			ok(t, s.PutSeat(ctx, seat))
			ok(t, s.PutCallback(ctx, cb))
			ok(t, s.PutPulse(ctx, at))
			kept(r, q, s.Queues, ctx)
			kept(r, p, s.Profiles, ctx)
			kept(r, seat, s.Seats, ctx)
			kept(r, cb, s.Callbacks, ctx)
			if got, err := s.Pulse(ctx); err != nil || !got.Equal(at) {
				r.Fatalf("pulse %v, %v; want %v", got, err, at)
			}
			ok(t, s.DropQueue(ctx, q.Name))
			ok(t, s.DropSeat(ctx, seat.Account))
			ok(t, s.DropCallback(ctx, cb.Visit))
		})
		qs, err := s.Queues(ctx)
		ok(t, err)
		seats, err := s.Seats(ctx)
		ok(t, err)
		if len(qs)+len(seats) != 0 {
			t.Errorf("left after dropping: %v %v", qs, seats)
		}
	})
}

// kept fails unless list holds want.
func kept[M, C any](r *rapid.T, want M, list func(C) ([]M, error), ctx C) {
	got, err := list(ctx)
	if err != nil || !slices.ContainsFunc(got, func(g M) bool { return reflect.DeepEqual(g, want) }) {
		r.Fatalf("%v, got %+v\nwant %+v among them", err, got, want)
	}
}

func TestVisitAndSpanRoundTrip(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		rapid.Check(t, func(r *rapid.T) {
			vs := fillAll(r, "visit", func(v *acd.Visit, i int) { v.ID = fmt.Sprint(i, v.ID) })
			ok(t, s.PutVisits(ctx, vs...))
			for _, want := range vs {
				got, err := s.Visit(ctx, want.ID)
				if err != nil || !reflect.DeepEqual(got, want) {
					r.Fatalf("%v, got  %+v\nwant %+v", err, got, want)
				}
			}
			ss := fillAll(r, "span", func(v *acd.Span, i int) {
				v.ID = fmt.Sprint(i, v.ID)
				v.End = v.Begin.Add(time.Second)
			})
			ok(t, s.PutSpans(ctx, ss...))
			for _, want := range ss {
				got, err := s.Spans(ctx, acd.VisitFilter{From: want.Begin, To: want.End, Account: want.Account})
				if err != nil || !slices.Contains(got, want) {
					r.Fatalf("%v, got %+v\nwant %+v among them", err, got, want)
				}
			}
		})
	})
}

func TestVisitsMatchTheFilter(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		var all []acd.Visit
		for i := range 60 {
			v := acd.Visit{
				ID: fmt.Sprint("v", i*37%60), Entered: day.Add(time.Duration(i%5) * time.Second),
				Queue: []string{"operator", "spa"}[i%2], Account: []string{"", "li", "wang"}[i%3], Number: fmt.Sprint(1101 + i%4),
			}
			if i%4 != 0 {
				v.Left, v.How = v.Entered.Add(time.Minute), []acd.Leaving{acd.Answered, acd.Abandoned}[i/4%2]
			}
			all = append(all, v)
		}
		ok(t, s.PutVisits(ctx, all...))
		for _, f := range []acd.VisitFilter{
			{}, {From: day.Add(2 * time.Second)}, {To: day.Add(2 * time.Second)}, {Queue: "spa"}, {Account: "li"},
			{How: acd.Abandoned}, {Number: "1102"}, {Open: true}, {Queue: "operator", How: acd.Answered, Account: "wang"},
		} {
			for _, limit := range []int{0, 1, 7} {
				f.Limit = limit
				sameVisits(t, s, all, f)
			}
		}
	})
}

// sameVisits turns all pages of f and compares them with a filter in plain Go.
func sameVisits(t *testing.T, s *Store, all []acd.Visit, f acd.VisitFilter) {
	t.Helper()
	var want, got []string
	for _, v := range all {
		if (f.From.IsZero() || !v.Entered.Before(f.From)) && (f.To.IsZero() || v.Entered.Before(f.To)) &&
			(f.Queue == "" || v.Queue == f.Queue) && (f.Account == "" || v.Account == f.Account) &&
			(f.How == "" || v.How == f.How) && (f.Number == "" || v.Number == f.Number) && (!f.Open || v.Left.IsZero()) {
			want = append(want, fmt.Sprintf("%d %s", v.Entered.Unix(), v.ID))
		}
	}
	slices.Sort(want)
	slices.Reverse(want)
	for {
		page, next, err := s.Visits(soon(t), f)
		ok(t, err)
		for _, v := range page {
			got = append(got, fmt.Sprintf("%d %s", v.Entered.Unix(), v.ID))
		}
		if f.After = next; next == "" {
			break
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("filter %+v\ngot  %v\nwant %v", f, got, want)
	}
}

func TestSpansThatTouchATime(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		at := func(sec int) time.Time { return day.Add(time.Duration(sec) * time.Second) }
		ok(t, s.PutSpans(ctx,
			acd.Span{ID: "before", Account: "li", Begin: at(0), End: at(10)},
			acd.Span{ID: "across", Account: "li", Begin: at(5), End: at(15)},
			acd.Span{ID: "open", Account: "li", Begin: at(15)},
			acd.Span{ID: "after", Account: "li", Begin: at(20), End: at(30)},
			acd.Span{ID: "other", Account: "wang", Begin: at(12)}))
		got, err := s.Spans(ctx, acd.VisitFilter{Account: "li", From: at(10), To: at(20)})
		ok(t, err)
		ids := each(got, func(s acd.Span) string { return s.ID })
		if strings.Join(ids, " ") != "across open" {
			t.Errorf("got %v, want across and open", ids)
		}
	})
}

func TestDeskRefusesWhatItCannotKeep(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		for field, err := range map[string]error{
			"id":      s.PutVisits(ctx, acd.Visit{Entered: day}),
			"entered": s.PutVisits(ctx, acd.Visit{ID: "1"}),
			"begin":   s.PutSpans(ctx, acd.Span{ID: "1"}),
			"at":      s.PutPulse(ctx, time.Time{}),
			"name":    s.PutQueue(ctx, acd.Queue{}),
			"account": s.PutSeat(ctx, acd.Seat{}),
			"title":   s.PutQueue(ctx, acd.Queue{Name: "q", Title: "\xff"}),
		} {
			if !fault.Is(err, fault.Invalid) || !strings.HasPrefix(err.Error(), field+":") {
				t.Errorf("got %v, want an error that names %s", err, field)
			}
		}
		if _, _, err := s.Visits(ctx, acd.VisitFilter{Limit: -1}); !fault.Is(err, fault.Invalid) {
			t.Errorf("limit: %v", err)
		}
		if _, _, err := s.Visits(ctx, acd.VisitFilter{After: "?"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("after: %v", err)
		}
		if _, err := s.Visit(ctx, "' OR 1=1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v, want not found", err)
		}
		ok(t, s.PutVisits(ctx, acd.Visit{ID: "gbk", Entered: day, Name: "\xd5\xc5\x00"}))
	})
}
