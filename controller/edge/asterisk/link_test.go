package asterisk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

func switchTo(t *testing.T, o Options) *Switch {
	t.Helper()
	s, err := New(o)
	must(t, err)
	return s
}

func TestWrongPasswordIsSaidAtOnce(t *testing.T) {
	f := newFakeARI(t)
	o := f.options()
	o.Password = "wrong"
	err := switchTo(t, o).Run(t.Context(), func(calls.Event) {})
	if !fault.Is(err, fault.Unauthorized) || !strings.Contains(err.Error(), "ari.conf") || strings.Contains(err.Error(), "wrong") {
		t.Errorf("Run: %v, want the fix and not the password", err)
	}
}

func TestDeposed(t *testing.T) {
	f := newFakeARI(t)
	inside := make(chan struct{})
	f.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/answer") {
			return false
		}
		_, _ = io.Copy(io.Discard, r.Body)
		close(inside)
		<-r.Context().Done()
		return true
	}
	s := switchTo(t, f.options())
	done := make(chan error, 1)
	go func() { done <- s.Run(t.Context(), func(calls.Event) {}) }()
	socket := f.next(t)
	pending := make(chan error, 1)
	go func() { pending <- s.Answer(t.Context(), "x") }()
	<-inside
	say(t, socket, `{"type":"ApplicationReplaced","application":"bellhop"}`)
	if err := <-done; !errors.Is(err, ErrDeposed) {
		t.Errorf("Run: %v, want deposed", err)
	}
	if err := <-pending; !errors.Is(err, ErrDeposed) || !fault.Is(err, fault.Unavailable) {
		t.Errorf("command under way: %v, want deposed", err)
	}
	before := len(f.seen())
	if err := s.Hangup(t.Context(), "x", 16); !errors.Is(err, ErrDeposed) {
		t.Errorf("command afterwards: %v, want deposed", err)
	}
	if err := s.Run(t.Context(), nil); !errors.Is(err, ErrDeposed) {
		t.Errorf("Run again: %v, want deposed", err)
	}
	if len(f.seen()) != before {
		t.Error("a deposed controller still sends commands")
	}
}

func TestReconnectAndBoot(t *testing.T) {
	f := newFakeARI(t)
	f.mark = "" // never provisioned
	s := switchTo(t, f.options())
	done := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	ev := &events{t: t, more: make(chan struct{}, 1)}
	go func() {
		defer close(done)
		if err := s.Run(ctx, ev.sink); err != nil {
			t.Errorf("Run: %v", err)
		}
	}()
	for i, boot := range []bool{true, false, true} {
		f.next(t)
		if e := ev.wait(calls.Connected, ""); e.Boot != boot {
			t.Errorf("connect %d: boot %v, want %v", i, e.Boot, boot)
		}
		must(t, s.Health(ctx))
		if i == 1 {
			f.set(func() { f.booted = "2026-11-21T03:05:00.000+0000" })
		}
		if i < 2 {
			f.drop()
			ev.wait(calls.Disconnected, "")
		}
	}
	if got := s.Stats(); got.Reconnects != 2 || !got.Connected {
		t.Errorf("stats %+v", got)
	}
	cancel()
	<-done
	if err := s.Health(t.Context()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("health without a link: %v", err)
	}
}

func TestEventsBeforeConnectedAreKept(t *testing.T) {
	f := newFakeARI(t)
	release := make(chan struct{})
	f.answer = func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "/subscription") {
			<-release
		}
		return false
	}
	s := switchTo(t, f.options())
	ev := &events{t: t, more: make(chan struct{}, 1)}
	done := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer close(done)
		_ = s.Run(ctx, ev.sink)
	}()
	say(t, f.next(t), digit("early", "1"))
	close(release)
	ev.wait(calls.Digit, "early")
	ev.mu.Lock()
	if ev.list[0].Kind != calls.Connected {
		t.Errorf("first event %q", ev.list[0].Kind)
	}
	ev.mu.Unlock()
	cancel()
	<-done
}

func digit(leg, key string) string {
	return fmt.Sprintf(`{"type":"ChannelDtmfReceived","timestamp":"2026-11-21T03:00:00.000+0000","digit":%q,"duration_ms":80,"channel":{"id":%q,"name":"PJSIP/a-00000001"}}`, key, leg)
}

