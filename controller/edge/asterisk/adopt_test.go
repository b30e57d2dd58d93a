package asterisk

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"bellhop/controller/calls"
)

func TestASecondProcessTakesOver(t *testing.T) {
	h := newHouse(t, "adopt")
	first, done := &events{t: t, more: make(chan struct{}, 1)}, make(chan error, 1)
	go func() { done <- h.sw.Run(t.Context(), first.sink) }()
	first.wait(calls.Connected, "")
	a := h.pair(t, first, "adopt-b")
	must(t, h.sw.Tag(h.ctx, a, map[string]string{calls.TagPhase: "talking"}))

	h.sw = h.newSwitch(t)
	second := run(t, h.sw)
	if err := <-done; !errors.Is(err, ErrDeposed) {
		t.Errorf("the first process ended with %v, want deposed", err)
	}
	begin := time.Now()
	snap, err := h.sw.Snapshot(h.ctx)
	must(t, err)
	t.Logf("snapshot in %s", time.Since(begin).Round(100*time.Microsecond))
	for _, leg := range []calls.LegID{a, "adopt-b"} {
		i := slices.IndexFunc(snap.Legs, func(l calls.LegState) bool { return l.Leg == leg })
		if i < 0 || !snap.Legs[i].Ours || !snap.Legs[i].Up {
			t.Fatalf("leg %s is not ours: %+v", leg, snap.Legs)
		}
	}
	hear(t, h.ctx, h.phones["a"].call(), h.phones["b"].call())
	must(t, h.phones["b"].call().Hangup(h.ctx))
	second.wait(calls.Ended, "adopt-b")
	must(t, h.sw.Hangup(h.ctx, a, calls.CauseTemporary))
	if e := second.wait(calls.Ended, a); e.Cause != calls.CauseTemporary {
		t.Errorf("cause %s", e.Cause)
	}
	must(t, h.sw.DestroyBridge(h.ctx, "bh-adopt-b"))
	for _, leg := range []calls.LegID{a, "adopt-b"} {
		if kinds := second.of(leg); slices.Index(kinds, calls.Ended) != len(kinds)-1 {
			t.Errorf("leg %s: %v, want one end, last", leg, kinds)
		}
	}
	h.empty(t)
}

// The dialplan writes the ledger on the channel's thread, which Tag has touched.
func TestATaggedLegIsInTheLedger(t *testing.T) {
	h := newHouse(t, "tagged")
	ev := run(t, h.sw)
	a := h.enter(t, ev, "1102")
	must(t, h.sw.Answer(h.ctx, a))
	must(t, h.sw.Tag(h.ctx, a, map[string]string{calls.TagPhase: "talking", calls.TagData: "x"}))
	must(t, h.sw.Hangup(h.ctx, a, calls.CauseNormal))
	ev.wait(calls.Ended, a)
	h.empty(t)
	entries, _, err := h.sw.Ledger(h.ctx)
	must(t, err)
	if !slices.ContainsFunc(entries, func(e calls.LedgerEntry) bool { return e.Leg == a && e.Path == calls.PathController }) {
		t.Errorf("leg %s is not in the ledger (asterisk.conf must say live_dangerously = yes): %+v", a, entries)
	}
}

func TestRingingPassesThroughTheBridge(t *testing.T) {
	h := newHouse(t, "ringing")
	ev := run(t, h.sw)
	h.phones["b"].behave(ringOnly)
	a := h.enter(t, ev, "1102")
	must(t, h.sw.CreateBridge(h.ctx, "bh-ring"))
	must(t, h.sw.Join(h.ctx, "bh-ring", a))
	h.place(t, ev, "ring-b", calls.Originate{Bridge: "bh-ring", Parent: a, Timeout: time.Second})
	ev.wait(calls.Ringing, "ring-b")
	ctx, cancel := context.WithTimeout(h.ctx, time.Second)
	defer cancel()
	must(t, h.phones["a"].call().WaitRinging(ctx))
	if e := ev.wait(calls.Ended, "ring-b"); e.Cause != calls.CauseNoAnswer {
		t.Errorf("cause %s, want no answer", e.Cause)
	}
	h.end(t, ev, "bh-ring", a)
	h.empty(t)
}

func TestPhonesComeAndGo(t *testing.T) {
	h := newHouse(t, "online")
	ev := run(t, h.sw)
	for range 3 { // those that were online already
		if e := ev.wait(calls.Endpoint, ""); !e.Online {
			t.Errorf("%+v", e)
		}
	}
	must(t, h.phones["c"].Unregister(h.ctx))
	if e := ev.wait(calls.Endpoint, ""); e.Endpoint != "phone-c" || e.Online {
		t.Errorf("%+v, want phone-c gone", e)
	}
	must(t, h.phones["c"].Register(h.ctx))
	if e := ev.wait(calls.Endpoint, ""); e.Endpoint != "phone-c" || !e.Online {
		t.Errorf("%+v, want phone-c back", e)
	}
	h.place(t, ev, "no-noise", calls.Originate{})
	ev.wait(calls.Answered, "no-noise")
	h.end(t, ev, "bh-none", "no-noise")
	if e, ok := ev.take(calls.Endpoint, ""); ok {
		t.Errorf("a call moved a phone: %+v", e)
	}
	if n := h.sw.Stats().Frames["EndpointStateChange"]; n != 0 {
		t.Errorf("%d events nobody needs", n)
	}
}
