package access

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/kit/fault"
)

// gate is a throttle with a clock that the test steps.
type gate struct {
	*throttle
	now time.Time
}

func newGate() *gate {
	g := &gate{now: time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)}
	g.throttle = newThrottle(func() time.Time { return g.now })
	return g
}

// wait is how long the next attempt of user from source has to wait; it counts
// as an attempt when it need not.
func (g *gate) wait(t interface{ Fatalf(string, ...any) }, user, from string) time.Duration {
	err := g.take(user, from)
	if err == nil {
		return 0
	}
	late, ok := errors.AsType[*Throttled](err)
	if !ok || !fault.Is(err, fault.TooMany) {
		t.Fatalf("not throttled but %v", err)
	}
	return late.After
}

func TestDelayGrowsAndDecays(t *testing.T) {
	g := newGate()
	for i := range 4 {
		if w := g.wait(t, "zhang", "10.0.0.1"); w != 0 {
			t.Fatalf("attempt %d waits %s", i, w)
		}
	}
	var last time.Duration
	for range 12 { // each failure more
		if w := g.wait(t, "zhang", "10.0.0.1"); w != 0 {
			t.Fatalf("the wait was over, and yet %s", w)
		}
		w := g.wait(t, "zhang", "10.0.0.1")
		if w < last || w == 0 || w > 15*time.Minute+time.Second {
			t.Fatalf("waits %s after %s", w, last)
		}
		if again := g.wait(t, "zhang", "10.0.0.1"); again != w {
			t.Fatalf("trying too early changed the wait from %s to %s", w, again)
		}
		last = w
		g.now = g.now.Add(w)
	}
	if last < 10*time.Minute {
		t.Errorf("after 16 failures only %s", last)
	}
	if w := g.wait(t, "zhang", "10.0.0.2"); w != 0 {
		t.Errorf("the victim waits %s at another source", w)
	}
	if w := g.wait(t, "li", "10.0.0.1"); w != 0 {
		t.Errorf("a colleague waits %s", w)
	}
	g.now = g.now.Add(24 * time.Hour)
	for i := range 4 {
		if w := g.wait(t, "zhang", "10.0.0.1"); w != 0 {
			t.Errorf("a day later attempt %d waits %s", i, w)
		}
	}
}

func TestGoodLoginForgivesThePairButNotTheSource(t *testing.T) {
	g := newGate()
	for range 29 {
		_ = g.take("guess", "10.0.0.1")
		g.now = g.now.Add(time.Second)
	}
	before := g.sources["10.0.0.1"].count
	if w := g.wait(t, "own", "10.0.0.1"); w != 0 {
		t.Fatal(w)
	}
	g.forgive("own", "10.0.0.1")
	if g.sources["10.0.0.1"].count != before || len(g.pairs) != 1 {
		t.Errorf("source had %d, has %d; pairs %v", before, g.sources["10.0.0.1"].count, g.pairs)
	}
}

func TestOneSourceWithManyNamesIsSlowed(t *testing.T) {
	g := newGate()
	let := 0
	for i := range 1000 {
		if g.wait(t, fmt.Sprint("user", i), "10.0.0.1") == 0 {
			let++
		}
	}
	if let > 40 {
		t.Errorf("%d names were tried at once", let)
	}
	if w := g.wait(t, "user1", "10.0.0.2"); w != 0 {
		t.Errorf("another source waits %s", w)
	}
	if g.wait(t, "x", "2001:db8::1") != 0 || sourceOf("2001:db8::1") != sourceOf("2001:db8::ffff:2") || sourceOf("::ffff:10.0.0.1") != "10.0.0.1" {
		t.Error("an IPv6 customer is a /64, and a mapped address is IPv4")
	}
}

func TestThrottleForgetsRatherThanGrows(t *testing.T) {
	g := newGate()
	for i := range 3 * maxTracked {
		g.now = g.now.Add(time.Millisecond)
		_ = g.take("u", fmt.Sprintf("10.%d.%d.%d", i>>16, i>>8&255, i&255))
	}
	if len(g.pairs) > maxTracked || len(g.sources) > maxTracked {
		t.Errorf("%d pairs, %d sources", len(g.pairs), len(g.sources))
	}
}

// Whatever attackers do elsewhere, a user who makes no mistakes at a source of
// their own never waits; and nobody ever waits longer than the longest wait.
func TestVictimIsNeverLockedOut(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		g := newGate()
		for range rapid.IntRange(1, 200).Draw(r, "steps") {
			g.now = g.now.Add(time.Duration(rapid.Int64Range(-int64(time.Hour), int64(time.Hour)).Draw(r, "step")))
			if w := g.wait(r, "victim", "203.0.113."+rapid.SampledFrom([]string{"1", "2", "3"}).Draw(r, "from")); w > 15*time.Minute+time.Second {
				r.Fatalf("waits %s", w)
			}
			if w := g.wait(r, "victim", "10.0.0.1"); w != 0 {
				r.Fatalf("the victim waits %s at home", w)
			}
			g.forgive("victim", "10.0.0.1")
		}
	})
}
