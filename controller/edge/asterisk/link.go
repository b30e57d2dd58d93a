package asterisk

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/CyCoreSystems/ari/v6"
	"github.com/coder/websocket"

	"bellhop/controller/kit/fault"
)

const (
	probeEvery   = 4 * time.Second // three misses are noticed within 14 s
	probeTime    = 2 * time.Second
	probeMisses  = 3
	dialTime     = 5 * time.Second
	backOffFirst = 200 * time.Millisecond
	backOffMost  = 30 * time.Second
	maxFrame     = 16 << 20
)

// link is one websocket, from its opening to its loss.
type link struct {
	s      *Switch
	socket *websocket.Conn
	lost   context.Context // over when the link is; its cause says why
	lose   context.CancelCauseFunc
	group  sync.WaitGroup
}

// errWedged says that the link stands but nothing answers any more.
var errWedged = errors.New("the switch does not answer its probes")

// open dials and starts to read. Whoever opened a link closes it.
func (s *Switch) open(ctx context.Context) (*link, error) {
	dialCtx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	query := url.Values{"app": {s.options.App}}
	address := "ws" + strings.TrimPrefix(s.rest.base, "http") + "/events?" + query.Encode()
	login := base64.StdEncoding.EncodeToString([]byte(s.options.User + ":" + s.options.Password))
	socket, res, err := websocket.Dial(dialCtx, address, &websocket.DialOptions{
		HTTPClient:      &http.Client{Transport: s.rest.http.Transport},
		HTTPHeader:      http.Header{"Authorization": {"Basic " + login}},
		CompressionMode: websocket.CompressionDisabled,
	})
	if err != nil {
		if res != nil && res.StatusCode != http.StatusSwitchingProtocols {
			return nil, statusFault(&StatusError{Command: "events", Status: res.StatusCode, Message: res.Status})
		}
		return nil, transportFault(s.life, "events", err)
	}
	socket.SetReadLimit(maxFrame)
	l := &link{s: s, socket: socket}
	l.lost, l.lose = context.WithCancelCause(context.WithoutCancel(ctx)) // close says goodbye first
	l.group.Go(l.read)
	l.group.Go(l.probe)
	return l, nil
}

// close drops the link and waits until its goroutines are gone.
func (l *link) close() {
	if l.lost.Err() == nil { // we leave of our own will: say goodbye, or Asterisk logs a warning
		l.socket.Close(websocket.StatusNormalClosure, "")
	}
	l.lose(context.Canceled)
	l.socket.CloseNow()
	l.group.Wait()
}

// read drains the socket and never waits for anybody.
func (l *link) read() {
	for {
		_, message, err := l.socket.Read(l.lost)
		if err != nil {
			l.lose(fmt.Errorf("the event stream broke: %w", err))
			return
		}
		f, err := decode(message)
		if err != nil {
			l.s.meter.malformed()
			l.s.log.Warn("an event of the switch cannot be read", "err", err)
			continue
		}
		if news := l.s.meter.frame(f.kind, f.known); news {
			l.s.log.Warn("the switch sends an event type that we do not know; it is counted and skipped", "type", f.kind)
		}
		if _, replaced := f.event.(*ari.ApplicationReplaced); replaced {
			l.s.depose(ErrDeposed)
			l.lose(ErrDeposed)
			return
		}
		l.s.tracker.admit(f.event)
		l.s.frames.push(f)
	}
}

// probe checks end to end that the call application lives: a link that is half
// open and an application that is wedged both look healthy from the outside. It
// also asks which phones came and went.
func (l *link) probe() {
	ticker := time.NewTicker(probeEvery)
	defer ticker.Stop()
	for misses := 0; ; {
		select {
		case <-l.lost.Done():
			return
		case <-ticker.C:
		}
		err := l.alive(l.lost)
		if err == nil {
			l.s.tellEndpoints(l.lost, l.s.made.push)
			misses = 0
			continue
		}
		if misses++; misses >= probeMisses {
			l.lose(fmt.Errorf("%w: %w", errWedged, err))
			return
		}
	}
}

// alive answers within probeTime: both the application and the socket react.
func (l *link) alive(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	pong := make(chan error, 1)
	go func() { pong <- l.socket.Ping(ctx) }() // waited for below
	err := l.s.rest.application(ctx, l.s.options.App)
	if e := <-pong; e != nil {
		return fault.Wrap(e, fault.Unavailable, "the event stream of the switch is silent")
	}
	return err
}

// application asks for one Stasis application, as an end-to-end check.
func (r *rest) application(ctx context.Context, app string) error {
	return r.do(ctx, command{name: "probe", method: http.MethodGet, path: []string{"applications", app}, limit: probeTime}, nil)
}

// backOff waits before attempt n (from 0) to connect again: twice as long each
// time, with jitter, so that a fleet does not come back in step.
func backOff(n int) time.Duration {
	d := backOffMost
	if n < 8 {
		d = min(backOffFirst<<n, backOffMost)
	}
	return d/2 + rand.N(d/2)
}
