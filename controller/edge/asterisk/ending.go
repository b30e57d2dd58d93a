package asterisk

import (
	"time"

	"github.com/CyCoreSystems/ari/v6"

	"bellhop/controller/calls"
)

// sipCancelled is the end of a call whose caller gave up; Asterisk calls it
// interworking.
const sipCancelled = 487

// hangupAsked remembers why the far side hangs up: a leg that came in gets no
// ChannelDestroyed, so this is all we hear of the cause. A request from inside
// the switch is our own DELETE and carries no cause worth reading.
func (t *tracker) hangupAsked(e *channelHangupRequest, when time.Time) {
	if auxiliary(&e.Channel) || e.Soft {
		return
	}
	l := t.see(&e.Channel, when)
	if l.ourCause == 0 {
		l.farCause = calls.CauseNormal
		if e.Cause != 0 {
			l.farCause = calls.Cause(e.Cause)
		}
	}
	if e.TechCause != 0 {
		l.sip = e.TechCause
	}
}

// left ends a leg that came in. A leg that we placed ends with ChannelDestroyed,
// which knows the cause.
func (t *tracker) left(e *ari.StasisEnd) *calls.Event {
	c := &e.Channel
	l := t.legs[calls.LegID(c.ID)]
	if auxiliary(c) || placed(c) || l != nil && l.placed || t.hasEnded(calls.LegID(c.ID)) {
		return nil
	}
	return t.end(c, 0, 0)
}

// destroyed ends a leg that we placed.
func (t *tracker) destroyed(e *channelDestroyed) *calls.Event {
	c := &e.Channel
	l := t.legs[calls.LegID(c.ID)]
	if auxiliary(c) || !placed(c) && (l == nil || !l.placed) || t.hasEnded(calls.LegID(c.ID)) {
		return nil
	}
	return t.end(c, e.Cause, e.TechCause)
}

// end forgets the leg and says why it ended: our own cause, else the far
// side's, else the switch's.
func (t *tracker) end(c *ari.ChannelData, cause, sip int) *calls.Event {
	ev := &calls.Event{Kind: calls.Ended, Leg: calls.LegID(c.ID), Cause: calls.Cause(cause), SIPCode: sip}
	if l := t.legs[ev.Leg]; l != nil {
		switch {
		case l.ourCause != 0:
			ev.Cause = l.ourCause
		case cause == 0:
			ev.Cause = l.farCause
		}
		if ev.SIPCode == 0 {
			ev.SIPCode = l.sip
		}
	}
	t.drop(ev.Leg)
	if ev.Cause == calls.CauseNone || ev.SIPCode == sipCancelled && ev.Cause == calls.CauseInterworking {
		ev.Cause = calls.CauseNormal
	}
	return ev
}
