// Package switchtest has a switch in memory, with phones whose behaviour a test
// scripts, and the contract suite that it and every real switch must pass.
package switchtest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
)

// Fake is a switch in memory. Commands act at once; events come in order.
type Fake struct {
	Clock clock.Clock
	// SlowAnswer is how long Answer takes to return after it has answered, as
	// Asterisk's does for a leg in a bridge; a leg that ends meanwhile is gone.
	SlowAnswer time.Duration

	mu       sync.Mutex
	wake     chan struct{}
	queue    []calls.Event
	up       bool // the link to the controller
	booted   time.Time
	boot     bool
	seq      int
	legs     map[calls.LegID]*fakeLeg
	bridges  map[calls.BridgeID][]calls.LegID
	phones   map[string]Behaviour
	ledger   []calls.LedgerEntry
	commands map[string]int
	fail     map[string]error
}

// Behaviour is what a phone or line does when it is called.
type Behaviour struct {
	Absent  bool          // not registered
	Cause   calls.Cause   // refuses with it
	Early   bool          // sends early media before it answers
	Rings   time.Duration // before it answers
	Silent  bool          // rings, never answers
	Forward string        // says "call there instead"
}

type fakeLeg struct {
	calls.LegState
	claimed   bool
	claimable bool
	placed    bool // by us
	parent    calls.LegID
	music     bool
	stop      *time.Timer
	answered  time.Time
	heard     []string // media played to it
	transfers []calls.TransferState
	ring      bool
	progress  bool
	ledger    bool
	bridge    calls.BridgeID // joined before dialling
	headers   map[string]string
	snoops    calls.LegID // set: made by Snoop
	whisper   calls.Whisper
}

// NewFake returns a switch that nobody is connected to.
func NewFake(c clock.Clock) *Fake {
	return &Fake{
		Clock: c, wake: make(chan struct{}, 1), booted: c(), boot: true,
		legs: map[calls.LegID]*fakeLeg{}, bridges: map[calls.BridgeID][]calls.LegID{},
		phones: map[string]Behaviour{}, commands: map[string]int{}, fail: map[string]error{},
	}
}

// Run hands events to sink until ctx ends.
func (f *Fake) Run(ctx context.Context, sink func(calls.Event)) error {
	f.Reconnect()
	for {
		f.mu.Lock()
		batch := f.queue
		f.queue = nil
		f.mu.Unlock()
		for _, e := range batch {
			sink(e)
		}
		select {
		case <-ctx.Done():
			f.Cut()
			return ctx.Err()
		case <-f.wake:
		}
	}
}

// Reconnect brings the link up.
func (f *Fake) Reconnect() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.up = true
	f.emit(calls.Event{Kind: calls.Connected, Boot: f.boot})
	f.boot = false
}

// Cut takes the link down: commands fail, events are lost, calls go on.
func (f *Fake) Cut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.emit(calls.Event{Kind: calls.Disconnected})
	f.up = false
}

// Die kills the switch with all its calls.
func (f *Fake) Die() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, l := range f.legs {
		l.halt()
	}
	f.legs, f.bridges = map[calls.LegID]*fakeLeg{}, map[calls.BridgeID][]calls.LegID{}
	f.emit(calls.Event{Kind: calls.Disconnected})
	f.emit(calls.Event{Kind: calls.Gone})
	f.up, f.boot, f.booted = false, true, f.Clock()
}

// emit queues an event; f.mu is held.
func (f *Fake) emit(e calls.Event) {
	if !f.up {
		return
	}
	e.At = f.Clock()
	f.queue = append(f.queue, e)
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// command counts a command and fails it when the link is down or a test says so;
// f.mu is held.
func (f *Fake) command(name string) error {
	f.commands[name]++
	if err := f.fail[name]; err != nil {
		return err
	}
	if !f.up {
		return fault.New(fault.Unavailable, "the switch does not answer")
	}
	return nil
}

func (f *Fake) do(name string, id calls.LegID, act func(*fakeLeg) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.command(name); err != nil {
		return err
	}
	l := f.legs[id]
	if l == nil {
		return fault.New(fault.NotFound, "no leg %s", id)
	}
	return act(l)
}

// Snapshot returns what is there.
func (f *Fake) Snapshot(context.Context) (calls.Snapshot, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := calls.Snapshot{BootedAt: f.booted}
	if err := f.command("snapshot"); err != nil {
		return s, err
	}
	for _, id := range slices.Sorted(maps.Keys(f.legs)) {
		l := f.legs[id].LegState
		l.Tags = maps.Clone(l.Tags)
		s.Legs = append(s.Legs, l)
	}
	for _, id := range slices.Sorted(maps.Keys(f.bridges)) {
		s.Bridges = append(s.Bridges, calls.BridgeState{Bridge: id, Legs: slices.Clone(f.bridges[id])})
	}
	return s, nil
}

// Health tells whether the link is up.
func (f *Fake) Health(context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.command("health")
}

// Claim takes an offered leg.
func (f *Fake) Claim(_ context.Context, id calls.LegID) error {
	return f.do("claim", id, func(l *fakeLeg) error {
		if !l.claimable {
			return fault.New(fault.Conflict, "already claimed")
		}
		l.claimable, l.claimed, l.Ours = false, true, true
		f.emit(calls.Event{Kind: calls.Started, Leg: id, Offer: &l.Offer})
		return nil
	})
}

// Originate calls a phone or line, which behaves as scripted.
func (f *Fake) Originate(_ context.Context, o calls.Originate) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.command("originate"); err != nil {
		return err
	}
	if f.legs[o.Leg] != nil {
		return fault.New(fault.Conflict, "leg %s exists", o.Leg)
	}
	b := f.phones[o.Endpoint]
	l := &fakeLeg{placed: true, parent: o.Parent, ledger: o.Ledger, bridge: o.Bridge, headers: maps.Clone(o.Headers), LegState: calls.LegState{
		Leg: o.Leg, Ours: true, Created: f.Clock(), Tags: maps.Clone(o.Tags),
		Offer: calls.Offer{Endpoint: o.Endpoint, CallerID: o.CallerID, Dialled: o.Number},
	}}
	f.legs[o.Leg] = l
	if o.Bridge != "" {
		f.bridges[o.Bridge] = append(f.bridges[o.Bridge], o.Leg)
	}
	f.behave(l, b, o.Timeout)
	return nil
}

