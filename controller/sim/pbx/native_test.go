package pbx

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestWithoutAController(t *testing.T) {
	h := newHouse(t, "test-native")

	t.Run("a room calls a room within a second", func(t *testing.T) {
		begin := time.Now()
		c := h.caller.invite("room1", "1102")
		if code := c.final(3 * time.Second); code != 200 {
			t.Fatalf("answered %d, want 200", code)
		}
		if took := time.Since(begin); took < 450*time.Millisecond || took > time.Second {
			t.Errorf("native path after %s, want about 0.5 s", took)
		}
		c.hangup()
		h.empty()
	})

	t.Run("the ledger holds the call", func(t *testing.T) {
		_, entries := h.ledger()
		shape := regexp.MustCompile(`^[0-9.]+~[0-9.]+~\d{13}~\d{13}~\d{13}~16~native~1101~1102~room1~ANSWER$`)
		if len(entries) != 1 || !shape.MatchString(entries[0]) {
			t.Fatalf("ledger is %q, want one entry like %s", entries, shape)
		}
	})

	for _, test := range []struct {
		name, dialled string
		code          int
	}{
		{"unknown room", "1999", 404},
		{"outside number", "13800138000", 503},
		{"voice to the text number of the police is not emergency", "12110", 404},
		{"two endpoints smuggled in", "1102&PJSIP%2froom2", 484},
		{"function smuggled in", "1$%7BSHELL(id)%7D", 484},
		{"quotes and pipes", "1%22%7C1%7C%22", 484},
		{"letters", "reception", 404},
		{"four kilobytes", strings.Repeat("1", 4096), 484},
		{"twenty-one digits", strings.Repeat("1", 21), 484},
		{"the dialplan's own extensions", "h", 404},
	} {
		t.Run(test.name, func(t *testing.T) {
			if code := h.caller.invite("room1", test.dialled).final(3 * time.Second); code != test.code {
				t.Errorf("answered %d, want %d", code, test.code)
			}
			if live, _ := h.callee.taken(); live != 0 {
				t.Error("a call came through")
			}
		})
	}

	t.Run("busy is busy", func(t *testing.T) {
		h.callee.limit(0, 486)
		defer h.callee.limit(1000, 0)
		if code := h.caller.invite("room1", "1102").final(3 * time.Second); code != 486 {
			t.Errorf("answered %d, want 486", code)
		}
	})

	t.Run("a stranger is challenged", func(t *testing.T) {
		if code := newPeer(t, h.SIPAddress).invite("nobody", "1102").final(3 * time.Second); code != 401 {
			t.Errorf("answered %d, want 401", code)
		}
	})

	t.Run("a public number rings its room, any other the default", func(t *testing.T) {
		for _, did := range []string{"02155550000", "02155559999"} {
			c := h.trunk.invite("carrier", did)
			if code := c.final(3 * time.Second); code != 200 {
				t.Fatalf("%s answered %d, want 200", did, code)
			}
			c.hangup()
		}
		h.empty()
	})

	t.Run("the ledger forgets what was read", func(t *testing.T) {
		minutes, _ := h.ledger()
		if len(minutes) == 0 {
			t.Fatal("the ledger is empty already")
		}
		h.ari("POST", "/channels", map[string][]string{
			"endpoint": {"Local/forget@bellhop-ledger/n"}, "context": {"bellhop-idle"}, "extension": {"hold"}, "priority": {"1"},
		}, `{"variables":{"BH_FORGET":"`+strings.Join(minutes, "-")+`"}}`, nil)
		h.until("the ledger is empty", 2*time.Second, func() bool {
			minutes, _ := h.ledger()
			return len(minutes) == 0
		})
	})
}

func TestKilledAsteriskKeepsTheHouse(t *testing.T) {
	h := newHouse(t, "test-restart")
	first := h.PID()
	if err := h.Kill(); err != nil {
		t.Fatal(err)
	}
	if h.PID() != 0 {
		t.Fatal("still running after Kill")
	}
	if err := h.Restart(h.ctx); err != nil {
		t.Fatal(err)
	}
	if h.PID() == 0 || h.PID() == first {
		t.Fatalf("pid %d after %d, want a new one", h.PID(), first)
	}
	c := h.caller.invite("room1", "1102")
	if code := c.final(3 * time.Second); code != 200 {
		t.Fatalf("answered %d, want 200", code)
	}
	c.hangup()
	h.empty()
}
