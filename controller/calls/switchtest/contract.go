package switchtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// Bench is a switch under test with the phones a, b and c around it; the fake's
// are scripted, a real switch's are SIP phones.
type Bench interface {
	Switch() calls.Switch
	// Endpoint returns the name that the switch knows a phone by.
	Endpoint(phone string) string
	// Script sets how a phone behaves when it is called.
	Script(t *testing.T, phone string, b Behaviour)
	Call(t *testing.T, phone, number string)
	HangUp(t *testing.T, phone string)
	Press(t *testing.T, phone, key string)
	Refer(t *testing.T, phone, number string)
	// Hear fails the test unless both phones hear each other within seconds.
	Hear(t *testing.T, a, b string)
	// Deaf fails the test unless they stop hearing each other within seconds.
	Deaf(t *testing.T, a, b string)
	// Listens fails the test unless ear hears mouth within seconds and is not heard
	// by it.
	Listens(t *testing.T, ear, mouth string)
	// Restart kills the switch and starts it again.
	Restart(t *testing.T)
}

// patience bounds every wait of the suite.
const patience = 10 * time.Second

// Contract runs what every calls.Switch must do. open returns a fresh bench.
func Contract(t *testing.T, open func(t *testing.T) Bench) {
	cases := []struct {
		name string
		run  func(t *testing.T, s *stream)
	}{
		{"a claimed call is ours, once", claimOnce},
		{"two legs talk and end", talkAndEnd},
		{"a called phone rings, then answers", ringThenAnswer},
		{"refusals carry their cause", refusals},
		{"an unanswered phone ends with no answer", noAnswer},
		{"a caller may be refused with a cause", refuseCaller},
		{"early media of a leg is heard before the answer", earlyMedia},
		{"keys are reported", keys},
		{"a prompt reports its end", prompt},
		{"a leg may leave a bridge and another take its place", swap},
		{"a third phone listens and is heard by nobody", listenIn},
		{"a whisper is heard by one", whisper},
		{"a phone's transfer is reported, not done", refer},
		{"tags and bridges survive the controller", tags},
		{"commands on a leg that is gone", goneLeg},
		{"the ledger has the end of a call until forgotten", ledger},
		{"a restart is told from a reconnect", restart},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := listen(t, open(t))
			c.run(t, s)
			s.close(t)
		})
	}
}

// stream collects the events of a switch.
type stream struct {
	Bench
	sw     calls.Switch
	ctx    context.Context
	cancel context.CancelFunc
	ended  chan error

	mu    sync.Mutex
	seen  []calls.Event
	taken []bool
	more  chan struct{}
	seq   int
}

func listen(t *testing.T, b Bench) *stream {
	ctx, cancel := context.WithCancel(context.Background())
	s := &stream{Bench: b, sw: b.Switch(), ctx: ctx, cancel: cancel, ended: make(chan error, 1), more: make(chan struct{}, 1)}
	go func() { s.ended <- s.sw.Run(ctx, s.sink) }()
	s.wait(t, calls.Connected, "")
	return s
}

func (s *stream) sink(e calls.Event) {
	s.mu.Lock()
	s.seen, s.taken = append(s.seen, e), append(s.taken, false)
	s.mu.Unlock()
	select {
	case s.more <- struct{}{}:
	default:
	}
}

// wait returns the first event of a kind (about a leg, if named) not waited for yet.
func (s *stream) wait(t *testing.T, kind calls.EventKind, leg calls.LegID) calls.Event {
	t.Helper()
	limit := time.After(patience)
	for {
		if e, ok := s.take(kind, leg); ok {
			return e
		}
		select {
		case <-s.more:
		case <-limit:
			t.Fatalf("no event %q for leg %q; seen %s", kind, leg, s.kinds())
		}
	}
}

func (s *stream) take(kind calls.EventKind, leg calls.LegID) (calls.Event, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, e := range s.seen {
		if !s.taken[i] && e.Kind == kind && (leg == "" || e.Leg == leg) {
			s.taken[i] = true
			return e, true
		}
	}
	return calls.Event{}, false
}

