package e2e_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"bellhop/controller/sim/phones"
)

func TestBadInput(t *testing.T) {
	h := openHotel(t)
	h.scene("strings that are no numbers are never dialled", hostileNumbers)
	h.scene("numbers and user names of 4 KB", hugeNames)
	h.scene("strangers", strangers)
	h.scene("an outside caller who says to be a room", pretender)
	h.scene("the controller is well and the phones call", stillWell)
}

// stranger is a phone that nobody registered.
func (s *scene) stranger(c phones.Config) *phones.Phone {
	s.t.Helper()
	c.Server = s.PBX.SIPAddress
	p, err := phones.New(context.WithoutCancel(s.ctx), c)
	s.must(err)
	s.after(p.Close)
	return p
}

// refused expects a call to end with one of the statuses, unanswered.
func (s *scene) refused(c *phones.Call, statuses ...int) {
	s.t.Helper()
	end, err := c.WaitEnded(s.ctx)
	s.must(err)
	for _, status := range statuses {
		if end.Status == status && !c.Answered() {
			return
		}
	}
	s.t.Errorf("%.60q ended %d, answered %t; want one of %v", c.Number(), end.Status, c.Answered(), statuses)
}

func hostileNumbers(s *scene) {
	s.phone("1101")
	s.phone("8000")
	before := s.Unicom.Count() + s.Telecom.Count()
	for _, dialled := range []string{
		"500&PJSIP/x", "1101&PJSIP/8000", "8888,s,1", "1101@127.0.0.1", "${SHELL(id)}", "$[1+1]", "1101)", "110 & 119",
		"../../etc/passwd", "1101\r\nVia: x", "1101'--", "一一〇一", "\x00", "1101%n%s", "s", "i", "forget",
		"123456789012345678901", "bellhop-off", "Local/s@bellhop-idle",
	} {
		s.refused(s.dial("1102", dialled), 400, 403, 404, 484)
	}
	want(s, "calls that reached a carrier", s.Unicom.Count()+s.Telecom.Count()-before, 0)
	want(s, "records of strings that are no numbers", len(s.records("")), 0)
}

func hugeNames(s *scene) {
	huge := strings.Repeat("1101", 1024)
	c, ok := s.Credential("1103")
	if !ok {
		s.t.Fatal("no phone 1103")
	}
	tcp := s.stranger(phones.Config{User: c.Endpoint, Secret: c.Secret, Network: "tcp"})
	s.must(tcp.Register(s.ctx))
	out, err := tcp.Call(s.ctx, huge)
	s.must(err)
	s.refused(out, 400, 404, 414, 484)
	s.must(tcp.Unregister(s.ctx))
	var refusal *phones.StatusError
	if err := s.stranger(phones.Config{User: huge, Secret: "x", Network: "tcp"}).Register(s.ctx); !errors.As(err, &refusal) || refusal.Status < 400 {
		s.t.Errorf("REGISTER with a user name of 4 KB: %v", err)
	}
	out, err = s.stranger(phones.Config{User: huge, Secret: "x", Network: "tcp"}).Call(s.ctx, "1101")
	s.must(err)
	s.refused(out, 400, 401, 403, 404)
}

func strangers(s *scene) {
	s.phone("1101")
	c, ok := s.Credential("1102")
	if !ok {
		s.t.Fatal("no phone 1102")
	}
	for _, who := range []phones.Config{
		{User: "nobody", Secret: "x"},
		{User: "1101", Secret: "1101"},
		{User: "nobody", Secret: "x", Listen: "127.0.0.9:0"},
		{User: c.Endpoint, Secret: "wrong"},
		{User: c.Endpoint, AuthUser: "nobody", Secret: c.Secret},
	} {
		p := s.stranger(who)
		var refusal *phones.StatusError
		if err := p.Register(s.ctx); !errors.As(err, &refusal) || refusal.Status != 401 && refusal.Status != 403 {
			s.t.Errorf("%s registers: %v, want 401 or 403", who.User, err)
		}
		for _, number := range []string{"1101", "83661234"} {
			out, err := p.Call(s.ctx, number)
			s.must(err)
			s.refused(out, 401, 403)
		}
	}
	want(s, "records of strangers' calls", len(s.records("")), 0)
}

func pretender(s *scene) {
	s.phone("8000")
	for _, from := range []string{"1206", "8000", "110&119", "\"><script>"} {
		out := s.callIn(s.Unicom, "075588888000", from)
		in := s.rings("8000")
		if n := in.CallerNumber(); n == from || strings.ContainsAny(n+in.CallerName(), "&<\"") {
			s.t.Errorf("the desk is shown %q %q", n, in.CallerName())
		}
		s.hangUp(out)
		end, err := in.WaitEnded(s.ctx)
		s.must(err)
		want(s, "the desk's phone ends with", end.Status, 487)
	}
}

func stillWell(s *scene) {
	res, err := http.Get(s.API + "/readyz")
	s.must(err)
	res.Body.Close()
	want(s, "readyz", res.StatusCode, http.StatusOK)
	out, in := s.connect("1101", "8000", "8000")
	s.talk(out, in)
	s.hangUp(out)
	s.ends(in, 200, 16)
	s.record(expected{from: "1101", dialled: "8000", to: "8000", outcome: "answered", cause: 16, by: "caller"})
}
