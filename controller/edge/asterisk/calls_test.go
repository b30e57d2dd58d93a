package asterisk

import (
	"context"
	"slices"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
	"bellhop/controller/sim/phones"
)

// enter lets phone a dial and takes the call.
func (h *house) enter(t *testing.T, ev *events, number string) calls.LegID {
	t.Helper()
	h.phones["a"].dial(t, h.ctx, number)
	offer := ev.wait(calls.Offered, "")
	must(t, h.sw.Claim(h.ctx, offer.Leg))
	ev.wait(calls.Started, offer.Leg)
	return offer.Leg
}

// place rings phone b.
func (h *house) place(t *testing.T, ev *events, id calls.LegID, o calls.Originate) {
	t.Helper()
	o.Leg = id
	if o.Endpoint == "" {
		o.Endpoint = "phone-b"
	}
	must(t, h.sw.Originate(h.ctx, o))
}

// empty waits until the switch holds no channel and the adapter remembers none.
func (h *house) empty(t *testing.T) {
	t.Helper()
	late := time.Now().Add(patience)
	for {
		channels, err := h.Channels(h.ctx)
		must(t, err)
		if len(channels) == 0 && h.sw.Stats().Legs == 0 {
			return
		}
		if time.Now().After(late) {
			t.Fatalf("left behind: channels %+v, %d legs", channels, h.sw.Stats().Legs)
		}
	}
}

func TestCallsOnARealSwitch(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "calls")
	ev := run(t, h.sw)
	for _, c := range []struct {
		name string
		run  func(*testing.T, *house, *events)
	}{
		{"a call in as few commands as possible", fewCommands},
		{"the caller hears early media before the answer", earlyMedia},
		{"hold", hold},
		{"attended transfer", attended},
		{"blind transfer is told the phone", blind},
		{"a forwarding phone is reported, not followed", redirect},
		{"names and numbers arrive", callerNames},
		{"headers arrive", headers},
		{"a caller that gives up", givesUp},
		{"a leg that we cancel ends with our cause", cancelled},
		{"a caller that hangs up before the claim", lateClaim},
		{"keys within a bridge", keysInBridge},
		{"emergency", emergency},
		{"what breaks a rule is refused", refused},
	} {
		t.Run(c.name, func(t *testing.T) {
			ev.t = t
			h.phones["b"].behave(nil)
			c.run(t, h, ev)
			h.empty(t)
		})
	}
}

func fewCommands(t *testing.T, h *house, ev *events) {
	before := h.sw.Stats()
	a := h.enter(t, ev, "1102")
	h.place(t, ev, "few-b", calls.Originate{Parent: a, Ledger: true, Tags: map[string]string{calls.TagCall: string(a)}})
	must(t, h.sw.CreateBridge(h.ctx, "bh-few"))
	ev.wait(calls.Answered, "few-b")
	must(t, h.sw.Answer(h.ctx, a))
	must(t, h.sw.Join(h.ctx, "bh-few", a, "few-b"))
	hear(t, h.ctx, h.phones["a"].call(), h.phones["b"].call())
	must(t, h.phones["a"].call().Hangup(h.ctx))
	if e := ev.wait(calls.Ended, a); e.Cause != calls.CauseNormal {
		t.Errorf("cause %s", e.Cause)
	}
	must(t, h.sw.Hangup(h.ctx, "few-b", calls.CauseNormal))
	ev.wait(calls.Ended, "few-b")
	must(t, h.sw.DestroyBridge(h.ctx, "bh-few"))
	n := 0
	for name, c := range h.sw.Stats().Commands {
		if name != "probe" && name != "endpoints" {
			n += c.Count - before.Commands[name].Count
		}
	}
	if n != 7 {
		t.Errorf("%d commands for a call, want 7", n)
	}
	t.Logf("events: a %v, b %v", ev.of(a), ev.of("few-b"))
	want := []calls.EventKind{calls.Offered, calls.Started, calls.Answered, calls.LeftBridge, calls.Ended}
	if got := ev.of(a); !slices.Equal(got, want) {
		t.Errorf("events of the caller %v, want %v", got, want)
	}
}

