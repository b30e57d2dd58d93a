package acd_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/kit/phone"
)

// house is a desk with its exchange on a fake switch.
type house struct {
	t       *testing.T
	sw      *switchtest.Fake
	records *switchtest.Store
	rows    *memory
	x       *calls.Exchange
	desk    *acd.Desk
	seq     int
	seqMu   sync.Mutex
	cancel  context.CancelFunc
	ended   sync.WaitGroup
	off     map[string]bool // phones that are not registered
	offMu   sync.Mutex
	words   bool // the house can speak
	vip     map[string]int
}

// board is the exchange with phones that a test can unplug.
type board struct {
	*calls.Exchange
	h *house
}

func (b board) Online(endpoint string) bool {
	b.h.offMu.Lock()
	defer b.h.offMu.Unlock()
	return !b.h.off[endpoint]
}

// inHouse runs body with a started desk inside a synctest bubble and checks that
// nothing is left behind.
func inHouse(t *testing.T, body func(t *testing.T, h *house)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		h := &house{
			t: t, sw: switchtest.NewFake(time.Now), records: switchtest.NewStore(), rows: newMemory(),
			off: map[string]bool{}, vip: map[string]int{},
		}
		q := acd.DefaultQueue(phone.MustParse("8888"))
		h.rows.queues[q.Name] = q
		for _, op := range []string{"op1", "op2", "op3"} {
			h.sw.Script(op, switchtest.Behaviour{Rings: 2 * time.Second})
		}
		h.start()
		body(t, h)
		h.stop()
	})
}

func (h *house) id() string {
	h.seqMu.Lock()
	defer h.seqMu.Unlock()
	h.seq++
	return fmt.Sprintf("id%04d", h.seq)
}

// start starts a controller.
func (h *house) start() {
	h.t.Helper()
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	s := acd.Settings{
		Store: h.rows, Clock: time.Now, Log: log, NewID: h.id,
		Rings: ringsOf, Record: h.records.Record,
		Guest:    func(p calls.Party) acd.GuestFacts { return acd.GuestFacts{VIP: h.vip[p.Number], Language: "en"} },
		Screened: func(number string) bool { return strings.HasPrefix(number, "bad") },
		Forward: func(ctx context.Context, s *calls.Session, number string) error {
			a, _ := ringsOf(number)
			return s.Connect(ctx, calls.Destination{Attempts: []calls.Attempt{a}})
		},
	}
	if h.words {
		s.Say = func(w acd.Saying) calls.Media {
			return calls.Media{Prompts: []string{fmt.Sprintf("%s-%d-%s", w.What, w.Position, w.Wait)}}
		}
	}
	d, err := acd.Open(h.t.Context(), s)
	if err != nil {
		h.t.Fatal(err)
	}
	h.x = calls.NewExchange(calls.Settings{
		Switch: h.sw, Store: h.records, Guide: guide{h, d}, Clock: time.Now, Log: log, NewID: h.id, Changed: d.Changed,
	})
	d.Switchboard = board{h.x, h}
	h.desk = d
	ctx, cancel := context.WithCancel(h.t.Context())
	h.cancel = cancel
	h.ended.Go(func() { _ = h.x.Run(ctx) })
	h.ended.Go(func() {
		if err := d.Run(ctx); err != nil && !errors.Is(err, errFull) {
			h.t.Error("desk:", err)
		}
	})
	h.rest(300 * time.Millisecond)
}

// stop stops the controller cleanly.
func (h *house) stop() {
	h.t.Helper()
	h.cancel()
	h.ended.Wait()
	if err := h.desk.Flush(context.WithoutCancel(h.t.Context())); err != nil && !errors.Is(err, errFull) {
		h.t.Error("flush:", err)
	}
}

// kill stops it without a chance to write anything more.
func (h *house) kill() {
	h.t.Helper()
	h.rest(300 * time.Millisecond) // what is gathered gets written
	h.rows.wreck(errFull)
	h.records.Fill(errFull)
	h.stop()
	h.rows.wreck(nil)
	h.records.Fill(nil)
}

var errFull = errors.New("disk full")

// ringsOf is the phone of an extension; everybody but x has one.
func ringsOf(extension string) (calls.Attempt, bool) {
	if extension == "" || strings.HasPrefix(extension, "x") {
		return calls.Attempt{}, false
	}
	return calls.Attempt{Time: 20 * time.Second, Rings: []calls.Ring{{Endpoint: extension, Party: party(extension), Keep: true}}}, true
}

func party(endpoint string) calls.Party {
	p := calls.Party{Number: endpoint, Extension: endpoint, Name: "name of " + endpoint}
	if room, is := strings.CutPrefix(endpoint, "g"); is {
		p.Room = room
	}
	if endpoint[0] == '1' { // outside
		p.Extension = ""
	}
	return p
}

