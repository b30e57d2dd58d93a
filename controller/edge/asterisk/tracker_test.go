package asterisk

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/CyCoreSystems/ari/v6"

	"bellhop/controller/calls"
)

// captured reads an event that a real Asterisk 22.10.1 has sent.
func captured(t testing.TB, name string) frame {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata/events", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := decode(text)
	if err != nil || !f.known || f.at.IsZero() {
		t.Fatalf("%s: %+v, %v", name, f, err)
	}
	return f
}

func channelOf(f frame) ari.ChannelData {
	v := reflect.ValueOf(f.event).Elem()
	for _, field := range []string{"Channel", "Peer"} {
		if c := v.FieldByName(field); c.IsValid() {
			return c.Interface().(ari.ChannelData)
		}
	}
	return ari.ChannelData{}
}

func TestCapturedEvents(t *testing.T) {
	for _, c := range []struct {
		name string
		want calls.Event // Leg and At are the frame's
	}{
		{"broadcast", calls.Event{Kind: calls.Offered, Offer: &calls.Offer{
			Endpoint: "phone-a", CallerID: calls.CallerID{Number: "1101", Name: "客房 1101"}, Dialled: "1102", Language: "en",
		}}},
		{"start_claimed", calls.Event{Kind: calls.Started}},
		{"start_placed", calls.Event{Kind: calls.Answered}},
		{"start_created", calls.Event{}},
		{"end_claimed", calls.Event{Kind: calls.Ended, Cause: calls.CauseNormal}},
		{"end_placed", calls.Event{}},
		{"destroyed_normal", calls.Event{Kind: calls.Ended, Cause: calls.CauseNormal}},
		{"destroyed_busy", calls.Event{Kind: calls.Ended, Cause: calls.CauseBusy, SIPCode: 486}},
		{"hangup_ours", calls.Event{}},
		{"hangup_nocause", calls.Event{}},
		{"state_up_placed", calls.Event{}},
		{"state_up_created", calls.Event{Kind: calls.Answered}},
		{"state_up_claimed", calls.Event{Kind: calls.Answered}},
		{"state_ringing", calls.Event{Kind: calls.Ringing}},
		{"dial_begin", calls.Event{}},
		{"dial_ringing", calls.Event{Kind: calls.Ringing}},
		{"dial_progress", calls.Event{Kind: calls.EarlyMedia}},
		{"dial_answer", calls.Event{}},
		{"dial_forward", calls.Event{Kind: calls.Redirected, To: "13912345678"}},
		{"hold", calls.Event{Kind: calls.Held}},
		{"unhold", calls.Event{Kind: calls.Unheld}},
		{"dtmf", calls.Event{Kind: calls.Digit, Digit: "1"}},
		{"transfer_echo", calls.Event{}},
	} {
		f := captured(t, c.name)
		got, spent := newTracker().translate(f)
		if spent != "" {
			t.Errorf("%s: channel %s would be hung up", c.name, spent)
		}
		if got == nil {
			got = &calls.Event{}
		} else {
			c.want.Leg, c.want.At = calls.LegID(channelOf(f).ID), f.at
		}
		if !reflect.DeepEqual(*got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, *got, c.want)
		}
	}
}

func TestCapturedEventsAboutSeveralThings(t *testing.T) {
	one := func(name string) calls.Event {
		t.Helper()
		e, _ := newTracker().translate(captured(t, name))
		if e == nil {
			t.Fatalf("%s means nothing", name)
		}
		return *e
	}
	if e := one("left_bridge"); e.Kind != calls.LeftBridge || e.Leg == "" || e.Bridge == "" {
		t.Errorf("left_bridge: %+v", e)
	}
	if e := one("play_done"); e.Kind != calls.PlayDone || e.Leg == "" || e.Play == "" || !e.OK {
		t.Errorf("play_done: %+v", e)
	}
	if e := one("transfer_blind"); e.Kind != calls.Transfer || e.Leg == "" || e.To == "" || e.Other != "" {
		t.Errorf("transfer_blind: %+v", e)
	}
	if e := one("transfer_attended"); e.Kind != calls.Transfer || e.Leg != "att-b" || e.To != "" || e.Other == "" {
		t.Errorf("transfer_attended: %+v", e)
	}
	e, spent := newTracker().translate(captured(t, "start_emergency"))
	if e == nil || e.Kind != calls.Emergency || e.Offer.Dialled != "110" || e.Offer.Endpoint != "phone-a" || spent == "" {
		t.Errorf("start_emergency: %+v, spent %q", e, spent)
	}
}

func TestPhonesAreToldOnlyWhenTheyMove(t *testing.T) {
	tr := newTracker()
	list := func(states ...string) (list []ari.EndpointData) {
		for i, state := range states {
			list = append(list, ari.EndpointData{Resource: string(rune('a' + i)), State: state})
		}
		return list
	}
	said := func(states ...string) string {
		var b strings.Builder
		for _, e := range tr.endpointList(list(states...)) {
			fmt.Fprintf(&b, "%s %v;", e.Endpoint, e.Online)
		}
		return b.String()
	}
	for _, step := range []struct {
		states []string
		want   string
	}{
		{[]string{"online", "offline"}, "a true;b false;"},
		{[]string{"online", "offline"}, ""},
		{[]string{"online", "online"}, "b true;"},
		{[]string{"offline", "unknown"}, "a false;b false;"},
		{[]string{"online"}, "a true;"},
		{nil, "a false;"},
		{nil, ""},
	} {
		if got := said(step.states...); got != step.want {
			t.Errorf("%v: %q, want %q", step.states, got, step.want)
		}
	}
}

