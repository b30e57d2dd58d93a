package faults_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"bellhop/controller/sim/phones"
	"bellhop/test/house"
)

// talking is how many calls must live through the death of the controller.
const talking = 20

// TestControllerIsKilled is the issue's own figure: 20 talk, 5 end and 5 begin
// while the controller is dead.
func TestControllerIsKilled(t *testing.T) {
	killController(t, open(t, house.Options{Process: true}))
}

func killController(t *testing.T, h *hotel) {
	stay := talkingRooms(t, h)
	ending := talkingStaff(t, h)
	allHear(t, append(stay[:len(stay):len(stay)], ending...))
	all := watch(stay, time.Second)
	h.Kill(t)
	for _, k := range ending {
		k.part(t)
	}
	begun := nativeCalls(t, h)
	worst := watch(stay, 2*time.Second)
	if worst < 0.8*all {
		t.Errorf("a talking call got only %.0f packets a second without the controller, before it got %.0f", worst, all)
	}
	adopted := restart(t, h, len(stay))
	if adopted > 5*time.Second {
		t.Errorf("all calls were adopted %s after the start, want 5 s", adopted)
	}
	allHear(t, stay)
	alerted(t, h, "8001")
	off := checkGap(t, h, ending, begun)
	t.Logf("%d calls kept both directions (worst %.0f packets/s, before %.0f), adopted %s after the start; records at most %s off", len(stay), worst, all, adopted.Round(time.Millisecond), off.Round(time.Millisecond))
	took := control(t, h, stay)
	t.Logf("0 channels, 0 bridges, 0 live calls, 0 open records %s after the last hang-up", took.Round(time.Millisecond))
	unchangedByRestart(t, h)
}

// talkingRooms lets 38 rooms talk in pairs, and one guest to the outside.
func talkingRooms(t testing.TB, h *hotel) (talks []*talk) {
	t.Helper()
	rooms := roomNumbers()
	for n := range talking - 1 {
		talks = append(talks, connect(t, h, rooms[2*n], rooms[2*n+1], n))
	}
	h.Unicom.Behave("26001234", phones.Behaviour{})
	k := dial(t, "8401", h.phone(t, "8401"), "26001234")
	in, err := h.Unicom.Next(patience(t))
	try(t, "the carrier gets the call", err)
	try(t, "the carrier answers", k.out.WaitAnswered(patience(t)))
	k.in, k.answered, k.low, k.high = in, time.Now(), 1650, 3100
	k.out.SendTone(k.high)
	k.in.SendTone(k.low)
	return append(talks, k)
}

func roomNumbers() (all []string) {
	for floor := 11; floor <= 14; floor++ {
		for room := 1; room <= 10; room++ {
			all = append(all, fmt.Sprintf("%d%02d", floor, room))
		}
	}
	return all
}

// talkingStaff are the five calls that end while the controller is dead.
func talkingStaff(t testing.TB, h *hotel) (talks []*talk) {
	t.Helper()
	for n, pair := range [][2]string{{"8100", "8101"}, {"8102", "8200"}, {"8201", "8202"}, {"8300", "8301"}, {"8400", "8500"}} {
		talks = append(talks, connect(t, h, pair[0], pair[1], n))
	}
	return talks
}

// begun are the five calls that are made and ended while the controller is dead.
type begun struct {
	*talk
	wants
}

// native bounds how long a phone waits for the dialplan to take over.
const native = time.Second

// nativeCalls makes a call of each kind that must work without the controller.
func nativeCalls(t testing.TB, h *hotel) []begun {
	t.Helper()
	room, guest := h.phone(t, "1409"), h.phone(t, "1410")
	desk := h.phone(t, "8001")
	h.Unicom.Behave("110", phones.Behaviour{})

	roomToRoom := dial(t, "1409", room, "1410").ring(t, guest)
	quick(t, roomToRoom)
	roomToRoom.answer(t, 20).hear(t)
	roomToRoom.hangup(t)

	operator := dial(t, "1410", guest, "8888").ring(t, desk)
	quick(t, operator)
	operator.answer(t, 21).hear(t)
	operator.hangup(t)

	emergency := dial(t, "1409", room, "110")
	emergency.in = nextCall(t, h.Unicom, "110")
	quick(t, emergency)
	try(t, "110 answers", emergency.out.WaitAnswered(patience(t)))
	emergency.answered = time.Now()
	emergency.in.SendTone(900)
	try(t, "the guest hears 110", emergency.out.Hears(patience(t), 900))
	emergency.hangup(t)

	inbound := &talk{from: "02088880001", dialled: "075588886666", started: time.Now()}
	var err error
	inbound.out, err = h.Unicom.CallIn(patience(t), inbound.dialled, inbound.from)
	try(t, "a call from outside", err)
	inbound.ring(t, desk)
	quick(t, inbound)
	inbound.answer(t, 22).hear(t)
	inbound.hangup(t)

	given := dial(t, "1410", guest, "1409").ring(t, room)
	quick(t, given)
	given.hangup(t)
	return []begun{
		{roomToRoom, wants{"native", "answered", 16}}, {operator, wants{"native", "answered", 16}},
		{emergency, wants{"emergency", "answered", 16}}, {inbound, wants{"native", "answered", 16}},
		{given, wants{"native", "abandoned", 16}},
	}
}

