package faults_test

import (
	"testing"
	"time"

	"bellhop/controller/sim/phones"
	"bellhop/test/house"
)

// TestEmergencyDrill is the runbook's monthly check: a spare number takes the
// way of an emergency call, to a phone of the hotel's own instead of the PSAP.
func TestEmergencyDrill(t *testing.T) {
	t.Parallel()
	h := open(t, house.Options{Process: true})
	h.Unicom.Behave("13800000000", phones.Behaviour{})
	room := h.phone(t, "1101")
	h.phone(t, "8000")
	_, err := h.PBX.CLI(patience(t), "dialplan set global BH_EMERGENCY_1990 13800000000")
	try(t, "prepare the drill", err)
	drill := dial(t, "1101", room, "1990")
	drill.in = nextCall(t, h.Unicom, "13800000000")
	alerted(t, h, "8000")
	t.Logf("the desk was told %s after the guest dialled", time.Since(drill.started).Round(time.Millisecond))
	try(t, "the phone of the drill answers", drill.out.WaitAnswered(patience(t)))
	drill.answered = time.Now()
	drill.hangup(t)
	settled(t, h, drill)
	checkRecord(t, h, drill, wants{"emergency", "answered", 16})
	_, err = h.PBX.CLI(patience(t), `dialplan set global BH_EMERGENCY_1990 ""`)
	try(t, "end the drill", err)
	after := dial(t, "1101", room, "1990")
	if end, err := after.out.WaitEnded(patience(t)); err != nil || end.Status == 200 {
		t.Errorf("after the drill the number still goes somewhere: %+v, %v", end, err)
	}
	checkEmpty(t, h)
}
