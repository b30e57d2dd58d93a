package faults_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"bellhop/controller/sim/phones"
	"bellhop/test/house"
)

// TestSwitchRestartsWithoutController cuts the power of the switch while the
// controller is dead: phones register and call all the same.
func TestSwitchRestartsWithoutController(t *testing.T) {
	t.Parallel()
	h := open(t, house.Options{Process: true})
	h.Unicom.Behave("110", phones.Behaviour{})
	old, desk := h.phone(t, "1101"), h.phone(t, "8000")
	remembered(t, h, "1101")
	remembered(t, h, "8000")
	h.Kill(t)
	try(t, "the switch is killed", h.PBX.Kill())
	begun := time.Now()
	try(t, "the switch starts again", h.PBX.Restart(patience(t)))
	boot := time.Since(begun)
	fresh := h.phone(t, "1103")
	t.Logf("the switch boots in %s and a phone registers %s after its start", boot.Round(time.Millisecond), time.Since(begun).Round(time.Millisecond))

	room := dial(t, "1103", fresh, "1101").ring(t, old).answer(t, 1)
	room.hear(t)
	room.hangup(t)
	operator := dial(t, "1101", old, "8888").ring(t, desk).answer(t, 2)
	operator.hear(t)
	operator.hangup(t)
	emergency := dial(t, "1103", fresh, "110")
	emergency.in = nextCall(t, h.Unicom, "110")
	try(t, "110 answers", emergency.out.WaitAnswered(patience(t)))
	emergency.answered = time.Now()
	emergency.hangup(t)
	if got := emergency.in.CallerNumber(); got != "075588886666" {
		t.Errorf("110 sees caller %q, want the hotel's main number", got)
	}

	h.StartProcess(t)
	alerted(t, h, "8000")
	reconciled(t, h)
	checkRecord(t, h, room, wants{"native", "answered", 16})
	checkRecord(t, h, operator, wants{"native", "answered", 16})
	checkRecord(t, h, emergency, wants{"emergency", "answered", 16})
	checkEmpty(t, h)
}

// TestSwitchIsKilled kills the switch under calls: their records are closed
// though nobody can ask it, and when it is back the next call works.
func TestSwitchIsKilled(t *testing.T) {
	t.Parallel()
	h := open(t, house.Options{Process: true})
	var talks []*talk
	for n, pair := range [][2]string{{"1101", "1102"}, {"1103", "1104"}, {"1105", "1106"}} {
		talks = append(talks, connect(t, h, pair[0], pair[1], n))
	}
	for _, number := range []string{"1101", "1102", "1103", "1104"} {
		remembered(t, h, number)
	}
	ringing := callPhone(t, h, "1107", "1108")
	try(t, "it rings", ringing.out.WaitRinging(patience(t)))
	killed := time.Now()
	try(t, "the switch is killed", h.PBX.Kill())
	h.Until(t, "the records are closed", func() bool { return len(records(t, h, url.Values{"open": {"true"}})) == 0 })
	closed := time.Since(killed)
	for _, k := range append(talks, ringing) {
		k.ended = killed
		mine := recordsOf(t, h, k)
		if len(mine) != 1 || mine[0].Outcome != "switch_lost" || mine[0].Ended.Sub(killed).Abs() > 5*time.Second {
			t.Errorf("%s → %s: %+v", k.from, k.dialled, mine)
		}
	}
	if closed > 5*time.Second {
		t.Errorf("the records were closed after %s, want 5 s", closed)
	}
	begun := time.Now()
	try(t, "the switch starts again", h.PBX.Restart(patience(t)))
	boot := time.Since(begun)
	h.Until(t, "the controller has the switch again", func() bool { return connected(t, h) })
	back := time.Since(begun)
	next := callPhone(t, h, "1101", "1102").answer(t, 5)
	next.hear(t)
	next.hangup(t)
	checkEmpty(t, h)
	checkRecord(t, h, next, wants{"controller", "answered", 16})
	bounced(t, h)
	t.Logf("records closed %s after kill -9; switch booted in %s, the controller had it %s after its start", closed.Round(time.Millisecond), boot.Round(time.Millisecond), back.Round(time.Millisecond))
}

// bounced kills the switch under a call that just began and starts it at once,
// so that the controller never sees it dead.
func bounced(t testing.TB, h *hotel) {
	t.Helper()
	k := callPhone(t, h, "1103", "1104")
	try(t, "it rings", k.out.WaitRinging(patience(t)))
	try(t, "the switch is killed", h.PBX.Kill())
	killed := time.Now()
	try(t, "the switch starts again", h.PBX.Restart(patience(t)))
	settled(t, h, k)
	took := time.Since(killed)
	if mine := recordsOf(t, h, k); len(mine) != 1 || mine[0].Outcome != "switch_lost" || took > 5*time.Second {
		t.Errorf("a call that began before a restart of the switch: %+v, closed after %s", mine, took)
	}
	t.Logf("a call that rang when the switch was restarted was closed %s after kill -9", took.Round(time.Millisecond))
}

// connected reports whether the switch's phones and calls are in the controller's hands.
func connected(t testing.TB, h *hotel) bool {
	t.Helper()
	res, err := http.Get(h.API + "/readyz")
	if err != nil {
		return false
	}
	res.Body.Close()
	return res.StatusCode == http.StatusOK
}
