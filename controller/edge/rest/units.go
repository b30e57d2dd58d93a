package rest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// weekdays are in the order of time.Weekday.
func weekdays() []gen.Weekday { return []gen.Weekday{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} }

func toWeekday(d time.Weekday) gen.Weekday { return weekdays()[d] }

func fromWeekday(d gen.Weekday) time.Weekday { return time.Weekday(slices.Index(weekdays(), d)) }

// toTimeOfDay writes a time of day as 08:30.
func toTimeOfDay(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}

// fromTimeOfDay reads HH:MM, which the contract has checked; 24:00 is allowed.
func fromTimeOfDay(s string) time.Duration {
	hours, minutes, _ := strings.Cut(s, ":")
	h, _ := strconv.Atoi(hours)
	m, _ := strconv.Atoi(minutes)
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
}

// fromHours reads a span of the day; both or neither must be given.
func fromHours(from, to string) (a, b time.Duration, err error) {
	switch {
	case from == "" && to == "":
		return 0, 0, nil
	case from == "":
		return 0, 0, fault.Field("from", "is required beside to")
	case to == "":
		return 0, 0, fault.Field("to", "is required beside from")
	}
	return fromTimeOfDay(from), fromTimeOfDay(to), nil
}

const microUnits = 1_000_000

// toMoney writes micro-units as a decimal without needless zeros.
func toMoney(micro int64) string {
	s := fmt.Sprintf("%d.%06d", micro/microUnits, micro%microUnits)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// fromMoney reads a decimal of at most 6 places as micro-units; empty is 0.
func fromMoney(field, s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	whole, part, _ := strings.Cut(s, ".")
	micro, err := strconv.ParseInt(whole+(part + "000000")[:6], 10, 64)
	if err != nil || len(part) > 6 || micro < 0 {
		return 0, fault.Field(field, "must be a decimal with at most 9 digits before and 6 after the point")
	}
	return micro, nil
}
