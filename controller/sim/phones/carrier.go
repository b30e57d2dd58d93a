package phones

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"sync"

	"github.com/emiago/sipgo/sip"
)

// recordsKept is how many finished calls a carrier remembers.
const recordsKept = 1000

// CarrierConfig describes a simulated SIP carrier.
type CarrierConfig struct {
	// Name is for logs; "carrier" when empty.
	Name string
	// Listen is our host:port, "127.0.0.1:0" when empty.
	Listen string
	// User and Secret are the trunk's account. With a Secret, REGISTER and
	// INVITE must carry a digest.
	User, Secret string
	// Algorithms are the digest algorithms offered, in order; MD5 when empty.
	Algorithms []string
	// Peer is the host:port that CallIn calls when no trunk is registered.
	Peer string
	// Lines is how many calls may be up at once, 0 for any number.
	Lines int
	// Answer is what happens to numbers without a behaviour of their own.
	Answer Behaviour
	// Codecs are the ones offered; A-law and µ-law when empty.
	Codecs []Codec
	// SparseSilence is as for a phone.
	SparseSilence bool
	// Logger receives what happens; nil is silence.
	Logger *slog.Logger
}

// Fault is the way in which a carrier is out of order.
type Fault int

const (
	// Healthy is no fault.
	Healthy Fault = iota
	// Refusing answers everything with 503.
	Refusing
	// Dead drops every SIP message without an answer.
	Dead
)

// Carrier is a simulated SIP carrier: what hangs on the far end of a trunk.
// To it emergency numbers are numbers like any other.
type Carrier struct {
	config    CarrierConfig
	agent     *agent
	registrar registrar

	mu        sync.Mutex
	faulty    Fault
	behaviour map[string]Behaviour
	calls     []*Call // every INVITE, oldest first
	total     int     // all calls ever, also those no longer in calls
	taken     int     // of total, how many Next has returned
	arrived   chan struct{}
	lines     int // in use
}

// NewCarrier starts a carrier. It lives until Close, or until ctx ends.
func NewCarrier(ctx context.Context, cfg CarrierConfig) (*Carrier, error) {
	if cfg.Name == "" {
		cfg.Name = "carrier"
	}
	if cfg.Listen == "" {
		cfg.Listen = "127.0.0.1:0"
	}
	if len(cfg.Algorithms) == 0 {
		cfg.Algorithms = []string{"MD5"}
	}
	k := &Carrier{
		config: cfg, behaviour: make(map[string]Behaviour), arrived: make(chan struct{}),
		registrar: registrar{
			account: account{cfg.User, cfg.Secret}, algorithms: cfg.Algorithms,
			nonce: sip.GenerateTagN(24), changed: make(chan struct{}),
		},
	}
	var err error
	k.agent, err = newAgent(ctx, agentConfig{
		listen: cfg.Listen, user: "carrier", name: cfg.Name, account: account{cfg.User, cfg.Secret},
		codecs: cfg.Codecs, sparse: cfg.SparseSilence, log: cfg.Logger,
	}, k.offered)
	if err != nil {
		return nil, err
	}
	k.agent.admit = k.admit
	k.agent.server.OnRegister(k.agent.tracked(k.onRegister))
	k.agent.run(ctx)
	return k, nil
}

// Addr is where the carrier listens.
func (k *Carrier) Addr() netip.AddrPort { return k.agent.addr }

// Behave sets what happens to calls to number from now on. A number that ends
// in "*" stands for all that begin so; the longest match wins.
func (k *Carrier) Behave(number string, b Behaviour) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.behaviour[number] = b
}

// SetFault breaks or repairs the carrier. Audio of calls that are up goes on.
func (k *Carrier) SetFault(f Fault) {
	k.mu.Lock()
	k.faulty = f
	k.mu.Unlock()
	k.agent.deaf.Store(f == Dead)
}

func (k *Carrier) fault() Fault {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.faulty
}

// Calls returns the calls that came to the carrier, refused ones included,
// oldest first (the last thousand). Each knows its number, caller and headers.
func (k *Carrier) Calls() []*Call {
	k.mu.Lock()
	defer k.mu.Unlock()
	return append([]*Call(nil), k.calls...)
}

