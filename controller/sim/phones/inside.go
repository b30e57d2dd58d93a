package phones

import (
	"context"
	"strings"

	"github.com/emiago/sipgo/sip"
)

// insider handles a request inside a call's dialog.
type insider func(c *Call, req *sip.Request, tx sip.ServerTransaction)

// inside finds the dialog that a request belongs to.
func (a *agent) inside(handle insider) func(*sip.Request, sip.ServerTransaction) {
	return func(req *sip.Request, tx sip.ServerTransaction) {
		c := a.match(req)
		if c == nil {
			if !req.IsAck() {
				a.respond(req, tx, 481)
			}
			return
		}
		handle(c, req, tx)
	}
}

func (a *agent) match(req *sip.Request) *Call {
	if req.To() == nil || req.CallID() == nil || req.CSeq() == nil {
		return nil
	}
	tag, _ := req.To().Params.Get("tag")
	return a.find(dialogID{req.CallID().Value(), tag})
}

// onAck confirms an answer; it may carry the SDP that the INVITE left out.
func (c *Call) onAck(req *sip.Request, _ sip.ServerTransaction) {
	far, _ := parseSDP(req.Body()) // without a body there is nothing to learn
	c.update(func() {
		if ack, ok := c.acks[req.CSeq().SeqNo]; ok {
			delete(c.acks, req.CSeq().SeqNo)
			close(ack)
		}
		if far != nil {
			c.hear(far)
		}
	})
}

func (c *Call) onBye(req *sip.Request, tx sip.ServerTransaction) {
	c.agent.respond(req, tx, 200)
	c.end(Ending{Far: true, Status: 200, Phrase: "OK"}.explain(req))
}

// onReinvite answers a change of the session: hold, unhold or a mere refresh.
func (c *Call) onReinvite(req *sip.Request, tx sip.ServerTransaction) {
	res, ok := c.renegotiate(req)
	if !ok {
		c.agent.respond(req, tx, 488)
		return
	}
	ack := make(chan struct{})
	c.update(func() { c.acks[req.CSeq().SeqNo] = ack })
	if err := tx.Respond(res); err != nil {
		c.agent.log.Warn("re-invite not answered", "call", c, "err", err)
		return
	}
	c.repeat(tx, res, ack)
}

// onUpdate answers an UPDATE (RFC 3311), with or without a session.
func (c *Call) onUpdate(req *sip.Request, tx sip.ServerTransaction) {
	res, ok := c.renegotiate(req)
	if !ok {
		c.agent.respond(req, tx, 488)
		return
	}
	if err := tx.Respond(res); err != nil {
		c.agent.log.Warn("update not answered", "call", c, "err", err)
	}
}

// renegotiate takes the far end's new session and builds the 200 to it.
func (c *Call) renegotiate(req *sip.Request) (*sip.Response, bool) {
	var far *session
	if len(req.Body()) > 0 {
		var err error
		if far, err = parseSDP(req.Body()); err != nil {
			c.agent.log.Info("new session refused", "call", c, "err", err)
			return nil, false
		}
	}
	res := c.reply(req, 200)
	c.update(func() {
		c.moves++
		c.dialog.refresh(req)
		if far != nil || req.IsInvite() {
			c.accept(res, far)
		}
	})
	return res, true
}

// onInfo takes a key that is sent the old way, as application/dtmf-relay.
func (c *Call) onInfo(req *sip.Request, tx sip.ServerTransaction) {
	c.agent.respond(req, tx, 200)
	for line := range strings.Lines(string(req.Body())) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		if key := strings.TrimSpace(value); name == "Signal" && len(key) == 1 && strings.Contains(dtmfKeys, key) {
			select {
			case c.media.digits <- rune(key[0]):
			default:
				c.agent.log.Warn("key lost: nobody reads the digits", "call", c)
			}
		}
	}
}

// onNotify takes the progress of a transfer. Outside a call it is news, such
// as waiting messages, that nobody here asked for.
func (a *agent) onNotify(req *sip.Request, tx sip.ServerTransaction) {
	if req.To() == nil || !req.To().Params.Has("tag") {
		a.respond(req, tx, 200)
		return
	}
	a.inside(func(c *Call, req *sip.Request, tx sip.ServerTransaction) {
		a.respond(req, tx, 200)
		c.progressed(req)
	})(req, tx)
}

// reinvite offers the far end a changed session.
func (c *Call) reinvite(ctx context.Context) error {
	build := func(proof *sip.Response) (*sip.Request, error) {
		c.mu.Lock()
		defer c.mu.Unlock()
		req := c.dialog.next(sip.INVITE)
		addSDP(req, c.describe().offer())
		if proof != nil {
			return req, c.agent.account.prove(req, proof)
		}
		return req, nil
	}
	req, _ := build(nil) // without proof there is nothing to fail
	for tries := 0; ; tries++ {
		tx, err := c.agent.transact(ctx, req)
		if err != nil {
			return err
		}
		res, err := c.final(ctx, tx)
		if err != nil {
			return err
		}
		switch {
		case res.IsSuccess():
			c.settle(tx, req, res)
			return nil
		case !c.agent.account.challenged(res, tries > 0) || tries == 2:
			return refusal(sip.INVITE, res)
		}
		if req, err = build(res); err != nil {
			return err
		}
	}
}

// settle takes the answer to our re-INVITE.
func (c *Call) settle(tx sip.ClientTransaction, req *sip.Request, res *sip.Response) {
	far, err := parseSDP(res.Body())
	if err != nil {
		c.agent.log.Warn("answer to re-invite not understood", "call", c, "err", err)
	}
	c.update(func() {
		c.dialog.refresh(res)
		if far != nil {
			held := c.farHeld
			c.hear(far)
			if c.held {
				c.farHeld = held // its "does not send" answers our hold, it is none of its own
			}
		}
	})
	c.acknowledge(tx, func() *sip.Request {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.dialog.build(sip.ACK, req.CSeq().SeqNo)
	})
}

// final waits for the final response of an INVITE inside the call. Unlike
// exchange it leaves the transaction alive, to acknowledge repetitions.
func (c *Call) final(ctx context.Context, tx sip.ClientTransaction) (*sip.Response, error) {
	for {
		select {
		case res := <-tx.Responses():
			if !res.IsProvisional() {
				return res, nil
			}
		case <-tx.Done():
			return nil, tx.Err()
		case <-c.media.closed:
			tx.Terminate()
			_, err := c.WaitEnded(ctx)
			return nil, err
		case <-ctx.Done():
			tx.Terminate()
			return nil, context.Cause(ctx)
		}
	}
}
