package phones

import (
	"context"
	"fmt"
	"math"
	"sync"
	"time"
)

// How the ear decides that it hears a tone.
const (
	earBlock = 320 // samples: 40 ms, so 25 Hz of resolution
	earRun   = 5   // blocks in a row: 200 ms
	// earShare is the least part of the energy a tone must have; five equal
	// tones mixed together still pass.
	earShare = 0.15
	// earFloor is the level below which everything is silence, in dBFS.
	earFloor = -50.0
)

// SilenceLevel is the level, in dB relative to full scale, that an ear reports
// when nothing at all arrives.
const SilenceLevel = -100.0

// ear listens to the received audio of one call: it keeps the energy and looks
// for the tones that somebody waits for.
type ear struct {
	mu      sync.Mutex
	block   []int16
	waiting map[*listener]struct{}
	energy  float64 // sum of squares since the call began
	samples uint64
}

// listener waits for one tone.
type listener struct {
	filter goertzel
	run    int
	heard  chan struct{}
}

// feed takes the next received samples.
func (e *ear) feed(codec Codec, payload []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, b := range payload {
		sample := codec.Decode(b)
		e.energy += float64(sample) * float64(sample)
		if len(e.waiting) == 0 {
			continue
		}
		if e.block = append(e.block, sample); len(e.block) == earBlock {
			e.inspect()
			e.block = e.block[:0]
		}
	}
	e.samples += uint64(len(payload))
}

// inspect shows a full block to every listener.
func (e *ear) inspect() {
	silent := decibels(sumSquares(e.block), uint64(len(e.block))) < earFloor
	for l := range e.waiting {
		if silent || l.filter.share(e.block) < earShare {
			l.run = 0
			continue
		}
		if l.run++; l.run == earRun {
			close(l.heard)
			delete(e.waiting, l)
		}
	}
}

// listen starts to wait for a tone; stop ends it.
func (e *ear) listen(hz int) (heard <-chan struct{}, stop func()) {
	l := &listener{filter: newGoertzel(hz), heard: make(chan struct{})}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.waiting == nil {
		e.waiting = make(map[*listener]struct{})
	}
	if len(e.waiting) == 0 {
		e.block = e.block[:0] // samples from before the pause would mix two moments
	}
	e.waiting[l] = struct{}{}
	return l.heard, func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(e.waiting, l)
	}
}

func (e *ear) total() (energy float64, samples uint64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.energy, e.samples
}

func sumSquares(block []int16) (sum float64) {
	for _, sample := range block {
		sum += float64(sample) * float64(sample)
	}
	return sum
}

// decibels is the RMS level relative to full scale.
func decibels(energy float64, samples uint64) float64 {
	if samples == 0 || energy == 0 {
		return SilenceLevel
	}
	return math.Max(SilenceLevel, 10*math.Log10(energy/float64(samples)/(32768*32768)))
}

// Hears waits until the tone is heard for 200 ms without a break. Tones nearer
// than 50 Hz to each other are not told apart. The error says how loud the
// line was meanwhile, or how the call ended.
func (c *Call) Hears(ctx context.Context, hz int) error {
	heard, stop := c.media.ear.listen(hz)
	defer stop()
	energy, samples := c.media.ear.total()
	select {
	case <-heard:
		return nil
	case <-c.media.closed:
		return fmt.Errorf("%s: waiting for %d Hz: the call is over", c, hz)
	case <-ctx.Done():
		energyNow, samplesNow := c.media.ear.total()
		level := decibels(energyNow-energy, samplesNow-samples)
		return fmt.Errorf("%s: %d Hz not heard (%.0f dBFS in %d samples): %w", c, hz, level, samplesNow-samples, context.Cause(ctx))
	}
}

// HearsNot returns an error if the tone is heard within d.
func (c *Call) HearsNot(ctx context.Context, hz int, d time.Duration) error {
	heard, stop := c.media.ear.listen(hz)
	defer stop()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-heard:
		return fmt.Errorf("%s: hears %d Hz and should not", c, hz)
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// StopsHearing returns once the tone was not heard for d; what was on its way
// when the far end was cut off may still arrive for a moment.
func (c *Call) StopsHearing(ctx context.Context, hz int, d time.Duration) error {
	for c.HearsNot(ctx, hz, d) != nil {
		if ctx.Err() != nil {
			return fmt.Errorf("%s: still hears %d Hz: %w", c, hz, context.Cause(ctx))
		}
	}
	return nil
}

// Level measures for d how loud the received audio is, in dB relative to full
// scale; a tone from a simulated phone is about -15. Nothing received at all
// is [SilenceLevel].
func (c *Call) Level(ctx context.Context, d time.Duration) (float64, error) {
	energy, samples := c.media.ear.total()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return 0, context.Cause(ctx)
	}
	energyNow, samplesNow := c.media.ear.total()
	return decibels(energyNow-energy, samplesNow-samples), nil
}

// WaitSilence returns once the line has been silent for d, for use after a hold:
// what was on its way may still arrive for a moment.
func (c *Call) WaitSilence(ctx context.Context, d time.Duration) error {
	for {
		level, err := c.Level(ctx, d)
		if err != nil {
			return fmt.Errorf("%s: waiting for silence: %w", c, err)
		}
		if level < earFloor {
			return nil
		}
	}
}

// HearsNothing returns an error if the line is not silent for d, be it that
// silence is received or no packet at all.
func (c *Call) HearsNothing(ctx context.Context, d time.Duration) error {
	level, err := c.Level(ctx, d)
	if err != nil {
		return err
	}
	if level >= earFloor {
		return fmt.Errorf("%s: hears %.0f dBFS, want silence", c, level)
	}
	return nil
}
