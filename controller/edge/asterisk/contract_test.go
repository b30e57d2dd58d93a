package asterisk

import (
	"context"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
	"bellhop/controller/sim/phones"
)

// bench lets the contract suite drive a real Asterisk.
type bench struct {
	*house
	sw *Switch
}

func TestAsteriskKeepsTheContract(t *testing.T) {
	t.Parallel()
	h := newHouse(t, "contract")
	switchtest.Contract(t, func(t *testing.T) switchtest.Bench {
		for name := range h.phones {
			h.phones[name].behave(nil)
		}
		return bench{h, h.newSwitch(t)}
	})
}

func (b bench) Switch() calls.Switch         { return b.sw }
func (b bench) Endpoint(phone string) string { return "phone-" + phone }

func (b bench) Script(t *testing.T, phone string, how switchtest.Behaviour) {
	t.Helper()
	p := b.phones[phone]
	if how.Absent {
		must(t, p.Unregister(b.ctx))
	} else if !p.Registered() {
		must(t, p.Register(b.ctx))
	}
	p.behave(func(ctx context.Context, c *phones.Call) { play(ctx, c, how) })
}

// play is how a scripted phone takes a call; what fails because the caller has
// gone is no fault.
func play(ctx context.Context, c *phones.Call, how switchtest.Behaviour) {
	switch {
	case how.Cause == calls.CauseBusy:
		_ = c.Reject(486)
		return
	case how.Cause == calls.CauseRejected:
		_ = c.Reject(403)
		return
	case how.Forward != "":
		_ = c.Redirect(how.Forward)
		return
	case how.Early:
		_ = c.SendEarlyMedia()
	case how.Silent, how.Rings > 0:
		_ = c.Ring()
	}
	if how.Silent {
		return
	}
	select {
	case <-time.After(how.Rings):
		_ = c.Answer(ctx)
	case <-c.Done():
	}
}

func (b bench) Call(t *testing.T, phone, number string) { b.phones[phone].dial(t, b.ctx, number) }

func (b bench) HangUp(t *testing.T, phone string) {
	t.Helper()
	must(t, b.phones[phone].call().Hangup(b.ctx))
}

func (b bench) Press(t *testing.T, phone, key string) {
	t.Helper()
	c := b.phones[phone].call()
	must(t, c.WaitAnswered(b.ctx)) // the switch is answered before the phone has heard so
	must(t, c.SendDTMF(b.ctx, key))
}

func (b bench) Refer(t *testing.T, phone, number string) {
	t.Helper()
	_, err := b.phones[phone].call().Transfer(b.ctx, number)
	must(t, err)
}

func (b bench) Hear(t *testing.T, one, two string) {
	t.Helper()
	hear(t, b.ctx, b.phones[one].call(), b.phones[two].call())
}

// hear fails the test unless both calls hear each other.
func hear(t *testing.T, ctx context.Context, one, two *phones.Call) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	one.SendTone(500)
	two.SendTone(900)
	defer one.SendTone(0)
	defer two.SendTone(0)
	must(t, two.Hears(ctx, 500))
	must(t, one.Hears(ctx, 900))
}

func (b bench) Deaf(t *testing.T, one, two string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	first, second := b.phones[one].call(), b.phones[two].call()
	first.SendTone(500)
	second.SendTone(900)
	defer first.SendTone(0)
	defer second.SendTone(0)
	must(t, second.StopsHearing(ctx, 500, 300*time.Millisecond))
	must(t, first.StopsHearing(ctx, 900, 300*time.Millisecond))
}

func (b bench) Listens(t *testing.T, ear, mouth string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	e, m := b.phones[ear].call(), b.phones[mouth].call()
	e.SendTone(700)
	m.SendTone(1100)
	defer e.SendTone(0)
	defer m.SendTone(0)
	must(t, e.Hears(ctx, 1100))
	must(t, m.HearsNot(ctx, 700, 500*time.Millisecond))
}

func (b bench) Restart(t *testing.T) {
	t.Helper()
	must(t, b.Kill())
	must(t, b.Instance.Restart(b.ctx))
}
