package calls_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
)

// tellings returns what was told of a call since the last time, in short.
func (h *house) tellings(id calls.LegID) (said []string) {
	for {
		select {
		case l := <-h.told:
			if l.ID != calls.CallID(id) {
				continue
			}
			s := string(l.Phase)
			for _, p := range l.Parties {
				s += fmt.Sprintf(" %s", p.Party.Extension)
				if p.Up {
					s += "+"
				}
				if p.Held {
					s += "~"
				}
				s += string(p.Monitor)
			}
			if l.over {
				s = "over " + string(l.Outcome)
			}
			said = append(said, s)
		default:
			return said
		}
	}
}

func TestChangesAreTold(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		h.sw.Script("b", switchtest.Behaviour{Rings: time.Second})
		a := h.sw.Call("a", "b")
		h.rest(2 * time.Second)
		h.do(a, calls.Hold("b"))
		h.do(a, calls.Retrieve("b"))
		h.sw.Script("boss", switchtest.Behaviour{Rings: time.Second})
		h.do(a, calls.Watch("b", ring("boss"), calls.MonitorListen, false))
		h.rest(2 * time.Second)
		h.do(a, calls.Watch("b", ring("boss"), calls.MonitorOff, false))
		h.over(a)
		want := []string{
			"offered a", "ringing a b", "talking a+ b+", "held a+~ b+", "talking a+ b+",
			"talking a+ b+ bosslisten", "talking a+ b+ boss+listen", "talking a+ b+", "over answered",
		}
		if got := slices.Compact(h.tellings(a)); !slices.Equal(got, want) {
			t.Errorf("told\n%q, want\n%q", got, want)
		}
	})
}

func TestEveryCallIsToldToBeOverOnce(t *testing.T) {
	inHouse(t, func(t *testing.T, h *house) {
		a, _ := h.talkingPair()
		n := h.sw.Call("d", "999")
		e := h.sw.Emergency("e", "110")
		h.rest(time.Second)
		h.stop()
		h.start()
		h.rest(time.Second)
		h.sw.HangUp(a)
		h.sw.HangUp(e)
		h.rest(time.Minute)
		over := map[calls.CallID]int{}
		for len(h.told) > 0 {
			l := <-h.told
			if over[l.ID] > 0 {
				t.Errorf("%s is told of after it was over", l.ID)
			}
			if l.over {
				over[l.ID]++
			}
		}
		for _, id := range []calls.LegID{a, n, e} {
			if over[calls.CallID(id)] != 1 {
				t.Errorf("%s was told to be over %d times", id, over[calls.CallID(id)])
			}
		}
	})
}
