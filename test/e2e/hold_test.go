package e2e_test

import (
	"testing"
	"time"

	"bellhop/controller/sim/phones"
)

func TestHoldTransferAndPickup(t *testing.T) {
	h := openHotel(t)
	h.scene("hold with music, and resume", hold)
	h.scene("blind transfer by the caller", blindByCaller)
	h.scene("blind transfer by the called", blindByCalled)
	h.scene("blind transfer to somebody busy comes back", blindToBusy)
	h.scene("blind transfer to the outside", blindOutside)
	h.scene("blind transfer to the outside without the right", blindBarred)
	h.scene("attended transfer", attended)
	h.scene("attended transfer before the answer", attendedEarly)
	h.scene("pickup in the group, and of one extension", pickup)
	h.scene("pickup by a stranger is refused", pickupByStranger)
}

// hearsMusic expects something that is neither silence nor the tone given.
func (s *scene) hearsMusic(c *phones.Call, not int) {
	s.t.Helper()
	s.Until(s.t, "music is heard", func() bool {
		level, err := c.Level(s.ctx, 200*time.Millisecond)
		s.must(err)
		return level > -50
	})
	s.must(c.HearsNot(s.ctx, not, 500*time.Millisecond))
}

func hold(s *scene) {
	out, in := s.connect("1102", "8100", "8100")
	s.talk(out, in)
	in.SendTone(1700)
	out.SendTone(1900)
	s.must(in.Hold(s.ctx))
	s.hearsMusic(out, 1700)
	s.must(in.WaitSilence(s.ctx, 300*time.Millisecond)) // frames in flight still arrive after the hold
	s.must(in.Unhold(s.ctx))
	s.hears(out, 1700)
	s.talk(out, in)
	s.must(out.Hold(s.ctx)) // and the other way round
	s.hearsMusic(in, 1900)
	s.hangUp(out)
	s.ends(in, 200, 16)
	s.record(expected{from: "1102", dialled: "8100", to: "8100", outcome: "answered", cause: 16, by: "caller", legs: 2})
}

// transferred waits until the transferring phone is told that it worked and its
// own leg is taken away.
func (s *scene) transferred(by *phones.Call, tr *phones.Transfer) {
	s.t.Helper()
	status, err := tr.Wait(s.ctx)
	s.must(err)
	want(s, "the transferrer is told", status, 200)
	s.ends(by, 200, 16)
}

func blindByCaller(s *scene) {
	desk, guest := s.connect("8000", "1102", "1102")
	s.talk(desk, guest)
	tr, err := desk.Transfer(s.ctx, "8100")
	s.must(err)
	to := s.rings("8100")
	s.hears(guest, 450) // ring-back
	want(s, "housekeeping sees", to.CallerNumber(), "8000")
	s.must(to.Answer(s.ctx))
	s.transferred(desk, tr)
	s.talk(guest, to)
	s.hangUp(to)
	s.ends(guest, 200, 16)
	r := s.record(expected{from: "8000", dialled: "1102", to: "8100", outcome: "answered", cause: 16, by: "called",
		reason: "transfer to 8100 by 8000", legs: 3})
	for _, l := range r.Legs {
		if l.Number == "8100" {
			want(s, "record: role of the new leg", l.Role, "transfer")
		}
	}
}

func blindByCalled(s *scene) {
	guest, desk := s.connect("1206 bedside", "8000", "8000")
	s.talk(desk, guest)
	tr, err := desk.Transfer(s.ctx, "8100")
	s.must(err)
	to := s.rings("8100")
	s.must(to.Answer(s.ctx))
	s.transferred(desk, tr)
	s.talk(guest, to)
	s.hangUp(guest)
	s.ends(to, 200, 16)
	s.record(expected{from: "1206", dialled: "8000", to: "8100", outcome: "answered", cause: 16, by: "caller",
		reason: "transfer to 8100 by 8000", legs: 3})
}

func blindToBusy(s *scene) {
	guest, desk := s.connect("1102", "8000", "8000")
	s.talk(desk, guest)
	tr, err := desk.Transfer(s.ctx, "8100")
	s.must(err)
	s.must(s.called("8100").Reject(486))
	status, err := tr.Wait(s.ctx)
	s.must(err)
	if status < 400 {
		s.t.Errorf("the transferrer is told %d, want a failure", status)
	}
	s.talk(guest, desk)
	s.hangUp(desk)
	s.ends(guest, 200, 16)
	s.record(expected{from: "1102", dialled: "8000", to: "8000", outcome: "answered", cause: 16, by: "called",
		reason: "transfer failed, back to the transferrer", legs: 3})
}

