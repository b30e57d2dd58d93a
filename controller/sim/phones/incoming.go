package phones

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/emiago/sipgo/sip"
)

// offer is a received INVITE that waits for its final response.
type offer struct {
	tx   sip.ServerTransaction
	sdp  *session      // nil when the far end left the offer to us
	done chan struct{} // closed with the final response
	ack  chan struct{} // closed when a 2xx is acknowledged; nil for others
	ok   *sip.Response // the 2xx
}

func (a *agent) onInvite(req *sip.Request, tx sip.ServerTransaction) {
	if req.From() == nil || req.To() == nil || req.CallID() == nil || req.CSeq() == nil {
		a.respond(req, tx, 400)
		return
	}
	if req.To().Params.Has("tag") {
		a.inside((*Call).onReinvite)(req, tx)
		return
	}
	if a.admit != nil && !a.admit(req, tx) {
		return
	}
	c, err := a.receive(req, tx)
	if err != nil {
		a.log.Warn("call refused", "from", req.From().Address.User, "err", err)
		a.respond(req, tx, 488)
		return
	}
	// No lock may be held here: sipgo calls this with its own.
	if !tx.OnCancel(c.cancelled) {
		c.cancelled(nil)
		return
	}
	if !a.add(c) {
		return
	}
	a.offered(c)
	c.serve()
}

// receive makes a call of an INVITE.
func (a *agent) receive(req *sip.Request, tx sip.ServerTransaction) (*Call, error) {
	var sdp *session
	if len(req.Body()) > 0 {
		var err error
		if sdp, err = parseSDP(req.Body()); err != nil {
			return nil, err
		}
	}
	c, err := newCall(a, dialogID{req.CallID().Value(), sip.GenerateTagN(16)})
	if err != nil {
		return nil, err
	}
	from, to := req.From(), req.To()
	c.incoming, c.message = true, req
	c.number = unescapeUser(req.Recipient.User)
	c.caller = address{from.DisplayName, *from.Address.Clone()}
	c.dialog.local = address{to.DisplayName, *to.Address.Clone()}
	c.dialog.remote = c.caller
	c.dialog.remoteTag, _ = from.Params.Get("tag")
	c.dialog.routes = headerValues(req, "Record-Route")
	c.dialog.target = *from.Address.Clone()
	c.dialog.refresh(req)
	c.far = sdp
	c.offer = &offer{tx: tx, sdp: sdp, done: make(chan struct{})}
	return c, nil
}

// cancelled takes the far end's CANCEL; sipgo answers it and the INVITE. req
// is nil when it came before we could listen for it.
func (c *Call) cancelled(req *sip.Request) {
	ending := Ending{Far: true, Status: 487, Phrase: phrase(487)}
	if req != nil {
		ending = ending.explain(req)
	}
	c.end(ending)
}

// serve keeps the INVITE's transaction open until it is answered, and repeats
// a 2xx until it is acknowledged.
func (c *Call) serve() {
	c.mu.Lock()
	o := c.offer
	c.mu.Unlock()
	select {
	case <-o.done:
	case <-c.media.closed:
		return
	case <-o.tx.Done():
		c.unanswered(o.tx.Err())
		return
	}
	if o.ok != nil && !c.repeat(o.tx, o.ok, o.ack) {
		c.agent.log.Warn("answer never acknowledged", "call", c)
		c.agent.start(func() {
			if err := c.bye(c.agent.life); err != nil {
				c.agent.log.Info("bye failed", "call", c, "err", err)
			}
		})
	}
}

// repeat sends a 2xx again and again until its ACK arrives (RFC 3261
// §13.3.1.4). It returns false when none came in 64*T1.
func (c *Call) repeat(tx sip.ServerTransaction, res *sip.Response, ack <-chan struct{}) bool {
	pause := sip.T1
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for waited := time.Duration(0); waited < 64*sip.T1; {
		select {
		case <-ack:
			return true
		case <-c.media.closed:
			return true // a BYE says that the answer was received
		case <-timer.C:
			waited += pause
			pause = min(2*pause, sip.T2)
			timer.Reset(pause)
			if err := tx.Respond(res); err != nil {
				return true // the transaction is gone, and with it the need
			}
		}
	}
	return false
}

