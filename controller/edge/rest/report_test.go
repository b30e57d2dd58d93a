package rest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"context"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// fillReport puts a morning into the rows. The clock is at 10:00 in the hotel; by
// hand: five calls, one of them through two queues.
//
//	09:31 c1 operator      answered after 10 s, talk 60, hold 10, wrap-up 5
//	09:35 c2 operator      answered after 30 s, talk 120, passed on
//	09:40 c3 operator      gone after 3 s: short
//	09:50 c4 operator      gone after 40 s
//	09:55 c5 operator      60 s, then on to reservations: answered there, 70 s in all, talk 30
func fillReport(h house) {
	at := func(minute, second int) time.Time {
		return epoch.Add(-time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second)
	}
	visit := func(id, call, queue string, entered time.Time, wait int, how acd.Leaving, account string, talk, hold, wrap int) acd.Visit {
		return acd.Visit{
			ID: id, Call: call, Queue: queue, Number: "1380000" + call, Name: "=1+1", Entered: entered, Left: entered.Add(span(wait)), How: how,
			Account: account, Talk: span(talk), Hold: span(hold), WrapUp: span(wrap), Transferred: id == "v2",
		}
	}
	must(h.t, h.desk.PutQueue(h.t.Context(), acd.Queue{
		Name: "reservations", Members: []string{h.otherID}, Target: acd.Target{Within: 20 * time.Second, Share: 0.8, Short: 5 * time.Second, Formula: acd.FormulaStrict},
	}, "test"))
	must(h.t, h.store.PutVisits(h.t.Context(),
		visit("v1", "c1", "operator", at(31, 0), 10, acd.Answered, h.opID, 60, 10, 5),
		visit("v2", "c2", "operator", at(35, 0), 30, acd.Answered, h.opID, 120, 0, 0),
		visit("v3", "c3", "operator", at(40, 0), 3, acd.Abandoned, "", 0, 0, 0),
		visit("v4", "c4", "operator", at(50, 0), 40, acd.Abandoned, "", 0, 0, 0),
		visit("v5", "c5", "operator", at(55, 0), 60, acd.Flowed, "", 0, 0, 0),
		visit("v6", "c5", "reservations", at(56, 0), 10, acd.Answered, h.otherID, 30, 0, 0),
		visit("old", "c0", "operator", at(31, 0).AddDate(0, 0, -2), 10, acd.Answered, h.opID, 1, 0, 0)))
	must(h.t, h.store.PutSpans(h.t.Context(),
		acd.Span{ID: "s1", Account: h.opID, State: acd.Ready, Begin: at(0, 0), End: at(30, 0)},
		acd.Span{ID: "s2", Account: h.opID, State: acd.Talking, Begin: at(30, 0), End: at(40, 0)},
		acd.Span{ID: "s3", Account: h.opID, State: acd.Paused, Reason: "午餐", Begin: at(40, 0)}, // goes on: 20 min until now
		acd.Span{ID: "s4", Account: h.otherID, State: acd.SignedOff, Begin: at(0, 0), End: at(10, 0)}))
}

func TestDeskReport(t *testing.T) {
	h := newHouse(newBench(t))
	fillReport(h)
	var r gen.DeskReport
	h.boss.send("GET", "/reports/desk?queue=operator", "").is(200).into(&r)
	f := r.Total
	// N = 2 + 2 + 1; SL-1 = 1 / (2 + 2 - 1); ABA = (2 - 1) / (5 - 1); ASA = 40 / 2; AHT = 195 / 2
	if f.Offered != 5 || f.Answered != 2 || f.AnsweredInTarget != 1 || f.Abandoned != 2 || f.ShortAbandoned != 1 || f.Overflowed != 1 || f.Transfers != 1 ||
		!near(f.ServiceLevel, 1.0/3) || !near(f.AbandonRate, 0.25) || !near(f.RawAbandonRate, 0.4) || !near(f.AnswerRate, 0.4) ||
		f.AsaSeconds != 20 || f.AhtSeconds != 97.5 || f.LongestWaitSeconds != 60 || f.MedianWaitSeconds != 10 || f.P95WaitSeconds != 30 || f.TalkSeconds != 180 {
		t.Errorf("operator: %+v", f)
	}
	if !strings.Contains(r.Formula, "answered within 12") || r.Target.WithinSeconds != 12 || r.Target.Share != 0.9 {
		t.Errorf("formula %q, target %+v", r.Formula, r.Target)
	}
	if len(r.Intervals) != 1 || !r.Intervals[0].From.Equal(epoch.Add(-30*time.Minute)) || r.Intervals[0].Figures.Offered != 5 {
		t.Errorf("intervals %+v", r.Intervals)
	}
	if !r.From.Equal(time.Date(2026, 4, 30, 16, 0, 0, 0, time.UTC)) || !r.To.Equal(epoch) {
		t.Errorf("period %s to %s, want the local day so far", r.From, r.To)
	}
	h.boss.send("GET", "/reports/desk?interval_minutes=10", "").is(200).into(&r)
	// Over both queues c5 counts once, as answered after 70 s.
	if f := r.Total; f.Offered != 5 || f.Answered != 3 || f.Overflowed != 0 || f.LongestWaitSeconds != 70 || f.TalkSeconds != 210 {
		t.Errorf("overall: %+v", f)
	}
	if r.Target.WithinSeconds != 12 || r.Target.Formula != "at/(a+b-s)" {
		t.Errorf("queues with different targets are measured by the hotel's: %+v", r.Target)
	}
	if len(r.Intervals) != 3 || r.Intervals[0].Figures.Offered != 2 || r.Intervals[1].Figures.Offered != 1 || r.Intervals[2].Figures.Offered != 2 {
		t.Errorf("intervals %+v", r.Intervals)
	}
	h.boss.send("GET", "/reports/desk?queue=reservations", "").is(200).into(&r)
	if r.Target.WithinSeconds != 20 || !near(r.Total.ServiceLevel, 1) || r.Total.Offered != 1 {
		t.Errorf("reservations: %+v %+v", r.Target, r.Total)
	}
}

