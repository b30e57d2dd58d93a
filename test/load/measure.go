package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// result is everything that was measured.
type result struct {
	plan           plan
	plain, bellhop series
	memory         memory
	provisioned    time.Duration
	loads          [2]string // load average before and after
	took           time.Duration
}

// series is one side at rising rates.
type series struct {
	steps []step // in the order of rates
	clean int    // the highest rate it kept up with, calls/s
	onset int    // the rate at which it did not any more; 0: never seen
}

// memory is the controller's resident memory in bytes.
type memory struct{ idle, talking, after int64 }

// measure runs the plan, both sides in turns so that what disturbs the machine
// disturbs both.
func (b *bench) measure(ctx context.Context, p plan) (*result, error) {
	r := &result{plan: p}
	r.loads[0] = loadAverage()
	_, r.provisioned = b.bellhop.controller.heard()
	if err := b.memory(ctx, p, r); err != nil {
		return nil, err
	}
	if err := b.atTargets(ctx, p, r); err != nil {
		return nil, err
	}
	for _, rate := range p.climb {
		for _, s := range b.sides() {
			if err := b.climb(ctx, s, p, rate, r.of(s)); err != nil {
				return nil, err
			}
		}
	}
	var err error
	r.memory.after, err = memoryOf(b.bellhop.controller.cmd.Process.Pid)
	r.loads[1] = loadAverage()
	return r, err
}

func (r *result) of(s *side) *series {
	if s.controller == nil {
		return &r.plain
	}
	return &r.bellhop
}

// atTargets measures the rates for which there are targets, several times each;
// of each side the round counts in which others disturbed the machine least.
func (b *bench) atTargets(ctx context.Context, p plan, r *result) error {
	for _, rate := range p.rates {
		runs := map[*side][]step{}
		for range p.rounds {
			for _, s := range b.sides() {
				one, err := b.tried(ctx, s, p, rate)
				if err != nil {
					return err
				}
				runs[s] = append(runs[s], one)
			}
		}
		for _, s := range b.sides() {
			r.of(s).enter(quietest(runs[s]))
		}
	}
	return nil
}

// climb tries one higher rate, several times if need be: one hiccup of the
// machine is not yet the onset of failures.
func (b *bench) climb(ctx context.Context, s *side, p plan, rate int, to *series) error {
	if to.onset > 0 {
		return nil
	}
	var runs []step
	for range p.rounds {
		one, err := b.tried(ctx, s, p, rate)
		if err != nil {
			return err
		}
		if one.clean() {
			to.enter(one)
			return nil
		}
		runs = append(runs, one)
	}
	to.enter(quietest(runs))
	return nil
}

// quietest returns the run that was disturbed least.
func quietest(runs []step) step {
	return slices.MinFunc(runs, func(a, b step) int { return cmp.Compare(a.foreignShare(), b.foreignShare()) })
}

func (b *bench) tried(ctx context.Context, s *side, p plan, rate int) (step, error) {
	one, err := b.step(ctx, s, p, rate)
	if err != nil {
		return one, fmt.Errorf("%s at %d calls/s: %w", s.name, rate, err)
	}
	b.say("%-8s%s", s.name, one)
	return one, nil
}

// enter adds the result of a rate.
func (s *series) enter(one step) {
	s.steps = append(s.steps, one)
	switch {
	case one.clean() && s.onset == 0:
		s.clean = one.rate
	case s.onset == 0:
		s.onset = one.rate
	}
}

// memory reads the controller's memory with all phones registered, and with
// calls that talk. The phones send no audio: it never passes the controller.
func (b *bench) memory(ctx context.Context, p plan, r *result) (err error) {
	pid := b.bellhop.controller.cmd.Process.Pid
	if r.memory.idle, err = memoryOf(pid); err != nil {
		return err
	}
	callee, err := b.startSipp(ctx, b.bellhop, "callee", b.bellhop.callee)
	if err != nil {
		return err
	}
	p.hold = 4 * time.Second
	caller, err := b.call(ctx, b.bellhop, p, 50, p.talk)
	if err != nil {
		return err
	}
	talking := 2 * p.talk // channels
	err = until(ctx, 10*time.Second, fmt.Sprintf("%d calls talk", p.talk), func() bool {
		channels, err := b.bellhop.pbx.Channels(ctx)
		up := 0
		for _, c := range channels {
			if c.State == "Up" {
				up++
			}
		}
		return err == nil && up == talking
	})
	if err != nil {
		return err
	}
	if r.memory.talking, err = memoryOf(pid); err != nil {
		return err
	}
	if err := caller.wait(); err != nil {
		return err
	}
	b.drained(ctx, b.bellhop)
	return callee.stop()
}
