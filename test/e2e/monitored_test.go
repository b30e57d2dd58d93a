package e2e_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestInternalCallsOfSelectedExtensions(t *testing.T) {
	h := openHotel(t)
	h.scene("four ways to search, and CSV", monitoredCalls)
}

// talkFor makes a call that is answered and then held for a while.
func (s *scene) talkFor(from, to string, d time.Duration) {
	s.t.Helper()
	out, in := s.connect(from, to, to)
	_, err := out.Level(s.ctx, d)
	s.must(err)
	s.hangUp(out)
	s.ends(in, 200, 16)
	s.record(expected{from: from, dialled: to, to: to, outcome: "answered", cause: 16, by: "caller"})
}

// pairs returns the records that a filter finds as "from>dialled", oldest first.
func (s *scene) pairs(filter string) string {
	s.t.Helper()
	var all []string
	for _, r := range slices.Backward(s.records(filter)) {
		all = append(all, r.From.Number+">"+r.Dialled)
	}
	return strings.Join(all, " ")
}

func monitoredCalls(s *scene) {
	s.api(http.StatusNoContent, http.MethodPut, "/extensions/1103/monitored", object{"on": true}, nil)
	s.talkFor("1102", "8300", 10*time.Millisecond) // security is selected in the demo hotel
	middle := time.Now()
	s.talkFor("8300", "1104", 2100*time.Millisecond)
	s.talkFor("1102", "1104", 10*time.Millisecond)
	s.talkFor("1103", "1102", 10*time.Millisecond)
	s.api(http.StatusNoContent, http.MethodPut, "/extensions/1103/monitored", object{"on": false}, nil)
	s.talkFor("1103", "1104", 10*time.Millisecond)
	at := url.QueryEscape(middle.Format(time.RFC3339Nano))

	want(s, "all internal calls", s.pairs("&direction=internal"), "1102>8300 8300>1104 1102>1104 1103>1102 1103>1104")
	want(s, "of selected extensions", s.pairs("&monitored=true"), "1102>8300 8300>1104 1103>1102")
	want(s, "by extension", s.pairs("&monitored=true&extension=8300"), "1102>8300 8300>1104")
	want(s, "by called number", s.pairs("&monitored=true&number=1104"), "8300>1104")
	want(s, "by duration, at least", s.pairs("&monitored=true&min_talk=2"), "8300>1104")
	want(s, "by duration, at most", s.pairs("&monitored=true&max_talk=1"), "1102>8300 1103>1102")
	want(s, "by date, until", s.pairs("&monitored=true&to="+at), "1102>8300")
	var page struct{ Items []record }
	s.api(http.StatusOK, http.MethodGet, "/calls?monitored=true&from="+at, nil, &page)
	want(s, "by date, from", len(page.Items), 2)

	status, text := s.Raw(s.t, http.MethodGet, "/api/v1/calls.csv?monitored=true&extension=8300&min_talk=2", nil)
	want(s, "CSV status", status, http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))).ReadAll()
	s.must(err)
	if len(rows) != 2 {
		s.t.Fatalf("CSV: %q, want a header and one call", rows)
	}
	for column, value := range map[string]string{
		"from": "8300", "dialled": "1104", "talk_seconds": "2", "outcome": "answered", "cause": "16", "monitored": "true",
		"direction": "internal", "to_room": "1104",
	} {
		i := slices.Index(rows[0], column)
		if i < 0 || rows[1][i] != value {
			s.t.Errorf("CSV column %s: want %s in %q", column, value, rows[1])
		}
	}
}
