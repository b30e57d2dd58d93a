package e2e_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"bellhop/controller/sim/phones"
)

// alertTime is how soon the front desk must know (issue 2).
const alertTime = 2 * time.Second

func TestEmergency(t *testing.T) {
	h := openHotel(t)
	h.scene("from an occupied room", emergencyFromRoom)
	h.scene("from a vacant room, which is barred", emergencyFromVacantRoom)
	h.scene("with the access digit in front", emergencyWithAccessDigit)
	h.scene("a carrier that refuses leads to the next", emergencyFailover)
	h.scene("all lines are taken: one is freed", emergencyFreesALine)
	h.scene("two at once", twoEmergencies)
	h.scene("the records", emergencyRecords)
}

// calls110 dials an emergency number, and expects the desk to be told in time.
func (s *scene) calls110(from, dialled, sos string) (out, alert *phones.Call) {
	s.t.Helper()
	s.phone("8000")
	out = s.dialAtOnce(from, dialled)
	alert = s.alerted(from, sos)
	return out, alert
}

// dialAtOnce is dial, with the phone registered before the clock starts.
func (s *scene) dialAtOnce(from, dialled string) *phones.Call {
	s.t.Helper()
	s.phone(from)
	s.began = time.Now().Add(-time.Millisecond)
	return s.dial(from, dialled)
}

// alerted waits for the alert at the desk's phone.
func (s *scene) alerted(from, sos string) *phones.Call {
	s.t.Helper()
	alert := s.rings("8000")
	if d := time.Since(s.began); d > alertTime {
		s.t.Errorf("the desk rang after %s, want at most %s", d, alertTime)
	}
	want(s, "the desk sees the number", alert.CallerNumber(), from[:4])
	want(s, "the desk sees", alert.CallerName(), sos)
	return alert
}

// acknowledged answers the alert, hears that something is said and hangs up.
func (s *scene) acknowledged(alert *phones.Call) {
	s.t.Helper()
	s.must(alert.Answer(s.ctx))
	s.Until(s.t, "the desk is told in words", func() bool {
		level, err := alert.Level(s.ctx, 200*time.Millisecond)
		s.must(err)
		return level > -45
	})
	s.hangUp(alert)
}

// helps lets caller and emergency service hear each other.
func (s *scene) helps(out, line *phones.Call, hz int) {
	s.t.Helper()
	s.must(out.WaitAnswered(s.ctx))
	s.hears(out, hz)
	own := s.nextTone()
	out.SendTone(own)
	s.hears(line, own)
}

func emergencyFromRoom(s *scene) {
	out, alert := s.calls110("1206 bedside", "110", "SOS 110: 1206 东方先生")
	line := s.outsideCall(s.Unicom, "110", "075588886666")
	s.helps(out, line, 600)
	s.acknowledged(alert)
	var page struct {
		Items []struct {
			ID, Dialled, Guest string
			From               party
			At                 time.Time
		}
	}
	s.api(http.StatusOK, http.MethodGet, "/alerts", nil, &page)
	if len(page.Items) != 1 {
		s.t.Fatalf("alerts: %+v, want one", page.Items)
	}
	a := page.Items[0]
	if a.Dialled != "110" || a.Guest != "东方先生" || a.From.Room != "1206" || a.At.Before(s.began.Add(-time.Second)) {
		s.t.Errorf("alert: %+v", a)
	}
	s.hangUp(out)
	s.ends(line, 200, 16)
}

func emergencyFromVacantRoom(s *scene) {
	out, alert := s.calls110("1102", "119", "SOS 119: 1102")
	line := s.outsideCall(s.Unicom, "119", "075588886666")
	s.helps(out, line, 600)
	s.acknowledged(alert)
	s.hangUp(line)
	s.ends(out, 200, 16)
}

func emergencyWithAccessDigit(s *scene) {
	s.property("access_digit", "9")
	s.Until(s.t, "the switch knows 9120", func() bool {
		globals, err := s.PBX.CLI(s.ctx, "dialplan show globals")
		s.must(err)
		return strings.Contains(globals, "BH_EMERGENCY_9120=120")
	})
	out, alert := s.calls110("1103", "9120", "SOS 9120: 1103")
	line := s.outsideCall(s.Unicom, "120", "075588886666")
	s.helps(out, line, 600)
	s.acknowledged(alert)
	s.hangUp(out)
	s.ends(line, 200, 16)
}

