package main

import (
	"context"
	"strings"
	"testing"
	"time"
)

// TestTwentyCallsASecond runs the short plan, so that the program cannot rot,
// and holds both switches to what every machine can do: no call fails.
func TestTwentyCallsASecond(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a real Asterisk: not with -short")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	p := shortPlan()
	b, err := setUp(ctx, p, t.Output())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.takeDown(); err != nil {
			t.Error(err)
		}
	}()
	r, err := b.measure(ctx, p)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]series{"plain": r.plain, "bellhop": r.bellhop} {
		if len(s.steps) != 1 {
			t.Fatalf("%s: %d steps, want 1", name, len(s.steps))
		}
		one := s.steps[0]
		if one.failed != 0 || one.remaining != 0 || len(one.setups) != one.calls || one.calls != 60 {
			t.Errorf("%s: %s; %d set-up times, %d channels left", name, one, len(one.setups), one.remaining)
		}
	}
	if r.bellhop.steps[0].bellhop == 0 {
		t.Error("the controller used no processor time: it did not run the calls")
	}
	if r.memory.talking == 0 || r.provisioned == 0 {
		t.Errorf("memory %d bytes, provisioning %s: not measured", r.memory.talking, r.provisioned)
	}
	var table strings.Builder
	if err := r.print(&table); err != nil || !strings.Contains(table.String(), "failed calls at 20 calls/s: 0 of 60") {
		t.Errorf("report (%v):\n%s", err, table.String())
	}
}

func TestStepIsCleanUntilTheOnset(t *testing.T) {
	quick := make([]time.Duration, 1000)
	slow := append(make([]time.Duration, 980), make([]time.Duration, 20)...)
	for i := range 20 {
		slow[980+i] = 2 * time.Second
	}
	for _, c := range []struct {
		name  string
		step  step
		clean bool
	}{
		{"all well", step{calls: 1000, setups: quick}, true},
		{"five of 1000 failed", step{calls: 1000, failed: 5, setups: quick}, true},
		{"six of 1000 failed", step{calls: 1000, failed: 6, setups: quick}, false},
		{"one in a hundred repeated", step{calls: 1000, repeats: 10, setups: quick}, true},
		{"more repeated", step{calls: 1000, repeats: 11, setups: quick}, false},
		{"two in a hundred took two seconds", step{calls: 1000, setups: slow}, false},
		{"a channel stayed behind", step{calls: 1000, setups: quick, remaining: 1}, false},
	} {
		if got := c.step.clean(); got != c.clean {
			t.Errorf("%s: clean %v, want %v", c.name, got, c.clean)
		}
	}
}

func TestSeriesRemembersItsLimits(t *testing.T) {
	var s series
	well := func(rate int) step { return step{rate: rate, calls: 1} }
	ill := func(rate int) step { return step{rate: rate, calls: 1, failed: 1} }
	for _, one := range []step{well(20), well(50), ill(100), well(150)} {
		s.enter(one)
	}
	if s.clean != 50 || s.onset != 100 {
		t.Errorf("clean %d, onset %d; want 50 and 100", s.clean, s.onset)
	}
}

func TestQuietestRunCounts(t *testing.T) {
	run := func(calls int, foreign time.Duration) step {
		return step{calls: calls, foreign: foreign, wall: time.Second}
	}
	if got := quietest([]step{run(1, 3*time.Second), run(2, time.Second), run(3, 2*time.Second)}); got.calls != 2 {
		t.Errorf("run %d counts, want 2", got.calls)
	}
}

func TestPlanOnly(t *testing.T) {
	p := fullPlan()
	if err := p.only("20,150"); err != nil || len(p.rates) != 2 || p.rates[1] != 150 || p.climb != nil {
		t.Errorf("%+v, %v", p, err)
	}
	for _, bad := range []string{"", "x", "20,", "0", "-5", "9999"} {
		if err := p.only(bad); err == nil || !strings.Contains(err.Error(), "-rates") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
