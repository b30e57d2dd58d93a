package asterisk

import (
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"
)

func TestDeadSwitchIsToldFromADeadLine(t *testing.T) {
	refused := fmt.Errorf("dial: %w", syscall.ECONNREFUSED)
	silent := errors.New("i/o timeout")
	type attempt struct {
		at  time.Duration
		up  bool
		err error
	}
	tests := []struct {
		name     string
		attempts []attempt
		dead     bool
	}{
		{"refused for a second", []attempt{{0, true, silent}, {time.Second, false, refused}, {2 * time.Second, false, refused}}, true},
		{"refused for a moment", []attempt{{0, true, silent}, {time.Second, false, refused}, {1900 * time.Millisecond, false, refused}}, false},
		{"silent in between", []attempt{{0, true, silent}, {1 * time.Second, false, refused}, {2 * time.Second, false, silent}, {2500 * time.Millisecond, false, refused}}, false},
		{"there never was a link", []attempt{{0, false, refused}, {time.Minute, false, refused}}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			begun := time.Unix(0, 0)
			var w wake
			dead := false
			for _, a := range tt.attempts {
				dead = w.dead(a.up, a.err, begun.Add(a.at))
			}
			if dead != tt.dead {
				t.Errorf("dead: %v", dead)
			}
		})
	}
}
