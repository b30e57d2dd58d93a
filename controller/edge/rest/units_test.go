package rest

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMoneyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		micro := rapid.Int64Range(0, 999_999_999_999_999).Draw(t, "micro")
		got, err := fromMoney("cost", toMoney(micro))
		if err != nil || got != micro {
			t.Fatalf("%d → %s → %d, %v", micro, toMoney(micro), got, err)
		}
	})
	for text, want := range map[string]int64{"": 0, "0": 0, "0.15": 150_000, "12": 12_000_000, "1.000001": 1_000_001} {
		if got, err := fromMoney("cost", text); err != nil || got != want {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
}

func TestTimeOfDayRoundTrip(t *testing.T) {
	for minute := range 24*60 + 1 {
		d := time.Duration(minute) * time.Minute
		if got := fromTimeOfDay(toTimeOfDay(d)); got != d {
			t.Fatalf("%s → %s → %s", d, toTimeOfDay(d), got)
		}
	}
	for d := range time.Weekday(7) {
		if fromWeekday(toWeekday(d)) != d {
			t.Errorf("%s", d)
		}
	}
}

// TestPages reads lists page by page: every item once, in order, whatever is
// removed or added between.
func TestPages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfNDistinct(rapid.IntRange(0, 500), 0, 60, func(i int) int { return i }).Draw(t, "items")
		limit := rapid.IntRange(1, 20).Draw(t, "limit")
		key := func(i int) string { return natural(fmt.Sprint(i)) }
		seen, after, last := map[int]bool{}, "", -1
		for range 100 {
			part, next, err := page(items, key, limit, after)
			if err != nil || len(part) > limit {
				t.Fatalf("%d items, %v", len(part), err)
			}
			for _, i := range part {
				if i <= last {
					t.Fatalf("%d after %d", i, last)
				}
				seen[i], last = true, i
			}
			if next == "" {
				break
			}
			after = next
		}
		if len(seen) != len(items) {
			t.Fatalf("saw %d of %d", len(seen), len(items))
		}
	})
}

func TestHarmless(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "王": "王", "=1+1": "'=1+1", "@SUM": "'@SUM", "-2": "'-2", "+8613800138000": "+8613800138000",
		"+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0", "\t=1": "'\t=1", "a=1": "a=1",
	} {
		if got := harmless(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