func (s *stream) kinds() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := ""
	for _, e := range s.seen {
		out += fmt.Sprintf(" %s(%s)", e.Kind, e.Leg)
	}
	return out
}

// close checks that nothing is left in the switch and ends the stream.
func (s *stream) close(t *testing.T) {
	t.Helper()
	defer func() {
		s.cancel()
		if err := <-s.ended; err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("Run: %v", err)
		}
	}()
	if t.Failed() {
		return
	}
	for _, b := range s.snapshot(t).Bridges {
		s.must(t, s.sw.DestroyBridge(s.ctx, b.Bridge))
	}
	limit := time.Now().Add(patience)
	for {
		snap := s.snapshot(t)
		if len(snap.Legs) == 0 && len(snap.Bridges) == 0 {
			return
		}
		if time.Now().After(limit) {
			t.Errorf("left behind: legs %+v, bridges %+v", snap.Legs, snap.Bridges)
			return
		}
	}
}

func (s *stream) snapshot(t *testing.T) calls.Snapshot {
	t.Helper()
	snap, err := s.sw.Snapshot(s.ctx)
	s.must(t, err)
	return snap
}

func (s *stream) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// name returns an id that no other test uses.
func (s *stream) name(t *testing.T) string {
	s.seq++
	return fmt.Sprintf("ct-%d-%d", time.Now().UnixNano(), s.seq)
}

// enter lets phone a dial and takes the call.
func (s *stream) enter(t *testing.T) calls.LegID {
	t.Helper()
	s.Call(t, "a", "4711")
	e := s.wait(t, calls.Offered, "")
	if e.Offer == nil || e.Offer.Endpoint != s.Endpoint("a") || e.Offer.Dialled != "4711" {
		t.Fatalf("offer %+v", e.Offer)
	}
	s.must(t, s.sw.Claim(s.ctx, e.Leg))
	s.wait(t, calls.Started, e.Leg)
	return e.Leg
}

// place originates a leg to a phone.
func (s *stream) place(t *testing.T, phone string, parent calls.LegID, bridge calls.BridgeID) calls.LegID {
	t.Helper()
	id := calls.LegID(s.name(t))
	s.must(t, s.sw.Originate(s.ctx, calls.Originate{
		Leg: id, Endpoint: s.Endpoint(phone), CallerID: calls.CallerID{Number: "4711", Name: "东方先生"},
		Timeout: 2 * time.Second, Parent: parent, Bridge: bridge, Tags: map[string]string{calls.TagCall: string(parent)},
	}))
	return id
}

// pair connects phones a and b.
func (s *stream) pair(t *testing.T) (a, b calls.LegID, bridge calls.BridgeID) {
	t.Helper()
	s.Script(t, "b", Behaviour{})
	a = s.enter(t)
	b = s.place(t, "b", a, "")
	s.wait(t, calls.Answered, b)
	bridge = calls.BridgeID(bridgeName(s.name(t)))
	s.must(t, s.sw.CreateBridge(s.ctx, bridge))
	s.must(t, s.sw.Answer(s.ctx, a))
	s.must(t, s.sw.Join(s.ctx, bridge, a, b))
	s.Hear(t, "a", "b")
	return a, b, bridge
}

// bridgeName gives a bridge the prefix by which a snapshot knows ours.
func bridgeName(id string) string { return "bh-" + id }

// over ends a leg and waits until the switch says so.
func (s *stream) over(t *testing.T, legs ...calls.LegID) {
	t.Helper()
	for _, id := range legs {
		s.must(t, s.sw.Hangup(s.ctx, id, calls.CauseNormal))
		s.wait(t, calls.Ended, id)
	}
}

func (s *stream) code(t *testing.T, what string, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("%s: %v (code %q), want code %q", what, err, got, want)
	}
}
