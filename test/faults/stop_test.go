package faults_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"bellhop/controller/app"
	"bellhop/test/house"
)

// TestControllerIsStopped ends the controller politely: it lets calls that are
// being set up come to a talk, leaves talks alone and takes no new ones.
func TestControllerIsStopped(t *testing.T) {
	t.Parallel()
	h := open(t, house.Options{Process: true, Settings: func(c *app.Config) { c.DrainTimeout = 10 * time.Second }})
	talks := []*talk{connect(t, h, "1101", "1102", 1), connect(t, h, "1103", "1104", 2)}
	caller, called := h.phone(t, "1105"), h.phone(t, "1106")
	setUp := dial(t, "1105", caller, "1106").ring(t, called)
	try(t, "it rings", setUp.out.WaitRinging(patience(t)))
	h.phone(t, "1107")
	h.phone(t, "1108")
	asked := time.Now()
	h.Signal(t, syscall.SIGTERM)
	h.Until(t, "the controller drains", func() bool { return strings.Contains(h.Said(), "new calls go to the dialplan") })
	given := connect(t, h, "1107", "1108", 3)
	setUp.answer(t, 4)
	code, _ := h.Exit(t)
	if code != 0 {
		t.Errorf("exit code %d", code)
	}
	ended := time.Since(asked)
	talks = append(talks, setUp)
	allHear(t, append(talks[:len(talks):len(talks)], given))
	adopted := restart(t, h, len(talks))
	t.Logf("drained and ended %s after SIGTERM; %d calls adopted %s after the next start", ended.Round(time.Millisecond), len(talks), adopted.Round(time.Millisecond))
	given.hangup(t)
	for _, k := range talks {
		k.hear(t)
		k.hangup(t)
	}
	settled(t, h, append(talks, given)...)
	for _, k := range talks {
		checkRecord(t, h, k, wants{"controller", "answered", 16})
	}
	checkRecord(t, h, given, wants{"native", "answered", 16})
	checkEmpty(t, h)
}
