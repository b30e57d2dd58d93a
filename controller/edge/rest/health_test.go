package rest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

func TestHealthOverTheWire(t *testing.T) {
	b := newBench(t)
	none := []string{"Authorization", ""}
	b.send("GET", "/healthz", "", none...).is(200)
	b.probes.err = fault.Wrap(errors.New("geheim 10.0.0.5"), fault.Unavailable, "the switch does not answer")
	r := b.send("GET", "/readyz", "", none...).is(503)
	var ready struct {
		Ready bool
		Parts map[string]string
	}
	r.into(&ready)
	if ready.Ready || ready.Parts["database"] != "ok" || ready.Parts["switch"] != "failed" {
		t.Errorf("ready %+v", ready)
	}
	if strings.Contains(string(r.body), "switch does not") {
		t.Error("strangers learn why")
	}
	b.send("GET", "/healthz", "", none...).is(200)
	var status gen.Status
	r = b.send("GET", "/status", "").is(200)
	r.into(&status)
	if status.Ready || len(status.Parts) != 2 || status.Parts[1].Message != "the switch does not answer" || strings.Contains(string(r.body), "geheim") {
		t.Errorf("status %+v", status)
	}
}

func TestHealthIsSharedAndRemembered(t *testing.T) {
	now := epoch
	p := &probes{}
	h := NewHealth(quiet(), func() time.Time { return now }, Probe{"switch", p.check})
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { h.check() })
	}
	wg.Wait()
	if p.asked != 1 {
		t.Errorf("50 askers made %d checks", p.asked)
	}
	p.err = errors.New("gone")
	now = now.Add(probeCache)
	if got := h.check(); got[0].err == nil || p.asked != 2 {
		t.Errorf("after %s: %+v, asked %d", probeCache, got, p.asked)
	}
	now = now.Add(-time.Hour) // clock set back
	if h.check(); p.asked != 3 {
		t.Error("a clock set back froze the answer")
	}
}

func TestProbesAreBounded(t *testing.T) {
	h := NewHealth(quiet(), func() time.Time { return epoch }, Probe{"hangs", func(ctx context.Context) error {
		if _, bounded := ctx.Deadline(); !bounded {
			return nil
		}
		return errors.New("has a deadline")
	}})
	if h.check()[0].err == nil {
		t.Error("a probe may hang for ever")
	}
}

func TestMetrics(t *testing.T) {
	b := newBench(t)
	b.send("GET", "/rooms", "").is(200)
	b.send("GET", "/rooms/none", "").is(404)
	b.send("GET", "/surely/not/here", "").is(404)
	b.send("BREW", "/coffee", "").is(404)
	text := string(b.send("GET", "/metrics", "", "Authorization", "").is(200).body)
	for _, want := range []string{
		`bellhop_http_request_seconds_count{code="200",method="GET",route="/api/v1/rooms"} 1`,
		`bellhop_http_request_seconds_count{code="404",method="GET",route="/api/v1/rooms/:name"} 1`,
		`bellhop_http_request_seconds_count{code="404",method="GET",route="none"} 1`,
		`bellhop_http_request_seconds_count{code="404",method="other",route="none"} 1`,
		`bellhop_switch_command_seconds_count{command="originate"} 3`,
		`bellhop_switch_command_seconds_bucket{command="originate",le="0.001"} 2`,
		`bellhop_switch_command_errors_total{code="not_found",command="originate"} 1`,
		`bellhop_callers_waiting{queue="operator"} 2`, "bellhop_screens 7", "bellhop_calls_live 0", "go_goroutines",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%.3000s", want, text)
		}
	}
	if strings.Contains(text, "coffee") || strings.Contains(text, "surely") {
		t.Error("the figures repeat what was asked")
	}
}

func TestFigures(t *testing.T) {
	b := newBenchWith(t, func(p *Parts) {
		p.Metrics = NewMetrics(Figures{
			SwitchConnected: func() bool { return true }, EventQueue: func() int { return 7 },
			CallsEnded: func() map[string]int { return map[string]int{"answered": 3, "busy": 1} },
			Events:     func() map[string]int { return map[string]int{"handled": 9} },
		})
	})
	text := string(b.send("GET", "/metrics", "").is(200).body)
	for _, want := range []string{
		"bellhop_switch_connected 1", "bellhop_event_queue 7", `bellhop_calls_ended_total{outcome="answered"} 3`,
		`bellhop_calls_ended_total{outcome="busy"} 1`, `bellhop_events_total{type="handled"} 9`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	b = newBenchWith(t, func(p *Parts) { p.Metrics = nil })
	b.send("GET", "/metrics", "").is(404)
}

func TestDocs(t *testing.T) {
	b := newBench(t)
	none := []string{"Authorization", ""}
	page := b.send("GET", "/docs", "", none...).is(200)
	if csp := page.header.Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self'") {
		t.Errorf("policy %q", csp)
	}
	for _, file := range []string{"docs.css", "docs.js"} {
		text := string(b.send("GET", "/docs/"+file, "", none...).is(200).body)
		if !strings.Contains(string(page.body), "/docs/"+file) {
			t.Errorf("the page does not use %s", file)
		}
		if strings.Contains(text, "http://") || strings.Contains(text, "https://") || strings.Contains(text, "innerHTML") {
			t.Errorf("%s leaves the house or writes markup", file)
		}
	}
	b.send("GET", "/docs/..%2Fdocs.go", "", none...).is(404)
	b.send("GET", "/docs/none.js", "", none...).is(404)
	var spec map[string]any
	if err := json.Unmarshal(b.send("GET", "/openapi.json", "", none...).is(200).body, &spec); err != nil || spec["openapi"] != "3.0.3" {
		t.Errorf("openapi.json: %v", err)
	}
}
