package e2e_test

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"bellhop/controller/sim/phones"
	"bellhop/test/house"
)

// hotel is a running house that a test's scenes share, with the phones that were
// plugged in so far.
type hotel struct {
	*house.House
	t      *testing.T
	phones map[string]*phones.Phone
	tone   int // the last one that somebody sent
}

// openHotel starts a hotel with the demo hotel's phones unplugged. Hotels are run
// side by side: tests mostly wait.
func openHotel(t *testing.T) *hotel {
	t.Helper()
	t.Parallel()
	return &hotel{House: house.Open(t, house.Options{}), t: t, phones: map[string]*phones.Phone{}}
}

// phone returns the registered phone of an extension, as "1206" or "1206 bathroom".
func (h *hotel) phone(name string) *phones.Phone {
	if h.phones[name] == nil {
		number, label, labelled := strings.Cut(name, " ")
		if labelled {
			h.phones[name] = h.Phone(h.t, number, label)
		} else {
			h.phones[name] = h.Phone(h.t, number)
		}
	}
	return h.phones[name]
}

// scene is one story in a hotel: it begins and ends with a quiet switch.
type scene struct {
	*hotel
	t     *testing.T
	ctx   context.Context
	began time.Time
}

// scene plays a story; what it leaves behind is an error.
func (h *hotel) scene(name string, play func(*scene)) {
	h.t.Helper()
	h.t.Run(name, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*house.Patience)
		defer cancel()
		s := &scene{hotel: h, t: t, ctx: ctx, began: time.Now().Add(-time.Millisecond)}
		play(s)
		s.quiet()
	})
}

// quiet waits until the switch holds no channel, the controller no call, and
// says so when a phone was called and nobody in the story knew.
func (s *scene) quiet() {
	s.t.Helper()
	s.Until(s.t, "no channel is left in the switch and no call in the controller", func() bool {
		channels, err := s.PBX.Channels(s.ctx)
		s.must(err)
		return len(channels) == 0 && len(s.live()) == 0
	})
	for name, p := range s.phones {
		select {
		case c := <-p.Incoming():
			s.t.Errorf("phone %s was called by %s and nobody expected it", name, c.CallerNumber())
		default:
		}
	}
}

// must ends the scene at an error.
func (s *scene) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// want compares.
func want[T comparable](s *scene, what string, got, want T) {
	s.t.Helper()
	if got != want {
		s.t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// api asks the API and insists on the status; result may be nil.
func (s *scene) api(status int, method, path string, body, result any) {
	s.t.Helper()
	got, text := s.Raw(s.t, method, "/api/v1"+path, body)
	if got != status {
		s.t.Fatalf("%s %s: status %d, want %d: %s", method, path, got, status, text)
	}
	if result != nil {
		s.decode(text, result)
	}
}

// object is something of the API whose fields a scene does not know.
type object = map[string]any

// property changes the hotel's settings until the scene is over.
func (s *scene) property(field string, value any) {
	s.t.Helper()
	var p object
	s.api(http.StatusOK, http.MethodGet, "/property", nil, &p)
	before := p[field]
	p[field] = value
	s.api(http.StatusOK, http.MethodPut, "/property", p, nil)
	s.after(func() {
		if p[field] = before; before == nil {
			delete(p, field)
		}
		s.api(http.StatusOK, http.MethodPut, "/property", p, nil)
	})
}

// after puts something back when the scene is over.
func (s *scene) after(undo func()) { s.t.Cleanup(undo) }

// dial calls a number from the phone of an extension.
func (s *scene) dial(from, number string) *phones.Call {
	s.t.Helper()
	c, err := s.phone(from).Call(s.ctx, number)
	s.must(err)
	return c
}

// called waits for a call at a phone, which does not ring yet. The phone must have
// been plugged in before anybody dialled it.
func (s *scene) called(name string) *phones.Call {
	s.t.Helper()
	if s.phones[name] == nil {
		s.t.Fatalf("%s must be plugged in with s.phone before it is called", name)
	}
	c, err := s.phones[name].Next(s.ctx)
	s.must(err)
	return c
}

// rings waits for a call at a phone and lets it ring.
func (s *scene) rings(name string) *phones.Call {
	s.t.Helper()
	c := s.called(name)
	s.must(c.Ring())
	return c
}

// answer picks up, and waits until the caller is answered too.
func (s *scene) answer(in, out *phones.Call) {
	s.t.Helper()
	s.must(in.Answer(s.ctx))
	s.must(out.WaitAnswered(s.ctx))
}

// connect makes a whole call: from dials number, the phone named to rings and answers.
func (s *scene) connect(from, number, to string) (out, in *phones.Call) {
	s.t.Helper()
	s.phone(to)
	out = s.dial(from, number)
	in = s.rings(to)
	s.must(out.WaitRinging(s.ctx))
	s.answer(in, out)
	return out, in
}

// nextTone returns a tone that nobody has sent lately, so that what is heard is new.
func (h *hotel) nextTone() int {
	h.tone = cmp.Or(h.tone%2400, 400) + 100
	return h.tone
}

// talk lets two parties hear each other, each a tone of its own.
func (s *scene) talk(a, b *phones.Call) {
	s.t.Helper()
	hzA, hzB := s.nextTone(), s.nextTone()
	a.SendTone(hzA)
	b.SendTone(hzB)
	s.hears(a, hzB)
	s.hears(b, hzA)
	a.SendTone(0)
	b.SendTone(0)
}

// hears waits for a tone.
func (s *scene) hears(c *phones.Call, hz int) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, house.Patience/2)
	defer cancel()
	s.must(c.Hears(ctx, hz))
}

// allHear waits until each of the calls has heard a tone.
func (s *scene) allHear(all []*phones.Call, hz int) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, house.Patience/2)
	defer cancel()
	var group errgroup.Group
	for _, c := range all {
		group.Go(func() error { return c.Hears(ctx, hz) })
	}
	s.must(group.Wait())
}

// hangUp ends calls.
func (s *scene) hangUp(all ...*phones.Call) {
	s.t.Helper()
	for _, c := range all {
		s.must(c.Hangup(s.ctx))
	}
}

// ends waits until the far side ends a call, and looks at the SIP status and the
// Q.850 cause that the phone was given.
func (s *scene) ends(c *phones.Call, status, cause int) phones.Ending {
	s.t.Helper()
	end, err := c.WaitEnded(s.ctx)
	s.must(err)
	if !end.Far || end.Status != status || end.Cause != cause {
		s.t.Errorf("%s ended %+v, want by the far side with %d and cause %d", c, end, status, cause)
	}
	return end
}