func earlyMedia(t *testing.T, h *house, ev *events) {
	answer := make(chan struct{})
	h.phones["b"].behave(func(ctx context.Context, c *phones.Call) {
		_ = c.SendEarlyMedia()
		c.SendTone(700)
		<-answer
		_ = c.Answer(ctx)
	})
	a := h.enter(t, ev, "1102")
	must(t, h.sw.CreateBridge(h.ctx, "bh-early"))
	must(t, h.sw.Join(h.ctx, "bh-early", a))
	h.place(t, ev, "early-b", calls.Originate{Bridge: "bh-early", Parent: a, Timeout: 20 * time.Second, CallerID: calls.CallerID{Number: "1101", Name: "东方"}})
	ev.wait(calls.EarlyMedia, "early-b")
	must(t, h.sw.Progress(h.ctx, a))
	ctx, cancel := context.WithTimeout(h.ctx, 3*time.Second)
	defer cancel()
	caller := h.phones["a"].call()
	if err := caller.Hears(ctx, 700); err != nil {
		t.Error(err)
	}
	if caller.Answered() {
		t.Error("the caller was answered by early media")
	}
	b := h.phones["b"].call()
	if b.CallerNumber() != "1101" || b.CallerName() != "东方" {
		t.Errorf("caller shown as %q %q", b.CallerNumber(), b.CallerName())
	}
	close(answer)
	ev.wait(calls.Answered, "early-b")
	must(t, h.sw.Answer(h.ctx, a))
	hear(t, h.ctx, caller, b)
	must(t, b.Hangup(h.ctx))
	ev.wait(calls.Ended, "early-b")
	must(t, h.sw.Hangup(h.ctx, a, calls.CauseNormal))
	ev.wait(calls.Ended, a)
	must(t, h.sw.DestroyBridge(h.ctx, "bh-early"))
	t.Logf("events: a %v, b %v", ev.of(a), ev.of("early-b"))
}

// pair connects phones a and b.
func (h *house) pair(t *testing.T, ev *events, b calls.LegID) (a calls.LegID) {
	t.Helper()
	a = h.enter(t, ev, "1102")
	h.place(t, ev, b, calls.Originate{Parent: a})
	ev.wait(calls.Answered, b)
	must(t, h.sw.CreateBridge(h.ctx, calls.BridgeID("bh-"+b)))
	must(t, h.sw.Answer(h.ctx, a))
	must(t, h.sw.Join(h.ctx, calls.BridgeID("bh-"+b), a, b))
	hear(t, h.ctx, h.phones["a"].call(), h.phones["b"].call())
	return a
}

// end hangs all legs up and destroys the bridge.
func (h *house) end(t *testing.T, ev *events, bridge calls.BridgeID, legs ...calls.LegID) {
	t.Helper()
	for _, leg := range legs {
		must(t, h.sw.Hangup(h.ctx, leg, calls.CauseNormal))
		ev.wait(calls.Ended, leg)
	}
	must(t, h.sw.DestroyBridge(h.ctx, bridge))
}

func hold(t *testing.T, h *house, ev *events) {
	a := h.pair(t, ev, "hold-b")
	b := h.phones["b"].call()
	must(t, b.Hold(h.ctx))
	ev.wait(calls.Held, "hold-b")
	level, err := h.phones["a"].call().Level(h.ctx, 2*time.Second)
	must(t, err)
	t.Logf("music on hold: %.0f dBFS", level)
	if level < -60 {
		t.Errorf("the held party hears %.0f dBFS, want music", level)
	}
	must(t, b.Unhold(h.ctx))
	ev.wait(calls.Unheld, "hold-b")
	hear(t, h.ctx, h.phones["a"].call(), b)
	h.end(t, ev, "bh-hold-b", a, "hold-b")
}

func attended(t *testing.T, h *house, ev *events) {
	a := h.pair(t, ev, "att-b")
	first := h.phones["b"].call()
	second := h.phones["b"].dial(t, h.ctx, "1103")
	offer := ev.wait(calls.Offered, "")
	must(t, h.sw.Claim(h.ctx, offer.Leg))
	ev.wait(calls.Started, offer.Leg)
	must(t, h.sw.Answer(h.ctx, offer.Leg))
	h.place(t, ev, "att-c", calls.Originate{Endpoint: "phone-c", Parent: offer.Leg})
	ev.wait(calls.Answered, "att-c")
	must(t, h.sw.CreateBridge(h.ctx, "bh-att-2"))
	must(t, h.sw.Join(h.ctx, "bh-att-2", offer.Leg, "att-c"))
	hear(t, h.ctx, second, h.phones["c"].call())
	transfer, err := first.TransferTo(h.ctx, second)
	must(t, err)
	e := ev.wait(calls.Transfer, "att-b")
	if e.Other != offer.Leg || e.To != "" {
		t.Errorf("transfer %+v, want to leg %s", e, offer.Leg)
	}
	must(t, h.sw.Join(h.ctx, "bh-att-2", a))
	must(t, h.sw.TransferProgress(h.ctx, "att-b", calls.TransferDone))
	if status, err := transfer.Wait(h.ctx); err != nil || status != 200 {
		t.Errorf("the phone was told %d %v", status, err)
	}
	must(t, h.sw.Hangup(h.ctx, offer.Leg, calls.CauseNormal))
	must(t, h.sw.Hangup(h.ctx, "att-b", calls.CauseNormal))
	hear(t, h.ctx, h.phones["a"].call(), h.phones["c"].call())
	h.end(t, ev, "bh-att-2", a, "att-c")
	must(t, h.sw.DestroyBridge(h.ctx, "bh-att-b"))
}

