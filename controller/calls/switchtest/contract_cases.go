package switchtest

import (
	"strings"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

func claimOnce(t *testing.T, s *stream) {
	s.Call(t, "a", "4711")
	e := s.wait(t, calls.Offered, "")
	s.must(t, s.sw.Claim(s.ctx, e.Leg))
	s.wait(t, calls.Started, e.Leg)
	if err := s.sw.Claim(s.ctx, e.Leg); err == nil {
		t.Error("a second claim succeeded")
	}
	s.over(t, e.Leg)
}

func talkAndEnd(t *testing.T, s *stream) {
	a, b, _ := s.pair(t)
	s.HangUp(t, "b")
	if e := s.wait(t, calls.Ended, b); e.Cause != calls.CauseNormal {
		t.Errorf("cause %s, want %s", e.Cause, calls.CauseNormal)
	}
	s.over(t, a)
}

func ringThenAnswer(t *testing.T, s *stream) {
	s.Script(t, "b", Behaviour{Rings: 200 * time.Millisecond})
	a := s.enter(t)
	b := s.place(t, "b", a, "")
	ringing := s.wait(t, calls.Ringing, b)
	s.must(t, s.sw.Ring(s.ctx, a))
	if answered := s.wait(t, calls.Answered, b); answered.At.Before(ringing.At) {
		t.Error("answered before it rang")
	}
	s.over(t, a, b)
}

func refusals(t *testing.T, s *stream) {
	tests := []struct {
		name string
		b    Behaviour
		want calls.Cause
	}{
		{"busy", Behaviour{Cause: calls.CauseBusy}, calls.CauseBusy},
		{"declined", Behaviour{Cause: calls.CauseRejected}, calls.CauseRejected},
		{"unregistered", Behaviour{Absent: true}, calls.CauseAbsent},
	}
	a := s.enter(t)
	for _, tt := range tests {
		s.Script(t, "b", tt.b)
		b := s.place(t, "b", a, "")
		if e := s.wait(t, calls.Ended, b); e.Cause != tt.want {
			t.Errorf("%s: cause %s, want %s", tt.name, e.Cause, tt.want)
		}
	}
	s.Script(t, "b", Behaviour{})
	s.over(t, a)
}

func noAnswer(t *testing.T, s *stream) {
	s.Script(t, "b", Behaviour{Silent: true})
	a := s.enter(t)
	b := s.place(t, "b", a, "")
	if e := s.wait(t, calls.Ended, b); e.Cause != calls.CauseNoAnswer {
		t.Errorf("cause %s, want %s", e.Cause, calls.CauseNoAnswer)
	}
	s.over(t, a)
}

func refuseCaller(t *testing.T, s *stream) {
	a := s.enter(t)
	s.must(t, s.sw.Hangup(s.ctx, a, calls.CauseBusy))
	if e := s.wait(t, calls.Ended, a); e.Cause != calls.CauseBusy {
		t.Errorf("cause %s, want %s", e.Cause, calls.CauseBusy)
	}
	s.must(t, s.sw.Hangup(s.ctx, a, calls.CauseBusy))
}

func earlyMedia(t *testing.T, s *stream) {
	s.Script(t, "b", Behaviour{Early: true, Rings: time.Second})
	a := s.enter(t)
	bridge := calls.BridgeID(bridgeName(s.name(t)))
	s.must(t, s.sw.CreateBridge(s.ctx, bridge))
	s.must(t, s.sw.Join(s.ctx, bridge, a))
	b := s.place(t, "b", a, bridge)
	s.wait(t, calls.EarlyMedia, b)
	s.must(t, s.sw.Progress(s.ctx, a))
	s.wait(t, calls.Answered, b)
	s.must(t, s.sw.Answer(s.ctx, a))
	s.Hear(t, "a", "b")
	s.over(t, a, b)
}

func keys(t *testing.T, s *stream) {
	a := s.enter(t)
	s.must(t, s.sw.Answer(s.ctx, a))
	for _, k := range []string{"1", "*", "#"} {
		s.Press(t, "a", k)
		if e := s.wait(t, calls.Digit, a); e.Digit != k {
			t.Errorf("key %q, want %q", e.Digit, k)
		}
	}
	s.over(t, a)
}

func prompt(t *testing.T, s *stream) {
	a := s.enter(t)
	s.must(t, s.sw.Answer(s.ctx, a))
	id := calls.PlayID(s.name(t))
	s.must(t, s.sw.Play(s.ctx, a, id, calls.Media{Prompts: []string{"beep"}, Language: "en"}))
	if e := s.wait(t, calls.PlayDone, a); e.Play != id || !e.OK {
		t.Errorf("play done %+v", e)
	}
	tone := calls.PlayID(s.name(t))
	s.must(t, s.sw.Play(s.ctx, a, tone, calls.Media{Tone: "ring"}))
	s.must(t, s.sw.StopPlay(s.ctx, tone))
	s.must(t, s.sw.StopPlay(s.ctx, tone))
	s.over(t, a)
}

func swap(t *testing.T, s *stream) {
	a, b, bridge := s.pair(t)
	s.must(t, s.sw.Leave(s.ctx, bridge, b))
	s.Deaf(t, "a", "b")
	s.Script(t, "c", Behaviour{})
	c := s.place(t, "c", a, "")
	s.wait(t, calls.Answered, c)
	s.must(t, s.sw.Join(s.ctx, bridge, c))
	s.Hear(t, "a", "c")
	s.over(t, a, b, c)
}

func refer(t *testing.T, s *stream) {
	a, b, _ := s.pair(t)
	s.Refer(t, "b", "1234")
	if e := s.wait(t, calls.Transfer, b); e.To != "1234" || e.Other != "" {
		t.Errorf("transfer %+v", e)
	}
	s.must(t, s.sw.TransferProgress(s.ctx, b, calls.TransferTrying))
	s.must(t, s.sw.TransferProgress(s.ctx, b, calls.TransferFailed))
	s.Hear(t, "a", "b")
	s.over(t, a, b)
}

func tags(t *testing.T, s *stream) {
	a, b, bridge := s.pair(t)
	data := strings.Repeat(`{"name":"东方, \"O'Brien\" ${EXTEN} $[1+1];|&=\\"}`, 25) + "\n\t<ü>"
	s.must(t, s.sw.Tag(s.ctx, a, map[string]string{calls.TagPhase: "talking", calls.TagData: data}))
	snap := s.snapshot(t)
	found := map[calls.LegID]calls.LegState{}
	for _, l := range snap.Legs {
		found[l.Leg] = l
	}
	if l := found[a]; !l.Ours || !l.Up || l.Tags[calls.TagPhase] != "talking" || l.Tags[calls.TagData] != data || l.Offer.Dialled != "4711" || l.Offer.Endpoint != s.Endpoint("a") {
		t.Errorf("leg a: %+v", l)
	}
	if l := found[b]; !l.Ours || !l.Up || l.Tags[calls.TagCall] != string(a) {
		t.Errorf("leg b: %+v", l)
	}
	if len(snap.Bridges) != 1 || snap.Bridges[0].Bridge != bridge || len(snap.Bridges[0].Legs) != 2 {
		t.Errorf("bridges %+v", snap.Bridges)
	}
	s.over(t, a, b)
}

// snoop lets phone c take part in what leg on hears.
func (s *stream) snoop(t *testing.T, on calls.LegID, how calls.Whisper) (c, snoop calls.LegID, bridge calls.BridgeID) {
	t.Helper()
	s.Script(t, "c", Behaviour{})
	c, snoop = s.place(t, "c", on, ""), calls.LegID(s.name(t))
	s.wait(t, calls.Answered, c)
	s.must(t, s.sw.Snoop(s.ctx, snoop, on, how))
	s.wait(t, calls.Started, snoop)
	bridge = calls.BridgeID(bridgeName(s.name(t)))
	s.must(t, s.sw.CreateBridge(s.ctx, bridge))
	s.must(t, s.sw.Join(s.ctx, bridge, snoop, c))
	for _, l := range s.snapshot(t).Legs {
		if l.Snoop != (l.Leg == snoop) {
			t.Errorf("snapshot: snoop is %t for %+v", l.Snoop, l)
		}
	}
	return c, snoop, bridge
}

func listenIn(t *testing.T, s *stream) {
	a, b, talk := s.pair(t)
	c, snoop, _ := s.snoop(t, b, calls.WhisperNobody)
	s.Listens(t, "c", "a")
	s.Listens(t, "c", "b")
	s.Hear(t, "a", "b")
	s.must(t, s.sw.Join(s.ctx, talk, c)) // from listening to barging
	s.over(t, snoop)
	s.Hear(t, "c", "a")
	s.Hear(t, "c", "b")
	s.over(t, a, b, c)
	s.code(t, "snoop", s.sw.Snoop(s.ctx, "ct-late", b, calls.WhisperNobody), fault.NotFound)
}

func whisper(t *testing.T, s *stream) {
	a, b, _ := s.pair(t)
	c, snoop, _ := s.snoop(t, b, calls.WhisperLeg)
	s.Hear(t, "c", "b")
	s.Listens(t, "c", "a")
	s.HangUp(t, "b")
	s.wait(t, calls.Ended, b)
	s.wait(t, calls.Ended, snoop)
	s.over(t, a, c)
}

func goneLeg(t *testing.T, s *stream) {
	a := s.enter(t)
	s.over(t, a)
	s.must(t, s.sw.Hangup(s.ctx, a, calls.CauseNormal))
	s.must(t, s.sw.DestroyBridge(s.ctx, "bh-never"))
	s.must(t, s.sw.Leave(s.ctx, "bh-never", a))
	s.code(t, "answer", s.sw.Answer(s.ctx, a), fault.NotFound)
	s.code(t, "ring", s.sw.Ring(s.ctx, a), fault.NotFound)
	s.code(t, "join", s.sw.Join(s.ctx, "bh-never", a), fault.NotFound)
}

func ledger(t *testing.T, s *stream) {
	before := time.Now().Add(-2 * time.Second)
	a, b, _ := s.pair(t)
	s.over(t, a, b)
	e, mark := s.entry(t, a)
	if e.Path != calls.PathController || e.Dialled != "4711" || e.Endpoint != s.Endpoint("a") {
		t.Errorf("entry %+v", e)
	}
	if e.Started.Before(before) || e.Answered.Before(e.Started) || e.Ended.Before(e.Answered) || time.Since(e.Ended) > time.Minute {
		t.Errorf("times %s %s %s", e.Started, e.Answered, e.Ended)
	}
	s.must(t, s.sw.Forget(s.ctx, mark))
	s.code(t, "forget", s.sw.Forget(s.ctx, "no mark/"), fault.Invalid)
}

// entry waits for the ledger's entry of a leg.
func (s *stream) entry(t *testing.T, id calls.LegID) (calls.LedgerEntry, string) {
	t.Helper()
	limit := time.Now().Add(patience)
	for time.Now().Before(limit) {
		entries, mark, err := s.sw.Ledger(s.ctx)
		s.must(t, err)
		for _, e := range entries {
			if e.Leg == id {
				return e, mark
			}
		}
	}
	t.Fatalf("leg %s is not in the ledger", id)
	return calls.LedgerEntry{}, ""
}

func restart(t *testing.T, s *stream) {
	a := s.enter(t)
	s.Restart(t)
	s.wait(t, calls.Disconnected, "")
	if e := s.wait(t, calls.Connected, ""); !e.Boot {
		t.Error("a new switch was taken for the old one")
	}
	for _, l := range s.snapshot(t).Legs {
		if l.Leg == a {
			t.Error("the leg survived the switch")
		}
	}
}
