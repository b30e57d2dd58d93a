package store

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// The list must hold exactly what a filter in plain Go selects, whatever the page
// size; many records share a start time.
func TestRecordsMatchTheFilter(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		all := mixedRecords()
		ok(t, s.SaveRecords(ctx, all))
		slices.SortFunc(all, func(a, b calls.Record) int { // newest first
			return cmp.Or(b.Started.Compare(a.Started), strings.Compare(string(b.ID), string(a.ID)))
		})
		edges := []calls.Filter{
			{From: day.Add(3 * time.Second)}, {To: day.Add(3 * time.Second)},
			{MinTalk: 20 * time.Second}, {MaxTalk: 20 * time.Second}, {Number: "%"}, {Emergency: true, Limit: 2},
		}
		for _, f := range edges {
			sameAsModel(t, s, all, f)
		}
		rapid.Check(t, func(r *rapid.T) { sameAsModel(r, s, all, anyFilter(r)) })
	})
}

// sameAsModel turns all pages of f and compares them with what selects finds.
func sameAsModel(t rapid.TB, s *Store, all []calls.Record, f calls.Filter) {
	var want, got []calls.CallID
	for _, v := range all {
		if selects(f, v) {
			want = append(want, v.ID)
		}
	}
	for {
		page, next, err := s.Records(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) > cmp.Or(f.Limit, maxPage) || next != "" && len(page) != f.Limit {
			t.Fatalf("a page of %d with limit %d, next %q", len(page), f.Limit, next)
		}
		got = append(got, recordIDs(page)...)
		if f.After = next; next == "" {
			break
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("filter %+v\ngot  %v\nwant %v", f, got, want)
	}
}

// mixedRecords are 120 calls with every combination that filters look at.
func mixedRecords() []calls.Record {
	rs := make([]calls.Record, 120)
	for i := range rs {
		pick := func(n int, of ...string) string { return of[i/n%len(of)] }
		at := day.Add(time.Duration(i%7) * time.Second)
		r := calls.Record{
			ID: calls.CallID(fmt.Sprint("c", i*7919%1000)), Started: at, Trunk: pick(2, "", "telecom", "unicom"),
			Direction: calls.Direction(pick(3, "internal", "inbound", "outbound")),
			From:      calls.Party{Number: pick(1, "1101", "100%", "sip:Bob_x", "1!02"), Extension: pick(1, "1101", "", "1102"), Room: pick(1, "1101", "", "1102")},
			To:        calls.Party{Extension: pick(5, "1101", "1103", ""), Room: pick(5, "1101", "1103", "")},
			Dialled:   pick(4, "1103", "13800138000", "8888", `\%'`), Monitored: i%2 == 0, Emergency: i%11 == 0,
		}
		if i%3 != 0 {
			r.Ended, r.Outcome = at.Add(time.Minute), calls.Outcome(pick(1, "answered", "busy"))
		}
		if i%3 == 1 {
			r.Answered = r.Ended.Add(-time.Duration(i) * 500 * time.Millisecond)
		}
		rs[i] = r
	}
	return rs
}

func anyFilter(r *rapid.T) calls.Filter {
	text := func(label string, of ...string) string {
		return rapid.SampledFrom(append(of, "", "", "")).Draw(r, label)
	}
	at := func(label string) time.Time {
		return rapid.SampledFrom([]time.Time{{}, {}, day, day.Add(3 * time.Second), day.Add(3*time.Second + 1000)}).Draw(r, label)
	}
	long := func(label string) time.Duration {
		return rapid.SampledFrom([]time.Duration{0, 0, time.Second, 20 * time.Second, time.Minute}).Draw(r, label)
	}
	return calls.Filter{
		From: at("from"), To: at("to"), Extension: text("extension", "1101", "1103", "9"), Room: text("room", "1101", "1103"),
		Number: text("number", "110", "%", "_", "!", `\`, "'", "0138", "BOB_", "8888"),
		Trunk:  text("trunk", "telecom", "nobody"), Direction: calls.Direction(text("direction", "internal", "outbound")),
		Outcome: calls.Outcome(text("outcome", "answered", "busy")), MinTalk: long("min"), MaxTalk: long("max"),
		Monitored: rapid.Bool().Draw(r, "monitored"), Emergency: rapid.IntRange(0, 5).Draw(r, "emergency") == 0, Open: rapid.IntRange(0, 3).Draw(r, "open") == 0,
		Limit: rapid.SampledFrom([]int{0, 1, 2, 7, 60, 1000}).Draw(r, "limit"),
	}
}

// selects is what Filter's fields are documented to mean.
func selects(f calls.Filter, r calls.Record) bool {
	holds := func(s string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(f.Number)) }
	return (f.From.IsZero() || !r.Started.Before(f.From)) && (f.To.IsZero() || r.Started.Before(f.To)) &&
		(f.Extension == "" || r.From.Extension == f.Extension || r.To.Extension == f.Extension) &&
		(f.Room == "" || r.From.Room == f.Room || r.To.Room == f.Room) &&
		(f.Number == "" || holds(r.Dialled) || holds(r.From.Number)) &&
		(f.Trunk == "" || r.Trunk == f.Trunk) && (f.Direction == "" || r.Direction == f.Direction) &&
		(f.Outcome == "" || r.Outcome == f.Outcome) && (r.Talk() >= f.MinTalk) &&
		(f.MaxTalk == 0 || r.Talk() <= f.MaxTalk) && (!f.Monitored || r.Monitored) && (!f.Emergency || r.Emergency) && (!f.Open || r.Ended.IsZero())
}

// selects must know every field of Filter, or the test above is blind to it.
func TestFilterHasNoFieldThatTheTestForgets(t *testing.T) {
	if n := reflect.TypeFor[calls.Filter]().NumField(); n != 15 {
		t.Errorf("calls.Filter has %d fields, the model of it knows 15: teach where, anyFilter and selects", n)
	}
}

func TestFilterIsChecked(t *testing.T) {
	encode := base64.RawURLEncoding.EncodeToString
	bad := map[string][]calls.Filter{
		"after": {{After: "?"}, {After: "AAAA"}, {After: encode([]byte("12"))}, {After: encode([]byte("x c1"))},
			{After: encode([]byte("1 "))}, {After: encode([]byte("1 \xff"))}, {After: encode([]byte("1 a\x00"))},
			{After: encode([]byte("99999999999999999999 c1"))}, {After: "MSBj\n"}, {After: strings.Repeat("A", 4096)}},
		"limit":    {{Limit: -1}, {Limit: maxPage + 1}},
		"min_talk": {{MinTalk: -1}},
		"max_talk": {{MaxTalk: -1}},
		"number":   {{Number: "\xff"}, {Number: "1\x00"}},
		"room":     {{Room: "\xff"}},
	}
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		for field, filters := range bad {
			for _, f := range filters {
				_, _, err := s.Records(ctx, f)
				if !fault.Is(err, fault.Invalid) || !strings.HasPrefix(err.Error(), field+": ") {
					t.Errorf("%+v: got %v, want an error that names %s", f, err, field)
				}
			}
		}
	})
}

func FuzzCursor(f *testing.F) {
	f.Add("MSBjMQ")
	f.Add(cursorAfter(calls.Record{ID: "c 1", Started: day}))
	f.Fuzz(func(t *testing.T, text string) {
		started, id, err := parseCursor(text)
		if err != nil {
			return
		}
		again, id2, err := parseCursor(cursorAfter(calls.Record{ID: calls.CallID(id), Started: started}))
		if err != nil || id2 != id || !again.Equal(started) {
			t.Errorf("%q: %v %q became %v %q, %v", text, started, id, again, id2, err)
		}
	})
}
