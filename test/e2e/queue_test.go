package e2e_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/sim/phones"
	"bellhop/test/house"
)

// recallTime is how long a parked call waits before it rings at who parked it.
const recallTime = 3 * time.Second

// TestQueue lets operators with SIP phones serve the queue over the API.
func TestQueue(t *testing.T) {
	t.Parallel()
	h := &hotel{House: house.Open(t, house.Options{Staff: true}), t: t, phones: map[string]*phones.Phone{}}
	h.App.Desk.Recall = recallTime
	h.scene("who waits hears music; to be ready pulls the caller at once", readyPulls)
	h.scene("a VIP overtakes", vipOvertakes)
	h.scene("nobody answers: the caller keeps the place, the agent is not responding", notResponding)
	h.scene("the caller gives up and is called back by a click", calledBack)
	h.scene("park and pull", parkAndPull)
	h.scene("a parked call is recalled", parkAndRecall)
	h.scene("wrap-up", wrapUp)
	h.scene("everybody has signed off: the desk's phones ring", allSignedOff)
	h.scene("the last operator is signed off by force while a caller waits", forcedSignOff)
	h.scene("an emergency call in spite of a full queue", emergencyAtFullQueue)
	h.scene("a supervisor listens, whispers, barges in", supervised)
	h.scene("a supervisor releases a call by force", forceRelease)
}

// operator is somebody of the staff who is signed on at a SIP phone.
type operator struct {
	*house.Person
	s         *scene
	extension string
}

// signsOn logs in and sits down at the phone of an extension until the scene is over.
func (s *scene) signsOn(login, extension string) *operator {
	s.t.Helper()
	o := &operator{s: s, extension: extension}
	s.phone(extension)
	o.Person = s.LogIn(s.t, login)
	o.do(http.StatusOK, http.MethodPut, "/desk/seat", object{"extension": extension}, nil)
	s.after(func() {
		if _, there := o.seat(); there {
			o.do(http.StatusNoContent, http.MethodDelete, "/desk/seat", nil, nil)
		}
	})
	o.is(acd.Ready)
	return o
}

// do asks the API as the operator; result may be nil.
func (o *operator) do(status int, method, path string, body, result any) {
	o.s.t.Helper()
	text := o.Do(o.s.t, status, method, path, body)
	if result != nil {
		o.s.decode(text, result)
	}
}

// becomes makes the operator ready or paused.
func (o *operator) becomes(state acd.WorkState) {
	o.s.t.Helper()
	o.do(http.StatusOK, http.MethodPut, "/desk/seat/state", object{"state": state}, nil)
}

// seat is the operator's seat as the screens show it.
func (o *operator) seat() (acd.Seat, bool) {
	for _, seat := range o.s.App.Desk.Board().Seats {
		if seat.Account == o.Account {
			return seat, true
		}
	}
	return acd.Seat{}, false
}

// is waits until the screens show the operator in a state.
func (o *operator) is(state acd.WorkState) {
	o.s.t.Helper()
	o.s.Until(o.s.t, o.extension+" is "+string(state), func() bool {
		seat, _ := o.seat()
		return seat.State == state
	})
}

// takes answers the call that rings at the operator's phone, which must be from a number.
func (o *operator) takes(from string, out *phones.Call) *phones.Call {
	o.s.t.Helper()
	in := o.s.rings(o.extension)
	want(o.s, "the operator sees", in.CallerNumber(), from)
	o.s.answer(in, out)
	o.is(acd.Talking) // the phones know a moment before the desk
	return in
}

// queue changes the operators' queue until the scene is over.
func (s *scene) queue(rules object) {
	s.t.Helper()
	var page struct{ Items []object }
	s.api(http.StatusOK, http.MethodGet, "/queues", nil, &page)
	before, q := page.Items[0], object{}
	for name, value := range before {
		q[name] = value
	}
	for name, value := range rules {
		q[name] = value
	}
	s.api(http.StatusOK, http.MethodPut, "/queues/operator", q, nil)
	s.after(func() { s.api(http.StatusOK, http.MethodPut, "/queues/operator", before, nil) })
}

// waits calls the operator and waits until the caller stands in the queue.
func (s *scene) waits(from string) *phones.Call {
	s.t.Helper()
	out := s.dial(from, "8888")
	s.must(out.WaitAnswered(s.ctx)) // by the music
	s.place(from[:4])
	return out
}

