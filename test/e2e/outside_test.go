package e2e_test

import (
	"cmp"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"bellhop/controller/sim/phones"
)

func TestCallsToTheOutside(t *testing.T) {
	h := openHotel(t)
	h.scene("the time of day is made to not matter", func(s *scene) {
		s.api(http.StatusNoContent, http.MethodDelete, "/routes/national-night", nil, nil)
	})
	h.scene("local, far, mobile and abroad", everyClass)
	h.scene("early media is heard from the first ring", earlyMedia)
	h.scene("a carrier that refuses leads to the next", failover)
	h.scene("what the called party does is not tried again", busySubscriber)
	h.scene("a full trunk", fullTrunk)
	h.scene("the caller gives up while it rings outside", givesUpOutside)
	h.scene("a trunk that shows no number", anonymousTrunk)
	h.scene("a screened number", outboundScreening)
	// Last: the switch may hold the carrier for dead until it asks it again.
	h.scene("a dead carrier leads to the next", deadCarrier)
}

// outsideCall waits for the next call at a carrier and looks at what it was shown.
func (s *scene) outsideCall(k *phones.Carrier, digits, shown string) *phones.Call {
	s.t.Helper()
	c, err := k.Next(s.ctx)
	s.must(err)
	want(s, "the carrier is asked for", c.Number(), digits)
	want(s, "the carrier is shown", c.CallerNumber(), shown)
	return c
}

func everyClass(s *scene) {
	for _, c := range []struct {
		from, dialled, digits string
		carrier               *phones.Carrier
		to, trunk, shown      string
		hz                    int
	}{
		{"1301 bedside", "83661234", "83661234", s.Unicom, "", "unicom", "075588886666", 600},
		{"1101", "01087654321", "01087654321", s.Unicom, "", "unicom", "075588886666", 600},
		{"1101", "075583661234", "83661234", s.Unicom, "075583661234", "unicom", "075588886666", 600},
		{"1101", "13912345678", "13912345678", s.Unicom, "", "unicom", "075588886666", 600},
		{"1206 bedside", "0014155552671", "0014155552671", s.Telecom, "", "telecom", "075588881206", 700},
		{"8000", "95588", "95588", s.Telecom, "", "telecom", "075588888000", 700},
	} {
		out := s.dial(c.from, c.dialled)
		in := s.outsideCall(c.carrier, c.digits, c.shown)
		s.must(out.WaitAnswered(s.ctx))
		s.hears(out, c.hz)
		hz := s.nextTone()
		out.SendTone(hz)
		s.hears(in, hz)
		want(s, "re-INVITEs and UPDATEs that the carrier got", in.Refreshes(), 0)
		s.hangUp(out)
		s.ends(in, 200, 16)
		r := s.record(expected{
			direction: "outbound", from: c.from[:4], dialled: c.dialled, to: cmp.Or(c.to, c.digits), trunk: c.trunk,
			outcome: "answered", cause: 16, by: "caller", reason: "route: ", legs: 2,
		})
		want(s, "record: extension", r.From.Extension, c.from[:4])
	}
}

func earlyMedia(s *scene) {
	s.Unicom.Behave("83660001", phones.EarlyThenAnswer(1500*time.Millisecond, 950, 1350))
	out := s.dial("1101", "83660001")
	s.hears(out, 950)
	if out.Answered() {
		s.t.Error("the early media was not early")
	}
	in := s.outsideCall(s.Unicom, "83660001", "075588886666")
	s.must(out.WaitAnswered(s.ctx))
	s.hears(out, 1350)
	s.must(out.HearsNot(s.ctx, 950, 300*time.Millisecond))
	hz := s.nextTone()
	out.SendTone(hz)
	s.hears(in, hz)
	s.hangUp(in)
	s.ends(out, 200, 16)
	s.record(expected{
		direction: "outbound", from: "1101", dialled: "83660001", to: "83660001", trunk: "unicom",
		outcome: "answered", cause: 16, by: "called",
	})
}

func failover(s *scene) {
	s.Unicom.SetFault(phones.Refusing)
	s.after(func() { s.Unicom.SetFault(phones.Healthy) })
	out := s.dial("1101", "83661234")
	refused := s.outsideCall(s.Unicom, "83661234", "075588886666")
	in := s.outsideCall(s.Telecom, "83661234", "075588881101")
	want(s, "unicom's answer", refused.Answered(), false)
	s.must(out.WaitAnswered(s.ctx))
	s.hears(out, 700)
	s.hangUp(out)
	s.ends(in, 200, 16)
	s.record(expected{
		direction: "outbound", from: "1101", dialled: "83661234", to: "83661234", trunk: "telecom",
		outcome: "answered", cause: 16, by: "caller", reason: "attempt trunk unicom: 34", legs: 3,
	})
}

func deadCarrier(s *scene) {
	s.Unicom.SetFault(phones.Dead)
	s.after(func() { s.Unicom.SetFault(phones.Healthy) })
	began := time.Now()
	out := s.dial("1101", "83661234")
	in := s.outsideCall(s.Telecom, "83661234", "075588881101")
	s.t.Logf("the dead carrier was given up after %s", time.Since(began).Round(100*time.Millisecond))
	s.must(out.WaitAnswered(s.ctx))
	s.hangUp(out)
	s.ends(in, 200, 16)
	s.record(expected{
		direction: "outbound", from: "1101", dialled: "83661234", to: "83661234", trunk: "telecom",
		outcome: "answered", cause: 16, by: "caller", reason: "attempt trunk unicom: ", legs: 3,
	})
}