func TestSlowSinkLosesNothing(t *testing.T) {
	const total = 10_000
	f := newFakeARI(t)
	s := switchTo(t, f.options())
	start, all := make(chan struct{}), make(chan struct{})
	var got atomic.Int64
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Run(ctx, func(e calls.Event) {
			if e.Kind != calls.Digit {
				return
			}
			<-start // the consumer is stuck while all of it arrives
			if want := fmt.Sprint(got.Load()); string(e.Leg) != want {
				t.Errorf("event of leg %s, want %s: out of order", e.Leg, want)
			}
			if got.Add(1) == total {
				close(all)
			}
		})
	}()
	socket := f.next(t)
	begin := time.Now()
	for i := range total {
		say(t, socket, digit(fmt.Sprint(i), "1"))
	}
	t.Logf("%d events in %s while the sink is stuck", total, time.Since(begin).Round(time.Millisecond))
	close(start)
	select {
	case <-all:
	case <-time.After(patience):
		t.Fatalf("%d of %d events", got.Load(), total)
	}
	if s.Stats().QueueHigh == 0 {
		t.Error("no high-water mark")
	}
	cancel()
	<-done
}

func TestUnknownAndBrokenFramesAreCounted(t *testing.T) {
	f := newFakeARI(t)
	s := switchTo(t, f.options())
	ev := run(t, s)
	socket := f.next(t)
	for _, m := range []string{
		`{"type":"BrandNew","timestamp":"2026-11-21T03:00:00.000+0000"}`, `{"type":"BrandNew"}`, `{"type":""}`, `nonsense`, `[]`,
		`{"type":"Dial","peer":7}`, `{"type":"ChannelTransfer","refer_to":[]}`, digit("x", "5"),
	} {
		say(t, socket, m)
	}
	ev.wait(calls.Digit, "x")
	if got := s.Stats(); got.Unknown["BrandNew"] != 2 || got.Malformed != 5 || got.Frames["ChannelDtmfReceived"] != 1 {
		t.Errorf("stats %+v", got)
	}
}

// silencer is a TCP proxy that can stop forwarding without closing anything.
type silencer struct {
	net.Listener
	silent atomic.Bool
	group  sync.WaitGroup
	mu     sync.Mutex
	conns  []net.Conn
}

func newSilencer(t *testing.T, to string) *silencer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	p := &silencer{Listener: listener}
	p.group.Go(func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", to)
			if err != nil {
				in.Close()
				continue
			}
			p.mu.Lock()
			p.conns = append(p.conns, in, out)
			p.mu.Unlock()
			p.group.Go(func() { p.copy(out, in) })
			p.group.Go(func() { p.copy(in, out) })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		p.mu.Lock()
		for _, c := range p.conns {
			c.Close()
		}
		p.mu.Unlock()
		p.group.Wait()
	})
	return p
}

func (p *silencer) copy(to, from net.Conn) {
	buf := make([]byte, 4096)
	for {
		n, err := from.Read(buf)
		if err != nil {
			to.Close()
			return
		}
		if !p.silent.Load() {
			_, _ = to.Write(buf[:n])
		}
	}
}

func TestHalfOpenLinkIsNoticed(t *testing.T) {
	t.Parallel() // it takes what it takes: 14 s
	f := newFakeARI(t)
	proxy := newSilencer(t, strings.TrimPrefix(f.URL, "http://"))
	o := f.options()
	o.URL = "http://" + proxy.Addr().String() + "/ari"
	s := switchTo(t, o)
	ev := run(t, s)
	proxy.silent.Store(true)
	begin := time.Now()
	if err := s.Answer(t.Context(), "x"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("command: %v, want unavailable", err)
	}
	if took := time.Since(begin); took > 4*time.Second {
		t.Errorf("a command gave up after %s", took)
	}
	late := time.Now().Add(15 * time.Second)
	for {
		if _, ok := ev.take(calls.Disconnected, ""); ok {
			break
		}
		select {
		case <-ev.more:
		case <-time.After(time.Until(late)):
			t.Fatal("not noticed within 15 s")
		}
	}
	t.Logf("noticed after %s", time.Since(begin).Round(time.Millisecond))
	proxy.silent.Store(false)
	ev.wait(calls.Connected, "")
}

func TestHealthSeesAWedgedApplication(t *testing.T) {
	t.Parallel()
	f := newFakeARI(t)
	s := switchTo(t, f.options())
	run(t, s)
	must(t, s.Health(t.Context()))
	f.set(func() {
		f.answer = func(_ http.ResponseWriter, r *http.Request) bool {
			if wedged := strings.Contains(r.URL.Path, "/applications/"); wedged {
				<-r.Context().Done()
				return true
			}
			return false
		}
	})
	begin := time.Now()
	if err := s.Health(t.Context()); !fault.Is(err, fault.Unavailable) || time.Since(begin) > 3*time.Second {
		t.Errorf("health: %v after %s, want unavailable within 2 s", err, time.Since(begin))
	}
}
