package acd

import (
	"slices"
	"time"
)

// Interval is the figures of the visits that entered in [From, To).
type Interval struct {
	From, To time.Time // local
	Figures  Figures
}

// mostIntervals is three years of quarter hours. A longer list is the fault of a
// stray entry time: then the empty intervals are left out.
const mostIntervals = 3 * 366 * 96

// Intervals computes the figures for each step of the local day, without gaps
// from the first entry to the last. A visit belongs to the interval in which it
// entered. Steps begin at local midnight and lie on the wall clock: when clocks
// change, an hour that comes twice is two intervals, and a day may have 23 or 25
// hours. A step that is not in (0, 24 h] is a day, no location is UTC.
func Intervals(visits []Visit, t Target, step time.Duration, loc *time.Location) []Interval {
	g := grid{step: step, loc: loc}
	if step <= 0 || step > day {
		g.step = day
	}
	if loc == nil {
		g.loc = time.UTC
	}
	if len(visits) == 0 {
		return nil
	}
	sorted := slices.Clone(visits)
	slices.SortStableFunc(sorted, func(a, b Visit) int { return a.Entered.Compare(b.Entered) })
	span := sorted[len(sorted)-1].Entered.Sub(sorted[0].Entered)
	fill := span/g.step < mostIntervals
	var out []Interval
	for from := g.floor(sorted[0].Entered); len(sorted) > 0; {
		to := g.next(from)
		n := slices.IndexFunc(sorted, func(v Visit) bool { return !v.Entered.Before(to) })
		if n < 0 {
			n = len(sorted)
		}
		out = append(out, Interval{From: from, To: to, Figures: Count(sorted[:n], t)})
		sorted, from = sorted[n:], to
		if !fill && len(sorted) > 0 {
			from = g.floor(sorted[0].Entered)
		}
	}
	return out
}

const day = 24 * time.Hour

// grid is the steps of the local wall clock.
type grid struct {
	step time.Duration
	loc  *time.Location
}

// floor returns the beginning of the step that t lies in.
func (g grid) floor(t time.Time) time.Time {
	t = t.In(g.loc)
	begin := t.Add(-(wall(t) % g.step))
	change, _ := t.ZoneBounds()
	if change.IsZero() || !begin.Before(change) {
		return begin
	}
	if before := change.Add(-1); g.label(before) == g.label(t) {
		return g.floor(before) // the clocks changed within the step
	}
	return change
}

// next returns the end of the step that begins at begin.
func (g grid) next(begin time.Time) time.Time {
	for at := begin; ; {
		w := wall(at)
		end := at.Add(min(g.step-w%g.step, day-w))
		if _, change := at.ZoneBounds(); !change.IsZero() && change.Before(end) {
			end = change.In(g.loc)
		}
		if !g.floor(end).Equal(begin) {
			return end
		}
		at = end
	}
}

// label names the step on the wall clock: its day and its number in the day.
func (g grid) label(t time.Time) [2]int {
	t = t.In(g.loc)
	return [2]int{t.Year()*366 + t.YearDay(), int(wall(t) / g.step)}
}

// wall is what the clock on the wall shows, since midnight.
func wall(t time.Time) time.Duration {
	h, m, s := t.Clock()
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second + time.Duration(t.Nanosecond())
}
