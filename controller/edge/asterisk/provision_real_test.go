package asterisk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/sim/phones"
)

// bigPlan is a hotel of n rooms.
func bigPlan(n int) Plan {
	p := Plan{Book: Book{Dial: map[string][]string{}, Emergency: map[string]string{"110": "110"}}}
	for i := range n {
		number := fmt.Sprint(10001 + i)
		p.Devices = append(p.Devices, testDevice("room"+number, number))
		p.Book.Dial[number] = []string{"room" + number}
	}
	return p
}

func TestThousandExtensions(t *testing.T) {
	h := newHouse(t, "thousand")
	plan := bigPlan(1000)
	plan.Devices = append(plan.Devices, h.plan.Devices...)
	report, err := h.prov.Sync(h.ctx, plan, false)
	must(t, err)
	t.Logf("first: %+v", report)
	begin := time.Now()
	h.newPhone(t, "room10500")
	t.Logf("REGISTER answered after %s", time.Since(begin).Round(100*time.Microsecond))

	plan.Devices[0].Name = "Ms Li"
	report, err = h.prov.Sync(h.ctx, plan, false)
	must(t, err)
	t.Logf("one name: %+v", report)
	if report.Pushed != 1 || report.Deleted != 0 {
		t.Errorf("one name: %+v", report)
	}

	next := NewProvisioner(h.newSwitch(t), h.BootDir) // as a new process
	report, err = next.Sync(h.ctx, plan, false)
	must(t, err)
	t.Logf("new process, same plan: %+v", report)
	if report.Pushed+report.Deleted != 0 {
		t.Errorf("new process: %+v, want nothing pushed", report)
	}
	plan.Devices = plan.Devices[1:]
	report, err = next.Sync(h.ctx, plan, false)
	must(t, err)
	if report.Deleted != 3 || report.Pushed != 0 {
		t.Errorf("one device less: %+v", report)
	}

	begin = time.Now()
	must(t, h.Kill())
	must(t, h.Instance.Restart(h.ctx))
	t.Logf("boot with %d devices in the snapshot: %s", len(plan.Devices), time.Since(begin).Round(time.Millisecond))
	begin = time.Now()
	h.newPhone(t, "room10501")
	t.Logf("REGISTER without a controller after %s", time.Since(begin).Round(100*time.Microsecond))
	last := NewProvisioner(h.newSwitch(t), h.BootDir)
	report, err = last.Sync(h.ctx, plan, true)
	must(t, err)
	t.Logf("after a boot: %+v", report)
	plan.Devices[0].Name = "Mr Wu" // was in the file that the switch booted from
	_, err = last.Sync(h.ctx, plan, false)
	must(t, err)
	out, err := h.CLI(h.ctx, "pjsip show endpoint "+plan.Devices[0].Endpoint)
	must(t, err)
	if !strings.Contains(out, "Mr Wu") {
		t.Errorf("a phone from the boot snapshot cannot be changed:\n%s", out)
	}
}

func TestPhonesWithoutController(t *testing.T) {
	h := newHouse(t, "alone")
	must(t, h.Instance.Restart(h.ctx))        // politely: AstDB is up to a second behind, and the phones have only just registered
	c := h.phones["a"].dial(t, h.ctx, "1102") // still registered: contacts survive
	must(t, c.WaitAnswered(h.ctx))
	hear(t, h.ctx, c, h.phones["b"].call())
	must(t, c.Hangup(h.ctx))

	ev := run(t, h.sw)
	entries, _, err := h.sw.Ledger(h.ctx)
	must(t, err)
	if !slices.ContainsFunc(entries, func(e calls.LedgerEntry) bool {
		return e.Path == calls.PathNative && e.From == "1101" && e.Dialled == "1102" && !e.Answered.IsZero()
	}) {
		t.Errorf("the native call is not in the ledger: %+v", entries)
	}
	ev.wait(calls.Endpoint, "")
}