type guide struct {
	h *house
	d *acd.Desk
}

func (g guide) Caller(o calls.Offer) (calls.Party, calls.Direction) {
	return party(o.Endpoint), calls.Internal
}

func (g guide) Answer(ctx context.Context, s *calls.Session) error {
	if s.Offer.Dialled == "8888" {
		err := g.d.Answer(ctx, s, "operator")
		if !errors.Is(err, acd.ErrNobody) {
			return err
		}
		s.Note("classic")
		return s.Connect(ctx, to("classic"))
	}
	return s.Connect(ctx, to(s.Offer.Dialled))
}

func (g guide) Resolve(_ *calls.Session, v calls.Diversion) (calls.Destination, error) {
	return to(v.Number), nil
}

func (g guide) Emergency(calls.Record) {}

func to(endpoint string) calls.Destination {
	a, _ := ringsOf(endpoint)
	return calls.Destination{To: party(endpoint), Attempts: []calls.Attempt{a}}
}

func (h *house) rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (h *house) plug(endpoint string, in bool) {
	h.offMu.Lock()
	h.off[endpoint] = !in
	h.offMu.Unlock()
	h.rest(700 * time.Millisecond)
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// signOn seats op1 as li, op2 as wang, op3 as zhao.
func (h *house) signOn(ops ...string) {
	h.t.Helper()
	for _, op := range ops {
		h.ok(h.desk.SignOn(h.t.Context(), who(op), "", op, who(op)))
	}
	h.rest(50 * time.Millisecond)
}

func who(op string) string { return map[string]string{"op1": "li", "op2": "wang", "op3": "zhao"}[op] }

func (h *house) call(from string) calls.LegID {
	leg := h.sw.Call(from, "8888")
	h.rest(100 * time.Millisecond)
	return leg
}

// one returns the only leg of an endpoint.
func (h *house) one(endpoint string) calls.LegID {
	h.t.Helper()
	legs := h.sw.Find(endpoint)
	if len(legs) != 1 {
		h.t.Fatalf("%s has the legs %v, want one", endpoint, legs)
	}
	return legs[0]
}

// talk fails unless the two hear each other.
func (h *house) talk(caller calls.LegID, op string) {
	h.t.Helper()
	if !h.sw.Hear(caller, h.one(op)) {
		h.t.Fatalf("%s and %s do not hear each other", caller, op)
	}
}

func (h *house) state(account string, want acd.WorkState) acd.Seat {
	h.t.Helper()
	h.rest(150 * time.Millisecond)
	b := h.desk.Board()
	i := slices.IndexFunc(b.Seats, func(s acd.Seat) bool { return s.Account == account })
	if i < 0 {
		if want != acd.SignedOff {
			h.t.Fatalf("%s is signed off, want %s", account, want)
		}
		return acd.Seat{}
	}
	if b.Seats[i].State != want {
		h.t.Fatalf("%s is %s, want %s", account, b.Seats[i].State, want)
	}
	return b.Seats[i]
}

// line returns who waits, first to be served first.
func (h *house) line() string {
	h.rest(150 * time.Millisecond)
	var numbers []string
	for _, c := range h.desk.Board().Callers {
		numbers = append(numbers, c.Number)
	}
	return strings.Join(numbers, " ")
}

// visit returns the only visit of a number, or its latest.
func (h *house) visit(number string) acd.Visit {
	h.t.Helper()
	h.rest(500 * time.Millisecond)
	vs := h.visits(number)
	if len(vs) == 0 {
		h.t.Fatalf("no visit of %s", number)
	}
	return vs[0]
}

// visits returns the visits of a number, newest first.
func (h *house) visits(number string) []acd.Visit {
	h.t.Helper()
	vs, _, err := h.rows.Visits(h.t.Context(), acd.VisitFilter{Number: number})
	h.ok(err)
	return vs
}

func (h *house) empty() {
	h.t.Helper()
	h.rest(time.Second)
	if legs, bridges := h.sw.Left(); legs+bridges != 0 {
		h.t.Errorf("%d legs and %d bridges are left", legs, bridges)
	}
	if b := h.desk.Board(); len(b.Callers)+len(b.Parked) != 0 {
		h.t.Errorf("left at the desk: %+v %+v", b.Callers, b.Parked)
	}
}

func (h *house) queue(change func(*acd.Queue)) {
	h.t.Helper()
	q := h.desk.Queues()[0]
	change(&q)
	h.ok(h.desk.PutQueue(h.t.Context(), q, "admin"))
}
