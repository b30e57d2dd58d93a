package faults_test

import (
	"syscall"
	"testing"
	"time"

	"bellhop/controller/sim/phones"
	"bellhop/test/house"
)

// TestControllerHangs stops the controller without ending it: to the switch it
// is still there, but nobody claims a call.
func TestControllerHangs(t *testing.T) {
	t.Parallel()
	h := open(t, house.Options{Process: true})
	h.Unicom.Behave("110", phones.Behaviour{})
	stays, ends := connect(t, h, "1101", "1102", 1), connect(t, h, "1103", "1104", 2)
	desk := h.phone(t, "8000")
	room, other := h.phone(t, "1105"), h.phone(t, "1106")
	h.Signal(t, syscall.SIGSTOP)

	ends.part(t)
	given := dial(t, "1105", room, "1106").ring(t, other)
	quick(t, given)
	given.answer(t, 3).hear(t)
	given.hangup(t)
	goesOn := dial(t, "1106", other, "1105").ring(t, room)
	quick(t, goesOn)
	goesOn.answer(t, 4).hear(t)
	emergency := dial(t, "8000", desk, "110")
	emergency.in = nextCall(t, h.Unicom, "110")
	quick(t, emergency)
	try(t, "110 answers", emergency.out.WaitAnswered(patience(t)))
	emergency.answered = time.Now()
	emergency.hangup(t)

	h.phone(t, "8001")
	begun := time.Now()
	h.Signal(t, syscall.SIGCONT)
	alerted(t, h, "8001")
	t.Logf("the desk was told of the emergency call %s after the controller woke", time.Since(begun).Round(time.Millisecond))
	h.AwaitReady(t)
	allHear(t, []*talk{stays, goesOn})
	stays.hangup(t)
	goesOn.hangup(t)
	late := connect(t, h, "1103", "1104", 5)
	late.hear(t)
	late.hangup(t)
	settled(t, h, stays, ends, given, goesOn, emergency, late)
	checkRecord(t, h, stays, wants{"controller", "answered", 16})
	checkRecord(t, h, ends, wants{"controller", "answered", 16})
	checkRecord(t, h, given, wants{"native", "answered", 16})
	checkRecord(t, h, goesOn, wants{"native", "answered", 16})
	checkRecord(t, h, emergency, wants{"emergency", "answered", 16})
	checkRecord(t, h, late, wants{"controller", "answered", 16})
	checkEmpty(t, h)
}
