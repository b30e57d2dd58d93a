package rest

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"bellhop/controller/access"
	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/edge/store"
	"bellhop/controller/hotel"
	"bellhop/controller/hotel/sheet"
	"bellhop/controller/kit/fault"
	"bellhop/controller/routing"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bench is the API over the real hotel, routing, tokens and SQLite; only the
// live calls, the alerts and the switch are stand-ins.
type bench struct {
	t       testing.TB
	url     string
	store   *store.Store
	house   *hotel.Service
	routes  *routing.Service
	tokens  *access.Tokens
	root    access.Token
	secret  string // with every scope
	live    *exchange
	probes  *probes
	metrics *Metrics
	log     *safeLog
	people
	deskParts
}

var epoch = time.Date(2026, 5, 1, 2, 0, 0, 0, time.UTC) // 10:00 in Shanghai

func newBench(t testing.TB) *bench { return newBenchWith(t, func(*Parts) {}) }

func newBenchWith(t testing.TB, change func(*Parts)) *bench {
	t.Helper()
	now := func() time.Time { return epoch }
	b := &bench{t: t, live: &exchange{}, probes: &probes{}, log: &safeLog{}}
	log := slog.New(slog.NewTextHandler(b.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var err error
	b.store, err = store.Open(t.Context(), store.Settings{Driver: store.SQLite, Path: store.Memory, Log: log, Clock: now})
	must(t, err)
	t.Cleanup(func() { must(t, b.store.Close()) })
	b.fill(now)
	b.metrics = NewMetrics(Figures{
		CallsLive:      func() int { return len(b.live.Live()) },
		CallersWaiting: func() map[string]int { return map[string]int{"operator": 2} },
		Screens:        func() int { return 7 },
		Commands: func() []Command {
			return []Command{{Name: "originate", Count: 3, Errors: map[string]int{"not_found": 1}, Total: time.Second, Under: map[time.Duration]int{time.Millisecond: 2}}}
		},
	})
	parts := Parts{
		Hotel: b.house, Routing: b.routes, Records: b.store, Calls: b.live, Alerts: b.live, Tokens: b.tokens,
		Import: func(ctx context.Context, s *sheet.Sheet, dry bool) (sheet.Report, error) {
			return sheet.Import(ctx, b.house, s, rand.Reader, dry)
		},
		Replies: replies{b.store}, Health: NewHealth(log, now, Probe{"database", b.store.Ping}, Probe{"switch", b.probes.check}),
		Metrics: b.metrics, Log: log, Now: now, Version: "test", Started: epoch,
	}
	b.fillPeople(&parts)
	b.fillDesk(&parts)
	change(&parts)
	h, err := New(parts)
	must(t, err)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	b.url = server.URL
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	return b
}

func (b *bench) fill(now func() time.Time) {
	t, ctx := b.t, b.t.Context()
	t.Helper()
	changes, _, err := hotel.DemoHotel(rand.Reader, epoch)
	must(t, err)
	must(t, b.store.ApplyHotel(ctx, changes))
	b.house, err = hotel.Open(ctx, b.store, now)
	must(t, err)
	b.routes, err = routing.Open(ctx, b.store, now)
	must(t, err)
	_, err = b.routes.Do(ctx, routing.Load("test", routing.DemoData("127.0.0.1:5070", "127.0.0.1:5071", epoch)))
	must(t, err)
	b.tokens = access.New(b.store, now)
	b.root, b.secret, err = b.tokens.Create(ctx, access.Token{Scopes: access.AllScopes()}, "root", access.AllScopes(), time.Time{})
	must(t, err)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// token makes a token with exactly these scopes.
func (b *bench) token(scopes ...access.Scope) string {
	b.t.Helper()
	_, secret, err := b.tokens.Create(b.t.Context(), b.root, "some", scopes, time.Time{})
	must(b.t, err)
	return secret
}

// reply is what came back.
type reply struct {
	t      testing.TB
	what   string
	status int
	header http.Header
	body   []byte
}

// send asks the API; headers come as name, value, name, value.
func (b *bench) send(method, path, body string, headers ...string) reply {
	b.t.Helper()
	if !strings.HasPrefix(path, "/healthz") && !strings.HasPrefix(path, "/readyz") && !strings.HasPrefix(path, "/docs") && path != "/metrics" {
		path = "/api/v1" + path
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, strings.NewReader(body))
	must(b.t, err)
	r.Header.Set("Authorization", "Bearer "+b.secret)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	must(b.t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	must(b.t, err)
	return reply{b.t, method + " " + path, res.StatusCode, res.Header, text}
}

// leave sends a POST with someKey and gives up when ctx ends.
func (b *bench) leave(ctx context.Context, body string) {
	r, err := http.NewRequestWithContext(ctx, "POST", b.url+"/api/v1/devices", strings.NewReader(body))
	if err != nil {
		b.t.Error(err)
		return
	}
	r.Header.Set("Authorization", "Bearer "+b.secret)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(keyHeader, someKey)
	if res, err := http.DefaultClient.Do(r); err == nil {
		res.Body.Close()
		b.t.Error("the client was to leave before the reply")
	}
}

// is checks the status.
func (r reply) is(status int) reply {
	r.t.Helper()
	if r.status != status {
		r.t.Fatalf("%.120s: status %d, want %d: %.500s", r.what, r.status, status, r.body)
	}
	return r
}

// into decodes the body.
func (r reply) into(to any) {
	r.t.Helper()
	if err := json.Unmarshal(r.body, to); err != nil {
		r.t.Fatalf("%s: %v in %.300s", r.what, err, r.body)
	}
}

// problem checks that the reply is a problem with this code and returns it.
func (r reply) problem(code fault.Code) gen.Problem {
	r.t.Helper()
	var p gen.Problem
	r.is(code.Status()).into(&p)
	if ct := r.header.Get("Content-Type"); ct != "application/problem+json" {
		r.t.Errorf("%.120s: Content-Type %q", r.what, ct)
	}
	if string(p.Code) != string(code) || p.Status != r.status || p.Title == "" || p.Detail == "" || p.RequestId == "" {
		r.t.Errorf("%.120s: problem %+v, want code %s", r.what, p, code)
	}
	return p
}

// replies is the adapter that app will have, too.
type replies struct{ *store.Store }

func (r replies) Remember(ctx context.Context, key, scope, print string, now time.Time) (*Reply, error) {
	known, err := r.Store.Remember(ctx, key, scope, print, now)
	return (*Reply)(known), err
}

func (r replies) SaveReply(ctx context.Context, key, scope string, reply Reply) error {
	return r.Store.SaveReply(ctx, key, scope, store.Reply(reply))
}

// exchange stands in for calls.Exchange and the alerts.
type exchange struct {
	mu     sync.Mutex
	live   []calls.Live
	alerts []Alert
	ended  []calls.CallID
	err    error
}

func (x *exchange) Online(endpoint string) bool { return strings.HasPrefix(endpoint, "trunk") }

func (x *exchange) Live() []calls.Live { x.mu.Lock(); defer x.mu.Unlock(); return x.live }

func (x *exchange) Alerts(context.Context) ([]Alert, error) { return x.alerts, x.err }

func (x *exchange) Hangup(_ context.Context, id calls.CallID) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, c := range x.live {
		if c.ID == id {
			x.ended = append(x.ended, id)
			return x.err
		}
	}
	return fault.New(fault.NotFound, "no live call %q", id)
}

// probes fails as told and counts.
type probes struct {
	mu    sync.Mutex
	err   error
	asked int
}

func (p *probes) check(context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	return p.err
}

// safeLog keeps what is logged.
type safeLog struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *safeLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *safeLog) String() string { l.mu.Lock(); defer l.mu.Unlock(); return l.text.String() }

// state is everything that an operation could have changed, as text.
func (b *bench) state() string {
	b.t.Helper()
	ctx := b.t.Context()
	h, err := b.store.LoadHotel(ctx)
	must(b.t, err)
	r, err := b.store.LoadRouting(ctx)
	must(b.t, err)
	k, err := b.store.Tokens(ctx)
	must(b.t, err)
	a, err := b.store.LoadAccess(ctx, epoch)
	must(b.t, err)
	b.live.mu.Lock()
	defer b.live.mu.Unlock()
	return fmt.Sprintf("%+v\n%+v\n%+v\n%+v\n%v", h, r, k, a, b.live.ended)
}
