package rest

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

func record(i int) calls.Record {
	start := epoch.Add(time.Duration(i) * time.Minute)
	return calls.Record{
		ID: calls.CallID(fmt.Sprintf("c%04d.1", i)), Path: calls.PathController, Direction: calls.Outbound,
		From: calls.Party{Number: "1206", Name: "=HYPERLINK(1)", Extension: "1206", Room: "1206"}, Dialled: "+8613800138000",
		Trunk: "unicom", Started: start, Answered: start.Add(5 * time.Second), Ended: start.Add(65 * time.Second),
		Outcome: calls.OutcomeAnswered, Cause: calls.CauseNormal, Reasons: []string{"route: r1", "class: mobile"},
		Legs: []calls.Leg{{ID: calls.LegID(fmt.Sprintf("l%d", i)), Role: "caller", Started: start}},
	}
}

func (b *bench) records(n int) {
	b.t.Helper()
	var rs []calls.Record
	for i := range n {
		rs = append(rs, record(i))
	}
	must(b.t, b.store.SaveRecords(b.t.Context(), rs))
}

func TestCallRecords(t *testing.T) {
	b := newBench(t)
	b.records(25)
	var page gen.CallPage
	b.send("GET", "/calls?limit=10&room=1206&outcome=answered&min_talk=60", "").is(200).into(&page)
	if len(page.Items) != 10 || page.Next == "" || page.Items[0].Id != "c0024.1" || page.Items[0].TalkSeconds != 60 {
		t.Fatalf("%d items, next %q, first %+v", len(page.Items), page.Next, page.Items[0])
	}
	b.send("GET", "/calls?limit=10&room=1206&outcome=answered&min_talk=60&after="+page.Next, "").is(200).into(&page)
	if page.Items[0].Id != "c0014.1" {
		t.Errorf("second page begins with %s", page.Items[0].Id)
	}
	var one gen.Call
	b.send("GET", "/calls/c0003.1", "").is(200).into(&one)
	if len(one.Legs) != 1 || one.CauseText != "16 normal clearing" || len(one.Reasons) != 2 {
		t.Errorf("record %+v", one)
	}
	b.send("GET", "/calls/none", "").problem(fault.NotFound)
	b.send("GET", "/calls?from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z", "").problem(fault.Invalid)
	b.send("GET", "/calls?from=yesterday", "").problem(fault.Invalid)
	b.send("GET", "/calls?min_talk=60&max_talk=5", "").problem(fault.Invalid)
	b.send("GET", "/calls?direction=sideways", "").problem(fault.Invalid)
	b.send("GET", "/calls?after=rubbish", "").problem(fault.Invalid)
	b.send("GET", "/calls?from="+epoch.Add(10*time.Minute).Format(time.RFC3339)+"&to="+epoch.Add(12*time.Minute).Format(time.RFC3339), "").is(200).into(&page)
	if len(page.Items) != 2 {
		t.Errorf("%d calls in two minutes, want 2", len(page.Items))
	}
}

func TestCallsAsCSV(t *testing.T) {
	b := newBench(t)
	b.records(exportPage + 20) // more than one page of the store
	out := b.send("GET", "/calls.csv?trunk=unicom", "").is(200)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(out.body), "\ufeff"))).ReadAll()
	must(t, err)
	if len(rows) != exportPage+21 {
		t.Fatalf("%d rows, want %d", len(rows), exportPage+21)
	}
	last := rows[len(rows)-1]
	if last[0] != "c0000.1" || last[1] != "2026-05-01 10:00:00" || last[7] != "'=HYPERLINK(1)" || last[9] != "+8613800138000" {
		t.Errorf("row %q: times in the hotel's zone, formulas disarmed, numbers as they are", last)
	}
}

// faultyRecords fails from the second page on.
type faultyRecords struct{ inner Records }

func (f faultyRecords) Records(ctx context.Context, q calls.Filter) ([]calls.Record, string, error) {
	if q.After != "" {
		return nil, "", errors.New("disk on fire")
	}
	return f.inner.Records(ctx, q)
}

func (f faultyRecords) Record(ctx context.Context, id calls.CallID) (calls.Record, error) {
	return f.inner.Record(ctx, id)
}

func TestBrokenExportIsNotTakenForWhole(t *testing.T) {
	b := newBenchWith(t, func(p *Parts) { p.Records = faultyRecords{p.Records} })
	b.records(exportPage + 1)
	r, err := http.NewRequestWithContext(t.Context(), "GET", b.url+"/api/v1/calls.csv", nil)
	must(t, err)
	r.Header.Set("Authorization", "Bearer "+b.secret)
	res, err := http.DefaultClient.Do(r)
	must(t, err)
	defer res.Body.Close()
	if _, err := io.ReadAll(res.Body); err == nil {
		t.Error("half an export ended like a whole one")
	}
	if !strings.Contains(b.log.String(), "disk on fire") {
		t.Error("the reason is not in the log")
	}
}

func TestLiveCallsAndAlerts(t *testing.T) {
	b := newBench(t)
	b.live.live = []calls.Live{{Record: record(1), Phase: "talking"}, {Record: record(2), Phase: "ringing"}}
	b.live.alerts = []Alert{{Call: "old", At: epoch, Dialled: "110"}, {Call: "new", At: epoch.Add(time.Hour), Dialled: "119", Guest: "王"}}
	var live gen.LiveCallPage
	b.send("GET", "/live-calls?limit=1", "").is(200).into(&live)
	if len(live.Items) != 1 || live.Items[0].Phase != "talking" || live.Next == "" {
		t.Errorf("live %+v", live)
	}
	b.send("GET", "/live-calls?after="+live.Next, "").is(200).into(&live)
	if len(live.Items) != 1 || live.Items[0].Phase != "ringing" {
		t.Errorf("second page %+v", live)
	}
	b.send("DELETE", "/live-calls/c0001.1", "").is(204)
	b.send("DELETE", "/live-calls/none", "").problem(fault.NotFound)
	if len(b.live.ended) != 1 {
		t.Errorf("hung up %v", b.live.ended)
	}
	b.live.err = fault.Wrap(errors.New("dial tcp 10.0.0.5:8088"), fault.Unavailable, "the switch does not answer")
	p := b.send("DELETE", "/live-calls/c0001.1", "").problem(fault.Unavailable)
	if strings.Contains(p.Detail, "10.0.0.5") {
		t.Errorf("internals leave: %s", p.Detail)
	}
	b.live.err = nil
	var alerts gen.AlertPage
	b.send("GET", "/alerts", "").is(200).into(&alerts)
	if len(alerts.Items) != 2 || alerts.Items[0].Id != "new" || alerts.Items[0].Guest != "王" {
		t.Errorf("alerts %+v, want the newest first", alerts.Items)
	}
}
