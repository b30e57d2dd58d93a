package e2e_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"bellhop/controller/sim/phones"
	"bellhop/test/browser"
	"bellhop/test/house"
)

// TestSwitchboard lets operators and a supervisor work in real browsers.
func TestSwitchboard(t *testing.T) {
	t.Parallel()
	h := &hotel{House: house.Open(t, house.Options{Staff: true}), t: t, phones: map[string]*phones.Phone{}}
	b := browser.Open(t, filepath.Join("..", ".."))
	first := h.seat(t, b, "operator1", "zh-CN")
	h.scene("a guest rings, the page pops, a key answers, both hear each other", func(s *scene) { answeredByKey(s, first.With(s.t)) })
	h.scene("the pages are for everybody", func(s *scene) { accessible(s, first.With(s.t)) })
	h.scene("hold and retrieve", func(s *scene) { heldByKey(s, first.With(s.t)) })
	h.scene("a blind transfer to a room", func(s *scene) { transferredByKey(s, first.With(s.t)) })
	h.scene("a consultation, then both are joined", func(s *scene) { consulted(s, first.With(s.t)) })
	h.scene("parked and pulled", func(s *scene) { parkedAndPulled(s, first.With(s.t)) })
	h.scene("a conference", func(s *scene) { conferred(s, first.With(s.t)) })
	h.scene("the page is loaded again in mid-call", func(s *scene) { reloaded(s, first.With(s.t)) })
	boss := h.supervisor(t, b)
	h.scene("a supervisor listens, barges and forces the release", func(s *scene) { watched(s, first.With(s.t), boss.With(s.t)) })
	h.scene("connection loss covers the screen", func(s *scene) { covered(s, first.With(s.t)) })
}

// page opens a page for somebody, who logs in.
func (h *hotel) page(t *testing.T, b *browser.Browser, login, language, path string) *browser.Page {
	t.Helper()
	p := b.Page(t, login, language, 1366, 768)
	p.Go(h.API + path)
	p.Fill("input[autocomplete=username]", login)
	p.Fill("input[type=password]", h.Passwords[login])
	p.Press("Enter")
	return p
}

// seat opens the switchboard for somebody and signs on.
func (h *hotel) seat(t *testing.T, b *browser.Browser, login, language string) *browser.Page {
	t.Helper()
	p := h.page(t, b, login, language, "/")
	p.Click("[data-testid=sign-on]")
	p.Sees("[data-testid=phone][data-registration=registered]")
	p.Sees("[data-testid=seat-state].ready")
	return p
}

// supervisor opens the supervisor's page.
func (h *hotel) supervisor(t *testing.T, b *browser.Browser) *browser.Page {
	t.Helper()
	p := h.page(t, b, "supervisor", "en", "/supervisor")
	p.Sees("tr[data-testid^=seat-]")
	return p
}

// deed presses a supervisor's button for an operator's seat.
func deed(p *browser.Page, name, deed string) {
	p.Click(fmt.Sprintf("tr[data-testid^=seat-]:has-text(%q) [data-testid^=%s-]", name, deed))
}

// reasoned does what asks for a reason.
func reasoned(p *browser.Page, name, what string) {
	deed(p, name, what)
	p.Fill("[data-testid=reason]", "training 培训")
	p.Click("[data-testid=confirm]")
}

// ringsIn lets a phone call the operator, and waits until the page pops up.
func ringsIn(s *scene, p *browser.Page, from string) *phones.Call {
	s.t.Helper()
	out := s.dial(from, "8888")
	p.Sees(".loop.ringing")
	return out
}

// takes lets a phone call the operator, who answers by key.
func takes(s *scene, p *browser.Page, from string) *phones.Call {
	s.t.Helper()
	out := ringsIn(s, p, from)
	p.Press("F2")
	s.must(out.WaitAnswered(s.ctx))
	p.Sees(".loop.talking")
	return out
}

// talksWith expects sound in both directions between a phone and a page: the
// browser's microphone beeps, the phone sends a tone.
func talksWith(s *scene, p *browser.Page, c *phones.Call) {
	s.t.Helper()
	s.Until(s.t, "the guest hears the operator's microphone", func() bool {
		level, err := c.Level(s.ctx, 500*time.Millisecond)
		s.must(err)
		return level > -50
	})
	before := energy(s, p)
	c.SendTone(700)
	s.Until(s.t, "the operator hears the guest", func() bool { return energy(s, p) > before+0.01 })
	c.SendTone(0)
}

// energy is how much sound the page has received in all its calls.
func energy(s *scene, p *browser.Page) (sum float64) {
	s.t.Helper()
	p.Run(`bellhop.phone.stats().then(all => all.reduce((sum, c) => sum + (c.energy ?? 0), 0))`, &sum)
	return sum
}

// beyond is a tone that neither music nor a microphone has.
const beyond = 3300

// idle waits until the operator has no call any more.
func idle(p *browser.Page) {
	p.SeesNot(".loop:not(.idle)")
	p.Sees("[data-testid=seat-state].ready")
}