// reply builds a response to the call's INVITE.
func (c *Call) reply(req *sip.Request, status int) *sip.Response {
	res := sip.NewResponseFromRequest(req, status, phrase(status), nil)
	if to := res.To(); to != nil {
		to.Params.Add("tag", c.dialog.id.localTag)
	}
	if status < 300 {
		res.AppendHeader(&sip.ContactHeader{Address: c.agent.contact()})
	}
	return res
}

// open returns the offer if it still waits for an answer.
func (c *Call) open() (*offer, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case !c.incoming:
		return nil, fmt.Errorf("%s: not ours to answer", c)
	case c.ending != nil:
		return nil, fmt.Errorf("%s: %w", c, *c.ending)
	case c.answered:
		return nil, fmt.Errorf("%s: answered already", c)
	}
	return c.offer, nil
}

// Ring tells the caller that it rings (180).
func (c *Call) Ring() error {
	o, err := c.open()
	if err != nil {
		return err
	}
	c.update(func() { c.ringing = true })
	return o.tx.Respond(c.reply(c.message, 180))
}

// SendEarlyMedia lets audio flow before the answer (183 with SDP).
func (c *Call) SendEarlyMedia() error {
	o, err := c.open()
	if err != nil {
		return err
	}
	res := c.reply(c.message, 183)
	c.update(func() {
		c.early = true
		c.accept(res, o.sdp)
	})
	return o.tx.Respond(res)
}

// accept puts our SDP into a response and starts the audio. It is called with
// the lock held.
func (c *Call) accept(res *sip.Response, far *session) {
	if far == nil { // the ACK will bring the far end's side
		addSDP(res, c.describe().offer())
		return
	}
	c.hear(far)
	d := c.describe()
	d.flow.sends = d.flow.sends && far.flow.receives
	d.flow.receives = d.flow.receives && far.flow.sends
	addSDP(res, d.answer(far))
}

// Answer picks up. It returns when the caller has acknowledged.
func (c *Call) Answer(ctx context.Context) error {
	o, err := c.open()
	if err != nil {
		return err
	}
	res := c.reply(c.message, 200)
	ack := make(chan struct{})
	raced := false
	c.update(func() {
		if raced = c.answered; raced {
			return
		}
		c.answered = true
		c.acks[c.message.CSeq().SeqNo] = ack
		c.accept(res, o.sdp)
	})
	if raced {
		return fmt.Errorf("%s: answered already", c)
	}
	if err := o.tx.Respond(res); err != nil {
		return fmt.Errorf("%s: answer: %w", c, err)
	}
	o.ok, o.ack = res, ack
	close(o.done)
	select {
	case <-ack:
		return nil
	case <-c.media.closed:
		_, err := c.open()
		return err
	case <-ctx.Done():
		return fmt.Errorf("%s: answer not acknowledged: %w", c, context.Cause(ctx))
	}
}

// Reject refuses the call with a SIP status of 300 to 699.
func (c *Call) Reject(status int) error { return c.refuse(status) }

// Redirect refuses the call and names another number to try (302).
func (c *Call) Redirect(number string) error {
	uri := *c.dialog.local.uri.Clone()
	uri.User = escapeUser(number)
	return c.refuse(302, &sip.ContactHeader{Address: uri})
}

func (c *Call) refuse(status int, headers ...sip.Header) error {
	if status < 300 || status > 699 {
		return fmt.Errorf("reject: status %d is not within 300 to 699", status)
	}
	o, err := c.open()
	if err != nil {
		return err
	}
	res := c.reply(c.message, status)
	for _, h := range headers {
		res.AppendHeader(h)
	}
	err = o.tx.Respond(res)
	c.end(Ending{Status: status, Phrase: phrase(status)}.explain(res))
	if errors.Is(err, sip.ErrTransactionCanceled) {
		return nil // the caller was faster
	}
	return err
}