func busySubscriber(s *scene) {
	s.Unicom.Behave("83660017", phones.Busy())
	s.Unicom.Behave("83660001", phones.WrongNumber())
	before := s.Telecom.Count()
	for _, c := range []struct {
		number        string
		status, cause int
		outcome       string
	}{{"83660017", 486, 17, "busy"}, {"83660001", 404, 1, "failed"}} {
		out := s.dial("1101", c.number)
		s.outsideCall(s.Unicom, c.number, "075588886666")
		s.ends(out, c.status, c.cause)
		s.record(expected{
			direction: "outbound", from: "1101", dialled: c.number, to: c.number, trunk: "unicom",
			outcome: c.outcome, cause: c.cause, reason: "attempt trunk unicom: ", legs: 2,
		})
	}
	want(s, "calls tried over the other carrier", s.Telecom.Count()-before, 0)
}

// trunk changes a trunk until the scene is over.
func (s *scene) trunk(name string, changes object) {
	s.t.Helper()
	var page struct{ Items []object }
	s.api(http.StatusOK, http.MethodGet, "/trunks", nil, &page)
	for _, k := range page.Items {
		if k["name"] != name {
			continue
		}
		before := object{}
		for _, f := range []string{"carrier", "address", "register", "username", "hosts", "limit", "caller_id", "enabled", "order"} {
			if value, given := k[f]; given {
				before[f] = value
			}
		}
		after := maps.Clone(before)
		maps.Copy(after, changes)
		s.api(http.StatusOK, http.MethodPut, "/trunks/"+name, after, nil)
		s.after(func() { s.api(http.StatusOK, http.MethodPut, "/trunks/"+name, before, nil) })
		return
	}
	s.t.Fatalf("no trunk %s in %v", name, page.Items)
}

func fullTrunk(s *scene) {
	s.trunk("unicom", object{"limit": 1})
	s.trunk("telecom", object{"limit": 1})
	first := s.dial("1101", "83661111")
	a := s.outsideCall(s.Unicom, "83661111", "075588886666")
	s.must(first.WaitAnswered(s.ctx))
	second := s.dial("1206 bedside", "83662222")
	b := s.outsideCall(s.Telecom, "83662222", "075588881206")
	s.must(second.WaitAnswered(s.ctx))
	before := s.Unicom.Count() + s.Telecom.Count()
	third := s.dial("8000", "83663333")
	s.ends(third, 503, 34)
	want(s, "calls beyond the limit that reached a carrier", s.Unicom.Count()+s.Telecom.Count()-before, 0)
	s.hangUp(first, second)
	s.ends(a, 200, 16)
	s.ends(b, 200, 16)
	s.record(expected{direction: "outbound", from: "1206", dialled: "83662222", to: "83662222", trunk: "telecom",
		outcome: "answered", cause: 16, by: "caller", reason: "'unicom' is full (1 of 1)"})
	s.record(expected{from: "8000", dialled: "83663333", outcome: "failed", cause: 34, reason: "'telecom' is full (1 of 1)"})
}

func givesUpOutside(s *scene) {
	s.Unicom.Behave("83660019", phones.NoAnswer())
	out := s.dial("1101", "83660019")
	in := s.outsideCall(s.Unicom, "83660019", "075588886666")
	s.must(out.WaitRinging(s.ctx))
	s.hangUp(out)
	end, err := in.WaitEnded(s.ctx)
	s.must(err)
	want(s, "the carrier's call ends with", end.Status, 487)
	s.record(expected{direction: "outbound", from: "1101", dialled: "83660019", to: "83660019", trunk: "unicom",
		outcome: "abandoned", cause: 16, by: "caller"})
}

func anonymousTrunk(s *scene) {
	s.trunk("unicom", object{"caller_id": object{"mode": "anonymous"}})
	out := s.dial("1101", "83661234")
	in, err := s.Unicom.Next(s.ctx)
	s.must(err)
	if shown := strings.Join(append(in.Header("P-Asserted-Identity"), in.CallerNumber(), in.CallerName()), " "); strings.Contains(shown, "1101") || strings.Contains(shown, "Smith") {
		s.t.Errorf("the carrier is shown %q", shown)
	}
	s.must(out.WaitAnswered(s.ctx))
	s.hangUp(out)
	s.ends(in, 200, 16)
}

func outboundScreening(s *scene) {
	var e struct{ ID string }
	s.api(http.StatusCreated, http.MethodPost, "/screening", object{
		"direction": "outbound", "pattern": "8366*", "verdict": "refuse", "reason": "a boiler room",
	}, &e)
	s.after(func() { s.api(http.StatusNoContent, http.MethodDelete, "/screening/"+e.ID, nil, nil) })
	before := s.Unicom.Count() + s.Telecom.Count()
	out := s.dial("8000", "83661234")
	s.ends(out, 603, 52)
	want(s, "calls that reached a carrier", s.Unicom.Count()+s.Telecom.Count()-before, 0)
	s.record(expected{from: "8000", dialled: "83661234", outcome: "barred", cause: 52, reason: "a boiler room"})
	status, text := s.Raw(s.t, http.MethodPost, "/api/v1/screening", object{
		"direction": "outbound", "pattern": "110", "verdict": "refuse", "reason": "pranks",
	})
	if status != http.StatusBadRequest && status != http.StatusConflict {
		s.t.Errorf("listing 110: status %d: %s", status, text)
	}
}
