package e2e_test

import (
	"net/http"
	"testing"

	"bellhop/controller/sim/phones"
)

func TestCallsFromTheOutside(t *testing.T) {
	h := openHotel(t)
	h.scene("to an occupied room", toOccupiedRoom)
	h.scene("to a group, a desk and the main number", toGroupAndDesk)
	h.scene("to a vacant room and to a number nobody has: the operator", toOperatorInstead)
	h.scene("to a room that does not want to be disturbed: the operator", toUndisturbedRoom)
	h.scene("screened callers", inboundScreening)
	h.scene("the caller gives up", callerOutsideGivesUp)
	h.scene("nobody answers, busy, not registered", nobodyInside)
	h.scene("a call from outside cannot go out again", noWayOut)
}

// callIn places a call from the outside.
func (s *scene) callIn(k *phones.Carrier, did, from string) *phones.Call {
	s.t.Helper()
	c, err := k.CallIn(s.ctx, did, from)
	s.must(err)
	return c
}

func toOccupiedRoom(s *scene) {
	s.phone("1206 bathroom")
	s.phone("1206 bedside")
	out := s.callIn(s.Telecom, "075588881206", "02087654321")
	bed, bath := s.rings("1206 bedside"), s.rings("1206 bathroom")
	s.must(out.WaitRinging(s.ctx))
	want(s, "the room sees", bath.CallerNumber(), "02087654321")
	s.answer(bed, out)
	s.ends(bath, 487, 26)
	s.talk(out, bed)
	s.hangUp(bed)
	s.ends(out, 200, 16)
	r := s.record(expected{
		direction: "inbound", from: "02087654321", dialled: "075588881206", to: "1206", trunk: "telecom",
		outcome: "answered", cause: 16, by: "called", reason: "did: 075588881206 is for 1206", legs: 3,
	})
	want(s, "record: extension of the caller", r.From.Extension, "")
	want(s, "record: stay", r.To.Stay, "demo-1206")
}

func toGroupAndDesk(s *scene) {
	for _, name := range []string{"8000", "8001", "8300", "8301"} {
		s.phone(name)
	}
	out := s.callIn(s.Unicom, "075588888333", "13912345678")
	first, second := s.rings("8300"), s.rings("8301")
	s.answer(second, out)
	s.ends(first, 487, 26)
	s.talk(out, second)
	s.hangUp(out)
	s.ends(second, 200, 16)
	s.record(expected{direction: "inbound", from: "13912345678", dialled: "075588888333", to: "8301", trunk: "unicom",
		outcome: "answered", cause: 16, by: "caller", legs: 3})

	out = s.callIn(s.Unicom, "075588888000", "13912345678")
	in := s.rings("8000")
	s.answer(in, out)
	s.talk(out, in)
	s.hangUp(in)
	s.ends(out, 200, 16)
	s.record(expected{direction: "inbound", from: "13912345678", dialled: "075588888000", to: "8000", trunk: "unicom",
		outcome: "answered", cause: 16, by: "called", legs: 2})
	s.operatorAnswers("075588886666", "did: 075588886666 is for 8888")
}

// operatorAnswers calls a number from outside and expects the desk.
func (s *scene) operatorAnswers(did, reason string) {
	s.t.Helper()
	s.phone("8000")
	s.phone("8001")
	out := s.callIn(s.Unicom, did, "13912345678")
	first, second := s.rings("8000"), s.rings("8001")
	want(s, "the desk sees", first.CallerNumber(), "13912345678")
	s.answer(first, out)
	s.ends(second, 487, 26)
	s.talk(out, first)
	s.hangUp(out)
	s.ends(first, 200, 16)
	s.record(expected{direction: "inbound", from: "13912345678", dialled: did, to: "8000", trunk: "unicom",
		outcome: "answered", cause: 16, by: "caller", reason: reason})
}

