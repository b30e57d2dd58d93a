package acd

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// walk applies events, one second after another, and returns the states passed.
// An event that does not fit shows as "!".
func walk(s Seat, events ...Event) (Seat, string) {
	var passed []string
	for i, e := range events {
		e.At = noon.Add(time.Duration(i+1) * time.Second)
		next, ok := Next(s, e)
		if !ok {
			passed = append(passed, "!")
			continue
		}
		s = next
		passed = append(passed, string(s.State))
	}
	return s, strings.Join(passed, " ")
}

func events(kinds ...EventKind) []Event {
	var es []Event
	for _, k := range kinds {
		es = append(es, Event{Kind: k, Limit: 2, Wrap: true, Reason: "tea"})
	}
	return es
}

func TestNext(t *testing.T) {
	for name, c := range map[string]struct {
		from   WorkState
		events []EventKind
		want   string
	}{
		"a day":                          {SignedOff, []EventKind{SignOn, PhoneOnline, Reserve, Ring, Answer, HoldCall, Retrieve, CallOver, WrapUpOver, SignOff}, "offline ready reserved alerting talking holding talking wrap_up ready signed_off"},
		"unpausing is ready at once":     {Paused, []EventKind{MarkReady}, "ready"},
		"wrap-up may be cut short":       {WrapUp, []EventKind{MarkReady}, "ready"},
		"pause instead of wrap-up":       {WrapUp, []EventKind{Pause, WrapUpOver}, "paused !"},
		"pause while talking":            {Talking, []EventKind{Pause, HoldCall, Retrieve, CallOver}, "talking holding talking paused"},
		"pause taken back":               {Talking, []EventKind{Pause, MarkReady, CallOver}, "talking talking wrap_up"},
		"sign-off while talking":         {Talking, []EventKind{SignOff, CallOver}, "talking signed_off"},
		"the last choice counts":         {Talking, []EventKind{SignOff, Pause, CallOver}, "talking talking paused"},
		"pause while it rings, answered": {Alerting, []EventKind{Pause, Answer, CallOver}, "alerting talking paused"},
		"pause while it rings, missed":   {Alerting, []EventKind{Pause, Miss}, "alerting paused"},
		"the caller went":                {Alerting, []EventKind{RingOver}, "ready"},
		"two misses":                     {Ready, []EventKind{Ring, Miss, Ring, Miss}, "alerting ready alerting not_responding"},
		"an answer between misses":       {Ready, []EventKind{Ring, Miss, Ring, Answer, CallOver, WrapUpOver, Ring, Miss}, "alerting ready alerting talking wrap_up ready alerting ready"},
		"not responding, only by hand":   {NotResponding, []EventKind{Reserve, Ring, WrapUpOver, PhoneOffline, PhoneOnline, MarkReady}, "! ! ! offline not_responding ready"},
		"a call pulled in a pause":       {Paused, []EventKind{Pull, CallOver}, "talking paused"},
		"a call pulled when ready":       {Ready, []EventKind{Pull, CallOver}, "talking wrap_up"},
		"pulled when not responding":     {NotResponding, []EventKind{Pull, CallOver}, "talking not_responding"},
		"an own call has no wrap-up":     {Ready, []EventKind{OwnCall, CallOver}, "busy_other ready"},
		"the phone comes back":           {Paused, []EventKind{PhoneOffline, PhoneOnline}, "offline paused"},
		"the phone is lost in a call":    {Talking, []EventKind{PhoneOffline, CallOver, PhoneOnline, WrapUpOver}, "talking offline wrap_up ready"},
		"wrap-up ends while it is away":  {WrapUp, []EventKind{PhoneOffline, WrapUpOver, PhoneOnline}, "offline offline ready"},
		"ready while it is away":         {Offline, []EventKind{MarkReady, PhoneOnline}, "offline ready"},
		"paused while it is away":        {Offline, []EventKind{Pause, PhoneOnline}, "offline paused"},
		"signed off while it is away":    {Offline, []EventKind{SignOff, PhoneOnline}, "signed_off !"},
		"nothing fits who is not there":  {SignedOff, []EventKind{Pause, MarkReady, SignOff, Reserve, Ring, Answer, Pull, CallOver, PhoneOffline, "nonsense"}, "! ! ! ! ! ! ! ! ! !"},
		"no call without a call":         {Ready, []EventKind{Retrieve, HoldCall, CallOver, RingOver, Miss, SignOn}, "! ! ! ! ! !"},
		"no ring in a call":              {Talking, []EventKind{Reserve, Ring, Answer, Pull, OwnCall}, "! ! ! ! !"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, got := walk(Seat{State: c.from}, events(c.events...)...); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestForcedChoicesSayWhoForcedThem(t *testing.T) {
	s, _ := walk(Seat{State: Talking, Call: "c1"},
		Event{Kind: Pause, Reason: "meeting", By: "chief"}, Event{Kind: CallOver, Wrap: true})
	if s.State != Paused || s.Reason != "meeting" || s.Forced != "chief" || s.Call != "" || s.Then != (Choice{}) {
		t.Errorf("%+v", s)
	}
	s, _ = walk(Seat{State: Talking}, Event{Kind: MarkReady, By: "chief"}, Event{Kind: CallOver, Wrap: true})
	if s.State != Ready || s.Forced != "chief" {
		t.Errorf("forced ready skips the wrap-up: %+v", s)
	}
}

func TestSeatKeepsItsCounts(t *testing.T) {
	s, _ := walk(Seat{State: Ready, Missed: 1, Call: ""},
		Event{Kind: Reserve, Call: "c1"}, // 1 s
		Event{Kind: Answer},              // 2 s
		Event{Kind: HoldCall},            // 3 s: talked 1 s
		Event{Kind: Retrieve},            // 4 s
		Event{Kind: Pause},               // 5 s
		Event{Kind: CallOver})            // 6 s: talked 2 s more
	want := noon.Add(6 * time.Second)
	if s.Calls != 1 || s.Talk != 3*time.Second || s.Missed != 0 || !s.IdleSince.Equal(want) || !s.Since.Equal(want) {
		t.Errorf("%+v", s)
	}
	again, ok := Next(s, Event{Kind: Pause, At: want.Add(time.Minute)})
	if !ok || !again.Since.Equal(want) {
		t.Errorf("the same pause began anew: %+v", again)
	}
}

func TestNextAllStopsAtWhatDoesNotFit(t *testing.T) {
	s, ok := NextAll(Seat{State: SignedOff}, events(SignOn, Ring, PhoneOnline)...)
	if ok || s.State != Offline {
		t.Errorf("%v %+v", ok, s)
	}
	if s, ok = NextAll(Seat{State: SignedOff}, events(SignOn, PhoneOnline)...); !ok || s.State != Ready {
		t.Errorf("%v %+v", ok, s)
	}
}

// TestSeatsNeverWedge: after any events, a seat's call can end, its phone come
// back, and one press of a key makes it ready. Calls and choices stay in line.
func TestSeatsNeverWedge(t *testing.T) {
	kinds := []EventKind{SignOn, SignOff, PhoneOnline, PhoneOffline, MarkReady, Pause, Reserve, Ring, RingOver, Miss,
		Answer, Pull, OwnCall, HoldCall, Retrieve, CallOver, WrapUpOver}
	rapid.Check(t, func(t *rapid.T) {
		s := Seat{State: SignedOff}
		for range rapid.IntRange(0, 30).Draw(t, "n") {
			before := s
			e := Event{
				Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), At: noon, Limit: rapid.IntRange(0, 2).Draw(t, "limit"),
				Wrap: rapid.Bool().Draw(t, "wrap"), Call: "c", Reason: "tea", By: rapid.SampledFrom([]string{"", "chief"}).Draw(t, "by"),
			}
			var ok bool
			s, ok = Next(s, e)
			if !ok && s.State != before.State {
				t.Fatalf("refused %s altered %+v to %+v", e.Kind, before, s)
			}
			if s.State == Ready && before.State == NotResponding && e.Kind != MarkReady {
				t.Fatalf("%s made a seat ready that does not respond", e.Kind)
			}
			if (s.State == Ready || s.State == Paused || s.State == WrapUp) && (s.Away || s.Call != "" || s.Then != Choice{}) {
				t.Fatalf("at rest, and %+v", s)
			}
			if before.State.OnCall() && !s.State.OnCall() && e.Kind != CallOver {
				t.Fatalf("%s ended a call", e.Kind)
			}
		}
		for _, k := range []EventKind{CallOver, RingOver, SignOn, PhoneOnline, MarkReady} {
			s, _ = Next(s, Event{Kind: k, At: noon})
		}
		if s.State != Ready {
			t.Fatalf("wedged: %+v", s)
		}
	})
}