// behave starts what the called phone does; f.mu is held.
func (f *Fake) behave(l *fakeLeg, b Behaviour, timeout time.Duration) {
	id := l.Leg
	switch {
	case b.Absent:
		f.end(l, calls.CauseAbsent)
		return
	case b.Cause != calls.CauseNone:
		f.end(l, b.Cause)
		return
	case b.Forward != "":
		f.emit(calls.Event{Kind: calls.Redirected, Leg: id, To: b.Forward})
		f.end(l, 23)
		return
	}
	f.emit(calls.Event{Kind: calls.Ringing, Leg: id})
	if b.Early {
		f.emit(calls.Event{Kind: calls.EarlyMedia, Leg: id})
	}
	after, then := b.Rings, f.pick
	if b.Silent || b.Rings > timeout && timeout > 0 {
		after, then = timeout, f.expire
	}
	l.stop = time.AfterFunc(after, func() { then(id) })
}

func (f *Fake) pick(id calls.LegID) { f.PickUp(id) }

func (f *Fake) expire(id calls.LegID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if l := f.legs[id]; l != nil && !l.Up {
		f.end(l, calls.CauseNoAnswer)
	}
}

// end removes a leg and reports it; f.mu is held.
func (f *Fake) end(l *fakeLeg, cause calls.Cause) {
	l.halt()
	delete(f.legs, l.Leg)
	for id, in := range f.bridges {
		if i := slices.Index(in, l.Leg); i >= 0 {
			f.bridges[id] = slices.Delete(in, i, i+1)
		}
	}
	f.write(l, cause)
	f.emit(calls.Event{Kind: calls.Ended, Leg: l.Leg, Cause: cause})
	f.unsnoop(l.Leg)
}

// write puts the end of a leg into the ledger.
func (f *Fake) write(l *fakeLeg, cause calls.Cause) {
	if l.placed && !l.ledger {
		return
	}
	path := calls.PathController
	switch {
	case l.placed:
		path = calls.PathLeg
	case l.Emergency:
		path = calls.PathEmergency
	case !l.claimed:
		path = calls.PathNative
	}
	linked := l.Leg
	if l.parent != "" {
		linked = l.parent
	}
	f.ledger = append(f.ledger, calls.LedgerEntry{
		Leg: l.Leg, Linked: linked, Path: path, From: l.Offer.CallerID.Number, Dialled: l.Offer.Dialled,
		Endpoint: l.Offer.Endpoint, Started: l.Created, Answered: l.answered, Ended: f.Clock(), Cause: cause,
	})
}

func (l *fakeLeg) halt() {
	if l.stop != nil {
		l.stop.Stop()
	}
}

