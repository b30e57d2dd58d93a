package main

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"strconv"
	"time"
)

// step is what one rate gave at one side.
type step struct {
	rate      int
	calls     int
	failed    int
	repeats   int             // messages that a phone sent again for want of an answer
	setups    []time.Duration // first INVITE → 200 at the caller, sorted
	asterisk  time.Duration   // processor time
	bellhop   time.Duration   // processor time
	wall      time.Duration
	foreign   time.Duration // processor time of everything that has nothing to do with it
	remaining int           // channels that were still there after the calls
}

// clean says whether the switch kept up with the rate.
func (s step) clean() bool {
	return s.failed*200 <= s.calls && s.repeats*100 <= s.calls && s.p(99) <= time.Second && s.remaining == 0
}

// p returns a percentile of the set-up time.
func (s step) p(percent int) time.Duration {
	if len(s.setups) == 0 {
		return 0
	}
	return s.setups[min(len(s.setups)*percent/100, len(s.setups)-1)]
}

// perCall divides processor time by calls.
func (s step) perCall(d time.Duration) time.Duration { return d / time.Duration(max(s.calls, 1)) }

// foreignShare is how much of the machine others used meanwhile, 0 to 1.
func (s step) foreignShare() float64 {
	return max(0, float64(s.foreign)/float64(s.wall)/float64(runtime.NumCPU()))
}

// drainTime is how long a switch may take to end its last calls.
const drainTime = 20 * time.Second

// step places calls at a rate for p.length and waits until they are over.
func (b *bench) step(ctx context.Context, s *side, p plan, rate int) (step, error) {
	result := step{rate: rate, calls: rate * int(p.length/time.Second)}
	callee, err := b.startSipp(ctx, s, "callee", s.callee)
	if err != nil {
		return result, err
	}
	before, err := s.usage()
	if err != nil {
		return result, errors.Join(err, callee.stop())
	}
	caller, err := b.call(ctx, s, p, rate, result.calls)
	if err != nil {
		return result, errors.Join(err, callee.stop())
	}
	err = caller.wait()
	after, usageErr := s.usage()
	drained := b.drained(ctx, s)
	if err := errors.Join(err, usageErr, callee.stop()); err != nil {
		return result, err
	}
	result.asterisk, result.bellhop = after.asterisk-before.asterisk, after.bellhop-before.bellhop
	result.wall = after.at.Sub(before.at)
	result.foreign = after.all - before.all - result.asterisk - result.bellhop - caller.cpu() - callee.cpu()
	result.remaining = drained
	return result, result.read(caller, callee)
}

// call starts the calling phones.
func (b *bench) call(ctx context.Context, s *side, p plan, rate, calls int) (*sipp, error) {
	limit := time.Duration(calls/rate)*time.Second + p.hold + 10*time.Second
	return b.startSipp(ctx, s, "caller", s.caller, "-inf", filepath.Join(b.dir, callList),
		"-r", strconv.Itoa(rate), "-m", strconv.Itoa(calls), "-l", strconv.Itoa(calls), "-d", strconv.Itoa(int(p.hold.Milliseconds())),
		"-recv_timeout", "8000", "-timeout", limit.String(), "-trace_shortmsg")
}

// read takes the figures out of what sipp wrote.
func (s *step) read(caller, callee *sipp) error {
	counts, err := caller.counts()
	if err != nil {
		return err
	}
	s.failed = s.calls - counts["SuccessfulCall(C)"]
	s.repeats = counts["Retransmissions(C)"]
	if counts, err = callee.counts(); err != nil {
		return err
	}
	s.repeats += counts["Retransmissions(C)"]
	s.setups, err = caller.setups()
	return err
}

// drained waits until the switch has no channel left and returns how many it has.
func (b *bench) drained(ctx context.Context, s *side) int {
	left := 0
	_ = until(ctx, drainTime, "all channels are gone", func() bool { // what is left is the result
		channels, err := s.pbx.Channels(ctx)
		left = len(channels)
		return err == nil && left == 0
	})
	return left
}

// usage is the processor time used up to a moment.
type usage struct {
	at                     time.Time
	asterisk, bellhop, all time.Duration
}

func (s *side) usage() (u usage, err error) {
	u.at = time.Now()
	if u.asterisk, err = cpuOf(s.pbx.PID()); err != nil {
		return u, err
	}
	if s.controller != nil {
		if u.bellhop, err = cpuOf(s.controller.cmd.Process.Pid); err != nil {
			return u, err
		}
	}
	u.all, err = cpuOfAll()
	return u, err
}
