package acd

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func zone(t interface{ Fatal(...any) }, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func enteredAt(at ...time.Time) []Visit {
	var vs []Visit
	for _, x := range at {
		vs = append(vs, Visit{Entered: x, Left: x, How: Answered})
	}
	return vs
}

// TestIntervalsWhenClocksChange looks at the days of 2026 on which clocks change.
func TestIntervalsWhenClocksChange(t *testing.T) {
	berlin, howe := zone(t, "Europe/Berlin"), zone(t, "Australia/Lord_Howe")
	for name, c := range map[string]struct {
		loc         *time.Location
		first, last time.Time
		step        time.Duration
		count       int
		lengths     map[int]time.Duration // of intervals that differ from step
	}{
		"an hour comes twice": {berlin, time.Date(2026, 10, 25, 1, 0, 0, 0, berlin), time.Date(2026, 10, 25, 3, 59, 0, 0, berlin), time.Hour, 4, nil},
		"an hour is missing":  {berlin, time.Date(2026, 3, 29, 1, 0, 0, 0, berlin), time.Date(2026, 3, 29, 3, 59, 0, 0, berlin), time.Hour, 2, nil},
		"a day of 25 hours":   {berlin, time.Date(2026, 10, 24, 9, 0, 0, 0, berlin), time.Date(2026, 10, 26, 9, 0, 0, 0, berlin), 24 * time.Hour, 3, map[int]time.Duration{1: 25 * time.Hour}},
		"a day of 23 hours":   {berlin, time.Date(2026, 3, 28, 9, 0, 0, 0, berlin), time.Date(2026, 3, 30, 9, 0, 0, 0, berlin), 0, 3, map[int]time.Duration{0: 24 * time.Hour, 1: 23 * time.Hour, 2: 24 * time.Hour}},
		"four hours are five": {berlin, time.Date(2026, 10, 25, 0, 0, 0, 0, berlin), time.Date(2026, 10, 25, 5, 0, 0, 0, berlin), 4 * time.Hour, 2, map[int]time.Duration{0: 5 * time.Hour}},
		"half an hour twice":  {howe, time.Date(2026, 4, 5, 0, 0, 0, 0, howe), time.Date(2026, 4, 5, 2, 59, 0, 0, howe), time.Hour, 3, map[int]time.Duration{1: 90 * time.Minute}},
		"a step of seven":     {time.UTC, noon, noon.Add(13 * time.Hour), 7 * time.Hour, 4, map[int]time.Duration{2: 3 * time.Hour}},
	} {
		t.Run(name, func(t *testing.T) {
			got := Intervals(enteredAt(c.first, c.last), target(), c.step, c.loc)
			for i, x := range got {
				want := c.step
				if l, differs := c.lengths[i]; differs {
					want = l
				}
				if x.To.Sub(x.From) != want {
					t.Errorf("interval %d: %v to %v, want %v", i, x.From, x.To, want)
				}
			}
			if len(got) != c.count {
				t.Errorf("%d intervals, want %d", len(got), c.count)
			}
		})
	}
}

// TestIntervalsPartTheTime: intervals join without a gap, hold every visit once
// and only those that entered in them, and begin where the wall clock says.
func TestIntervalsPartTheTime(t *testing.T) {
	zones := []*time.Location{time.UTC, zone(t, "Asia/Shanghai"), zone(t, "Europe/Berlin"), zone(t, "Australia/Lord_Howe"), zone(t, "America/Sao_Paulo"), zone(t, "Asia/Kathmandu")}
	rapid.Check(t, func(t *rapid.T) {
		loc := rapid.SampledFrom(zones).Draw(t, "zone")
		step := rapid.SampledFrom([]time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour, 4 * time.Hour, 7 * time.Hour, 24 * time.Hour}).Draw(t, "step")
		begin := time.Date(rapid.IntRange(2010, 2026).Draw(t, "year"), time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 31).Draw(t, "day"), 0, 0, 0, 0, loc)
		var vs []Visit
		for range rapid.IntRange(1, 6).Draw(t, "visits") {
			vs = append(vs, enteredAt(begin.Add(time.Duration(rapid.IntRange(0, 3*24*3600).Draw(t, "entered"))*time.Second))...)
		}
		n := 0
		got := Intervals(vs, target(), step, loc)
		for i, x := range got {
			if !x.From.Before(x.To) || i > 0 && !x.From.Equal(got[i-1].To) {
				t.Fatalf("%v to %v after %v", x.From, x.To, got[max(i-1, 0)].To)
			}
			change, _ := x.From.ZoneBounds()
			if wall(x.From)%step != 0 && !x.From.Equal(change) {
				t.Fatalf("%v is no step of %v", x.From, step)
			}
			inside := 0
			for _, v := range vs {
				if !v.Entered.Before(x.From) && v.Entered.Before(x.To) {
					inside++
				}
			}
			if inside != x.Figures.Answered {
				t.Fatalf("%d entered in %v to %v, counted %d", inside, x.From, x.To, x.Figures.Answered)
			}
			n += inside
		}
		if n != len(vs) || got[0].Figures.Answered == 0 || got[len(got)-1].Figures.Answered == 0 {
			t.Fatalf("%d of %d visits in %d intervals", n, len(vs), len(got))
		}
	})
}

func TestIntervalsOfAStrayEntry(t *testing.T) {
	vs := append(enteredAt(noon, noon.Add(time.Hour)), Visit{How: Answered, Left: noon})
	if got := Intervals(vs, target(), 15*time.Minute, nil); len(got) != 3 {
		t.Errorf("%d intervals", len(got))
	}
	if got := Intervals(nil, target(), time.Hour, time.UTC); got != nil {
		t.Errorf("%v", got)
	}
}