func TestNothingIsSaidTwice(t *testing.T) {
	tr := newTracker()
	var kinds []calls.EventKind
	for _, name := range []string{"dial_ringing", "dial_ringing", "dial_forward", "dial_forward", "hangup_abandoned"} {
		if e, _ := tr.translate(captured(t, name)); e != nil {
			kinds = append(kinds, e.Kind)
		}
	}
	if len(kinds) != 2 {
		t.Errorf("said %v", kinds)
	}
	for range 3 {
		if e, _ := tr.translate(captured(t, "destroyed_busy")); e != nil {
			kinds = append(kinds, e.Kind)
		}
	}
	tr.translate(captured(t, "hangup_nocause"))
	if len(kinds) != 3 {
		t.Errorf("an end was said %d times", len(kinds)-2)
	}
}

func TestCauseOfAnEnd(t *testing.T) {
	end := captured(t, "end_claimed")
	id := calls.LegID(channelOf(end).ID)
	hangup := func(cause, sip int, soft bool) frame {
		return frame{event: &channelHangupRequest{Channel: channelOf(end), Cause: cause, TechCause: sip, Soft: soft}, at: end.at}
	}
	for _, c := range []struct {
		name string
		ours calls.Cause
		far  []frame
		want calls.Cause
		sip  int
	}{
		{"nobody says", 0, nil, calls.CauseNormal, 0},
		{"we do", calls.CauseBusy, []frame{hangup(32, 0, true), hangup(16, 0, true)}, calls.CauseBusy, 0},
		{"the far side does", 0, []frame{hangup(21, 0, false)}, calls.CauseRejected, 0},
		{"it gives up", 0, []frame{hangup(127, 487, false)}, calls.CauseNormal, 487},
		{"we do and then it does", calls.CauseBusy, []frame{hangup(16, 0, false)}, calls.CauseBusy, 0},
	} {
		tr := newTracker()
		tr.translate(captured(t, "start_claimed"))
		if c.ours != 0 {
			tr.hangingUp(id, c.ours, time.Time{})
		}
		for _, f := range c.far {
			tr.translate(f)
		}
		e, _ := tr.translate(end)
		if e == nil || e.Cause != c.want || e.SIPCode != c.sip {
			t.Errorf("%s: %+v, want cause %s", c.name, e, c.want)
		}
		if tr.count() != 0 {
			t.Errorf("%s: the leg is remembered", c.name)
		}
	}
}

func TestTheFasterCauseCounts(t *testing.T) {
	end := captured(t, "end_claimed")
	tr := newTracker()
	tr.translate(frame{event: &channelHangupRequest{Channel: channelOf(end)}, at: end.at})
	tr.hangingUp(calls.LegID(channelOf(end).ID), calls.CauseTemporary, end.at)
	if e, _ := tr.translate(end); e.Cause != calls.CauseNormal {
		t.Errorf("cause %s, want the far side's", e.Cause)
	}
}

func TestOldLegsAreForgottenWhenTheyAreGone(t *testing.T) {
	tr, now := newTracker(), time.Now()
	tr.place("old", now.Add(-time.Hour))
	tr.place("alive", now.Add(-time.Hour))
	tr.place("new", now)
	tr.keep(map[calls.LegID]bool{"alive": true}, now.Add(-time.Minute))
	if tr.count() != 2 || tr.legs["old"] != nil {
		t.Errorf("kept %v", tr.legs)
	}
	for i := range 3 * endedKept {
		tr.drop(calls.LegID(strings.Repeat("x", i%7) + time.Duration(i).String()))
	}
	if n := len(tr.ended[0]) + len(tr.ended[1]); n > 2*endedKept {
		t.Errorf("%d ended legs are remembered", n)
	}
}

func TestUserOf(t *testing.T) {
	for in, want := range map[string]string{
		"1103": "1103", "sip:1103@host": "1103", "sips:+86139@h;x=y": "+86139", "tel:110": "110", "Local/13912@from-phones": "13912", "": "", "1103?Replaces=x": "1103",
	} {
		if got := userOf(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// FuzzDecode: whatever comes over the wire, decoding and translating do not
// panic, and an event of the port always says what it is.
func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/events/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"type":"ChannelTransfer"}`))
	f.Add([]byte(`{"type":"StasisStart","args":["emergency"],"channel":{"name":"Local/x"}}`))
	f.Fuzz(func(t *testing.T, message []byte) {
		fr, err := decode(message)
		if err != nil {
			return
		}
		if fr.kind == "" {
			t.Error("a frame without a type")
		}
		tr := newTracker()
		for range 2 {
			tr.admit(fr.event)
			if e, _ := tr.translate(fr); e != nil && e.Kind == "" {
				t.Errorf("an event without a kind: %+v", e)
			}
		}
	})
}