func emergencyFailover(s *scene) {
	s.Unicom.SetFault(phones.Refusing)
	s.after(func() { s.Unicom.SetFault(phones.Healthy) })
	out, alert := s.calls110("1104", "122", "SOS 122: 1104")
	refused := s.outsideCall(s.Unicom, "122", "075588886666")
	line := s.outsideCall(s.Telecom, "122", "075588886666")
	want(s, "unicom's answer", refused.Answered(), false)
	s.helps(out, line, 700)
	s.acknowledged(alert)
	s.hangUp(out)
	s.ends(line, 200, 16)
}

// narrow gives a trunk a carrier with a single line, until the scene is over.
func (s *scene) narrow(trunk, host string, tone int) *phones.Carrier {
	s.t.Helper()
	k, err := phones.NewCarrier(context.WithoutCancel(s.ctx), phones.CarrierConfig{
		Name: trunk, Listen: host + ":0", Lines: 1, Answer: phones.AnswerWith(0, tone),
	})
	s.must(err)
	s.after(k.Close)
	s.trunk(trunk, object{"address": k.Addr().String()})
	return k
}

func emergencyFreesALine(s *scene) {
	one, two := s.narrow("unicom", "127.0.0.4", 600), s.narrow("telecom", "127.0.0.5", 600)
	s.Until(s.t, "the switch knows the new carriers", func() bool {
		contacts, err := s.PBX.CLI(s.ctx, "pjsip show aors")
		s.must(err)
		return strings.Contains(contacts, one.Addr().String()) && strings.Contains(contacts, two.Addr().String())
	})
	guest, staff := s.dial("1101", "83661111"), s.dial("8400", "83662222")
	s.must(guest.WaitAnswered(s.ctx))
	s.must(staff.WaitAnswered(s.ctx))
	want(s, "lines taken", one.Lines()+two.Lines(), 2)

	out, alert := s.calls110("1105", "110", "SOS 110: 1105")
	s.must(out.WaitAnswered(s.ctx))
	s.hears(out, 600)
	s.acknowledged(alert)
	over := 0
	for _, c := range []*phones.Call{guest, staff} {
		if c.Over() {
			over++
			continue
		}
		s.hears(c, 600) // the other call goes on
	}
	want(s, "calls ended for it", over, 1)
	reached := 0
	for _, c := range append(one.Calls(), two.Calls()...) {
		if c.Number() == "110" && c.Answered() {
			reached++
		}
	}
	want(s, "110 answered by a carrier", reached, 1)
	s.hangUp(out, guest, staff)
}

func twoEmergencies(s *scene) {
	s.phone("8000")
	s.phone("1106")
	s.phone("1107")
	first, second := s.dialAtOnce("1106", "110"), s.dialAtOnce("1107", "119")
	a, b := s.rings("8000"), s.rings("8000")
	if d := time.Since(s.began); d > alertTime {
		s.t.Errorf("the desk rang twice after %s, want at most %s", d, alertTime)
	}
	s.must(first.WaitAnswered(s.ctx))
	s.must(second.WaitAnswered(s.ctx))
	s.hears(first, 600)
	s.hears(second, 600)
	s.must(a.Answer(s.ctx))
	s.must(b.Answer(s.ctx))
	s.hangUp(a, b, first, second)
}

// emergencyRecords waits for what the switch's ledger says of the calls above;
// the controller reads it every half minute.
func emergencyRecords(s *scene) {
	s.began = time.Time{}
	placed := map[string]string{"1206": "110", "1102": "119", "1103": "9120", "1104": "122", "1105": "110", "1106": "110", "1107": "119"}
	deadline := time.Now().Add(40 * time.Second)
	var found map[string]record
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for len(found) < len(placed) && time.Now().Before(deadline) {
		<-tick.C
		found = map[string]record{}
		for _, r := range s.records("") {
			if r.Path == "emergency" && !r.Ended.IsZero() {
				found[r.From.Extension] = r
			}
		}
	}
	for extension, dialled := range placed {
		r := found[extension]
		if r.Dialled != dialled || !r.Emergency || r.Direction != "outbound" || r.Outcome != "answered" || r.Cause != 16 ||
			r.Answered.IsZero() || len(r.Reasons) == 0 {
			s.t.Errorf("record of the emergency call from %s: %+v", extension, r)
		}
	}
}