func near(got *float64, want float64) bool { return got != nil && math.Abs(*got-want) < 1e-9 }

func TestNothingIsNotNought(t *testing.T) {
	h := newHouse(newBench(t))
	text := string(h.boss.send("GET", "/reports/desk", "").is(200).body)
	for _, want := range []string{`"service_level":null`, `"abandon_rate":null`, `"answer_rate":null`, `"offered":0`, `"intervals":[]`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	must(t, h.store.PutVisits(t.Context(), acd.Visit{ID: "v", Call: "c", Queue: "operator", Entered: epoch.Add(-time.Hour), Left: epoch.Add(-time.Minute), How: acd.Answered, Account: h.opID}))
	if text := string(h.boss.send("GET", "/reports/desk", "").is(200).body); !strings.Contains(text, `"service_level":0,`) {
		t.Errorf("nobody in time is nought: %s", text)
	}
}

func TestAgentReport(t *testing.T) {
	h := newHouse(newBench(t))
	fillReport(h)
	var r gen.AgentReport
	h.boss.send("GET", "/reports/agents", "").is(200).into(&r)
	byName := map[string]gen.AgentFigures{}
	for _, a := range r.Items {
		byName[a.Name] = a
	}
	li, wang := byName["Operator Li"], byName["Operator Wang"]
	// occupancy = 600 / (600 + 1800)
	if li.Figures.Answered != 2 || li.Figures.AhtSeconds != 97.5 || li.SignedOnSeconds != 3600 || li.States["ready"] != 1800 ||
		li.States["talking"] != 600 || li.States["paused"] != 1200 || li.Pauses["午餐"] != 1200 || !near(li.Occupancy, 0.25) {
		t.Errorf("Li: %+v", li)
	}
	if wang.Figures.Answered != 1 || wang.SignedOnSeconds != 0 || wang.Occupancy != nil || wang.Pauses == nil {
		t.Errorf("Wang: %+v", wang)
	}
	if len(r.Items) != 2 || r.Formula == "" {
		t.Errorf("report %+v", r)
	}
	h.boss.send("GET", "/reports/agents?queue=reservations", "").is(200).into(&r)
	if len(r.Items) != 1 || r.Items[0].Account != h.otherID {
		t.Errorf("of one queue: %+v", r.Items)
	}
}

func TestReportsAreBounded(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	fillReport(h)
	for query, field := range map[string]string{
		"/reports/desk?from=2025-01-01T00:00:00Z&to=2026-05-01T00:00:00Z":                      "from",
		"/reports/desk?from=2026-05-01T00:00:00Z&to=2026-05-01T00:00:00Z":                      "to",
		"/reports/desk?from=2026-06-01T00:00:00Z":                                              "to",
		"/reports/desk?from=2025-05-01T00:00:00Z&interval_minutes=5":                           "interval_minutes",
		"/reports/desk?interval_minutes=1":                                                     "interval_minutes",
		"/reports/agents?from=yesterday":                                                       "from",
		"/reports/desk.pdf":                                                                    "file",
		"/reports/agents.csv?from=2025-01-01T00:00:00Z&to=2026-05-01T00:00:00Z&queue=operator": "from",
	} {
		if p := h.boss.send("GET", query, "").problem(fault.Invalid); p.Field != field {
			t.Errorf("%s: field %q (%s), want %q", query, p.Field, p.Detail, field)
		}
	}
	h.boss.send("GET", "/reports/desk?queue=none", "").problem(fault.NotFound)
	h.op.send("GET", "/reports/desk", "").problem(fault.Forbidden)
	far := b.asPerson(access.Person{Login: "far", Name: "far", Roles: []access.Role{access.RoleManager}, Reach: access.Reach{Queues: []string{"reservations"}}})
	far.send("GET", "/reports/desk?queue=operator", "").problem(fault.Forbidden)
	var r gen.DeskReport
	far.send("GET", "/reports/desk", "").is(200).into(&r)
	if r.Total.Offered != 1 || r.Target.WithinSeconds != 20 {
		t.Errorf("within reach: %+v %+v", r.Total, r.Target)
	}
	var a gen.AgentReport
	far.send("GET", "/reports/agents", "").is(200).into(&a)
	if len(a.Items) != 1 || a.Items[0].Account != h.otherID {
		t.Errorf("agents within reach: %+v", a.Items)
	}
}

func readCSV(t *testing.T, r reply) [][]string {
	t.Helper()
	text, bom := bytes.CutPrefix(r.is(200).body, []byte("\ufeff"))
	if !bom {
		t.Error("no sign of UTF-8")
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	must(t, err)
	return rows
}

func TestReportsAsCSV(t *testing.T) {
	h := newHouse(newBench(t))
	fillReport(h)
	r := h.boss.send("GET", "/reports/desk.csv?queue=operator", "", "Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5")
	rows := readCSV(t, r)
	if got := r.header.Get("Content-Disposition"); got != `attachment; filename="desk_2026-05-01_2026-05-01.csv"` || !strings.HasPrefix(r.header.Get("Content-Type"), "text/csv") {
		t.Errorf("%s, %s", got, r.header.Get("Content-Type"))
	}
	if len(rows) != 3 || rows[0][3] != "呼入" || rows[1][1] != "2026-05-01 09:30:00" || rows[2][0] != "合计" || rows[2][3] != "5" || rows[2][12] != "0.3333" {
		t.Errorf("rows %q", rows)
	}
	rows = readCSV(t, h.boss.send("GET", "/reports/agents.csv", "", "Accept-Language", "fr, en"))
	if len(rows) != 3 || rows[0][1] != "name" {
		t.Errorf("rows %q", rows)
	}
	rows = readCSV(t, h.boss.send("GET", "/reports/visits.csv?queue=operator", ""))
	if len(rows) != 6 || rows[1][5] != "overflow" || rows[5][8] != "'=1+1" || rows[5][11] != "Operator Li" || rows[5][3] != "2026-05-01 09:31:00" {
		t.Errorf("rows %q", rows)
	}
}

func TestReportsAsXLSX(t *testing.T) {
	h := newHouse(newBench(t))
	fillReport(h)
	for file, lines := range map[string]int{"desk.xlsx": 3, "agents.xlsx": 3, "visits.xlsx": 7} {
		r := h.boss.send("GET", "/reports/"+file, "", "Accept-Language", "zh").is(200)
		if r.header.Get("Content-Type") != contentType("xlsx") {
			t.Errorf("%s: %s", file, r.header.Get("Content-Type"))
		}
		book, err := excelize.OpenReader(bytes.NewReader(r.body))
		must(t, err)
		rows, err := book.GetRows(book.GetSheetName(0))
		must(t, err)
		if len(rows) != lines {
			t.Errorf("%s: %d rows, want %d: %q", file, len(rows), lines, rows)
		}
		if file == "visits.xlsx" {
			formula, err := book.GetCellFormula(book.GetSheetName(0), "I2")
			must(t, err)
			if rows[1][8] != "=1+1" || formula != "" || rows[1][3] != "2026-05-01 09:56:00" || rows[0][5] != "结果" {
				t.Errorf("text is text: %q, formula %q", rows[1], formula)
			}
		}
		must(t, book.Close())
	}
}

// brokenRows fail, at once or from the second page on.
type brokenRows struct {
	DeskRows
	after int
}

func (b *brokenRows) Visits(ctx context.Context, f acd.VisitFilter) ([]acd.Visit, string, error) {
	if b.after--; b.after < 0 {
		return nil, "", errors.New("disk on fire")
	}
	visits, _, err := b.DeskRows.Visits(ctx, f)
	return visits, "more", err
}

func TestBrokenReportIsAProblemOrCutOff(t *testing.T) {
	rows := &brokenRows{}
	b := newBenchWith(t, func(p *Parts) { rows.DeskRows, p.DeskRows = p.DeskRows, rows })
	h := newHouse(b)
	for _, file := range []string{"desk", "desk.csv", "agents.xlsx", "visits.csv", "visits.xlsx"} {
		r := h.boss.send("GET", "/reports/"+file, "")
		r.problem(fault.Internal)
		if strings.Contains(string(r.body), "fire") || r.header.Get("Content-Disposition") != "" {
			t.Errorf("%s: %s %s", file, r.body, r.header)
		}
	}
	var many []acd.Visit
	for i := range 900 {
		many = append(many, acd.Visit{ID: "v" + strings.Repeat("x", 90) + string(rune('a'+i%26)) + time.Duration(i).String(), Queue: "operator", Entered: epoch.Add(-time.Minute)})
	}
	must(t, b.store.PutVisits(t.Context(), many...))
	rows.after = 1 // more than a buffer is out when the second page fails
	req, err := http.NewRequestWithContext(t.Context(), "GET", b.url+"/api/v1/reports/visits.csv", nil)
	must(t, err)
	req.Header.Set("Cookie", h.boss.cookie)
	res, err := http.DefaultClient.Do(req)
	must(t, err)
	defer res.Body.Close()
	if _, err := new(bytes.Buffer).ReadFrom(res.Body); err == nil {
		t.Error("half a file ended like a whole one")
	}
}
