package phones

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/emiago/sipgo/sip"
	"github.com/google/uuid"
)

// Bounds of the pause between two attempts to register.
const (
	refreshMin = 500 * time.Millisecond
	retryFirst = time.Second
	retryMax   = 30 * time.Second
)

// registration is the phone's place at the registrar (RFC 3261 §10).
type registration struct {
	callID, tag string

	mu       sync.Mutex
	sequence uint32
	active   bool
	stop     context.CancelFunc // ends the refreshing
}

func (r *registration) init() {
	r.callID, r.tag = uuid.NewString(), sip.GenerateTagN(16)
}

// Registered is true while the registrar is believed to know us.
func (p *Phone) Registered() bool {
	p.reg.mu.Lock()
	defer p.reg.mu.Unlock()
	return p.reg.active
}

// Register registers, and goes on registering before each expiry until
// Unregister or Close. A refusal is a [StatusError].
func (p *Phone) Register(ctx context.Context) error {
	if p.host == "" {
		return fmt.Errorf("%s: register: no server configured", p.config.Name)
	}
	granted, err := p.register(ctx, p.config.Expires)
	if err != nil {
		return err
	}
	life, stop := context.WithCancel(p.agent.life)
	p.reg.mu.Lock()
	before := p.reg.stop
	p.reg.active, p.reg.stop = true, stop
	p.reg.mu.Unlock()
	if before != nil {
		before()
	}
	p.agent.start(func() {
		defer stop()
		p.keepRegistered(life, granted)
	})
	return nil
}

// Unregister removes our contact from the registrar.
func (p *Phone) Unregister(ctx context.Context) error {
	p.reg.mu.Lock()
	stop := p.reg.stop
	p.reg.active, p.reg.stop = false, nil
	p.reg.mu.Unlock()
	if stop != nil {
		stop()
	}
	_, err := p.register(ctx, 0)
	return err
}

// keepRegistered repeats the registration at half of its time, and sooner
// after a failure.
func (p *Phone) keepRegistered(ctx context.Context, granted time.Duration) {
	timer := time.NewTimer(max(granted/2, refreshMin))
	defer timer.Stop()
	retry := retryFirst
	for {
		select {
		case <-timer.C:
		case <-ctx.Done():
			return
		}
		fresh, err := p.register(ctx, p.config.Expires)
		if ctx.Err() != nil {
			return
		}
		p.reg.mu.Lock()
		p.reg.active = err == nil
		p.reg.mu.Unlock()
		if err == nil {
			retry = retryFirst
			timer.Reset(max(fresh/2, refreshMin))
			continue
		}
		p.agent.log.Warn("registration not renewed", "again_in", retry, "err", err)
		timer.Reset(retry)
		retry = min(2*retry, retryMax)
	}
}

// register does one registration and returns the time that was granted.
func (p *Phone) register(ctx context.Context, expires time.Duration) (time.Duration, error) {
	res, err := p.agent.do(ctx, func() *sip.Request { return p.registerRequest(expires) })
	if err == nil && res.StatusCode == sip.StatusIntervalToBrief {
		if least := seconds(headerValues(res, "Min-Expires")); least > expires {
			expires = least
			res, err = p.agent.do(ctx, func() *sip.Request { return p.registerRequest(expires) })
		}
	}
	if err == nil {
		err = refusal(sip.REGISTER, res)
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", p.config.Name, err)
	}
	return p.granted(res, expires), nil
}

func (p *Phone) registerRequest(expires time.Duration) *sip.Request {
	p.reg.mu.Lock()
	p.reg.sequence++
	sequence := p.reg.sequence
	p.reg.mu.Unlock()
	us := sipURI(p.config.User, p.host, p.port, "")
	d := dialog{
		id:    dialogID{p.reg.callID, p.reg.tag},
		local: address{quoteName(p.config.DisplayName), us}, remote: address{uri: us},
		target: sipURI("", p.host, p.port, p.config.Network), contact: p.agent.contact(),
	}
	req := d.build(sip.REGISTER, sequence)
	req.AppendHeader(sip.NewHeader("Expires", strconv.Itoa(int(expires.Seconds()))))
	return req
}

// granted reads for how long the registrar keeps our contact.
func (p *Phone) granted(res *sip.Response, asked time.Duration) time.Duration {
	contact := p.agent.contact()
	for _, h := range res.GetHeaders("Contact") {
		bound, ok := h.(*sip.ContactHeader)
		if !ok || bound.Address.Port != contact.Port || bound.Address.User != contact.User {
			continue
		}
		if value, ok := bound.Params.Get("expires"); ok {
			if d := seconds([]string{value}); d > 0 {
				return d
			}
		}
	}
	if d := seconds(headerValues(res, "Expires")); d > 0 {
		return d
	}
	return asked
}

// seconds reads the first value as a number of seconds, 0 if it is none.
func seconds(values []string) time.Duration {
	if len(values) == 0 {
		return 0
	}
	n, err := strconv.ParseUint(values[0], 10, 31)
	if err != nil {
		return 0
	}
	return time.Duration(n) * time.Second
}
