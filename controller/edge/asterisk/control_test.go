package asterisk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/sim/phones"
)

// control is an exchange on a real switch, with a desk that the tests drive:
// 4711 is the desk, whose only phone is b; all other numbers lead to their phone.
type control struct {
	*house
	t       *testing.T
	x       *calls.Exchange
	seq     atomic.Int64
	store   *switchtest.Store
	stop    func()
	changed chan struct{}
	wakes   chan struct{}
	parts   chan calls.Part
}

func newControl(t *testing.T, name string) *control {
	c := &control{house: newHouse(t, name), t: t, changed: make(chan struct{}, 10000), parts: make(chan calls.Part, 10), wakes: make(chan struct{}), store: switchtest.NewStore()}
	c.start()
	t.Cleanup(func() { c.stop() })
	return c
}

// start runs a controller until stop.
func (c *control) start() {
	c.sw = c.newSwitch(c.t)
	c.x = calls.NewExchange(calls.Settings{
		Switch: c.sw, Store: c.store, Guide: c, Clock: time.Now, Log: slog.New(slog.NewTextHandler(testWriter{c.t}, nil)),
		NewID:   func() string { return fmt.Sprintf("ctl%d", c.seq.Add(1)) },
		Changed: func(calls.Live, bool) { c.changed <- struct{}{} },
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- c.x.Run(ctx) }()
	c.stop = func() {
		cancel()
		<-done
	}
	late := time.Now().Add(patience)
	for c.x.Stats().Online < 3 {
		if time.Now().After(late) {
			c.t.Fatal("the phones do not come online")
		}
	}
}

func (c *control) Caller(o calls.Offer) (calls.Party, calls.Direction) {
	numbers := map[string]string{"phone-a": "1101", "phone-b": "1102", "phone-c": "1103"}
	return calls.Party{Number: numbers[o.Endpoint], Extension: numbers[o.Endpoint]}, calls.Internal
}

func (c *control) Emergency(calls.Record) {}

func (c *control) ring(number string) calls.Attempt {
	phone := map[string]string{"1101": "phone-a", "1102": "phone-b", "1103": "phone-c"}[number]
	p, _ := c.Caller(calls.Offer{Endpoint: phone})
	return calls.Attempt{Time: 5 * time.Second, Rings: []calls.Ring{{Endpoint: phone, Party: p, Keep: true}}}
}

func (c *control) Resolve(_ *calls.Session, d calls.Diversion) (calls.Destination, error) {
	return calls.Destination{Attempts: []calls.Attempt{c.ring(d.Number)}}, nil
}

func (c *control) Answer(ctx context.Context, s *calls.Session) error {
	if s.Offer.Dialled != "4711" {
		d, _ := c.Resolve(s, calls.Diversion{Number: s.Offer.Dialled})
		return s.Connect(ctx, d)
	}
	if err := s.Answer(ctx); err != nil {
		return err
	}
	for {
		if err := s.Await(ctx, calls.PhaseQueued, `{"queue":"主"}`, true, c.wakes); err != nil {
			return err
		}
		v, err := s.Serve(ctx, c.ring("1102"), nil)
		if _, unreached := errors.AsType[*calls.Unreached](err); unreached {
			continue
		}
		if err == nil {
			c.parts <- v.Part
		}
		if err != nil || v.Part == calls.PartOver || v.Part == calls.PartMoved {
			return err
		}
	}
}

// until waits until a live call is as it should be.
func (c *control) until(what string, ok func(calls.Live) bool) calls.Live {
	c.t.Helper()
	late := time.After(patience)
	for {
		for _, l := range c.x.Live() {
			if ok(l) {
				return l
			}
		}
		select {
		case <-c.changed:
		case <-late:
			c.t.Fatalf("not so: %s; live %+v", what, c.x.Live())
		}
	}
}

func (c *control) phase(p calls.Phase) calls.Live {
	c.t.Helper()
	return c.until("phase "+string(p), func(l calls.Live) bool { return l.Phase == p })
}

func (c *control) do(id calls.CallID, v calls.Verb) {
	c.t.Helper()
	must(c.t, c.x.Do(c.ctx, id, v))
}

func (c *control) hear(one, two string) {
	c.t.Helper()
	hear(c.t, c.ctx, c.phones[one].call(), c.phones[two].call())
}

// music fails the test unless a phone hears something that nobody says.
func (c *control) music(phone string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	for {
		level, err := c.phones[phone].call().Level(ctx, 300*time.Millisecond)
		must(c.t, err)
		if level > -60 {
			return
		}
	}
}

func (c *control) watch(how calls.Monitor) calls.Verb {
	return calls.Watch("1102", c.ring("1103"), how, true)
}

func TestCallControlOnARealSwitch(t *testing.T) {
	t.Parallel()
	c := newControl(t, "control")
	c.phones["a"].dial(t, c.ctx, "4711")
	id := c.phase(calls.PhaseQueued).ID
	c.music("a")
	c.wakes <- struct{}{}
	c.phase(calls.PhaseTalking)
	c.hear("a", "b")
	if got := c.phones["b"].call().Header(calls.HeaderCall); len(got) != 1 || got[0] != string(id) {
		t.Errorf("%s: %q", calls.HeaderCall, got)
	}
	c.do(id, calls.Hold("1102"))
	c.music("a")
	must(t, c.phones["b"].call().WaitSilence(c.ctx, 200*time.Millisecond))
	c.do(id, calls.Retrieve("1102"))
	c.hear("a", "b")

	b := bench{house: c.house}
	c.do(id, c.watch(calls.MonitorListen))
	c.until("the supervisor listens", func(l calls.Live) bool { return len(l.Parties) == 3 && l.Parties[2].Up })
	if got := c.phones["c"].call().Header("Call-Info"); len(got) != 1 || got[0] != "<sip:bellhop>;answer-after=0" {
		t.Errorf("Call-Info: %q", got)
	}
	b.Listens(t, "c", "a")
	b.Listens(t, "c", "b")
	c.do(id, c.watch(calls.MonitorWhisper))
	c.hear("c", "b")
	b.Listens(t, "c", "a")
	c.do(id, c.watch(calls.MonitorBarge))
	c.hear("c", "a")
	c.hear("c", "b")
	c.do(id, c.watch(calls.MonitorListen))
	b.Listens(t, "c", "a")
	c.do(id, c.watch(calls.MonitorOff))
	c.hear("a", "b")

	must(t, c.phones["b"].call().Hangup(c.ctx)) // as a page that is loaded again
	if p := <-c.parts; p != calls.PartLost {
		t.Errorf("part %s", p)
	}
	c.music("a")
	c.wakes <- struct{}{}
	c.phase(calls.PhaseTalking)
	c.hear("a", "b")
	c.do(id, calls.SendTo("1102", "1103"))
	c.until("b is free", func(l calls.Live) bool { return l.Phase == calls.PhaseTalking && l.To.Extension == "1103" })
	c.hear("a", "c")
	must(t, c.phones["a"].call().Hangup(c.ctx))
	if p := <-c.parts; p != calls.PartMoved {
		t.Errorf("part %s", p)
	}
	c.empty(t)
}

func TestConferenceOnARealSwitch(t *testing.T) {
	t.Parallel()
	c := newControl(t, "conference")
	c.phones["a"].dial(t, c.ctx, "1102")
	first := c.phase(calls.PhaseTalking).ID
	c.hear("a", "b")
	held := c.phones["b"].call()
	c.do(first, calls.Hold("1102"))
	second, err := c.x.Dial(c.ctx, c.ring("1102"), "1103")
	must(t, err)
	c.until("the second call talks", func(l calls.Live) bool { return l.ID == second && l.Phase == calls.PhaseTalking })
	c.hear("b", "c")
	c.music("a")
	c.do(first, calls.Confer("1102", second))
	c.phones["b"].mu.Lock()
	c.phones["b"].last = held
	c.phones["b"].mu.Unlock()
	c.hear("a", "c")
	c.hear("a", "b")
	c.hear("b", "c")
	c.do(first, calls.Release("1102"))
	c.hear("a", "c")
	c.phones["b"].behave(func(ctx context.Context, call *phones.Call) { _ = call.Answer(ctx) })
	c.do(first, calls.Invite("1101", []string{"1102"}))
	c.until("b is back", func(l calls.Live) bool { return len(l.Parties) == 3 && l.Parties[2].Up })
	c.hear("b", "c")
	must(t, c.x.Hangup(c.ctx, first))
	c.empty(t)
}

func TestSupervisedHoldSurvivesTheController(t *testing.T) {
	t.Parallel()
	c := newControl(t, "supervised")
	c.phones["a"].dial(t, c.ctx, "4711")
	id := c.phase(calls.PhaseQueued).ID
	c.wakes <- struct{}{}
	c.phase(calls.PhaseTalking)
	c.do(id, c.watch(calls.MonitorListen))
	c.until("the supervisor listens", func(l calls.Live) bool { return len(l.Parties) == 3 && l.Parties[2].Up })
	bench{house: c.house}.Listens(t, "c", "a")
	c.do(id, calls.Hold("1102"))
	c.stop()
	c.start()
	c.phase(calls.PhaseHeld)
	select {
	case <-c.phones["c"].call().Done():
	case <-time.After(patience):
		t.Error("the supervisor listens on")
	}
	c.music("a")
	c.do(id, calls.Retrieve("1102"))
	c.hear("a", "b")
	must(t, c.phones["b"].call().Hangup(c.ctx)) // as a page that is loaded again
	c.phase(calls.PhaseQueued)
	c.music("a")
	c.wakes <- struct{}{}
	c.phase(calls.PhaseTalking)
	c.hear("a", "b")
	must(t, c.phones["a"].call().Hangup(c.ctx))
	c.empty(t)
}
