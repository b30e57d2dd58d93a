package faults_test

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"bellhop/controller/edge/rest/gen"
	"bellhop/test/house"
)

// scale is how many calls TestManyCallsSurvive has of each kind.
type scale struct{ talking, ringing, ended, native int }

// TestManyCallsSurvive is TestControllerIsKilled at the size of a large hotel:
// 200 calls when the controller dies. It runs by `make faults` only.
func TestManyCallsSurvive(t *testing.T) {
	if os.Getenv("BELLHOP_FAULTS") == "" {
		t.Skip("a minute of load: make faults")
	}
	n := scale{talking: 100, ringing: 50, ended: 50, native: 50}
	h := open(t, house.Options{Process: true})
	stay, ending := many(t, h, n.talking, 0), many(t, h, n.ended, n.talking)
	ringing := rings(t, h, n.ringing)
	allHear(t, append(stay[:len(stay):len(stay)], ending...))
	all := watch(stay, 2*time.Second)
	h.Kill(t)
	for _, k := range ending {
		k.part(t)
	}
	slowest, natives := time.Duration(0), []*talk(nil)
	for range n.native {
		k := callPhone(t, h, "1409", "1410")
		slowest = max(slowest, time.Since(k.started))
		k.answer(t, 0).hangup(t)
		natives = append(natives, k)
	}
	worst := watch(stay, 2*time.Second)
	adopted := restart(t, h, n.talking)
	for _, k := range ringing {
		again, err := k.to.Next(patience(t))
		try(t, "a phone rings again", err)
		try(t, "ring", again.Ring())
	}
	rung := time.Since(h.launched)
	reconciled(t, h)
	written := time.Since(h.launched)
	off := time.Duration(0)
	for _, k := range ending {
		off = max(off, nearest(t, h, k, "controller"))
	}
	for _, k := range natives {
		off = max(off, nearest(t, h, k, "native"))
	}
	for _, k := range ringing {
		k.leave(t) // which of the phone's calls rang again first is anybody's guess
	}
	for _, k := range stay {
		k.hangup(t)
	}
	empty := checkEmpty(t, h)
	if all := len(records(t, h, url.Values{})); all != n.talking+n.ringing+n.ended+n.native {
		t.Errorf("%d records of %d calls", all, n.talking+n.ringing+n.ended+n.native)
	}
	if adopted > 5*time.Second || worst < 0.8*all {
		t.Errorf("adopted after %s, audio %.0f of %.0f packets/s", adopted, worst, all)
	}
	table(t, [][2]string{
		{"calls at the kill", fmt.Sprintf("%d (%d talking, %d ended in the gap, %d ringing), %d more in the gap", n.talking+n.ended+n.ringing, n.talking, n.ended, n.ringing, n.native)},
		{"worst audio of a talking call", fmt.Sprintf("%.0f packets/s (before %.0f)", worst, all)},
		{"slowest native set-up", slowest.Round(time.Millisecond).String()},
		{"talking calls adopted after", adopted.Round(time.Millisecond).String()},
		{"all phones ringing again after", rung.Round(time.Millisecond).String()},
		{"records of the gap right after", fmt.Sprintf("%s, at most %s off", written.Round(time.Millisecond), off.Round(time.Millisecond))},
		{"nothing left after the last hang-up", empty.Round(time.Millisecond).String()},
	})
}

func table(t testing.TB, rows [][2]string) {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "\n%-38s %s", r[0], r[1])
	}
	t.Log(b.String())
}

// many makes pairs of rooms talk, as often as it needs: a phone has many lines.
func many(t testing.TB, h *hotel, n, first int) (talks []*talk) {
	t.Helper()
	rooms := roomNumbers()[:38]
	for i := first; i < first+n; i++ {
		pair := i % 19
		talks = append(talks, connect(t, h, rooms[2*pair], rooms[2*pair+1], i))
	}
	return talks
}

// rings makes calls that ring and are not answered.
func rings(t testing.TB, h *hotel, n int) (talks []*talk) {
	t.Helper()
	staff := []string{"8100", "8101", "8102", "8200", "8201", "8202", "8300", "8301", "8400", "8500"}
	for i := range n {
		from, to := staff[2*(i%5)], staff[2*(i%5)+1]
		caller, called := h.phone(t, from), h.phone(t, to)
		k := dial(t, from, caller, to)
		k.to = called
		talks = append(talks, k.ring(t, called))
	}
	return talks
}

// nearest finds the record of one of many calls between the same phones by its
// start, and returns how far it is from what the phones saw.
func nearest(t testing.TB, h *hotel, k *talk, path string) time.Duration {
	t.Helper()
	var found gen.Call
	best := time.Hour
	for _, r := range records(t, h, url.Values{"extension": {k.from}}) {
		if off := r.Started.Sub(k.started).Abs(); r.Dialled == k.dialled && off < best {
			found, best = r, off
		}
	}
	off := max(best, found.Ended.Sub(k.ended).Abs())
	if found.Path != path || found.Outcome != "answered" || off > exact {
		t.Errorf("%s → %s: path %s, outcome %s, %s off", k.from, k.dialled, found.Path, found.Outcome, off)
	}
	return off
}