// quick fails unless the call reached the other side within a second.
func quick(t testing.TB, k *talk) {
	t.Helper()
	if took := time.Since(k.started); took > native {
		t.Errorf("%s → %s rang after %s without the controller, want %s", k.from, k.dialled, took, native)
	} else {
		t.Logf("%s → %s rings after %s without the controller", k.from, k.dialled, took.Round(time.Millisecond))
	}
}

// nextCall returns the carrier's newest call to a number.
func nextCall(t testing.TB, c *phones.Carrier, number string) *phones.Call {
	t.Helper()
	for {
		call, err := c.Next(patience(t))
		try(t, "the carrier gets "+number, err)
		if call.Number() == number {
			return call
		}
	}
}

// restart starts the controller again; it returns how long it took until all
// calls were in its hands.
func restart(t testing.TB, h *hotel, calls int) time.Duration {
	t.Helper()
	h.launched = time.Now()
	h.Launch(t)
	h.Until(t, "the calls are adopted", func() bool {
		n := 0
		for _, c := range live(t, h) {
			if c.Phase == "talking" {
				n++
			}
		}
		return n == calls
	})
	return time.Since(h.launched)
}

// alerted waits for the desk to be told of the emergency call.
func alerted(t testing.TB, h *hotel, number string) {
	t.Helper()
	call, err := h.phone(t, number).Next(patience(t))
	try(t, "the desk is told of the emergency call", err)
	try(t, "the desk takes the alert", call.Answer(patience(t)))
	try(t, "the desk has heard it", call.Hangup(patience(t)))
}

// checkGap checks the records of what happened while nobody looked.
func checkGap(t testing.TB, h *hotel, ending []*talk, begun []begun) (worst time.Duration) {
	t.Helper()
	h.Until(t, "the ledger is drained", func() bool {
		for _, k := range begun {
			if len(recordsOf(t, h, k.talk)) == 0 {
				return false
			}
		}
		return true
	})
	for _, k := range ending {
		worst = max(worst, checkRecord(t, h, k, wants{"controller", "answered", 16}))
	}
	for _, k := range begun {
		worst = max(worst, checkRecord(t, h, k.talk, k.wants))
	}
	return worst
}

// control shows that adopted calls obey: one is hung up over the API, one is
// transferred by its phone, the others are hung up by their phones. It returns
// how long after that the last trace of a call was gone.
func control(t testing.TB, h *hotel, talks []*talk) time.Duration {
	t.Helper()
	for _, c := range live(t, h) {
		if c.From.Number == talks[0].from {
			talks[0].ended = time.Now()
			if status := h.Do(t, http.MethodDelete, "/api/v1/live-calls/"+c.Id, nil, nil); status != http.StatusNoContent {
				t.Errorf("hang-up over the API: status %d", status)
			}
		}
	}
	talks[0].over(t)
	moved := talks[1]
	to := h.phone(t, "8100")
	transfer, err := moved.in.Transfer(patience(t), "8100")
	try(t, "REFER", err)
	got, err := to.Next(patience(t))
	try(t, "the transferred call arrives", err)
	try(t, "it is answered", got.Answer(patience(t)))
	status, err := transfer.Wait(patience(t))
	if err != nil || status != http.StatusOK {
		t.Errorf("transfer: status %d, %v", status, err)
	}
	got.SendTone(3000)
	try(t, "the transferred party hears the new one", moved.out.Hears(patience(t), 3000))
	moved.ended = time.Now()
	try(t, "hang-up", got.Hangup(patience(t)))
	_, err = moved.out.WaitEnded(patience(t))
	try(t, "the transferred call ends", err)
	for _, k := range talks[2:] {
		k.hangup(t)
	}
	took := checkEmpty(t, h)
	for _, k := range talks {
		checkRecord(t, h, k, wants{"controller", "answered", 16})
	}
	return took
}

// unchangedByRestart restarts the controller once more: reading the ledger again
// changes nothing.
func unchangedByRestart(t testing.TB, h *hotel) {
	t.Helper()
	before := fmt.Sprintf("%+v", records(t, h, url.Values{}))
	h.Kill(t)
	h.StartProcess(t)
	reconciled(t, h)
	if after := fmt.Sprintf("%+v", records(t, h, url.Values{})); after != before {
		t.Errorf("a second restart changed records:\nbefore %s\nafter  %s", before, after)
	}
}
