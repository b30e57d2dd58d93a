package phones

import (
	"context"
	"errors"
	"fmt"

	"github.com/emiago/sipgo/sip"
	"github.com/google/uuid"
)

// placement says whom to call and as whom.
type placement struct {
	number string  // as dialled
	target sip.Uri // where the INVITE goes
	to     sip.Uri
	from   address
	extra  []sip.Header
}

// place sends an INVITE and returns the call; what comes of it is followed in
// the background.
func (a *agent) place(ctx context.Context, p placement) (*Call, error) {
	id := dialogID{uuid.NewString(), sip.GenerateTagN(16)}
	c, err := newCall(a, id)
	if err != nil {
		return nil, err
	}
	c.number, c.caller = p.number, p.from
	c.dialog.local, c.dialog.remote = p.from, address{uri: p.to}
	c.dialog.target = p.target
	invite := func(proof *sip.Response) (*sip.Request, error) {
		c.mu.Lock()
		defer c.mu.Unlock()
		req := c.dialog.next(sip.INVITE)
		for _, h := range p.extra {
			req.AppendHeader(sip.HeaderClone(h))
		}
		addSDP(req, c.describe().offer())
		if proof != nil {
			return req, a.account.prove(req, proof)
		}
		return req, nil
	}
	req, _ := invite(nil) // without proof there is nothing to fail
	if !a.add(c) {
		return nil, fmt.Errorf("%s: %w", c, errClosed)
	}
	tx, err := a.transact(ctx, req)
	if err != nil {
		c.end(Ending{Status: 503, Phrase: err.Error()})
		return nil, fmt.Errorf("%s: %w", c, err)
	}
	a.start(func() { c.follow(req, tx, invite) })
	return c, nil
}

// addSDP gives a message a session description, and says what we understand.
func addSDP(msg sip.Message, sdp []byte) {
	kind := sip.ContentTypeHeader("application/sdp")
	msg.AppendHeader(&kind)
	msg.AppendHeader(sip.NewHeader("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY, UPDATE, INFO"))
	msg.AppendHeader(sip.NewHeader("Supported", "replaces"))
	msg.SetBody(sdp)
}

// follow waits for the responses to our INVITE until a final one.
func (c *Call) follow(req *sip.Request, tx sip.ClientTransaction, invite func(*sip.Response) (*sip.Request, error)) {
	cancel := c.cancel
	provisional, cancelled := false, false
	for tries := 0; ; {
		select {
		case res := <-tx.Responses():
			switch {
			case res.IsProvisional():
				provisional = true
				c.progress(res)
			case res.IsSuccess():
				c.accepted(req, tx, res, cancelled || closed(c.cancel))
				return
			case !closed(c.cancel) && c.agent.account.challenged(res, tries > 0):
				tries++
				var err error
				if req, err = invite(res); err == nil {
					tx, err = c.agent.transact(c.agent.life, req)
				}
				if err != nil {
					c.end(Ending{Status: res.StatusCode, Phrase: err.Error()})
					return
				}
				provisional = false
			default:
				c.refused(res, cancelled)
				return
			}
		case <-cancel:
			cancel = nil // heard once
		case <-tx.Done():
			c.unanswered(tx.Err())
			return
		case <-c.agent.life.Done():
			return
		}
		// CANCEL may only follow a provisional response (RFC 3261 §9.1).
		if provisional && !cancelled && closed(c.cancel) {
			cancelled = true
			c.agent.start(func() { c.sendCancel(req) })
		}
	}
}

func closed(ch <-chan struct{}) bool {
	select {
	case <-ch:
		return true
	default:
		return false
	}
}