func TestAsteriskKilledUnderUs(t *testing.T) {
	h := newHouse(t, "killed")
	ev := run(t, h.sw)
	a := h.pair(t, ev, "k-b")
	must(t, h.Kill())
	begin := time.Now()
	ev.wait(calls.Disconnected, "")
	t.Logf("noticed after %s", time.Since(begin).Round(time.Millisecond))
	must(t, h.Instance.Restart(h.ctx))
	if e := ev.wait(calls.Connected, ""); !e.Boot {
		t.Error("a new switch was taken for the old one")
	}
	t.Logf("back after %s", time.Since(begin).Round(time.Millisecond))
	_, err := h.prov.Sync(h.ctx, h.plan, true)
	must(t, err)
	snap, err := h.sw.Snapshot(h.ctx)
	must(t, err)
	if slices.ContainsFunc(snap.Legs, func(l calls.LegState) bool { return l.Leg == a }) {
		t.Error("a leg survived")
	}
	h.phones["a"].dial(t, h.ctx, "1102")
	next := ev.wait(calls.Offered, "")
	must(t, h.sw.Claim(h.ctx, next.Leg))
	ev.wait(calls.Started, next.Leg)
	must(t, h.sw.Hangup(h.ctx, next.Leg, calls.CauseBusy))
	ev.wait(calls.Ended, next.Leg)
}

func TestTrunks(t *testing.T) {
	h := newHouse(t, "trunks")
	nasty := `s;e"c\r[e]t=>%${X}`
	carrier, err := phones.NewCarrier(h.ctx, phones.CarrierConfig{Listen: "127.0.0.2:0", User: "hotel", Secret: nasty})
	must(t, err)
	t.Cleanup(carrier.Close)
	h.plan.Trunks = []Trunk{{Endpoint: "trunk1", Address: carrier.Addr().String(), Register: true, Username: "hotel", Secret: nasty}}
	h.plan.Book.TrunkOrder, h.plan.Book.MainNumber = []string{"trunk1"}, "02112345678"
	ev := run(t, h.sw)
	_, err = h.prov.Sync(h.ctx, h.plan, false)
	must(t, err)
	for boot := range 2 {
		must(t, carrier.WaitRegistered(h.ctx))
		id := calls.LegID(fmt.Sprintf("out-%d", boot))
		must(t, h.sw.Originate(h.ctx, calls.Originate{Leg: id, Endpoint: "trunk1", Number: "02187654321", CallerID: calls.CallerID{Number: "02112345678"}, Ledger: true}))
		ev.wait(calls.Answered, id)
		c, err := carrier.Next(h.ctx)
		must(t, err)
		if c.Number() != "02187654321" || c.CallerNumber() != "02112345678" {
			t.Errorf("the carrier got %s from %s", c.Number(), c.CallerNumber())
		}
		must(t, h.sw.Hangup(h.ctx, id, calls.CauseNormal))
		ev.wait(calls.Ended, id)
		entries, _, err := h.sw.Ledger(h.ctx)
		must(t, err)
		if !slices.ContainsFunc(entries, func(e calls.LedgerEntry) bool {
			return e.Leg == id && e.Path == calls.PathLeg && e.Dialled == "02187654321" && e.Endpoint == "trunk1"
		}) {
			t.Errorf("the leg is not in the ledger: %+v", entries)
		}
		if boot == 0 { // the same from the snapshot, which must hold the secret unspoilt
			text, err := os.ReadFile(filepath.Join(h.BootDir, bootObjects))
			must(t, err)
			if !strings.Contains(string(text), "trunk1") {
				t.Fatalf("no trunk in the snapshot:\n%s", text)
			}
			must(t, h.Instance.Restart(h.ctx))
			ev.wait(calls.Connected, "")
		}
	}
	offer, err := carrier.CallIn(h.ctx, "02112345678", "13912345678")
	must(t, err)
	e := ev.wait(calls.Offered, "")
	if e.Offer.Endpoint != "trunk1" || e.Offer.CallerID.Number != "13912345678" {
		t.Errorf("offer %+v", e.Offer)
	}
	t.Logf("inbound: %+v", e.Offer)
	must(t, offer.Hangup(context.WithoutCancel(h.ctx)))
	h.empty(t)
}
