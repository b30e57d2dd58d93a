package calls

import (
	"testing"
	"time"
)

// TestLedgerEndsOfNoCause: Asterisk writes cause 0 for a BYE while music plays, and
// for a CANCEL.
func TestLedgerEndsOfNoCause(t *testing.T) {
	began := time.Date(2026, 5, 1, 2, 0, 0, 0, time.UTC)
	entry := LedgerEntry{Started: began, Ended: began.Add(time.Minute), Cause: CauseNone}
	for _, c := range []struct {
		name     string
		answered time.Time
		outcome  Outcome
		by       string
	}{
		{"answered", began.Add(time.Second), OutcomeAnswered, ""},
		{"not answered", time.Time{}, OutcomeAbandoned, "caller"},
	} {
		r := Record{Started: began, Answered: c.answered}
		complete(&r, entry, nil)
		if r.Cause != CauseNormal || r.Outcome != c.outcome || r.HungUpBy != c.by || !r.Ended.Equal(entry.Ended) {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}