// place returns the caller in the queue who calls from a number.
func (s *scene) place(from string) (found acd.Caller) {
	s.t.Helper()
	s.Until(s.t, from+" stands in the queue", func() bool {
		all := s.App.Desk.Board().Callers
		i := slices.IndexFunc(all, func(c acd.Caller) bool { return c.Number == from })
		if i >= 0 {
			found = all[i]
		}
		return i >= 0
	})
	return found
}

// atOnce fails unless something took less than a second since begun.
func (s *scene) atOnce(what string, begun time.Time) {
	s.t.Helper()
	took := time.Since(begun).Round(time.Millisecond)
	if took > time.Second {
		s.t.Errorf("%s after %s", what, took)
	}
	s.t.Logf("%s after %s", what, took)
}

// visit waits until the caller's visit of this scene ended in a way.
func (s *scene) visit(number string, how acd.Leaving) (id, outcome string) {
	s.t.Helper()
	query := url.Values{"how": {string(how)}, "number": {number}, "from": {s.began.Format(time.RFC3339Nano)}}
	s.Until(s.t, "the visit of "+number+" is "+string(how), func() bool {
		var page struct {
			Items []struct{ ID, Outcome string }
		}
		s.api(http.StatusOK, http.MethodGet, "/desk/visits?"+query.Encode(), nil, &page)
		if len(page.Items) > 0 {
			id, outcome = page.Items[0].ID, page.Items[0].Outcome
		}
		return len(page.Items) == 1
	})
	return id, outcome
}

func readyPulls(s *scene) {
	o := s.signsOn("operator1", "8000")
	o.becomes(acd.Paused)
	out := s.waits("1102")
	s.hearsMusic(out, beyond)
	begun := time.Now()
	o.becomes(acd.Ready)
	in := o.takes("1102", out)
	s.atOnce("the operator's phone rings and answers", begun)
	o.is(acd.Talking)
	s.talk(out, in)
	o.becomes(acd.Paused) // takes effect when the call is over
	second := s.waits("1103")
	s.hangUp(in)
	s.ends(out, 200, 16)
	o.is(acd.Paused)
	o.becomes(acd.Ready)
	in = o.takes("1103", second)
	s.talk(second, in)
	s.hangUp(second)
	s.ends(in, 200, 16)
	o.is(acd.Ready)
	s.visit("1102", acd.Answered)
	s.record(expected{from: "1102", dialled: "8888", to: "8000", outcome: "answered", cause: 16, by: "called"})
}

func vipOvertakes(s *scene) {
	o := s.signsOn("operator1", "8000")
	o.becomes(acd.Paused)
	first, vip := s.waits("1102"), s.waits("1206 bedside")
	o.becomes(acd.Ready)
	in := o.takes("1206", vip)
	s.talk(vip, in)
	s.hearsMusic(first, beyond)
	s.hangUp(in)
	s.ends(vip, 200, 16)
	in = o.takes("1102", first)
	s.talk(first, in)
	s.hangUp(first)
	s.ends(in, 200, 16)
	o.is(acd.Ready)
}

func notResponding(s *scene) {
	s.queue(object{"ring_seconds": 5, "miss_limit": 2})
	o := s.signsOn("operator1", "8000")
	out := s.dial("1102", "8888")
	begun := s.place("1102")
	for range 2 {
		s.ends(s.rings("8000"), 487, 19)
	}
	o.is(acd.NotResponding)
	s.hearsMusic(out, beyond)
	want(s, "entered", s.place("1102").Entered, begun.Entered)
	later := s.waits("1103")
	o.becomes(acd.Ready)
	in := o.takes("1102", out)
	s.talk(out, in)
	s.hangUp(in)
	s.ends(out, 200, 16)
	in = o.takes("1103", later)
	s.talk(later, in)
	s.hangUp(later)
	s.ends(in, 200, 16)
	o.is(acd.Ready)
}

