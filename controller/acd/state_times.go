package acd

import "time"

// Times is how long agents spent in their states.
type Times struct {
	LoggedIn      time.Duration // signed on, pauses included
	Offline       time.Duration
	Ready         time.Duration
	Ringing       time.Duration // reserved and alerting
	Talking       time.Duration
	Holding       time.Duration
	WrapUp        time.Duration
	BusyOther     time.Duration
	NotResponding time.Duration
	Paused        time.Duration
	PausedFor     map[string]time.Duration // Paused by reason
}

// StateTimes adds up what lies of the spans in [from, to). An open span counts
// until to, which therefore must not lie in the future.
func StateTimes(spans []Span, from, to time.Time) Times {
	t := Times{PausedFor: make(map[string]time.Duration)}
	for i := range spans {
		t.add(&spans[i], spans[i].within(from, to))
	}
	return t
}

// StateTimesByAccount is StateTimes for each account.
func StateTimesByAccount(spans []Span, from, to time.Time) map[string]Times {
	by := make(map[string]Times)
	for i := range spans {
		s := &spans[i]
		t, known := by[s.Account]
		if !known {
			t.PausedFor = make(map[string]time.Duration)
		}
		t.add(s, s.within(from, to))
		by[s.Account] = t
	}
	return by
}

// within is how long the span lies in [from, to).
func (s *Span) within(from, to time.Time) time.Duration {
	begin, end := s.Begin, s.End
	if end.IsZero() || end.After(to) {
		end = to
	}
	if begin.Before(from) {
		begin = from
	}
	return since(begin, end)
}

func (t *Times) add(s *Span, d time.Duration) {
	if s.State == SignedOff {
		return
	}
	t.LoggedIn += d
	switch s.State {
	case Offline:
		t.Offline += d
	case Ready:
		t.Ready += d
	case Reserved, Alerting:
		t.Ringing += d
	case Talking:
		t.Talking += d
	case Holding:
		t.Holding += d
	case WrapUp:
		t.WrapUp += d
	case BusyOther:
		t.BusyOther += d
	case NotResponding:
		t.NotResponding += d
	case Paused:
		t.Paused += d
		if d > 0 {
			t.PausedFor[s.Reason] += d
		}
	}
}

// Handling is talk + hold + wrap-up.
func (t Times) Handling() time.Duration { return t.Talking + t.Holding + t.WrapUp }

// Occupancy is (talk + hold + wrap-up) / (talk + hold + wrap-up + ready), and
// false when that is nothing.
func (t Times) Occupancy() (float64, bool) {
	return ratio(t.Handling(), t.Handling()+t.Ready)
}

// Utilisation is (talk + hold + wrap-up) / logged-in including pauses, and false
// when nobody was.
func (t Times) Utilisation() (float64, bool) { return ratio(t.Handling(), t.LoggedIn) }

func ratio(part, whole time.Duration) (float64, bool) {
	if whole <= 0 {
		return 0, false
	}
	return float64(part) / float64(whole), true
}
