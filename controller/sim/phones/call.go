package phones

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/emiago/sipgo/sip"
)

// Call is one call of a phone, placed or received. All methods may be used
// from any goroutine.
type Call struct {
	agent    *agent
	media    *media
	incoming bool
	number   string // dialled
	caller   address

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced at every change
	dialog   dialog
	message  *sip.Request  // the INVITE
	response *sip.Response // the last response to a placed INVITE

	ringing, early, answered bool
	ending                   *Ending
	gone                     bool // ended and no longer answering

	held    bool // by us
	farHeld bool
	far     *session // the far end's last SDP
	version int      // of our SDP
	moves   int      // re-INVITEs and UPDATEs received

	offer    *offer // a received INVITE that is still open
	cancel   chan struct{}
	acks     map[uint32]chan struct{}
	transfer *Transfer
}

func newCall(a *agent, id dialogID) (*Call, error) {
	m, err := openMedia(a.addr.Addr(), a.sparse, a.log)
	if err != nil {
		return nil, err
	}
	return &Call{
		agent: a, media: m,
		changed: make(chan struct{}),
		cancel:  make(chan struct{}),
		acks:    make(map[uint32]chan struct{}),
		dialog:  dialog{id: id, contact: a.contact()},
	}, nil
}

// String names the call for people.
func (c *Call) String() string {
	if c.incoming {
		return fmt.Sprintf("%s: call from %s", c.agent.name, c.CallerNumber())
	}
	return fmt.Sprintf("%s: call to %s", c.agent.name, c.number)
}

// ID returns the SIP Call-ID.
func (c *Call) ID() string { return c.dialog.id.callID }

// Incoming is true for a received call.
func (c *Call) Incoming() bool { return c.incoming }

// Number is the dialled number.
func (c *Call) Number() string { return c.number }

// CallerNumber is the user part of the INVITE's From.
func (c *Call) CallerNumber() string { return unescapeUser(c.caller.uri.User) }

// CallerName is the display name of the INVITE's From.
func (c *Call) CallerName() string { return unquoteName(c.caller.name) }

// Header returns the values of a header: of the INVITE for a received call, of
// the latest response for a placed one.
func (c *Call) Header(name string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.incoming {
		return headerValues(c.message, name)
	}
	if c.response == nil {
		return nil
	}
	return headerValues(c.response, name)
}

// Traffic returns the RTP packet counters.
func (c *Call) Traffic() Traffic { return c.media.traffic() }

// LocalMedia is where we receive RTP.
func (c *Call) LocalMedia() netip.AddrPort { return c.media.addr() }

// SendTone sends a sine at hz from now on; 0 is silence.
func (c *Call) SendTone(hz int) { c.media.play(hz) }

// SendDTMF presses keys (0-9 * # A-D) one after another as telephone events
// (RFC 4733) and returns when the last was sent; a key takes 0.2 s.
func (c *Call) SendDTMF(ctx context.Context, keys string) error {
	if err := c.media.pressKeys(ctx, keys); err != nil {
		return fmt.Errorf("%s: send keys: %w", c, err)
	}
	return nil
}

// Digits delivers the keys that the far end presses.
func (c *Call) Digits() <-chan rune { return c.media.digits }

// HearsKeys waits until the far end has pressed exactly these keys.
func (c *Call) HearsKeys(ctx context.Context, keys string) error {
	var got strings.Builder
	for got.Len() < len(keys) {
		select {
		case key := <-c.media.digits:
			got.WriteRune(key)
		case <-c.media.closed:
			return fmt.Errorf("%s: got keys %q, want %q: the call is over", c, &got, keys)
		case <-ctx.Done():
			return fmt.Errorf("%s: got keys %q, want %q: %w", c, &got, keys, context.Cause(ctx))
		}
	}
	if got.String() != keys {
		return fmt.Errorf("%s: got keys %q, want %q", c, &got, keys)
	}
	return nil
}

// end closes the call; only the first ending counts.
func (c *Call) end(e Ending) {
	first := false
	c.update(func() {
		if first = c.ending == nil; first {
			c.ending = &e
		}
	})
	if !first {
		return
	}
	c.agent.log.Debug("call ended", "call", c, "status", e.Status, "cause", e.Cause, "far", e.Far)
	c.media.close()
	if !c.agent.start(c.linger) {
		c.update(func() { c.gone = true })
	}
}

// linger keeps the ended call known for a while.
func (c *Call) linger() {
	timer := time.NewTimer(linger)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-c.agent.life.Done():
	}
	c.agent.remove(c)
	c.update(func() { c.gone = true })
}

// Hangup ends the call in whatever way its state asks for: CANCEL while it
// rings at the far end, 603 while it rings here, BYE when it is answered. It
// returns when the far end has confirmed; an ended call is no error.
func (c *Call) Hangup(ctx context.Context) error {
	c.mu.Lock()
	over, answered := c.ending != nil, c.answered
	c.mu.Unlock()
	switch {
	case over:
		return nil
	case answered:
		return c.bye(ctx)
	case c.incoming:
		return c.Reject(603)
	default:
		return c.abandon(ctx)
	}
}

func (c *Call) bye(ctx context.Context) error {
	defer c.end(Ending{Status: 200, Phrase: "OK"})
	res, err := c.do(ctx, func(d *dialog) *sip.Request { return d.next(sip.BYE) })
	if err != nil {
		return fmt.Errorf("%s: %w", c, err)
	}
	if res.StatusCode == 481 {
		return nil // both hung up at once
	}
	return refusal(sip.BYE, res)
}

// do sends a request inside the dialog.
func (c *Call) do(ctx context.Context, build func(*dialog) *sip.Request) (*sip.Response, error) {
	return c.agent.do(ctx, func() *sip.Request {
		c.mu.Lock()
		defer c.mu.Unlock()
		return build(&c.dialog)
	})
}

// describe writes down our side of the audio. It is called with the lock held.
func (c *Call) describe() description {
	c.version++
	d := description{
		addr: c.media.addr(), codecs: c.agent.codecs, keys: keyPayload,
		flow: flow{sends: true, receives: !c.held}, version: c.version,
	}
	return d
}

// hear takes the far end's SDP and points the audio at it. It is called with
// the lock held.
func (c *Call) hear(far *session) {
	c.far = far
	c.farHeld = !far.flow.receives
	codec := c.describe().choose(far.codecs)
	c.media.connect(far, codec, far.flow.receives && !c.held)
}