func toOperatorInstead(s *scene) {
	s.api(http.StatusOK, http.MethodPut, "/dids/075588881102", object{"to": "1102", "label": "vacant"}, nil)
	s.after(func() { s.api(http.StatusNoContent, http.MethodDelete, "/dids/075588881102", nil, nil) })
	s.phone("1102")
	s.operatorAnswers("075588881102", "room 1102 is vacant: to the operator")
	s.operatorAnswers("075512345678", "075512345678 is not listed: to the operator")
}

func toUndisturbedRoom(s *scene) {
	s.api(http.StatusNoContent, http.MethodPut, "/extensions/1301/do-not-disturb", object{"on": true}, nil)
	s.after(func() {
		s.api(http.StatusNoContent, http.MethodPut, "/extensions/1301/do-not-disturb", object{"on": false}, nil)
	})
	s.phone("1301 bedside")
	s.operatorAnswers("075588881301", "1301 does not want to be disturbed: to the operator")
}

func inboundScreening(s *scene) {
	s.phone("8000")
	out := s.callIn(s.Unicom, "075588888000", "075583000000")
	s.ends(out, 403, 21)
	s.record(expected{direction: "inbound", from: "075583000000", dialled: "075588888000", trunk: "unicom",
		outcome: "barred", cause: 21, reason: "screening: refuse by entry 's1'", legs: 1})

	// Limited to the operator, whatever number was dialled.
	s.phone("8001")
	s.phone("1206 bedside")
	out = s.callIn(s.Unicom, "075588881206", "0085230000000")
	first, second := s.rings("8000"), s.rings("8001")
	s.answer(second, out)
	s.ends(first, 487, 26)
	s.talk(out, second)
	s.hangUp(out)
	s.ends(second, 200, 16)
	s.record(expected{direction: "inbound", from: "0085230000000", dialled: "075588881206", to: "8001", trunk: "unicom",
		outcome: "answered", cause: 16, by: "caller", reason: "screening: limit by entry 's2'"})
}

func callerOutsideGivesUp(s *scene) {
	out := s.callIn(s.Unicom, "075588888000", "13912345678")
	in := s.rings("8000")
	s.must(out.WaitRinging(s.ctx))
	s.hangUp(out)
	end, err := in.WaitEnded(s.ctx)
	s.must(err)
	want(s, "the desk's phone ends with", end.Status, 487)
	s.record(expected{direction: "inbound", from: "13912345678", dialled: "075588888000", to: "8000", trunk: "unicom",
		outcome: "abandoned", cause: 16, by: "caller"})
}

func nobodyInside(s *scene) {
	out := s.callIn(s.Unicom, "075588888000", "13912345678")
	s.must(s.called("8000").Reject(486))
	s.ends(out, 486, 17)
	s.record(expected{direction: "inbound", from: "13912345678", dialled: "075588888000", to: "8000", trunk: "unicom",
		outcome: "busy", cause: 17})
	out = s.callIn(s.Unicom, "075588888500", "13912340000")
	s.ends(out, 480, 20)
	s.record(expected{direction: "inbound", from: "13912340000", dialled: "075588888500", to: "8500", trunk: "unicom",
		outcome: "failed", cause: 20})
}

func noWayOut(s *scene) {
	before := s.Unicom.Count() + s.Telecom.Count()
	s.phone("8000")
	s.phone("8001")
	for _, dialled := range []string{"83661234", "110", "0014155552671"} {
		out := s.callIn(s.Unicom, dialled, "13912345678")
		in, other := s.rings("8000"), s.rings("8001")
		s.answer(in, out)
		s.ends(other, 487, 26)
		s.hangUp(in)
		s.ends(out, 200, 16)
		s.record(expected{direction: "inbound", from: "13912345678", dialled: dialled, to: "8000", trunk: "unicom",
			outcome: "answered", cause: 16, by: "called", reason: "to the operator"})
	}
	want(s, "calls that went out again", s.Unicom.Count()+s.Telecom.Count()-before, 0)
}
