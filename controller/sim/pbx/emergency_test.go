package pbx

import (
	"strings"
	"testing"
	"time"
)

func TestEmergencyWithoutAController(t *testing.T) {
	h := newHouse(t, "test-emergency")

	t.Run("leaves at once by the trunk, prefixed or not", func(t *testing.T) {
		for dialled, sent := range map[string]string{"110": "110", "9110": "110", "112": "112"} {
			begin := time.Now()
			c := h.caller.invite("room1", dialled)
			if code := c.final(3 * time.Second); code != 200 {
				t.Fatalf("%s answered %d, want 200", dialled, code)
			}
			if took := time.Since(begin); took > 400*time.Millisecond {
				t.Errorf("%s took %s: it waited for somebody", dialled, took)
			}
			h.trunk.mu.Lock()
			last := h.trunk.invites[len(h.trunk.invites)-1]
			h.trunk.mu.Unlock()
			if !strings.HasPrefix(string(last), "INVITE sip:"+sent+"@") {
				t.Errorf("%s went out as %.40q, want %s", dialled, last, sent)
			}
			if from := last.header("From"); !strings.Contains(from, "02155550000") {
				t.Errorf("%s went out from %s, want the main number", dialled, from)
			}
			c.hangup()
		}
		h.empty()
		_, entries := h.ledger()
		if len(entries) != 3 {
			t.Errorf("ledger holds %d entries, want 3", len(entries))
		}
		for _, entry := range entries {
			if !strings.Contains(entry, "~emergency~1101~") {
				t.Errorf("ledger says %s, want path emergency from 1101", entry)
			}
		}
	})

	t.Run("frees a line, but never an emergency call's", func(t *testing.T) {
		h.trunk.limit(2, 503)
		place := func(dialled string, patience time.Duration) *call {
			c := h.caller.invite("room1", dialled)
			if code := c.final(patience); code != 200 {
				t.Fatalf("%s answered %d, want 200", dialled, code)
			}
			return c
		}
		police := place("110", time.Second)
		place("7000", 2*time.Second) // an ordinary call takes the second line
		ambulance := place("120", 4*time.Second)
		live, offered := h.trunk.taken()
		if live != 2 {
			t.Fatalf("the trunk holds %d calls, want both emergency calls", live)
		}
		// Now both lines are emergency calls: the third one reaches the operator.
		fire := place("119", 8*time.Second)
		if live, again := h.trunk.taken(); live != 2 || again-offered < 5 {
			t.Errorf("the trunk holds %d calls and was asked %d times, want 2 and at least 5", live, again-offered)
		}
		if live, _ := h.callee.taken(); live != 1 {
			t.Errorf("the operator has %d calls, want the third emergency call", live)
		}
		for _, c := range []*call{police, ambulance, fire} {
			c.hangup()
		}
		h.empty()
	})
}