func calledBack(s *scene) {
	o := s.signsOn("operator1", "8000")
	o.becomes(acd.Paused)
	out := s.callIn(s.Unicom, "075588886666", "13912345678")
	s.must(out.WaitAnswered(s.ctx))
	s.hearsMusic(out, beyond)
	s.hangUp(out)
	id, _ := s.visit("13912345678", acd.Abandoned)
	s.quiet()
	o.becomes(acd.Ready)
	o.do(http.StatusCreated, http.MethodPost, "/desk/calls", object{"number": "13912345678", "callback": id}, nil)
	mine := s.called("8000")
	want(s, "the phone is asked to answer by itself", mine.Header("Call-Info")[0], "<sip:bellhop>;answer-after=0")
	s.must(mine.Answer(s.ctx))
	line := s.outsideCall(s.Unicom, "13912345678", "075588886666")
	s.hears(mine, 600)
	s.hangUp(line)
	s.ends(mine, 200, 16)
	s.Until(s.t, "the visit says so", func() bool {
		_, outcome := s.visit("13912345678", acd.Abandoned)
		return outcome == acd.OutcomeCalledBack
	})
	o.is(acd.Ready)
}

// parked lets an operator take a call of 1102 and put it into the lane.
func parked(s *scene, o *operator) (out *phones.Call, call string) {
	s.t.Helper()
	out = s.dial("1102", "8888")
	in := o.takes("1102", out)
	s.talk(out, in)
	call = s.live()[0].ID
	o.do(http.StatusNoContent, http.MethodPost, "/desk/calls/"+call+"/park", object{"note": "等行李员"}, nil)
	s.ends(in, 200, 16)
	s.hearsMusic(out, beyond)
	s.Until(s.t, "the lane shows the call", func() bool {
		lane := s.App.Desk.Board().Parked
		return len(lane) == 1 && lane[0].Note == "等行李员" && lane[0].By == o.Account
	})
	return out, call
}

func parkAndPull(s *scene) {
	o, other := s.signsOn("operator1", "8000"), s.signsOn("operator2", "8001")
	other.becomes(acd.Paused)
	out, call := parked(s, o)
	other.do(http.StatusNoContent, http.MethodPost, "/desk/parked/"+call+"/pull", nil, nil)
	in := other.takes("1102", out)
	s.talk(out, in)
	s.hangUp(in)
	s.ends(out, 200, 16)
	other.is(acd.Paused) // the pause goes on after the pull
	want(s, "calls in the lane", len(s.App.Desk.Board().Parked), 0)
}

func parkAndRecall(s *scene) {
	o := s.signsOn("operator1", "8000")
	begun := time.Now()
	out, _ := parked(s, o)
	in := o.takes("1102", out)
	if took := time.Since(begun); took < recallTime || took > recallTime+2*time.Second {
		s.t.Errorf("recalled after %s, want %s", took, recallTime)
	}
	s.talk(out, in)
	s.hangUp(out)
	s.ends(in, 200, 16)
	o.is(acd.Ready)
}

func wrapUp(s *scene) {
	s.queue(object{"wrap_up_seconds": 2})
	o := s.signsOn("operator1", "8000")
	out := s.dial("1102", "8888")
	in := o.takes("1102", out)
	next := s.waits("1103")
	s.hangUp(in)
	s.ends(out, 200, 16)
	over := time.Now()
	o.is(acd.WrapUp)
	in = o.takes("1103", next)
	if took := time.Since(over); took < 1900*time.Millisecond || took > 3*time.Second {
		s.t.Errorf("the next call came %s after the last, want 2 s of wrap-up between", took)
	}
	s.talk(next, in)
	s.hangUp(in)
	s.ends(next, 200, 16)
	o.is(acd.WrapUp)
	o.becomes(acd.Ready) // needs not be waited for
}

// groupRings expects the desk's phones to ring together, as without a queue.
func (s *scene) groupRings(out *phones.Call) {
	s.t.Helper()
	first, second := s.rings("8000"), s.rings("8001")
	s.answer(second, out)
	s.ends(first, 487, 26)
	s.talk(out, second)
	s.hangUp(out)
	s.ends(second, 200, 16)
}

func allSignedOff(s *scene) {
	o := s.signsOn("operator1", "8000")
	s.phone("8001")
	o.do(http.StatusNoContent, http.MethodDelete, "/desk/seat", nil, nil)
	s.groupRings(s.dial("1102", "8888"))
	s.record(expected{from: "1102", dialled: "8888", to: "8001", outcome: "answered", cause: 16, by: "caller"})
}

func forcedSignOff(s *scene) {
	o, boss := s.signsOn("operator1", "8000"), s.supervisor()
	boss.do(http.StatusNoContent, http.MethodDelete, "/desk/seat", nil, nil)
	s.phone("8001")
	o.becomes(acd.Paused)
	out := s.waits("1102")
	s.hearsMusic(out, beyond)
	begun := time.Now()
	boss.do(http.StatusOK, http.MethodPost, "/desk/seats/"+o.Account+"/force", object{"state": "signed_off", "reason": "end of shift"}, nil)
	s.Until(s.t, "the seat is free", func() bool { _, there := o.seat(); return !there })
	s.groupRings(out)
	s.atOnce("the waiting caller talks with the desk", begun)
	s.visit("1102", acd.Flowed)
}