func blind(t *testing.T, h *house, ev *events) {
	a := h.pair(t, ev, "blind-b")
	transfer, err := h.phones["a"].call().Transfer(h.ctx, "1103")
	must(t, err)
	if e := ev.wait(calls.Transfer, a); e.To != "1103" {
		t.Errorf("transfer %+v", e)
	}
	must(t, h.sw.TransferProgress(h.ctx, a, calls.TransferTrying))
	must(t, h.sw.TransferProgress(h.ctx, a, calls.TransferFailed))
	if status, err := transfer.Wait(h.ctx); err != nil || status < 400 {
		t.Errorf("the phone was told %d %v", status, err)
	}
	h.end(t, ev, "bh-blind-b", a, "blind-b")
}

func redirect(t *testing.T, h *house, ev *events) {
	for _, bridge := range []calls.BridgeID{"", "bh-redirect"} {
		h.phones["b"].behave(func(_ context.Context, c *phones.Call) { _ = c.Redirect("13912345678") })
		a := h.enter(t, ev, "1102")
		id := calls.LegID("fwd-" + string(bridge))
		if bridge != "" {
			must(t, h.sw.CreateBridge(h.ctx, bridge))
		}
		h.place(t, ev, id, calls.Originate{Parent: a, Bridge: bridge, Timeout: 5 * time.Second})
		if e := ev.wait(calls.Redirected, id); e.To != "13912345678" {
			t.Errorf("redirected %+v", e)
		}
		e := ev.wait(calls.Ended, id)
		t.Logf("redirected leg ended with %s, SIP %d", e.Cause, e.SIPCode)
		if extra, ok := ev.take(calls.Offered, ""); ok {
			t.Errorf("the redirection came in as a call: %+v", extra)
		}
		must(t, h.sw.Hangup(h.ctx, a, calls.CauseNormal))
		ev.wait(calls.Ended, a)
		must(t, h.sw.DestroyBridge(h.ctx, bridgeOr(bridge)))
	}
}

func bridgeOr(b calls.BridgeID) calls.BridgeID {
	if b == "" {
		return "bh-none"
	}
	return b
}

