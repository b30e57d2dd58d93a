package store

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

var day = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)

func TestRecordRoundTrip(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		rapid.Check(t, func(r *rapid.T) {
			want := fillAll(r, "record", func(v *calls.Record, i int) { v.ID = calls.CallID(fmt.Sprint(i, v.ID)) })
			ok(t, s.SaveRecords(ctx, want))
			for _, w := range want {
				got, err := s.Record(ctx, w.ID)
				ok(t, err)
				if !reflect.DeepEqual(got, w) {
					r.Fatalf("got  %+v\nwant %+v", got, w)
				}
			}
		})
	})
}

func TestRecordOfNoCall(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		if _, err := s.Record(soon(t), "' OR 1=1 --"); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v, want not found", err)
		}
		ok(t, s.SaveRecords(soon(t), nil))
	})
}

func TestRecordIsReplacedWithItsLegs(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		open := calls.Record{ID: "1", Started: day, Legs: []calls.Leg{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
		other := calls.Record{ID: "2", Started: day, Legs: []calls.Leg{{ID: "x"}}}
		ended := open
		ended.Ended, ended.Outcome, ended.Legs = day.Add(time.Minute), calls.OutcomeBusy, []calls.Leg{{ID: "b", Cause: calls.CauseBusy}}
		ok(t, s.SaveRecords(ctx, []calls.Record{open, other}))
		ok(t, s.SaveRecords(ctx, []calls.Record{open, ended})) // both in one batch: the last wins
		for _, want := range []calls.Record{ended, other} {
			got, err := s.Record(ctx, want.ID)
			ok(t, err)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		}
	})
}

func TestRecordsAreSavedAllOrNone(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		bad := map[string][]calls.Record{
			"id":      {{ID: "1", Started: day}, {Started: day}},
			"started": {{ID: "1", Started: day}, {ID: "2"}},
		}
		for field, rs := range bad {
			err := s.SaveRecords(ctx, rs)
			if !fault.Is(err, fault.Invalid) || !strings.HasPrefix(err.Error(), field+":") {
				t.Errorf("got %v, want an error that names %s", err, field)
			}
		}
		if rs, _, err := s.Records(ctx, calls.Filter{}); err != nil || len(rs) != 0 {
			t.Errorf("got %v, %v, want nothing stored", rs, err)
		}
	})
}

// Carriers send names in GBK and worse; the call happened all the same.
func TestRecordSurvivesBrokenText(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		sent := calls.Record{ID: "1", Started: day, From: calls.Party{Name: "\xd5\xc5\xc8\xfd"}, Dialled: "12\x0034",
			Reasons: []string{"ok", "bad \xff"}, Legs: []calls.Leg{{ID: "l", Number: "\xfe1"}}}
		ok(t, s.SaveRecords(ctx, []calls.Record{sent}))
		got, err := s.Record(ctx, "1")
		ok(t, err)
		want := calls.Record{ID: "1", Started: day, From: calls.Party{Name: "\uFFFD"}, Dialled: "12\uFFFD34",
			Reasons: []string{"ok", "bad \uFFFD"}, Legs: []calls.Leg{{ID: "l", Number: "\uFFFD1"}}}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		if sent.Reasons[1] != "bad \xff" || sent.Legs[0].Number != "\xfe1" {
			t.Error("the caller's record was changed")
		}
	})
}

func TestSave500Records(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		ok(t, s.SaveRecords(ctx, someRecords(500, 0)))
		ok(t, s.SaveRecords(ctx, someRecords(500, 0)))
		rs, next, err := s.Records(ctx, calls.Filter{})
		ok(t, err)
		if len(rs) != 500 || next != "" {
			t.Errorf("got %d records and cursor %q, want 500 and none", len(rs), next)
		}
		for _, r := range rs {
			if len(r.Legs) != 2 {
				t.Fatalf("call %s has %d legs, want 2", r.ID, len(r.Legs))
			}
		}
	})
}

// someRecords are n ended calls of a hotel, two legs each.
func someRecords(n, from int) []calls.Record {
	rs := make([]calls.Record, n)
	for i := range rs {
		at := day.Add(time.Duration(from+i) * time.Second)
		id := fmt.Sprintf("1746057600.%d", from+i)
		rs[i] = calls.Record{
			ID: calls.CallID(id), Path: calls.PathController, Direction: calls.Outbound,
			From: calls.Party{Number: "1101", Name: "张三", Extension: fmt.Sprint(1100 + i%100), Room: fmt.Sprint(1100 + i%100), Stay: "S1"},
			To:   calls.Party{Number: "13800138000"}, Dialled: "13800138000", Trunk: "telecom",
			Started: at, Answered: at.Add(4 * time.Second), Ended: at.Add(64 * time.Second),
			Outcome: calls.OutcomeAnswered, Cause: calls.CauseNormal, HungUpBy: "caller",
			Reasons: []string{"mobile is allowed by class guest", "trunk telecom: first of route mobile"},
			Legs: []calls.Leg{
				{ID: calls.LegID(id), Endpoint: "bh7Gq2", Number: "1101", Role: "caller", Started: at, Ended: at.Add(64 * time.Second)},
				{ID: calls.LegID(id + "-2"), Endpoint: "telecom", Number: "13800138000", Role: "called", Started: at, Ended: at.Add(64 * time.Second)},
			},
		}
	}
	return rs
}