func answeredByKey(s *scene, p *browser.Page) {
	out := ringsIn(s, p, "1206 bedside")
	p.Sees("[data-testid=guest-card]")
	p.Press("F2")
	s.must(out.WaitAnswered(s.ctx))
	talksWith(s, p, out)
	p.Press("F4")
	s.ends(out, 200, 16)
	idle(p)
	s.record(expected{from: "1206", dialled: "8888", to: "8002", outcome: "answered", cause: 16, by: "called"})
}

// accessible looks at the pages with axe-core, in the middle of a call.
func accessible(s *scene, p *browser.Page) {
	out := takes(s, p, "1102")
	for _, f := range p.Axe() {
		if f.Impact == "serious" || f.Impact == "critical" {
			s.t.Errorf("%s (%s): %v", f.ID, f.Impact, f.Nodes)
		}
	}
	s.hangUp(out)
	idle(p)
}

func heldByKey(s *scene, p *browser.Page) {
	out := takes(s, p, "1102")
	p.Press("F6")
	p.Sees(".loop.held")
	s.hearsMusic(out, beyond)
	p.Press("F6")
	p.Sees(".loop.talking")
	talksWith(s, p, out)
	s.hangUp(out)
	idle(p)
}

func transferredByKey(s *scene, p *browser.Page) {
	s.phone("1103")
	out := takes(s, p, "1102")
	p.Press("F7")
	p.Type("1103")
	p.Press("Enter")
	in := s.rings("1103")
	idle(p)
	s.must(in.Answer(s.ctx))
	s.talk(out, in)
	s.hangUp(out)
	s.ends(in, 200, 16)
}

func consulted(s *scene, p *browser.Page) {
	s.phone("1103")
	out := takes(s, p, "1102")
	p.Press("F8")
	p.Type("1103")
	p.Press("Control+Enter")
	in := s.rings("1103")
	s.must(in.Answer(s.ctx))
	talksWith(s, p, in)
	s.hearsMusic(out, beyond)
	p.Press("F8")
	s.talk(out, in)
	idle(p)
	s.hangUp(in)
	s.ends(out, 200, 16)
}

func parkedAndPulled(s *scene, p *browser.Page) {
	out := takes(s, p, "1102")
	p.Press("Shift+F6")
	p.Sees(".ant-modal input:focus")
	p.Type("礼宾部")
	p.Press("Tab")
	p.Type("等行李员")
	p.Press("Enter")
	p.Sees(".card.parked")
	s.hearsMusic(out, beyond)
	p.Press("F10")
	p.Sees(".loop.talking")
	talksWith(s, p, out)
	p.Press("F4")
	s.ends(out, 200, 16)
	idle(p)
}

func conferred(s *scene, p *browser.Page) {
	s.phone("1103")
	out := takes(s, p, "1102")
	p.Press("F9")
	p.Type("1103")
	p.Press("Enter")
	in := s.rings("1103")
	s.must(in.Answer(s.ctx))
	s.talk(out, in)
	talksWith(s, p, out)
	p.Press("F4")
	s.talk(out, in) // without the operator
	s.hangUp(out)
	s.ends(in, 200, 16)
	idle(p)
}

func reloaded(s *scene, p *browser.Page) {
	out := takes(s, p, "1102")
	talksWith(s, p, out)
	began := time.Now()
	p.Reload()
	s.hearsMusic(out, beyond)
	p.Sees(".loop.talking")
	talksWith(s, p, out)
	if took := time.Since(began); took > 10*time.Second {
		s.t.Errorf("the call was back after %s, want at most 10 s", took)
	}
	p.Press("F4")
	s.ends(out, 200, 16)
	idle(p)
}

func watched(s *scene, p, boss *browser.Page) {
	out := takes(s, p, "1102")
	deed(boss, "林小雨", "listen")
	boss.Sees("[data-testid=own][data-how=listen]")
	talksWith(s, boss, out) // the guest hears the operator's microphone, the supervisor the guest
	reasoned(boss, "林小雨", "barge")
	boss.Sees("[data-testid=own][data-how=barge]")
	talksWith(s, boss, out)
	reasoned(boss, "林小雨", "release")
	s.ends(out, 200, 16)
	idle(p)
	boss.Sees("[data-testid=own][data-how=off]")
	var verdict struct{ OK bool }
	s.api(200, "GET", "/audit/verify", nil, &verdict)
	want(s, "the audit chain is whole", verdict.OK, true)
	var trail struct{ Items []object }
	s.api(200, "GET", "/audit?what=monitorSeat", nil, &trail)
	want(s, "rows of listening and barging", len(trail.Items), 2)
}

func covered(s *scene, p *browser.Page) {
	p.Offline(true)
	began := time.Now()
	p.Sees("[data-testid=stale]")
	if took := time.Since(began); took > 5*time.Second { // two beats and a busy machine
		s.t.Errorf("covered after %s, want about 2 s", took)
	}
	p.Offline(false)
	p.SeesNot("[data-testid=stale]")
	p.Sees("[data-testid=phone][data-registration=registered]")
	fmt.Fprintln(s.t.Output(), "covered and uncovered")
}