func callerNames(t *testing.T, h *house, ev *events) {
	for i, c := range []struct{ in, want calls.CallerID }{
		{calls.CallerID{Number: "1101", Name: "东方先生"}, calls.CallerID{Number: "1101", Name: "东方先生"}},
		{calls.CallerID{Number: "+8613912345678"}, calls.CallerID{Number: "+8613912345678"}},
		{calls.CallerID{Number: "1101", Name: `Eve" <911>;x=\`}, calls.CallerID{Number: "1101", Name: "Eve 911x="}},
	} {
		id := calls.LegID("name-" + string(rune('0'+i)))
		h.place(t, ev, id, calls.Originate{CallerID: c.in})
		ev.wait(calls.Answered, id)
		call := h.phones["b"].call()
		if got := (calls.CallerID{Number: call.CallerNumber(), Name: call.CallerName()}); got != c.want {
			t.Errorf("%+v is shown as %+v, want %+v", c.in, got, c.want)
		}
		must(t, h.sw.Hangup(h.ctx, id, calls.CauseNormal))
		ev.wait(calls.Ended, id)
	}
}

func headers(t *testing.T, h *house, ev *events) {
	for _, bridge := range []calls.BridgeID{"", "bh-headers"} {
		if bridge != "" {
			must(t, h.sw.CreateBridge(h.ctx, bridge))
		}
		id := calls.LegID("header" + string(bridge))
		h.place(t, ev, id, calls.Originate{Bridge: bridge, Headers: map[string]string{"Alert-Info": "<http://hotel/>;info=alert-autoanswer;delay=0"}})
		ev.wait(calls.Answered, id)
		got := h.phones["b"].call().Header("Alert-Info")
		if !slices.Equal(got, []string{"<http://hotel/>;info=alert-autoanswer;delay=0"}) {
			t.Errorf("Alert-Info %q", got)
		}
		h.end(t, ev, bridgeOr(bridge), id)
	}
}

func givesUp(t *testing.T, h *house, ev *events) {
	a := h.enter(t, ev, "1102")
	must(t, h.sw.Ring(h.ctx, a))
	must(t, h.phones["a"].call().Hangup(h.ctx))
	e := ev.wait(calls.Ended, a)
	t.Logf("abandoned: %s, SIP %d", e.Cause, e.SIPCode)
}

func cancelled(t *testing.T, h *house, ev *events) {
	h.phones["b"].behave(func(_ context.Context, c *phones.Call) { _ = c.Ring() })
	h.place(t, ev, "cancel-b", calls.Originate{Timeout: 20 * time.Second})
	ev.wait(calls.Ringing, "cancel-b")
	must(t, h.sw.Hangup(h.ctx, "cancel-b", calls.CauseNoAnswer))
	if e := ev.wait(calls.Ended, "cancel-b"); e.Cause != calls.CauseNoAnswer {
		t.Errorf("cause %s", e.Cause)
	}
}

func lateClaim(t *testing.T, h *house, ev *events) {
	c := h.phones["a"].dial(t, h.ctx, "1102")
	offer := ev.wait(calls.Offered, "")
	must(t, c.Hangup(h.ctx))
	late := time.Now().Add(patience)
	for channels, err := h.Channels(h.ctx); len(channels) > 0 && time.Now().Before(late); channels, err = h.Channels(h.ctx) {
		must(t, err)
	}
	if err := h.sw.Claim(h.ctx, offer.Leg); !fault.Is(err, fault.NotFound) {
		t.Errorf("claim: %v, want not found", err)
	}
}

func keysInBridge(t *testing.T, h *house, ev *events) {
	a := h.pair(t, ev, "keys-b")
	must(t, h.phones["b"].call().SendDTMF(h.ctx, "7"))
	must(t, h.phones["a"].call().HearsKeys(h.ctx, "7"))
	t.Logf("a key within a bridge: %v", ev.of("keys-b"))
	if err := h.sw.SendDTMF(h.ctx, a, "5"); err != nil {
		t.Error(err)
	}
	must(t, h.phones["a"].call().HearsKeys(h.ctx, "5"))
	h.end(t, ev, "bh-keys-b", a, "keys-b")
}

func emergency(t *testing.T, h *house, ev *events) {
	c := h.phones["a"].dial(t, h.ctx, "110")
	e := ev.wait(calls.Emergency, "")
	if e.Offer == nil || e.Offer.Endpoint != "phone-a" || e.Offer.Dialled != "110" || e.Offer.CallerID.Number != "1101" {
		t.Errorf("emergency %+v", e.Offer)
	}
	must(t, c.Hangup(h.ctx))
	if kinds := ev.of(e.Leg); !slices.Equal(kinds, []calls.EventKind{calls.Emergency}) {
		t.Errorf("events %v", kinds)
	}
}

func refused(t *testing.T, h *house, ev *events) {
	for _, o := range []calls.Originate{
		{Leg: "x", Endpoint: "phone-b&PJSIP/c"},
		{Leg: "x", Endpoint: "phone-b", Number: "500&PJSIP/x"},
		{Leg: "x", Endpoint: ""},
		{Leg: "", Endpoint: "phone-b"},
		{Leg: "a/b", Endpoint: "phone-b"},
		{Leg: "x", Endpoint: "phone-b", Headers: map[string]string{"A": "b\r\nVia: c"}},
		{Leg: "x", Endpoint: "phone-b", Headers: map[string]string{"A(x": "b"}},
	} {
		if err := h.sw.Originate(h.ctx, o); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v, want invalid", o, err)
		}
	}
	h.place(t, ev, "nobody", calls.Originate{Endpoint: "phone-unknown"})
	if e := ev.wait(calls.Ended, "nobody"); e.Cause != calls.CauseAbsent {
		t.Errorf("cause %s, want absent", e.Cause)
	}
	if err := h.sw.Play(h.ctx, "x", "p", calls.Media{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("empty media: %v", err)
	}
	if err := h.sw.SendDTMF(h.ctx, "x", "5;"); !fault.Is(err, fault.Invalid) {
		t.Errorf("bad keys: %v", err)
	}
}
