package calls_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
)

// house is an exchange on a fake switch with a guide that knows a few numbers.
type house struct {
	t      *testing.T
	sw     *switchtest.Fake
	store  *switchtest.Store
	x      *calls.Exchange
	seq    *atomic.Int64
	guide  *guide
	cancel context.CancelFunc
	ended  chan struct{}
	told   chan telling // what Settings.Changed said
}

type telling struct {
	calls.Live
	over bool
}

type guide struct {
	mu     sync.Mutex
	number map[string]calls.Destination
	alerts []calls.Record
	boots  []bool
	desk   desk

	feature calls.Feature
}

func (g *guide) Caller(o calls.Offer) (calls.Party, calls.Direction) {
	return party(o.Endpoint), calls.Internal
}

func (g *guide) Answer(ctx context.Context, s *calls.Session) error {
	if s.Offer.Dialled == "*8" {
		return s.Pickup(ctx, func(calls.Party) bool { return true })
	}
	if s.Offer.Dialled == "desk" {
		return g.desk.run(ctx, s)
	}
	if s.Offer.Dialled == "feature" {
		return g.feature(ctx, s)
	}
	if s.Offer.Dialled == "prompt" {
		return &calls.Reject{Cause: calls.CauseUnallocated, Reason: "no such number", Media: calls.Media{Prompts: []string{"ss-noservice"}}}
	}
	d, err := g.Resolve(s, calls.Diversion{By: s.From, Number: s.Offer.Dialled})
	if err != nil {
		return err
	}
	return s.Connect(ctx, d)
}

func (g *guide) Resolve(_ *calls.Session, v calls.Diversion) (calls.Destination, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	d, ok := g.number[v.Number]
	if !ok {
		return d, &calls.Reject{Cause: calls.CauseUnallocated, Reason: "no such number"}
	}
	return d, nil
}

func (g *guide) Emergency(r calls.Record) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.alerts = append(g.alerts, r)
}

func party(endpoint string) calls.Party {
	return calls.Party{Number: endpoint, Extension: endpoint, Name: "name of " + endpoint}
}

// ring is an attempt on phones that ring together for 20 s.
func ring(endpoints ...string) calls.Attempt {
	a := calls.Attempt{Time: 20 * time.Second, When: calls.WhenAny}
	for _, e := range endpoints {
		a.Rings = append(a.Rings, calls.Ring{Endpoint: e, Party: party(e)})
	}
	return a
}

func line(trunk string) calls.Attempt {
	return calls.Attempt{Trunk: trunk, When: calls.WhenLineFails, Time: 60 * time.Second,
		Rings: []calls.Ring{{Endpoint: trunk, Number: "02161234567", Party: calls.Party{Number: "02161234567"}}}}
}

func to(attempts ...calls.Attempt) calls.Destination {
	return calls.Destination{To: calls.Party{Number: "to"}, Attempts: attempts}
}

// inHouse runs body with a started exchange inside a synctest bubble and checks
// that nothing is left behind.
func inHouse(t *testing.T, body func(t *testing.T, h *house)) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{t: t, sw: switchtest.NewFake(time.Now), store: switchtest.NewStore(), seq: &atomic.Int64{}, told: make(chan telling, 10000), guide: &guide{
			number: map[string]calls.Destination{
				"b":      to(ring("b")),
				"c":      to(ring("c")),
				"d":      to(ring("d")),
				"e":      to(ring("e")),
				"suite":  to(ring("bed", "bath")),
				"out":    to(line("t1"), line("t2")),
				"follow": to(ring("b"), calls.Attempt{When: calls.WhenBusy, Rings: ring("c").Rings, Time: time.Second}),
			},
		}}
		h.start()
		body(t, h)
		h.stop()
	})
}

func (h *house) start() {
	ctx, cancel := context.WithCancel(h.t.Context())
	h.cancel, h.ended = cancel, make(chan struct{})
	h.x = calls.NewExchange(calls.Settings{
		Switch: h.sw, Store: h.store, Guide: h.guide, Clock: time.Now,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Changed: func(l calls.Live, over bool) {
			h.x.Live() // takes every lock: whoever tells must hold none
			h.told <- telling{l, over}
		},
		NewID: func() string { return fmt.Sprintf("id%d", h.seq.Add(1)) },
		Boot: func(_ context.Context, boot bool) error {
			h.guide.mu.Lock()
			defer h.guide.mu.Unlock()
			h.guide.boots = append(h.guide.boots, boot)
			return nil
		},
	})
	go func() {
		defer close(h.ended)
		_ = h.x.Run(ctx)
	}()
	synctest.Wait()
}

// stop ends the controller; calls stay in the switch.
func (h *house) stop() {
	h.cancel()
	<-h.ended
}

// rest lets everything that can happen now happen.
func (h *house) rest(d time.Duration) {
	time.Sleep(d) // synctest time: costs nothing and waits for everybody
	synctest.Wait()
}

func (h *house) record(id calls.LegID) calls.Record {
	h.t.Helper()
	r, err := h.store.Record(h.t.Context(), calls.CallID(id))
	if err != nil {
		h.t.Fatalf("record of %s: %v", id, err)
	}
	return r
}

// empty checks that no leg and no used bridge is left.
func (h *house) empty() {
	h.t.Helper()
	if legs, bridges := h.sw.Left(); legs != 0 || bridges != 0 {
		h.t.Errorf("left behind: %d legs, %d bridges", legs, bridges)
	}
	if st := h.x.Stats(); st.Live != 0 {
		h.t.Errorf("%d sessions left", st.Live)
	}
}

func (h *house) one(endpoint string) calls.LegID {
	h.t.Helper()
	legs := h.sw.Find(endpoint)
	if len(legs) != 1 {
		h.t.Fatalf("%d legs at %s, want 1", len(legs), endpoint)
	}
	return legs[0]
}

func contains(reasons []string, want string) bool {
	return strings.Contains(strings.Join(reasons, "\n"), want)
}
