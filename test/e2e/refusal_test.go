package e2e_test

import (
	"net/http"
	"testing"
	"time"

	"bellhop/controller/sim/phones"
)

func TestCallsThatReachNobody(t *testing.T) {
	h := openHotel(t)
	h.scene("busy", busy)
	h.scene("the called guest refuses", declined)
	h.scene("no answer", noAnswer)
	h.scene("not registered", notRegistered)
	h.scene("the caller gives up while it rings", givesUp)
	h.scene("barred, wrong and incomplete numbers are explained without an answer", explained)
	h.scene("who may call rooms", roomPolicy)
	h.scene("do not disturb", doNotDisturb)
}

func busy(s *scene) {
	s.phone("1103")
	out := s.dial("1102", "1103")
	s.must(s.called("1103").Reject(486))
	s.ends(out, 486, 17)
	s.record(expected{from: "1102", dialled: "1103", to: "1103", outcome: "busy", cause: 17, reason: "17 user busy", legs: 2})
}

func declined(s *scene) {
	out := s.dial("1102", "1103")
	s.must(s.rings("1103").Reject(603))
	end, err := out.WaitEnded(s.ctx)
	s.must(err)
	if end.Status < 400 || end.Cause == 0 || end.Cause == 16 {
		s.t.Errorf("ended %+v", end)
	}
	r := s.record(expected{from: "1102", dialled: "1103", to: "1103", outcome: "barred", cause: end.Cause, legs: 2})
	want(s, "record: cause", r.Cause, 21)
}

func noAnswer(s *scene) {
	s.property("ring_seconds", 5)
	out := s.dial("1102", "1103")
	in := s.rings("1103")
	rang := time.Now()
	s.ends(out, 480, 19)
	if d := time.Since(rang); d < 4*time.Second || d > 8*time.Second {
		s.t.Errorf("it rang %s, want 5 s", d)
	}
	s.ends(in, 487, 19)
	s.record(expected{from: "1102", dialled: "1103", to: "1103", outcome: "no_answer", cause: 19, reason: "19 no answer", legs: 2})
}

func notRegistered(s *scene) {
	out := s.dial("1102", "1404")
	s.ends(out, 480, 20)
	s.record(expected{from: "1102", dialled: "1404", to: "1404", outcome: "failed", cause: 20, reason: "20 subscriber absent"})
}

func givesUp(s *scene) {
	out := s.dial("1102", "1103")
	in := s.rings("1103")
	s.must(out.WaitRinging(s.ctx))
	s.hangUp(out)
	end, err := in.WaitEnded(s.ctx)
	s.must(err)
	want(s, "the called phone's end", end.Status, 487)
	s.record(expected{from: "1102", dialled: "1103", to: "1103", outcome: "abandoned", cause: 16, by: "caller", legs: 2})
}

// explained are refusals that tell the caller why, in words or by the
// information tone, before they end. They run side by side: each takes seconds.
func explained(s *scene) {
	s.property("overlap_seconds", 1)
	const infoTone = 450
	refusals := []struct {
		from, dialled string
		status, cause int
		outcome       string
		reason        string
		call          *phones.Call
	}{
		{"1102", "83661234", 603, 52, "barred", "class: room 1102 is vacant", nil},
		{"1103", "16812345", 603, 52, "barred", "fraud: premium", nil},
		{"1301", "13912345678", 603, 52, "barred", "class 'local' does not allow mobile", nil},
		{"8401", "4000001234", 603, 52, "barred", "screening: refuse by entry 's3'", nil},
		{"8901", "1101", 603, 52, "barred", "policy: corridor phones may not call rooms", nil},
		{"8101", "9999999", 404, 1, "failed", "no such number", nil},
		{"8102", "17951", 404, 1, "failed", "carrier selection", nil},
		{"8201", "*99", 404, 1, "failed", "digits only", nil},
		{"8202", "1999", 484, 28, "failed", "incomplete number", nil},
	}
	before := s.Unicom.Count() + s.Telecom.Count()
	var all []*phones.Call
	for i := range refusals {
		r := &refusals[i]
		r.call = s.dial(r.from, r.dialled)
		all = append(all, r.call)
	}
	s.allHear(all, infoTone)
	for _, r := range refusals {
		if r.call.Answered() || !r.call.EarlyMedia() {
			s.t.Errorf("%s to %s: the refusal was answered, or came without early media", r.from, r.dialled)
		}
	}
	for _, r := range refusals {
		s.ends(r.call, r.status, r.cause)
		s.record(expected{
			from: r.from, dialled: r.dialled, direction: "internal", outcome: r.outcome, cause: r.cause, reason: r.reason, legs: 1,
		})
	}
	want(s, "calls that reached a carrier", s.Unicom.Count()+s.Telecom.Count()-before, 0)
	english := s.dial("1101", "0015552234567")
	s.must(english.WaitEarlyMedia(s.ctx))
	level, err := english.Level(s.ctx, 2*time.Second)
	s.must(err)
	if level < -45 || level == phones.SilenceLevel {
		s.t.Errorf("an English guest hears %.0f dBFS, want words", level)
	}
	s.must(english.HearsNot(s.ctx, infoTone, 300*time.Millisecond))
	s.ends(english, 603, 52)
	s.record(expected{from: "1101", dialled: "0015552234567", outcome: "barred", cause: 52, reason: "class 'national' does not allow international"})
}

func roomPolicy(s *scene) {
	s.property("room_to_room", "none")
	barred := s.dial("1102", "1103")
	s.must(barred.WaitEarlyMedia(s.ctx)) // it is decided

	s.property("room_to_room", "group")
	stranger := s.dial("1103", "1205")
	out, in := s.connect("1206 bathroom", "1205", "1205")
	s.talk(out, in)
	s.hangUp(out)
	s.ends(in, 200, 16)
	s.ends(barred, 603, 52)
	s.ends(stranger, 603, 52)
	s.record(expected{from: "1102", dialled: "1103", outcome: "barred", cause: 52, reason: "rooms may not call each other"})
	s.record(expected{from: "1206", dialled: "1205", to: "1205", outcome: "answered", cause: 16, by: "caller", reason: "rooms of one group"})
	s.record(expected{from: "1103", dialled: "1205", outcome: "barred", cause: 52, reason: "only rooms of their group"})
}

func doNotDisturb(s *scene) {
	s.api(http.StatusNoContent, http.MethodPut, "/extensions/1103/do-not-disturb", object{"on": true}, nil)
	s.after(func() {
		s.api(http.StatusNoContent, http.MethodPut, "/extensions/1103/do-not-disturb", object{"on": false}, nil)
	})
	s.phone("1103")
	out := s.dial("1102", "1103")
	s.ends(out, 486, 17)
	s.record(expected{from: "1102", dialled: "1103", outcome: "busy", cause: 17, reason: "dnd: 1103 does not want to be disturbed", legs: 1})

	desk, in := s.connect("8000", "1103", "1103") // the desk knows why it calls
	s.talk(desk, in)
	s.hangUp(desk)
	s.ends(in, 200, 16)
	s.record(expected{from: "8000", dialled: "1103", to: "1103", outcome: "answered", cause: 16, by: "caller"})
}
