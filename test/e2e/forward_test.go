package e2e_test

import (
	"net/http"
	"testing"

	"bellhop/controller/sim/phones"
)

func TestForwardAndOverlap(t *testing.T) {
	h := openHotel(t)
	h.scene("staff forward always", forwardAlways)
	h.scene("staff forward when busy", forwardBusy)
	h.scene("staff forward when nobody answers", forwardNoAnswer)
	h.scene("a phone says: call there instead", redirected)
	h.scene("a room's phone may not send calls outside", redirectedOutside)
	h.scene("a number in pieces: 12, then 0 and 6", overlapRoom)
	h.scene("1101 is not 110", overlapBesideEmergency)
	h.scene("an outside number in pieces", overlapOutside)
}

// forward forwards an extension until the scene is over.
func (s *scene) forward(from, to, when string) {
	s.t.Helper()
	s.api(http.StatusNoContent, http.MethodPut, "/extensions/"+from+"/forward", object{"to": to, "when": when}, nil)
	s.after(func() { s.api(http.StatusNoContent, http.MethodDelete, "/extensions/"+from+"/forward", nil, nil) })
}

// arrives lets a forwarded call be answered at 8202, and looks at its record.
func (s *scene) arrives(out *phones.Call, reason string) {
	s.t.Helper()
	in := s.rings("8202")
	want(s, "the colleague sees", in.CallerNumber(), "1102")
	s.answer(in, out)
	s.talk(out, in)
	s.hangUp(out)
	s.ends(in, 200, 16)
	s.record(expected{from: "1102", dialled: "8201", to: "8202", outcome: "answered", cause: 16, by: "caller", reason: reason})
}

func forwardAlways(s *scene) {
	s.phone("8201")
	s.phone("8202")
	s.forward("8201", "8202", "always")
	s.arrives(s.dial("1102", "8201"), "8201 forwards always to 8202")
}

func forwardBusy(s *scene) {
	s.phone("8202")
	s.forward("8201", "8202", "busy")
	out := s.dial("1102", "8201")
	s.must(s.called("8201").Reject(486))
	s.arrives(out, "8201 forwards on busy to 8202")
}

func forwardNoAnswer(s *scene) {
	s.property("ring_seconds", 5)
	s.phone("8202")
	s.forward("8201", "8202", "no_answer")
	out := s.dial("1102", "8201")
	first := s.rings("8201")
	s.arrives(out, "8201 forwards on no_answer to 8202")
	s.ends(first, 487, 19)
}

func redirected(s *scene) {
	s.phone("8202")
	out := s.dial("1102", "8201")
	s.must(s.called("8201").Redirect("8202"))
	s.arrives(out, "redirected to 8202")
}

func redirectedOutside(s *scene) {
	before := s.Unicom.Count() + s.Telecom.Count()
	s.phone("1206 bedside")
	out := s.dial("1102", "1206")
	s.must(s.called("1206 bedside").Redirect("13912345678"))
	s.ends(out, 603, 52)
	want(s, "calls that reached a carrier", s.Unicom.Count()+s.Telecom.Count()-before, 0)
	s.record(expected{from: "1102", dialled: "1206", to: "1206", outcome: "barred", cause: 52, reason: "forwards to outside numbers are off"})
}

// pieces dials a number of which the rest follows as keys.
func (s *scene) pieces(from, first, keys string) *phones.Call {
	s.t.Helper()
	out := s.dial(from, first)
	s.must(out.WaitEarlyMedia(s.ctx))
	s.must(out.SendDTMF(s.ctx, keys))
	return out
}

func overlapRoom(s *scene) {
	s.phone("1206 bedside")
	out := s.pieces("1102", "12", "06")
	in := s.rings("1206 bedside")
	if out.Answered() {
		s.t.Error("answered before the number was complete")
	}
	s.answer(in, out)
	s.talk(out, in)
	s.hangUp(in)
	s.ends(out, 200, 16)
	s.record(expected{from: "1102", dialled: "1206", to: "1206", outcome: "answered", cause: 16, by: "called"})
}

func overlapBesideEmergency(s *scene) {
	s.property("overlap_seconds", 2)
	before := s.Unicom.Count() + s.Telecom.Count()
	s.phone("1101")
	out := s.pieces("1102", "11", "01")
	in := s.rings("1101")
	s.answer(in, out)
	s.talk(out, in)
	s.hangUp(in)
	s.ends(out, 200, 16)
	s.record(expected{from: "1102", dialled: "1101", to: "1101", outcome: "answered", cause: 16, by: "called"})
	want(s, "calls that reached a carrier", s.Unicom.Count()+s.Telecom.Count()-before, 0)

	s.phone("8000")
	out = s.pieces("1102", "11", "0") // and nothing more: the police after all
	line := s.outsideCall(s.Unicom, "110", "075588886666")
	alert := s.rings("8000")
	want(s, "the desk sees", alert.CallerName(), "SOS 110: 1102")
	s.must(out.WaitAnswered(s.ctx))
	s.hears(out, 600)
	s.must(alert.Answer(s.ctx))
	s.hangUp(alert, out)
	s.ends(line, 200, 16)
	s.record(expected{direction: "outbound", from: "1102", dialled: "110", to: "110", trunk: "unicom", emergency: true,
		outcome: "answered", cause: 16, by: "caller", reason: "emergency: 110 (police)"})
}

func overlapOutside(s *scene) {
	out := s.pieces("1206 bedside", "8366", "1234")
	line := s.outsideCall(s.Unicom, "83661234", "075588886666")
	s.must(out.WaitAnswered(s.ctx))
	s.hears(out, 600)
	hz := s.nextTone()
	out.SendTone(hz)
	s.hears(line, hz)
	s.hangUp(out)
	s.ends(line, 200, 16)
	s.record(expected{direction: "outbound", from: "1206", dialled: "83661234", to: "83661234", trunk: "unicom",
		outcome: "answered", cause: 16, by: "caller"})
}