func blindOutside(s *scene) {
	guest, desk := s.connect("1102", "8000", "8000")
	s.talk(desk, guest)
	tr, err := desk.Transfer(s.ctx, "13912345678")
	s.must(err)
	line := s.outsideCall(s.Unicom, "13912345678", "075588886666")
	s.transferred(desk, tr)
	s.hears(guest, 600)
	hz := s.nextTone()
	guest.SendTone(hz)
	s.hears(line, hz)
	s.hangUp(guest)
	s.ends(line, 200, 16)
	s.record(expected{from: "1102", dialled: "8000", to: "13912345678", trunk: "unicom", outcome: "answered", cause: 16,
		by: "caller", reason: "class 'national' allows mobile", legs: 3})
}

func blindBarred(s *scene) {
	before := s.Unicom.Count() + s.Telecom.Count()
	guest, maid := s.connect("1102", "8101", "8101") // class local
	s.talk(maid, guest)
	tr, err := maid.Transfer(s.ctx, "13912345678")
	s.must(err)
	status, err := tr.Wait(s.ctx)
	s.must(err)
	if status < 400 {
		s.t.Errorf("the transferrer is told %d, want a failure", status)
	}
	s.talk(guest, maid)
	s.hangUp(guest)
	s.ends(maid, 200, 16)
	want(s, "calls that reached a carrier", s.Unicom.Count()+s.Telecom.Count()-before, 0)
	s.record(expected{from: "1102", dialled: "8101", to: "8101", outcome: "answered", cause: 16, by: "caller",
		reason: "class 'local' does not allow mobile", legs: 2})
}

func attended(s *scene) {
	guest, desk := s.connect("1206 bedside", "8000", "8000")
	s.talk(desk, guest)
	s.must(desk.Hold(s.ctx))
	second, maid := s.connect("8000", "8100", "8100")
	s.talk(second, maid)
	tr, err := desk.TransferTo(s.ctx, second)
	s.must(err)
	s.transferred(desk, tr)
	s.ends(second, 200, 16)
	s.talk(guest, maid)
	s.hangUp(maid)
	s.ends(guest, 200, 16)
	s.record(expected{from: "1206", dialled: "8000", to: "8100", outcome: "answered", cause: 16, by: "called",
		reason: "transfer to 8100 by 8000", legs: 3})
	s.record(expected{from: "8000", dialled: "8100", to: "8100", outcome: "answered", cause: 16,
		reason: "joined to the transferrer's first call", legs: 2})
}

func attendedEarly(s *scene) {
	guest, desk := s.connect("1206 bedside", "8000", "8000")
	s.talk(desk, guest)
	s.must(desk.Hold(s.ctx))
	second := s.dial("8000", "8100")
	ringing := s.rings("8100")
	s.must(second.WaitRinging(s.ctx))
	tr, err := desk.TransferTo(s.ctx, second)
	s.must(err)
	end, err := ringing.WaitEnded(s.ctx) // the second call is given up …
	s.must(err)
	want(s, "the first ringing ends with", end.Status, 487)
	to := s.rings("8100") // … and its number is called for the guest
	s.must(to.Answer(s.ctx))
	s.transferred(desk, tr)
	s.talk(guest, to)
	s.hangUp(guest)
	s.ends(to, 200, 16)
	s.record(expected{from: "1206", dialled: "8000", to: "8100", outcome: "answered", cause: 16, by: "caller",
		reason: "transfer to 8100 by 8000"})
}

func pickup(s *scene) {
	for _, keys := range []string{"*8", "*88101"} {
		s.phone("8102")
		out := s.dial("1102", "8101")
		ringing := s.rings("8101")
		s.must(out.WaitRinging(s.ctx))
		colleague := s.dial("8102", keys)
		s.must(out.WaitAnswered(s.ctx))
		s.must(colleague.WaitAnswered(s.ctx))
		s.ends(ringing, 487, 26)
		s.talk(out, colleague)
		s.hangUp(colleague)
		s.ends(out, 200, 16)
		s.record(expected{from: "1102", dialled: "8101", to: "8102", outcome: "answered", cause: 16, by: "called",
			reason: "picked up by 8102", legs: 3})
		s.record(expected{from: "8102", dialled: keys, outcome: "answered", cause: 16, reason: "picked up call "})
	}
}

func pickupByStranger(s *scene) {
	out := s.dial("1102", "8101")
	ringing := s.rings("8101")
	s.must(out.WaitRinging(s.ctx))
	engineer := s.dial("8201", "*8")
	guest := s.dial("1103", "*88101")
	s.ends(engineer, 404, 1)
	s.ends(guest, 404, 1)
	s.answer(ringing, out)
	s.talk(out, ringing)
	s.hangUp(out)
	s.ends(ringing, 200, 16)
	s.record(expected{from: "1102", dialled: "8101", to: "8101", outcome: "answered", cause: 16, by: "caller", legs: 2})
	s.record(expected{from: "8201", dialled: "*8", outcome: "failed", cause: 1, reason: "pickup: nothing rings there"})
	s.record(expected{from: "1103", dialled: "*88101", outcome: "failed", cause: 1, reason: "pickup: nothing rings there"})
}
