package faults_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/sim/phones"
	"bellhop/test/house"
)

// hotel is a house whose phones are registered once.
type hotel struct {
	*house.House
	phones   map[string]*phones.Phone
	launched time.Time // of the controller, by restart
}

func open(t testing.TB, o house.Options) *hotel {
	t.Helper()
	return &hotel{House: house.Open(t, o), phones: map[string]*phones.Phone{}}
}

// phone returns the phone of an extension, registered.
func (h *hotel) phone(t testing.TB, number string) *phones.Phone {
	t.Helper()
	if h.phones[number] == nil {
		h.phones[number] = h.House.Phone(t, number)
	}
	return h.phones[number]
}

// live lists the calls that the controller has in hand.
func live(t testing.TB, h *hotel) []gen.LiveCall {
	t.Helper()
	var page gen.LiveCallPage
	if status := h.Do(t, http.MethodGet, "/api/v1/live-calls?limit=500", nil, &page); status != http.StatusOK {
		t.Fatalf("live calls: status %d", status)
	}
	return page.Items
}

// records lists all call records that match a query.
func records(t testing.TB, h *hotel, query url.Values) []gen.Call {
	t.Helper()
	var all []gen.Call
	for query.Set("limit", "200"); ; {
		var page gen.CallPage
		if status := h.Do(t, http.MethodGet, "/api/v1/calls?"+query.Encode(), nil, &page); status != http.StatusOK {
			t.Fatalf("calls: status %d", status)
		}
		all = append(all, page.Items...)
		if page.Next == "" {
			return all
		}
		query.Set("after", page.Next)
	}
}

// recordsOf returns the records of a call: who called what. The desk's alert of
// an emergency call, which the hotel places itself, is not one of them.
func recordsOf(t testing.TB, h *hotel, k *talk) []gen.Call {
	t.Helper()
	var mine []gen.Call
	for _, r := range records(t, h, url.Values{"from": {k.started.Add(-2 * time.Second).UTC().Format(time.RFC3339)}}) {
		if r.From.Number == k.from && r.Dialled == k.dialled && !strings.HasPrefix(r.Id, "bh-") && r.Started.Sub(k.started).Abs() < 2*time.Second {
			mine = append(mine, r)
		}
	}
	return mine
}

// exact is how far a record may be from what the phones saw.
const exact = time.Second

// wants is what a record must say beside the times.
type wants struct {
	path, outcome string
	cause         int
}

// checkRecord fails unless there is exactly one closed record of the call, true
// to what the phones saw. It returns the worst deviation.
func checkRecord(t testing.TB, h *hotel, k *talk, w wants) (worst time.Duration) {
	t.Helper()
	name := k.from + " → " + k.dialled
	mine := recordsOf(t, h, k)
	if len(mine) != 1 {
		t.Errorf("%s: %d records, want 1: %+v", name, len(mine), mine)
		return 0
	}
	r := mine[0]
	if r.Path != w.path || string(r.Outcome) != w.outcome || r.Cause != w.cause {
		t.Errorf("%s: path %s, outcome %s, cause %d; want %s, %s, %d (reasons %q)", name, r.Path, r.Outcome, r.Cause, w.path, w.outcome, w.cause, r.Reasons)
	}
	for _, moment := range []struct {
		name      string
		got, seen time.Time
	}{{"started", r.Started, k.started}, {"answered", r.Answered, k.answered}, {"ended", r.Ended, k.ended}} {
		if moment.got.IsZero() != moment.seen.IsZero() {
			t.Errorf("%s: %s %v, the phones saw %v", name, moment.name, moment.got, moment.seen)
			continue
		}
		off := moment.got.Sub(moment.seen).Abs()
		worst = max(worst, off)
		if off > exact {
			t.Errorf("%s: %s is %s off", name, moment.name, off)
		}
	}
	return worst
}

// checkEmpty fails unless nothing is left of any call: no channel, no bridge
// with members, no live call, no open record.
func checkEmpty(t testing.TB, h *hotel) (took time.Duration) {
	t.Helper()
	begun := time.Now()
	var left string
	defer func() {
		if t.Failed() {
			t.Logf("left: %s", left)
		}
	}()
	h.Until(t, "nothing is left of any call", func() bool {
		left = leftovers(t, h)
		return left == ""
	})
	return time.Since(begun)
}

func leftovers(t testing.TB, h *hotel) string {
	t.Helper()
	channels, err := h.PBX.Channels(patience(t))
	try(t, "channels", err)
	var left []string
	for _, c := range channels {
		left = append(left, "channel "+c.Name)
	}
	for id, members := range bridges(t, h) {
		if members > 0 {
			left = append(left, "bridge "+id)
		}
	}
	for _, c := range live(t, h) {
		left = append(left, fmt.Sprintf("live call %s %s", c.Id, c.Phase))
	}
	for _, r := range records(t, h, url.Values{"open": {"true"}}) {
		left = append(left, "open record "+r.Id+" "+r.From.Number+" → "+r.Dialled)
	}
	return strings.Join(left, "; ")
}

// bridges asks the switch how many members each bridge has.
func bridges(t testing.TB, h *hotel) map[string]int {
	t.Helper()
	req, err := http.NewRequestWithContext(patience(t), http.MethodGet, h.PBX.ARIURL+"/bridges", nil)
	try(t, "bridges", err)
	req.SetBasicAuth(h.PBX.ARIUser, h.PBX.ARIPassword)
	res, err := http.DefaultClient.Do(req)
	try(t, "bridges", err)
	defer res.Body.Close()
	var all []struct {
		ID       string   `json:"id"`
		Channels []string `json:"channels"`
	}
	try(t, "bridges", json.NewDecoder(res.Body).Decode(&all))
	members := map[string]int{}
	for _, b := range all {
		members[b.ID] = len(b.Channels)
	}
	return members
}

// remembered waits until the switch has written a phone's registration to disk;
// it does so within a second.
func remembered(t testing.TB, h *hotel, number string) {
	t.Helper()
	c, ok := h.Credential(number)
	db, err := sql.Open("sqlite", filepath.Join(h.PBX.Dir, "state/astdb.sqlite3"))
	try(t, "AstDB", err)
	defer db.Close()
	h.Until(t, "the registration of "+number+" is on disk", func() bool {
		n := 0
		err := db.QueryRow("SELECT count(*) FROM astdb WHERE key LIKE ?", "/registrar/contact/"+c.Endpoint+"%").Scan(&n)
		return ok && err == nil && n > 0
	})
}

// reconciled waits until the controller has read switch and ledger since its start.
func reconciled(t testing.TB, h *hotel) {
	t.Helper()
	h.Until(t, "the controller is in agreement with the switch", func() bool {
		return strings.Contains(h.Said(), "calls: in agreement with the switch")
	})
}

// settled waits until each call has a closed record.
func settled(t testing.TB, h *hotel, talks ...*talk) {
	t.Helper()
	limit := time.After(3 * house.Patience) // a reconciliation comes every 30 s
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		var open []string
		for _, k := range talks {
			if mine := recordsOf(t, h, k); len(mine) == 0 || mine[0].Ended.IsZero() {
				open = append(open, k.from+" → "+k.dialled)
			}
		}
		if len(open) == 0 {
			return
		}
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("no closed record of %s", strings.Join(open, ", "))
		}
	}
}