// progress takes a provisional response.
func (c *Call) progress(res *sip.Response) {
	if res.StatusCode == 100 {
		return
	}
	far, err := parseSDP(res.Body())
	if err != nil && len(res.Body()) > 0 {
		c.agent.log.Warn("early media not understood", "call", c, "err", err)
	}
	c.update(func() {
		c.response = res
		c.dialog.learn(res)
		c.ringing = c.ringing || res.StatusCode == 180
		if far != nil {
			c.early = true
			c.hear(far)
		}
	})
}

// accepted takes the 2xx: it acknowledges and lets the audio flow, or hangs up
// at once if we no longer want the call.
func (c *Call) accepted(req *sip.Request, tx sip.ClientTransaction, res *sip.Response, unwanted bool) {
	far, err := parseSDP(res.Body())
	var ack func() *sip.Request
	c.update(func() {
		c.response = res
		c.dialog.learn(res)
		if far == nil && len(res.Body()) == 0 {
			far = c.far // the 2xx may leave out what a reliable 183 said
		}
		c.answered = true
		if far != nil {
			c.hear(far)
		}
		ack = func() *sip.Request {
			c.mu.Lock()
			defer c.mu.Unlock()
			return c.dialog.build(sip.ACK, req.CSeq().SeqNo)
		}
	})
	c.acknowledge(tx, ack)
	if far != nil && !unwanted {
		return
	}
	if far == nil {
		c.agent.log.Warn("answer without usable audio, hanging up", "call", c, "err", err)
	}
	if err := c.bye(c.agent.life); err != nil {
		c.agent.log.Warn("bye failed", "call", c, "err", err)
	}
}

// acknowledge sends the ACK for a 2xx, and again for each repetition of it.
func (c *Call) acknowledge(tx sip.ClientTransaction, ack func() *sip.Request) {
	send := func() {
		if err := c.agent.write(ack()); err != nil {
			c.agent.log.Warn("ack not sent", "call", c, "err", err)
		}
	}
	tx.OnRetransmission(func(*sip.Response) { send() })
	send()
}

// refused takes a final response of 300 or above.
func (c *Call) refused(res *sip.Response, cancelled bool) {
	ending := Ending{Far: !cancelled, Status: res.StatusCode, Phrase: res.Reason}.explain(res)
	if contact := res.Contact(); contact != nil && res.IsRedirection() {
		ending.MovedTo = contact.Address.String()
	}
	c.update(func() { c.response = res })
	c.end(ending)
}

// unanswered ends a call whose INVITE got no final response.
func (c *Call) unanswered(err error) {
	status := 503
	if errors.Is(err, sip.ErrTransactionTimeout) {
		status = 408
	}
	text := phrase(status)
	if err != nil {
		text = err.Error()
	}
	c.end(Ending{Far: true, Status: status, Phrase: text})
}

// abandon cancels a call that is not answered yet.
func (c *Call) abandon(ctx context.Context) error {
	c.mu.Lock()
	if !closed(c.cancel) {
		close(c.cancel)
	}
	c.mu.Unlock()
	_, err := c.WaitEnded(ctx)
	return err
}

// sendCancel builds the CANCEL of req: the same branch, To and CSeq number
// (RFC 3261 §9.1).
func (c *Call) sendCancel(req *sip.Request) {
	cancel := sip.NewRequest(sip.CANCEL, *req.Recipient.Clone())
	cancel.AppendHeader(req.Via().Clone())
	for _, h := range []sip.Header{req.From(), req.To(), req.CallID()} {
		cancel.AppendHeader(sip.HeaderClone(h))
	}
	cancel.AppendHeader(&sip.CSeqHeader{SeqNo: req.CSeq().SeqNo, MethodName: sip.CANCEL})
	hops := sip.MaxForwardsHeader(70)
	cancel.AppendHeader(&hops)
	for _, route := range headerValues(req, "Route") {
		cancel.AppendHeader(sip.NewHeader("Route", route))
	}
	if _, err := c.agent.exchange(c.agent.life, cancel); err != nil {
		c.agent.log.Warn("cancel failed", "call", c, "err", err)
	}
}
