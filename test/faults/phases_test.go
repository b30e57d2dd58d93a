package faults_test

import (
	"syscall"
	"testing"
	"time"

	"bellhop/controller/sim/phones"
	"bellhop/test/house"
)

// TestControllerIsKilledInEveryPhase kills the controller under calls that do
// anything but talk quietly.
func TestControllerIsKilledInEveryPhase(t *testing.T) {
	t.Parallel()
	h := open(t, house.Options{Process: true})
	h.Unicom.Behave("26001234", phones.Behaviour{})
	h.Unicom.Behave("110", phones.Behaviour{})

	ringing := callPhone(t, h, "1101", "1102")
	givenUp := callPhone(t, h, "1103", "1104")
	left := outside(t, h, "8401", "26001234")
	moved := outside(t, h, "8400", "26001234")
	desk := h.phone(t, "8001")
	referred := transferred(t, moved, "8100", h.phone(t, "8100"))
	try(t, "it rings", ringing.out.WaitRinging(patience(t)))
	try(t, "it rings", givenUp.out.WaitRinging(patience(t)))

	// Stopped first, so that the switch still has an application that nobody serves.
	h.Signal(t, syscall.SIGSTOP)
	emergency := dial(t, "1105", h.phone(t, "1105"), "110")
	emergency.in = nextCall(t, h.Unicom, "110")
	try(t, "110 answers", emergency.out.WaitAnswered(patience(t)))
	emergency.answered = time.Now()
	emergency.hangup(t)
	h.Kill(t)

	givenUp.leave(t)
	left.ended = time.Now() // the far end hangs up, the guest listens to silence
	try(t, "the far end hangs up", left.in.Hangup(patience(t)))
	moved.ended = time.Now()
	try(t, "the transferred line hangs up", moved.in.Hangup(patience(t)))
	<-time.After(3 * time.Second)
	try(t, "the transferred party hangs up", referred.Hangup(patience(t)))

	begun := time.Now()
	h.Launch(t)
	again, err := h.phone(t, "1102").Next(patience(t))
	try(t, "the phone rings again", err)
	t.Logf("a ringing phone rang again %s after the start", time.Since(begun).Round(time.Millisecond))
	ringing.in = again
	ringing.answer(t, 1).hear(t)
	alert, err := desk.Next(patience(t))
	try(t, "the desk is told", err)
	try(t, "the desk takes the alert", alert.Answer(patience(t)))
	try(t, "the desk has heard it", alert.Hangup(patience(t)))
	ringing.hangup(t)
	_, err = left.out.WaitEnded(patience(t))
	try(t, "the guest whose line had gone is released", err)

	settled(t, h, ringing, givenUp, left, moved, emergency)
	checkRecord(t, h, ringing, wants{"controller", "answered", 16})
	checkRecord(t, h, givenUp, wants{"controller", "abandoned", 16})
	checkRecord(t, h, left, wants{"controller", "answered", 16})
	checkRecord(t, h, moved, wants{"controller", "answered", 16})
	checkRecord(t, h, emergency, wants{"emergency", "answered", 16})
	checkEmpty(t, h)
}

// outside makes a phone talk over the first trunk.
func outside(t testing.TB, h *hotel, from, number string) *talk {
	t.Helper()
	k := dial(t, from, h.phone(t, from), number)
	k.in = nextCall(t, h.Unicom, number)
	try(t, "the carrier answers", k.out.WaitAnswered(patience(t)))
	k.answered = time.Now()
	return k
}

// transferred moves the caller's place in a call to another phone (REFER).
func transferred(t testing.TB, k *talk, number string, to *phones.Phone) *phones.Call {
	t.Helper()
	transfer, err := k.out.Transfer(patience(t), number)
	try(t, "REFER", err)
	call, err := to.Next(patience(t))
	try(t, "the transferred call arrives", err)
	try(t, "it is answered", call.Answer(patience(t)))
	_, err = transfer.Wait(patience(t))
	try(t, "the transfer is done", err)
	_, err = k.out.WaitEnded(patience(t))
	try(t, "the transferrer is out", err)
	return call
}
