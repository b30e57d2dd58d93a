package acd

import (
	"fmt"
	"time"
)

// Formulas are all formulas, SL-1 to SL-6.
func Formulas() []Formula {
	return []Formula{FormulaDefault, FormulaStrict, FormulaOffered, FormulaThreshold, FormulaAnswered, FormulaLenient}
}

// ServiceLevel returns the share of a formula, and false when its denominator is
// empty or the formula is not one of Formulas. An empty formula is the default.
func (f Figures) ServiceLevel(by Formula) (float64, bool) {
	at, a, b := f.AnsweredInTarget, f.Answered, f.Abandoned
	switch by {
	case FormulaDefault, "":
		return share(at, a+b-f.ShortAbandoned)
	case FormulaStrict:
		return share(at, a+b)
	case FormulaOffered:
		return share(at, a+b+f.Overflowed)
	case FormulaThreshold:
		return share(at, a+f.AbandonedAfterTarget)
	case FormulaAnswered:
		return share(at, a)
	case FormulaLenient:
		return share(at+b-f.AbandonedAfterTarget, a+b)
	}
	return 0, false
}

// Name is the formula's short name: SL-1 is the default. Empty if unknown.
func (f Formula) Name() string {
	if f == "" {
		f = FormulaDefault
	}
	for i, known := range Formulas() {
		if f == known {
			return fmt.Sprintf("SL-%d", i+1)
		}
	}
	return ""
}

// Text is the formula in words, to be printed beside the figure. Empty if the
// formula is unknown.
func (f Formula) Text(t Target) string {
	in := "answered within " + ago(t.Within)
	short := "abandoned within less than " + ago(t.Short)
	switch f {
	case FormulaDefault, "":
		return in + " / (answered + abandoned − " + short + ")"
	case FormulaStrict:
		return in + " / (answered + abandoned)"
	case FormulaOffered:
		return in + " / (answered + abandoned + overflowed)"
	case FormulaThreshold:
		return in + " / (answered + abandoned after more than " + ago(t.Within) + ")"
	case FormulaAnswered:
		return in + " / answered"
	case FormulaLenient:
		return "(" + in + " + abandoned within " + ago(t.Within) + ") / (answered + abandoned)"
	}
	return ""
}

// share is part of whole, and false of nothing.
func share(part, whole int) (float64, bool) {
	if whole <= 0 {
		return 0, false
	}
	return float64(part) / float64(whole), true
}

// mean is a sum of durations by its count, 0 of nothing.
func mean(sum time.Duration, count int) time.Duration {
	if count <= 0 {
		return 0
	}
	return sum / time.Duration(count)
}