// Answer answers a leg that came in.
func (f *Fake) Answer(ctx context.Context, id calls.LegID) error {
	err := f.do("answer", id, func(l *fakeLeg) error {
		l.Up, l.answered = true, f.Clock()
		f.emit(calls.Event{Kind: calls.Answered, Leg: id})
		return nil
	})
	if err != nil || f.SlowAnswer == 0 {
		return err
	}
	select {
	case <-time.After(f.SlowAnswer):
	case <-ctx.Done():
		return ctx.Err()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.legs[id] == nil {
		return fault.New(fault.NotFound, "leg %s hung up while it was answered", id)
	}
	return nil
}

// Ring notes that the caller hears ring-back.
func (f *Fake) Ring(_ context.Context, id calls.LegID) error {
	return f.do("ring", id, func(l *fakeLeg) error { l.ring = true; return nil })
}

// Progress notes that early media is open.
func (f *Fake) Progress(_ context.Context, id calls.LegID) error {
	return f.do("progress", id, func(l *fakeLeg) error { l.progress = true; return nil })
}

// Hangup ends a leg; one already gone is fine.
func (f *Fake) Hangup(_ context.Context, id calls.LegID, cause calls.Cause) error {
	err := f.do("hangup", id, func(l *fakeLeg) error { f.end(l, cause); return nil })
	return unlessGone(err)
}

func unlessGone(err error) error {
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// Music notes music on hold.
func (f *Fake) Music(_ context.Context, id calls.LegID, on bool) error {
	return f.do("music", id, func(l *fakeLeg) error { l.music = on; return nil })
}

// SendDTMF notes the digits as heard by the leg.
func (f *Fake) SendDTMF(_ context.Context, id calls.LegID, digits string) error {
	return f.do("dtmf", id, func(l *fakeLeg) error { l.heard = append(l.heard, "dtmf:"+digits); return nil })
}

// Tag writes variables onto a leg.
func (f *Fake) Tag(_ context.Context, id calls.LegID, tags map[string]string) error {
	return f.do("tag", id, func(l *fakeLeg) error {
		if l.Tags == nil {
			l.Tags = map[string]string{}
		}
		maps.Copy(l.Tags, tags)
		return nil
	})
}

// Play plays prompts for 100 ms each; a tone lasts until it is stopped.
func (f *Fake) Play(_ context.Context, id calls.LegID, play calls.PlayID, m calls.Media) error {
	return f.do("play", id, func(l *fakeLeg) error {
		if m.Tone != "" {
			l.heard = append(l.heard, "tone:"+m.Tone)
			return nil
		}
		l.heard = append(l.heard, strings.Join(m.Prompts, ","))
		time.AfterFunc(time.Duration(len(m.Prompts))*100*time.Millisecond, func() {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.emit(calls.Event{Kind: calls.PlayDone, Leg: id, Play: play, OK: f.fail["prompt "+m.Prompts[0]] == nil})
		})
		return nil
	})
}

// StopPlay stops media; what has ended already is fine.
func (f *Fake) StopPlay(context.Context, calls.PlayID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.command("stopplay")
}

// CreateBridge makes a bridge.
func (f *Fake) CreateBridge(_ context.Context, id calls.BridgeID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.command("createbridge"); err != nil {
		return err
	}
	f.bridges[id] = nil
	return nil
}

// Join puts legs into a bridge, out of the one they were in.
func (f *Fake) Join(_ context.Context, b calls.BridgeID, legs ...calls.LegID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.command("join"); err != nil {
		return err
	}
	if _, ok := f.bridges[b]; !ok {
		return fault.New(fault.NotFound, "no bridge %s", b)
	}
	for _, id := range legs {
		if f.legs[id] == nil {
			return fault.New(fault.NotFound, "no leg %s", id)
		}
		f.leave(id)
		f.bridges[b] = append(f.bridges[b], id)
	}
	return nil
}

func (f *Fake) leave(id calls.LegID) {
	for b, in := range f.bridges {
		if i := slices.Index(in, id); i >= 0 {
			f.bridges[b] = slices.Delete(in, i, i+1)
		}
	}
}

// Leave takes a leg out of a bridge; one that is not there is fine.
func (f *Fake) Leave(_ context.Context, _ calls.BridgeID, id calls.LegID) error {
	return unlessGone(f.do("leave", id, func(*fakeLeg) error { f.leave(id); return nil }))
}

// DestroyBridge removes a bridge; one already gone is fine.
func (f *Fake) DestroyBridge(_ context.Context, b calls.BridgeID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.command("destroybridge"); err != nil {
		return err
	}
	delete(f.bridges, b)
	return nil
}

// TransferProgress notes what the phone is told.
func (f *Fake) TransferProgress(_ context.Context, id calls.LegID, st calls.TransferState) error {
	return f.do("transfer", id, func(l *fakeLeg) error { l.transfers = append(l.transfers, st); return nil })
}

// Ledger returns the ends of legs written so far.
func (f *Fake) Ledger(context.Context) ([]calls.LedgerEntry, string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.command("ledger"); err != nil {
		return nil, "", err
	}
	return slices.Clone(f.ledger), fmt.Sprint(len(f.ledger)), nil
}

// Forget deletes the entries up to the mark.
func (f *Fake) Forget(_ context.Context, mark string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.command("forget"); err != nil {
		return err
	}
	var n int
	if _, err := fmt.Sscan(mark, &n); err != nil {
		return fault.Field("mark", "is not one of ours")
	}
	f.ledger = f.ledger[min(n, len(f.ledger)):]
	return nil
}

var _ calls.Switch = (*Fake)(nil)