func emergencyAtFullQueue(s *scene) {
	s.queue(object{"max_waiting": 1})
	o := s.signsOn("operator1", "8000")
	talking := s.dial("1102", "8888")
	in := o.takes("1102", talking)
	waiting := s.waits("1103")
	s.ends(s.dial("1104", "8888"), 486, 17) // the queue is full
	s.phone("8001")
	out, alert := s.calls110("1206 bedside", "110", "SOS 110: 1206 东方先生")
	line := s.outsideCall(s.Unicom, "110", "075588886666")
	s.helps(out, line, 600)
	s.atOnce("the guest talks with 110", s.began)
	second := s.rings("8001")
	s.acknowledged(alert)
	s.ends(second, 487, 26)
	s.hearsMusic(waiting, beyond)
	s.talk(talking, in)
	s.hangUp(out, waiting, talking)
	s.ends(line, 200, 16)
	s.ends(in, 200, 16)
	o.is(acd.Ready)
}

// supervisor signs on at a SIP phone and takes no calls.
func (s *scene) supervisor() *operator {
	s.t.Helper()
	boss, _ := s.App.Accounts.ByLogin("supervisor")
	s.api(http.StatusOK, http.MethodPut, "/accounts/"+boss.ID, object{
		"login": boss.Login, "name": boss.Name, "roles": boss.Roles, "extension": "8300", // has a SIP phone
	}, nil)
	o := s.signsOn("supervisor", "8300")
	o.becomes(acd.Paused)
	return o
}

// watches makes the supervisor take part in an operator's call.
func (o *operator) watches(other *operator, how string) {
	o.s.t.Helper()
	o.do(http.StatusNoContent, http.MethodPost, "/desk/seats/"+other.Account+"/monitor", object{"how": how, "reason": "training"}, nil)
}

// silentFor expects a party not to hear a tone that another one sends.
func (s *scene) silentFor(c *phones.Call, hz int) {
	s.t.Helper()
	s.must(c.HearsNot(s.ctx, hz, 500*time.Millisecond))
}

func supervised(s *scene) {
	o, boss := s.signsOn("operator1", "8000"), s.supervisor()
	out := s.dial("1102", "8888")
	in := o.takes("1102", out)
	out.SendTone(1100)
	in.SendTone(1500)
	boss.watches(o, "listen")
	ear := s.rings("8300")
	s.must(ear.Answer(s.ctx))
	ear.SendTone(1900)
	s.hears(ear, 1100)
	s.hears(ear, 1500)
	s.silentFor(out, 1900)
	s.silentFor(in, 1900)
	boss.watches(o, "whisper")
	s.hears(in, 1900)
	s.silentFor(out, 1900)
	s.hears(ear, 1100)
	boss.watches(o, "barge")
	s.hears(in, 1900)
	s.hears(out, 1900)
	s.hears(ear, 1100)
	s.hears(ear, 1500)
	boss.watches(o, "listen") // and out of the talk again
	s.must(out.StopsHearing(s.ctx, 1900, 500*time.Millisecond))
	s.silentFor(in, 1900)
	s.hears(ear, 1500)
	boss.watches(o, "off")
	s.ends(ear, 200, 16)
	s.talk(out, in)
	s.hangUp(out)
	s.ends(in, 200, 16)
	o.is(acd.Ready)
	s.record(expected{from: "1102", dialled: "8888", to: "8000", outcome: "answered", cause: 16, by: "caller", reason: "whispered to by 8300"})
}

func forceRelease(s *scene) {
	o, boss := s.signsOn("operator1", "8000"), s.supervisor()
	out := s.dial("1102", "8888")
	in := o.takes("1102", out)
	s.talk(out, in)
	begun := time.Now()
	boss.do(http.StatusNoContent, http.MethodPost, "/desk/seats/"+o.Account+"/force-release", object{"reason": "abuse"}, nil)
	s.ends(out, 200, 16)
	s.ends(in, 200, 16)
	o.is(acd.Ready)
	s.atOnce("the agent is ready", begun)
}
