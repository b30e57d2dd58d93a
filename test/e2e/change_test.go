package e2e_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestChangesWhileCallsAreUp(t *testing.T) {
	h := openHotel(t)
	h.scene("100 rooms are added during a call", hundredRooms)
	h.scene("check-in, move and check-out", stay)
}

func hundredRooms(s *scene) {
	out, in := s.connect("1102", "1103", "1103")
	out.SendTone(900)
	in.SendTone(1300)
	s.hears(out, 1300)
	s.hears(in, 900)
	var sheet strings.Builder
	sheet.WriteString("number,kind,room,floor,type,devices\n")
	for i := range 100 {
		fmt.Fprintf(&sheet, "%d,room,%d,20,new,sip:bedside\n", 2001+i, 2001+i)
	}
	var report struct {
		Rooms       int `json:"rooms_added"`
		Credentials []struct{ Extension, Endpoint, Secret string }
	}
	before, began := in.Traffic(), time.Now()
	s.api(http.StatusOK, http.MethodPost, "/import", sheet.String(), &report)
	want(s, "rooms added", report.Rooms, 100)
	want(s, "phones added", len(report.Credentials), 100)
	last := report.Credentials[99]
	s.Until(s.t, "the switch knows the last new phone", func() bool {
		endpoint, err := s.PBX.CLI(s.ctx, "pjsip show endpoint "+last.Endpoint)
		s.must(err)
		return !strings.Contains(endpoint, "Unable to find")
	})
	s.phones["new"] = s.Register(s.hotel.t, last.Endpoint, last.Secret)
	after, took := in.Traffic(), time.Since(began)
	want(s, "packets lost", after.Lost-before.Lost, 0)
	if got, least := after.In-before.In, uint64(took/(20*time.Millisecond))*9/10; got < least {
		s.t.Errorf("%d packets in %s, want at least %d: the audio was interrupted", got, took, least)
	}
	want(s, "the call was disturbed", out.Refreshes()+in.Refreshes(), 0)
	s.talk(out, in)
	s.hangUp(out)
	s.ends(in, 200, 16)

	first, answer := s.connect("new", "1103", "1103")
	want(s, "1103 sees", answer.CallerNumber(), last.Extension)
	s.talk(first, answer)
	s.hangUp(answer)
	s.ends(first, 200, 16)
	s.record(expected{from: last.Extension, dialled: "1103", to: "1103", outcome: "answered", cause: 16, by: "called"})
}

// seenAs calls the desk from a room and looks at the name on its display.
func (s *scene) seenAs(room, name string) {
	s.t.Helper()
	out, in := s.connect(room, "8000", "8000")
	want(s, "the desk sees", in.CallerNumber()+" "+in.CallerName(), room+" "+name)
	s.hangUp(out)
	s.ends(in, 200, 16)
}

// line says whether a room may call outside, by calling.
func (s *scene) line(room string, open bool) {
	s.t.Helper()
	if open {
		out := s.dial(room, "83661234")
		in := s.outsideCall(s.Unicom, "83661234", "075588886666")
		s.must(out.WaitAnswered(s.ctx))
		s.hangUp(out)
		s.ends(in, 200, 16)
		return
	}
	before := s.Unicom.Count() + s.Telecom.Count()
	out := s.dial(room, "83661234")
	s.hears(out, 450) // the information tone
	want(s, "answered", out.Answered(), false)
	s.hangUp(out)
	want(s, "calls that reached a carrier", s.Unicom.Count()+s.Telecom.Count()-before, 0)
}

func stay(s *scene) {
	for _, name := range []string{"1102", "1103", "8000"} {
		s.phone(name)
	}
	s.line("1102", false)
	var guest struct{ ID string }
	s.api(http.StatusCreated, http.MethodPost, "/stays", object{
		"room": "1102", "class": "local", "guests": []object{{"name": "欧阳娜娜女士", "language": "zh-CN"}},
	}, &guest)
	s.line("1102", true)
	s.seenAs("1102", "欧阳娜娜女士")

	s.api(http.StatusOK, http.MethodPost, "/stays/"+guest.ID+"/move", object{"to": "1103"}, &guest)
	s.line("1102", false)
	s.seenAs("1102", "1102")
	s.line("1103", true)
	s.seenAs("1103", "欧阳娜娜女士")

	s.api(http.StatusNoContent, http.MethodPost, "/stays/"+guest.ID+"/check-out", object{}, nil)
	s.line("1103", false)
	s.seenAs("1103", "1103")
	out, in := s.connect("1103", "1102", "1102") // internal calls go on
	s.talk(out, in)
	s.hangUp(out)
	s.ends(in, 200, 16)
	police := s.dial("1103", "110")
	line := s.outsideCall(s.Unicom, "110", "075588886666")
	alert := s.rings("8000")
	s.must(police.WaitAnswered(s.ctx))
	s.must(alert.Answer(s.ctx))
	s.hangUp(alert, police)
	s.ends(line, 200, 16)
}
