package phones

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"time"
)

// incomingKept is how many calls wait for somebody to take them from Incoming.
const incomingKept = 32

// Config describes a phone. Only User is needed.
type Config struct {
	// Name is for logs; User when empty.
	Name string
	// Server is the host:port of the registrar and outbound proxy, or of
	// another phone to call it directly.
	Server string
	// User is the SIP user name, AuthUser the one for digest when it differs.
	User, AuthUser, Secret string
	// DisplayName goes with our From.
	DisplayName string
	// Listen is our own host:port, "127.0.0.1:0" when empty.
	Listen string
	// Network is "udp" (also when empty) or "tcp"; only tcp carries messages
	// above 1,300 bytes (RFC 3261 §18.1.1).
	Network string
	// Expires is the registration time we ask for, ten minutes when zero.
	Expires time.Duration
	// Codecs are the ones offered, best first; A-law and µ-law when empty.
	Codecs []Codec
	// SparseSilence sends one packet a second instead of fifty while there is
	// no tone to send: cheap company for a large house.
	SparseSilence bool
	// Handle, if set, takes every incoming call in a goroutine of its own
	// instead of Incoming; the context ends with the phone.
	Handle func(context.Context, *Call)
	// Logger receives what happens; nil is silence.
	Logger *slog.Logger
}

// Phone is a SIP user agent on a port of its own.
type Phone struct {
	config   Config
	agent    *agent
	host     string // of Server
	port     int
	incoming chan *Call
	reg      registration
}

// New starts a phone. It lives until Close, or until ctx ends.
func New(ctx context.Context, cfg Config) (*Phone, error) {
	if cfg.User == "" {
		return nil, errors.New("phone: User must be given")
	}
	if cfg.Network != "" && cfg.Network != "udp" && cfg.Network != "tcp" {
		return nil, fmt.Errorf("phone: Network %q must be udp or tcp", cfg.Network)
	}
	host, port, err := parseServer(cfg.Server)
	if err != nil {
		return nil, fmt.Errorf("phone: %w", err)
	}
	if cfg.Name == "" {
		cfg.Name = cfg.User
	}
	if cfg.AuthUser == "" {
		cfg.AuthUser = cfg.User
	}
	if cfg.Listen == "" {
		cfg.Listen = "127.0.0.1:0"
	}
	if cfg.Expires == 0 {
		cfg.Expires = 10 * time.Minute
	}
	p := &Phone{config: cfg, host: host, port: port, incoming: make(chan *Call, incomingKept)}
	p.agent, err = newAgent(ctx, agentConfig{
		listen: cfg.Listen, network: cfg.Network, user: cfg.User, name: cfg.Name,
		account: account{cfg.AuthUser, cfg.Secret},
		codecs:  cfg.Codecs, sparse: cfg.SparseSilence, log: cfg.Logger,
	}, p.offered)
	if err != nil {
		return nil, err
	}
	p.reg.init()
	p.agent.run(ctx)
	return p, nil
}

// Addr is where the phone listens.
func (p *Phone) Addr() netip.AddrPort { return p.agent.addr }

// Name is what the phone is called in logs.
func (p *Phone) Name() string { return p.config.Name }

// offered passes a new call on without waiting for anybody.
func (p *Phone) offered(c *Call) {
	if p.config.Handle != nil {
		p.agent.start(func() { p.config.Handle(p.agent.life, c) })
		return
	}
	select {
	case p.incoming <- c:
	default:
		p.agent.log.Warn("call refused: nobody takes the incoming calls", "waiting", incomingKept)
		p.agent.start(func() { p.agent.warn("reject", c.Reject(486)) })
	}
}

// Incoming delivers calls as they arrive, unless Config.Handle takes them.
// Nothing is sent to the caller before Ring, SendEarlyMedia, Answer, Reject or
// Redirect is called.
func (p *Phone) Incoming() <-chan *Call { return p.incoming }

// Next waits for the next incoming call.
func (p *Phone) Next(ctx context.Context) (*Call, error) {
	select {
	case c := <-p.incoming:
		return c, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("%s: no call came: %w", p.config.Name, context.Cause(ctx))
	case <-p.agent.life.Done():
		return nil, fmt.Errorf("%s: %w", p.config.Name, errClosed)
	}
}

// Calls returns the calls that are not over.
func (p *Phone) Calls() []*Call { return p.agent.live() }

// Call dials a number at the server and returns once the INVITE is sent; the
// Wait methods of the call tell what comes of it. Any text may be dialled.
// Extra headers are "Name: value" lines for the INVITE.
func (p *Phone) Call(ctx context.Context, number string, headers ...string) (*Call, error) {
	if p.host == "" {
		return nil, fmt.Errorf("%s: call %s: no server configured", p.config.Name, number)
	}
	extra, err := parseHeaders(headers)
	if err != nil {
		return nil, fmt.Errorf("%s: call %s: %w", p.config.Name, number, err)
	}
	target := sipURI(number, p.host, p.port, p.config.Network)
	return p.agent.place(ctx, placement{
		number: number,
		target: target,
		to:     sipURI(number, p.host, p.port, ""),
		from:   address{quoteName(p.config.DisplayName), sipURI(p.config.User, p.host, p.port, "")},
		extra:  extra,
	})
}

// Close hangs up every call, waits at most a second for the far ends to
// confirm, and leaves nothing behind. It does not unregister. It waits for
// Config.Handle to return and must not be called from there.
func (p *Phone) Close() { p.agent.close() }

// Vanish is Close without a word to anybody, like a phone whose plug is
// pulled.
func (p *Phone) Vanish() { p.agent.vanish() }

// AutoAnswer returns a Config.Handle that rings for a while, answers, sends a
// tone (0 for silence) and hangs up after talk; zero talk leaves that to the
// caller.
func AutoAnswer(ring, talk time.Duration, tone int) func(context.Context, *Call) {
	return func(ctx context.Context, c *Call) {
		warn := c.agent.warn
		warn("ring", c.Ring())
		if !c.pause(ctx, ring) {
			return
		}
		c.SendTone(tone)
		warn("answer", c.Answer(ctx))
		if talk > 0 && c.pause(ctx, talk) {
			warn("hang up", c.Hangup(ctx))
		}
	}
}

// pause waits; it returns false when the call or the phone ended meanwhile.
func (c *Call) pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-c.Done():
	case <-ctx.Done():
	}
	return false
}

// warn reports what went wrong where nobody can be told.
func (a *agent) warn(what string, err error) {
	var ending Ending
	if err != nil && !errors.As(err, &ending) { // that the call is over is no news
		a.log.Warn(what+" failed", "err", err)
	}
}
