package acd

import (
	"math"
	"slices"
	"time"
)

// The expected wait is position · handling time / active agents (features §1.5).
const (
	handlingHalfLife = 30 * time.Minute
	handlingSamples  = 20               // fewer say nothing
	handlingUnknown  = 90 * time.Second // the usual assumption without a history
)

// Handling is the recent handling time (talk, hold and wrap-up) of a queue: an
// exponentially weighted mean with a half-life of 30 minutes. The zero value is
// ready to use.
type Handling struct {
	Sum, Weight float64 // seconds
	Samples     int
	At          time.Time // of the latest sample
}

// Add returns h with the call that ended at at.
func (h Handling) Add(took time.Duration, at time.Time) Handling {
	if h.Samples > 0 {
		keep := math.Exp2(-since(h.At, at).Seconds() / handlingHalfLife.Seconds())
		h.Sum, h.Weight = h.Sum*keep, h.Weight*keep
	}
	h.Sum += max(took, 0).Seconds()
	h.Weight++
	h.Samples++
	if at.After(h.At) {
		h.At = at
	}
	return h
}

// Mean is the handling time to expect: 90 s until 20 calls are known.
func (h Handling) Mean() time.Duration {
	if h.Samples < handlingSamples {
		return handlingUnknown
	}
	return time.Duration(h.Sum / h.Weight * float64(time.Second))
}

// Active is how many agents work for a queue: those signed on whose phone is
// there and who neither pause nor fail to respond. An agent in k queues counts
// 1/k in each.
func Active(queue string, queues []Queue, seats []Seat) float64 {
	in := make(map[string]int) // queues by account
	for i := range queues {
		for _, account := range unique(queues[i].Members) {
			in[account]++
		}
	}
	var members []string
	for i := range queues {
		if queues[i].Name == queue {
			members = queues[i].Members
		}
	}
	var agents float64
	for i := range seats {
		if seats[i].State.Working() && slices.Contains(members, seats[i].Account) {
			agents += 1 / float64(in[seats[i].Account])
		}
	}
	return agents
}

// Working reports whether the seat takes calls, now or after the present one.
func (s WorkState) Working() bool { return s == Ready || s == WrapUp || s.Rung() || s.OnCall() }

func unique(names []string) []string { return slices.Compact(slices.Sorted(slices.Values(names))) }

// Expect returns how long the caller at a position (1: next) will wait, and false
// if that cannot be told: nobody works for the queue.
func Expect(position int, handling time.Duration, agents float64) (time.Duration, bool) {
	if agents <= 0 || position < 1 {
		return 0, false
	}
	seconds := float64(position) * max(handling, 0).Seconds() / agents
	if seconds > day.Seconds() {
		return day, true
	}
	return time.Duration(seconds * float64(time.Second)), true
}

// Band is an expected wait as it is told: "about n minutes", and for 1 "less than
// a minute". Zero: nothing is told.
type Band int

// bands returns what may be told. Beyond the last, a number only frightens.
func bands() []Band { return []Band{1, 2, 3, 4, 5, 10, 15} }

// BandOf returns the band of an expected wait, rounded up so that it is rather
// kept than broken, and zero above 15 minutes.
func BandOf(expected time.Duration) Band {
	for _, b := range bands() {
		if expected <= time.Duration(b)*time.Minute {
			return b
		}
	}
	return 0
}

// Wait is what a caller has been told of the wait. The zero value is a caller who
// was told nothing.
type Wait struct {
	Told Band
}

// Tell returns the band to tell now, or zero for silence, and the new history.
// It never returns more than was told before: when the wait has grown, it would
// be wrong to repeat the old value and rude to tell the new one.
func (w Wait) Tell(expected time.Duration, known bool) (Band, Wait) {
	b := BandOf(expected)
	if !known || b == 0 || w.Told > 0 && b > w.Told {
		return 0, w
	}
	return b, Wait{Told: b}
}
