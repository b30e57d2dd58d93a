package e2e_test

import (
	"net/http"
	"testing"

	"bellhop/controller/sim/phones"
)

func TestCallsWithinTheHouse(t *testing.T) {
	h := openHotel(t)
	h.scene("a room calls a room: bedside and bathroom ring together", bedsideAndBathroom)
	h.scene("the caller hangs up", callerHangsUp)
	h.scene("a room calls the operator by 8888 and by 0", roomCallsOperator)
	h.scene("a room calls a service", roomCallsService)
	h.scene("staff and rooms call each other", staffAndRooms)
	h.scene("the test tone", testTone)
	h.scene("a call is hung up over the API", hungUpOverAPI)
	h.scene("a guest's Chinese name arrives at the desk", chineseName)
}

func bedsideAndBathroom(s *scene) {
	s.phone("1206 bathroom")
	s.phone("1206 bedside")
	out := s.dial("1101", "1206")
	bed, bath := s.rings("1206 bedside"), s.rings("1206 bathroom")
	s.must(out.WaitRinging(s.ctx))
	want(s, "the room sees", bed.CallerNumber(), "1101")
	want(s, "the room must not see a guest's name", bed.CallerName(), "1101")
	s.answer(bath, out)
	stopped := s.ends(bed, 487, 26) // "answered elsewhere": the phone lists no missed call
	if len(stopped.Reasons) == 0 {
		s.t.Error("the bedside phone was not told that the call was answered elsewhere")
	}
	s.talk(out, bath)
	s.hangUp(bath)
	s.ends(out, 200, 16)
	r := s.record(expected{from: "1101", dialled: "1206", to: "1206", outcome: "answered", cause: 16, by: "called", legs: 3})
	want(s, "record: guest", r.From.Name, "Mr Smith")
	want(s, "record: room called", r.To.Room, "1206")
	want(s, "record: stay called", r.To.Stay, "demo-1206")
}

func callerHangsUp(s *scene) {
	out, in := s.connect("1102", "1103", "1103")
	s.talk(out, in)
	s.must(out.SendDTMF(s.ctx, "42#"))
	s.must(in.HearsKeys(s.ctx, "42#"))
	s.hangUp(out)
	s.ends(in, 200, 16)
	s.record(expected{from: "1102", dialled: "1103", to: "1103", outcome: "answered", cause: 16, by: "caller", legs: 2})
}

func roomCallsOperator(s *scene) {
	s.phone("8000")
	s.phone("8001")
	for _, number := range []string{"8888", "0"} {
		out := s.dial("1102", number)
		first, second := s.rings("8000"), s.rings("8001")
		s.answer(second, out)
		s.ends(first, 487, 26)
		s.talk(out, second)
		s.hangUp(out)
		s.ends(second, 200, 16)
		s.record(expected{from: "1102", dialled: number, to: "8001", outcome: "answered", cause: 16, by: "caller"})
	}
}

func roomCallsService(s *scene) {
	for _, name := range []string{"8200", "8201", "8202"} {
		s.phone(name)
	}
	out := s.dial("1206", "7001")
	all := []*phones.Call{s.rings("8200"), s.rings("8201"), s.rings("8202")}
	want(s, "the engineer sees", all[1].CallerNumber()+" "+all[1].CallerName(), "1206 东方先生")
	s.answer(all[1], out)
	s.ends(all[0], 487, 26)
	s.ends(all[2], 487, 26)
	s.talk(out, all[1])
	s.hangUp(all[1])
	s.ends(out, 200, 16)
	s.record(expected{from: "1206", dialled: "7001", to: "8201", outcome: "answered", cause: 16, by: "called", legs: 4})
}

func staffAndRooms(s *scene) {
	out, in := s.connect("8101", "1103", "1103")
	want(s, "the room sees", in.CallerNumber()+" "+in.CallerName(), "8101 王芳 Wang Fang")
	s.talk(out, in)
	s.hangUp(in)
	s.ends(out, 200, 16)
	s.record(expected{from: "8101", dialled: "1103", to: "1103", outcome: "answered", cause: 16, by: "called", legs: 2})
	out, in = s.connect("1103", "8101", "8101")
	s.talk(out, in)
	s.hangUp(out)
	s.ends(in, 200, 16)
	s.record(expected{from: "1103", dialled: "8101", to: "8101", outcome: "answered", cause: 16, by: "caller", legs: 2})
}

func testTone(s *scene) {
	out := s.dial("1102", "*43")
	s.must(out.WaitAnswered(s.ctx))
	s.hears(out, 450)
	s.hangUp(out)
	s.record(expected{from: "1102", dialled: "*43", outcome: "answered", cause: 16, by: "caller", legs: 1})
}

func hungUpOverAPI(s *scene) {
	out, in := s.connect("1102", "1103", "1103")
	s.talk(out, in)
	live := s.live()
	if len(live) != 1 || live[0].From.Number != "1102" || live[0].To.Number != "1103" {
		s.t.Fatalf("live calls: %+v", live)
	}
	s.api(http.StatusNoContent, http.MethodDelete, "/live-calls/"+live[0].ID, nil, nil)
	s.ends(out, 200, 16)
	s.ends(in, 200, 16)
	s.record(expected{from: "1102", dialled: "1103", to: "1103", outcome: "answered", cause: 16, by: "controller", reason: "over the API", legs: 2})
}

func chineseName(s *scene) {
	out, in := s.connect("1206 bedside", "8000", "8000")
	want(s, "the desk sees", in.CallerNumber()+" "+in.CallerName(), "1206 东方先生")
	s.hangUp(out)
	s.ends(in, 200, 16)
	s.record(expected{from: "1206", dialled: "8000", to: "8000", outcome: "answered", cause: 16, by: "caller", legs: 2})
}
