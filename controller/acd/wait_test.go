package acd

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestHandlingNeedsTwentyCalls(t *testing.T) {
	var h Handling
	for i := range 20 {
		if h.Mean() != 90*sec {
			t.Fatalf("%v after %d calls", h.Mean(), i)
		}
		h = h.Add(200*sec, noon)
	}
	if h.Mean() != 200*sec {
		t.Errorf("%v after 20 calls", h.Mean())
	}
}

// TestHandlingHalvesInHalfAnHour: what is 30 minutes old weighs half.
func TestHandlingHalvesInHalfAnHour(t *testing.T) {
	var h Handling
	for range 30 {
		h = h.Add(100*sec, noon)
	}
	for range 30 {
		h = h.Add(400*sec, noon.Add(30*time.Minute))
	}
	if got, want := h.Mean().Seconds(), (100*0.5+400)/1.5; math.Abs(got-want) > 1e-6 {
		t.Errorf("%v, want %v", got, want)
	}
	h = h.Add(60*sec, noon.Add(1000*time.Hour))
	if h.Mean() != 60*sec {
		t.Errorf("after weeks the last call counts: %v", h.Mean())
	}
	if back := h.Add(-sec, noon); back.At != h.At || back.Mean() != 30*sec {
		t.Errorf("a clock set back: %+v", back)
	}
}

func TestActiveAgentsOfSeveralQueuesCountInParts(t *testing.T) {
	queues := []Queue{
		{Name: "operator", Members: []string{"li", "li", "wang", "zhao", "sun", "gone"}},
		{Name: "desk", Members: []string{"li", "zhao"}}, {Name: "english", Members: []string{"li"}},
	}
	seat := func(account string, state WorkState) Seat {
		return Seat{Profile: Profile{Account: account}, State: state}
	}
	seats := []Seat{seat("li", Talking), seat("wang", Ready), seat("zhao", Paused), seat("sun", NotResponding)}
	for queue, want := range map[string]float64{"operator": 1 + 1./3, "desk": 1. / 3, "english": 1. / 3, "gone": 0} {
		if got := Active(queue, queues, seats); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", queue, got, want)
		}
	}
	for state, works := range map[WorkState]bool{
		Ready: true, WrapUp: true, Reserved: true, Alerting: true, Talking: true, Holding: true, BusyOther: true,
		Paused: false, NotResponding: false, Offline: false, SignedOff: false,
	} {
		if state.Working() != works {
			t.Error(state)
		}
	}
}

func TestExpect(t *testing.T) {
	for _, c := range []struct {
		position int
		handling time.Duration
		agents   float64
		want     time.Duration
		known    bool
	}{
		{1, 90 * sec, 1, 90 * sec, true}, {4, 90 * sec, 3, 120 * sec, true}, {1, 90 * sec, 0.5, 180 * sec, true},
		{1, 90 * sec, 0, 0, false}, {0, 90 * sec, 1, 0, false}, {1 << 40, time.Hour, 1e-9, 24 * time.Hour, true},
	} {
		if got, known := Expect(c.position, c.handling, c.agents); got != c.want || known != c.known {
			t.Errorf("%+v: %v %v", c, got, known)
		}
	}
}

func TestBandOf(t *testing.T) {
	for expected, want := range map[time.Duration]Band{
		0: 1, 60 * sec: 1, 61 * sec: 2, 5 * time.Minute: 5, 301 * sec: 10, 15 * time.Minute: 15, 901 * sec: 0, -sec: 1,
	} {
		if got := BandOf(expected); got != want {
			t.Errorf("%v: %d, want %d", expected, got, want)
		}
	}
}

// TestAnnouncementsNeverGetWorse: whatever happens in the queue, neither the told
// wait nor the told position rises, nothing above the cap is told, and nobody is
// spoken to more often than every so long. The next time is always ahead.
func TestAnnouncementsNeverGetWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		duration := func(max int, label string) time.Duration {
			return time.Duration(rapid.IntRange(0, max).Draw(t, label)) * sec
		}
		a := Announce{Position: rapid.Bool().Draw(t, "position"), Wait: rapid.Bool().Draw(t, "wait"), Every: duration(60, "every"), Reminder: duration(60, "reminder")}
		var history Told
		var position int
		var band Band
		w := Waiting{Entered: noon}
		for now := noon; now.Before(noon.Add(20 * time.Minute)); {
			w.Position, w.Expected, w.Known = rapid.IntRange(0, 9).Draw(t, "at"), duration(1200, "expected"), rapid.Bool().Draw(t, "known")
			say, then, next := a.Decide(history, w, now)
			if say.Position > 0 && (position > 0 && say.Position > position || !a.Position || say.Position != w.Position) {
				t.Fatalf("position %d after %d", say.Position, position)
			}
			if say.Wait > 0 && (band > 0 && say.Wait > band || !a.Wait || !w.Known || say.Wait != BandOf(w.Expected)) {
				t.Fatalf("wait %d after %d, expected %v", say.Wait, band, w.Expected)
			}
			if say.Position > 0 {
				position = say.Position
			}
			if say.Wait > 0 {
				band = say.Wait
			}
			if next.IsZero() {
				if a.Reminder > 0 || a.Every > 0 && (a.Position || a.Wait) {
					t.Fatal("no next time")
				}
				return
			}
			if !next.After(now) {
				t.Fatalf("at %v the next time is %v: %+v", now, next, a)
			}
			if again, _, _ := a.Decide(then, w, now); !again.Silent() {
				t.Fatalf("said twice at once: %+v", again)
			}
			history, now = then, next
		}
	})
}