// Count is the number of calls that ever came to the carrier.
func (k *Carrier) Count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.total
}

// Lines is the number of lines in use, calls placed by CallIn included.
func (k *Carrier) Lines() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.lines
}

// Next waits for the next call that came to the carrier; each is returned
// once. Its behaviour runs by itself.
func (k *Carrier) Next(ctx context.Context) (*Call, error) {
	for {
		k.mu.Lock()
		if kept := k.total - len(k.calls); k.taken < k.total {
			k.taken = max(k.taken, kept) + 1
			c := k.calls[k.taken-1-kept]
			k.mu.Unlock()
			return c, nil
		}
		arrived := k.arrived
		k.mu.Unlock()
		select {
		case <-arrived:
		case <-ctx.Done():
			return nil, fmt.Errorf("%s: no call came: %w", k.config.Name, context.Cause(ctx))
		}
	}
}

// admit asks an INVITE for proof.
func (k *Carrier) admit(req *sip.Request, tx sip.ServerTransaction) bool {
	if k.registrar.trusted(req) {
		return true
	}
	k.agent.respond(req, tx, 401, k.registrar.challenge()...)
	return false
}

// offered records a call and lets its behaviour run.
func (k *Carrier) offered(c *Call) {
	k.mu.Lock()
	if len(k.calls) == recordsKept {
		k.calls = append(k.calls[:0], k.calls[1:]...)
	}
	k.calls = append(k.calls, c)
	k.total++
	close(k.arrived)
	k.arrived = make(chan struct{})
	refusing := k.faulty == Refusing
	k.mu.Unlock()
	k.agent.start(func() {
		if refusing || !k.seize() {
			k.agent.warn("refuse", NoCircuits().run(k.agent.life, c))
			return
		}
		defer k.release()
		k.agent.warn("call", k.behaviourOf(c.Number()).run(k.agent.life, c))
		select {
		case <-c.Done():
		case <-k.agent.life.Done():
		}
	})
}

// seize takes a line if one is free.
func (k *Carrier) seize() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.config.Lines > 0 && k.lines >= k.config.Lines {
		return false
	}
	k.lines++
	return true
}

func (k *Carrier) release() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.lines--
}

// CallIn places a call to the hotel, as if from had dialled did. It goes to
// the registered trunk, else to the configured peer.
func (k *Carrier) CallIn(ctx context.Context, did, from string, headers ...string) (*Call, error) {
	extra, err := parseHeaders(headers)
	if err != nil {
		return nil, fmt.Errorf("%s: call in: %w", k.config.Name, err)
	}
	target, err := k.trunk(did)
	if err != nil {
		return nil, fmt.Errorf("%s: call in: %w", k.config.Name, err)
	}
	if !k.seize() {
		return nil, fmt.Errorf("%s: call in: all %d lines are in use", k.config.Name, k.config.Lines)
	}
	host, port := k.agent.addr.Addr().String(), int(k.agent.addr.Port())
	c, err := k.agent.place(ctx, placement{
		number: did, target: target, to: sipURI(did, target.Host, target.Port, ""),
		from: address{uri: sipURI(from, host, port, "")}, extra: extra,
	})
	if err != nil {
		k.release()
		return nil, err
	}
	k.agent.start(func() {
		<-c.Done() // comes with the carrier's end, too
		k.release()
	})
	return c, nil
}

// trunk is where calls to the hotel go.
func (k *Carrier) trunk(did string) (sip.Uri, error) {
	if contact, _ := k.registrar.bound(); contact != nil {
		uri := *contact.Clone()
		uri.User = escapeUser(did)
		return uri, nil
	}
	host, port, err := parseServer(k.config.Peer)
	if err == nil && host == "" {
		err = errors.New("no trunk is registered and no peer configured")
	}
	return sipURI(did, host, port, ""), err
}

// Close hangs up every call and leaves nothing behind.
func (k *Carrier) Close() {
	k.registrar.stop()
	k.agent.close()
	k.registrar.stop() // a REGISTER may have come meanwhile
}

// Vanish is Close without a word to anybody.
func (k *Carrier) Vanish() {
	k.agent.vanish()
	k.registrar.stop()
}
