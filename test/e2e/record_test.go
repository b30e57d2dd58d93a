package e2e_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// party, leg and record are the API's.
type party struct {
	Number, Name, Extension, Room, Stay string
}

type leg struct {
	Endpoint, Number, Role   string
	Started, Answered, Ended time.Time
	Cause                    int
}

type record struct {
	ID, Path, Direction, Dialled, Trunk, Outcome string
	From, To                                     party
	Emergency, Monitored                         bool
	Started, Answered, Ended                     time.Time
	Seconds                                      int `json:"talk_seconds"`
	Cause                                        int
	HungUpBy                                     string `json:"hung_up_by"`
	Reasons                                      []string
	Legs                                         []leg
}

// expected is what a record must say; the zero value of a field is compared too,
// but for path (controller), direction (internal) and legs (any).
type expected struct {
	path, direction string
	from, to        string // numbers
	dialled         string
	trunk           string
	outcome         string
	cause           int
	by              string // who hung up
	reason          string // part of one of the reasons
	legs            int
	emergency       bool
}

func (s *scene) decode(text []byte, result any) {
	s.t.Helper()
	if err := json.Unmarshal(text, result); err != nil {
		s.t.Fatalf("%v: %s", err, text)
	}
}

// live lists the calls under way.
func (s *scene) live() []record {
	s.t.Helper()
	var page struct{ Items []record }
	s.api(http.StatusOK, http.MethodGet, "/live-calls", nil, &page)
	return page.Items
}

// records lists the records of this scene.
func (s *scene) records(filter string) []record {
	s.t.Helper()
	var page struct{ Items []record }
	from := url.QueryEscape(s.began.Format(time.RFC3339Nano))
	s.api(http.StatusOK, http.MethodGet, "/calls?from="+from+filter, nil, &page)
	return page.Items
}

// record waits until the call is written down and compares. It is read over the
// API, from the list and by its id.
func (s *scene) record(e expected) record {
	s.t.Helper()
	var found record
	s.Until(s.t, "the record of the call from "+e.from+" to "+e.dialled, func() bool {
		for _, r := range s.records("") {
			alert := len(r.Reasons) > 0 && strings.HasPrefix(r.Reasons[0], "emergency alert") // a call of its own
			if r.From.Number == e.from && r.Dialled == e.dialled && !r.Ended.IsZero() && !alert {
				found = r
				return true
			}
		}
		return false
	})
	var r record
	s.api(http.StatusOK, http.MethodGet, "/calls/"+found.ID, nil, &r)
	s.compare(r, e)
	return r
}

func (s *scene) compare(r record, e expected) {
	s.t.Helper()
	if e.path == "" {
		e.path = "controller"
	}
	if e.direction == "" {
		e.direction = "internal"
	}
	want(s, "record: path", r.Path, e.path)
	want(s, "record: direction", r.Direction, e.direction)
	want(s, "record: to", r.To.Number, e.to)
	want(s, "record: trunk", r.Trunk, e.trunk)
	want(s, "record: outcome", r.Outcome, e.outcome)
	want(s, "record: cause", r.Cause, e.cause)
	want(s, "record: hung up by", r.HungUpBy, e.by)
	want(s, "record: answered", !r.Answered.IsZero(), e.outcome == "answered")
	want(s, "record: emergency", r.Emergency, e.emergency)
	if len(r.Reasons) == 0 || !strings.Contains(strings.Join(r.Reasons, "\n"), e.reason) {
		s.t.Errorf("record: reasons %q, want one with %q", r.Reasons, e.reason)
	}
	if e.legs != 0 && len(r.Legs) != e.legs || len(r.Legs) == 0 {
		s.t.Errorf("record: %d legs, want %d: %+v", len(r.Legs), e.legs, r.Legs)
	}
	for _, l := range r.Legs {
		if l.Ended.IsZero() || l.Ended.Before(l.Started) {
			s.t.Errorf("record: leg %+v has no end", l)
		}
	}
}
