package acd

import (
	"fmt"
	"math"
	"testing"
	"time"
)

// erlang is a system with a known answer (features §1.6): Poisson arrivals,
// exponential handling, perhaps exponential patience, agents all alike.
type erlang struct {
	perHour  float64
	handling time.Duration
	agents   int
	patience time.Duration // 0: endless
	pw, wait float64       // share that waits (Erlang C); mean wait of all, seconds
	abandon  float64       // share that abandons (Erlang A)
}

// run plays n calls and returns what the figures say of those after the warm-up.
func (e erlang) run(t testing.TB, seed uint64, n int) (pw, wait, abandon float64) {
	s := Situation{Queues: []Queue{{Name: "q", Strategy: LongestIdle, RingTime: time.Minute}}}
	for i := range e.agents {
		name := fmt.Sprint("a", i)
		s.Queues[0].Members = append(s.Queues[0].Members, name)
		s.Seats = append(s.Seats, Seat{Profile: Profile{Account: name}})
	}
	m := newSim(t, seed, s)
	m.service = func() time.Duration { return m.exp(e.handling) }
	if e.patience > 0 {
		m.patience = func() time.Duration { return m.exp(e.patience) }
	}
	gap := time.Duration(float64(time.Hour) / e.perHour)
	m.arrivals(n, func() time.Duration { return m.exp(gap) }, func(int) Caller { return Caller{Queue: "q"} })
	m.run()
	vs := m.visits[n/10:]
	f := Count(vs, Target{})
	var all time.Duration
	for _, v := range vs {
		all += v.Wait()
	}
	if f.Abandoned == 0 && all != f.Wait {
		t.Errorf("waits add up to %v, figures say %v", all, f.Wait)
	}
	abandon, _ = f.RawAbandonRate()
	at, _ := f.ServiceLevel(FormulaAnswered) // answered within 0 s: did not wait
	return 1 - at, all.Seconds() / float64(len(vs)), abandon
}

// TestWaitsAgreeWithErlang: without VIPs, skills and misses the matcher is a
// plain first-come queue; mean wait, waiting share and abandons must lie in the
// simulation's own 99.9 % confidence interval of Erlang C and A.
func TestWaitsAgreeWithErlang(t *testing.T) {
	for name, e := range map[string]erlang{
		"C, A=1 N=3": {perHour: 30, handling: 120 * sec, agents: 3, pw: 0.0909, wait: 5.4545},
		"C, A=5 N=8": {perHour: 100, handling: 180 * sec, agents: 8, pw: 0.1673, wait: 10.036},
		"A, A=5 N=7": {perHour: 100, handling: 180 * sec, agents: 7, patience: 90 * sec, wait: 6.0324, abandon: 0.06703},
	} {
		t.Run(name, func(t *testing.T) {
			var pws, waits, abandons sample
			for seed := range uint64(30) {
				pw, wait, abandon := e.run(t, seed, 2500)
				pws, waits, abandons = append(pws, pw), append(waits, wait), append(abandons, abandon)
			}
			waits.agrees(t, "mean wait, s", e.wait)
			if e.patience == 0 {
				pws.agrees(t, "share that waits", e.pw)
			} else {
				abandons.agrees(t, "share that abandons", e.abandon)
			}
		})
	}
}

// sample is one figure of several independent runs.
type sample []float64

// agrees holds that want lies in the confidence interval of the mean, and that
// the interval is narrow enough to say something.
func (s sample) agrees(t *testing.T, what string, want float64) {
	t.Helper()
	const student = 3.659 // 99.9 %, 29 degrees of freedom
	var sum, squares float64
	for _, x := range s {
		sum += x
	}
	mean := sum / float64(len(s))
	for _, x := range s {
		squares += (x - mean) * (x - mean)
	}
	half := student * math.Sqrt(squares/float64(len(s)-1)/float64(len(s)))
	t.Logf("%s: %.5f ± %.5f, Erlang %.5f", what, mean, half, want)
	if math.Abs(mean-want) > half {
		t.Errorf("%s: %.5f ± %.5f, Erlang says %.5f", what, mean, half, want)
	}
	if half > 0.25*want {
		t.Errorf("%s: ± %.5f proves nothing", what, half)
	}
}
