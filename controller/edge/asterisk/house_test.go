package asterisk

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"bellhop/controller/calls"
	"bellhop/controller/sim/pbx"
	"bellhop/controller/sim/phones"
)

const testRoot = "../../../.bellhop/asterisk"

// patience bounds every wait of these tests.
const patience = 10 * time.Second

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// house is a real Asterisk with provisioned phones a, b and c around it.
type house struct {
	*pbx.Instance
	ctx    context.Context
	sw     *Switch
	prov   *Provisioner
	plan   Plan
	phones map[string]*testPhone
}

// testPhone is a SIP phone that answers as it is told and keeps its last call.
type testPhone struct {
	*phones.Phone
	mu     sync.Mutex
	handle func(context.Context, *phones.Call)
	last   *phones.Call
	rung   chan *phones.Call
}

func newHouse(t *testing.T, name string) *house {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	instance, err := pbx.Start(ctx, pbx.Options{Root: testRoot, Name: fmt.Sprintf("edge-%s-%d", name, os.Getpid())})
	if err != nil {
		t.Fatalf("these tests need a real Asterisk: %v", err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			text, _ := os.ReadFile(instance.LogPath)
			lines := strings.Split(string(text), "\n")
			t.Logf("Asterisk's log ends:\n%s", strings.Join(lines[max(0, len(lines)-30):], "\n"))
		}
		if err := instance.Remove(context.Background()); err != nil {
			t.Error(err)
		}
	})
	h := &house{Instance: instance, ctx: ctx, phones: map[string]*testPhone{}}
	h.sw = h.newSwitch(t)
	h.prov = NewProvisioner(h.sw, instance.BootDir)
	h.plan = Plan{Book: Book{Dial: map[string][]string{}, Emergency: map[string]string{"110": "110"}}}
	for i, name := range []string{"a", "b", "c"} {
		number := fmt.Sprint(1101 + i)
		h.plan.Devices = append(h.plan.Devices, testDevice("phone-"+name, number))
		h.plan.Book.Dial[number] = []string{"phone-" + name}
	}
	if _, err := h.prov.Sync(ctx, h.plan, true); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b", "c"} {
		h.phones[name] = h.newPhone(t, "phone-"+name)
	}
	return h
}

func (h *house) newSwitch(t *testing.T) *Switch {
	t.Helper()
	s, err := New(Options{URL: h.ARIURL, User: h.ARIUser, Password: h.ARIPassword, Log: slog.New(slog.NewTextHandler(testWriter{t}, nil))})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(p []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// secret is the password of every test phone.
const secret = "s3cret"

func testDevice(endpoint, number string) Device {
	sum := md5.Sum([]byte(endpoint + ":bellhop:" + secret))
	return Device{Endpoint: endpoint, HA1: hex.EncodeToString(sum[:]), Realm: "bellhop", Number: number, Name: "客房 " + number, Language: "en"}
}

func (h *house) newPhone(t *testing.T, user string) *testPhone {
	t.Helper()
	p := &testPhone{rung: make(chan *phones.Call, 10)}
	var err error
	p.Phone, err = phones.New(h.ctx, phones.Config{User: user, Secret: secret, Server: h.SIPAddress, Handle: p.ring})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	if err := p.Register(h.ctx); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *testPhone) ring(ctx context.Context, c *phones.Call) {
	p.mu.Lock()
	p.last = c
	handle := p.handle
	p.mu.Unlock()
	select {
	case p.rung <- c:
	default:
	}
	if handle != nil {
		handle(ctx, c)
		return
	}
	_ = c.Answer(ctx) // a caller that gives up meanwhile is no fault
}

// behave sets what the phone does with incoming calls; nil answers at once.
func (p *testPhone) behave(handle func(context.Context, *phones.Call)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.handle = handle
}

// call is the phone's latest call.
func (p *testPhone) call() *phones.Call {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last
}

func (p *testPhone) dial(t *testing.T, ctx context.Context, number string) *phones.Call {
	t.Helper()
	c, err := p.Call(ctx, number)
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	p.last = c
	p.mu.Unlock()
	return c
}

// events collects what a running switch says.
type events struct {
	t    *testing.T
	mu   sync.Mutex
	list []calls.Event
	used []bool
	more chan struct{}
}

// run starts s and returns its events once it is connected. It ends with the test.
func run(t *testing.T, s *Switch) *events {
	t.Helper()
	ev := &events{t: t, more: make(chan struct{}, 1)}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, ev.sink) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	ev.wait(calls.Connected, "")
	return ev
}

func (ev *events) sink(e calls.Event) {
	ev.mu.Lock()
	ev.list, ev.used = append(ev.list, e), append(ev.used, false)
	ev.mu.Unlock()
	select {
	case ev.more <- struct{}{}:
	default:
	}
}

// wait returns the first event of a kind, about a leg if one is named, that was
// not waited for before.
func (ev *events) wait(kind calls.EventKind, leg calls.LegID) calls.Event {
	ev.t.Helper()
	late := time.After(patience)
	for {
		if e, ok := ev.take(kind, leg); ok {
			return e
		}
		select {
		case <-ev.more:
		case <-late:
			ev.t.Fatalf("no event %q for leg %q; seen:\n%s", kind, leg, ev)
		}
	}
}

func (ev *events) take(kind calls.EventKind, leg calls.LegID) (calls.Event, bool) {
	ev.mu.Lock()
	defer ev.mu.Unlock()
	for i, e := range ev.list {
		if !ev.used[i] && e.Kind == kind && (leg == "" || e.Leg == leg) {
			ev.used[i] = true
			return e, true
		}
	}
	return calls.Event{}, false
}

// of lists the kinds of the events about a leg, in order.
func (ev *events) of(leg calls.LegID) []calls.EventKind {
	ev.mu.Lock()
	defer ev.mu.Unlock()
	var kinds []calls.EventKind
	for _, e := range ev.list {
		if e.Leg == leg {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

func (ev *events) String() string {
	ev.mu.Lock()
	defer ev.mu.Unlock()
	var b strings.Builder
	for _, e := range ev.list {
		fmt.Fprintf(&b, "%+v\n", e)
	}
	return b.String()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ringOnly rings and never answers.
func ringOnly(_ context.Context, c *phones.Call) { _ = c.Ring() }
