package phones

import (
	"context"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"
)

// Behaviour is what a carrier does with a call. The zero value answers at
// once and is silent.
type Behaviour struct {
	// Ring is how long it rings before anything else happens.
	Ring time.Duration
	// EarlyTone, if not zero, is sent in Hz as early media (183) while it
	// rings, instead of a mere 180.
	EarlyTone int
	// Unanswered rings until the caller gives up.
	Unanswered bool
	// Status, if not zero, refuses the call after Ring.
	Status int
	// Cause is the Q.850 cause that goes with Status; none when zero.
	Cause int
	// Tone is sent in Hz once answered, 0 for silence.
	Tone int
	// Talk is how long after the answer the far end hangs up; zero never.
	Talk time.Duration
}

// AnswerWith answers after ring and sends a tone.
func AnswerWith(ring time.Duration, tone int) Behaviour { return Behaviour{Ring: ring, Tone: tone} }

// EarlyThenAnswer sends one tone as early media for ring, then answers with
// another.
func EarlyThenAnswer(ring time.Duration, early, tone int) Behaviour {
	return Behaviour{Ring: ring, EarlyTone: early, Tone: tone}
}

// Busy is 486 with cause 17.
func Busy() Behaviour { return Behaviour{Status: 486, Cause: 17} }

// NoCircuits is 503 with cause 34.
func NoCircuits() Behaviour { return Behaviour{Status: 503, Cause: 34} }

// WrongNumber is 404 with cause 1.
func WrongNumber() Behaviour { return Behaviour{Status: 404, Cause: 1} }

// NoAnswer rings for ever.
func NoAnswer() Behaviour { return Behaviour{Unanswered: true} }

// behaviourOf finds what to do with a number.
func (k *Carrier) behaviourOf(number string) Behaviour {
	k.mu.Lock()
	defer k.mu.Unlock()
	if b, ok := k.behaviour[number]; ok {
		return b
	}
	best, found := k.config.Answer, -1
	for pattern, b := range k.behaviour {
		prefix, ok := strings.CutSuffix(pattern, "*")
		if ok && strings.HasPrefix(number, prefix) && len(prefix) > found {
			best, found = b, len(prefix)
		}
	}
	return best
}

// run does to c what b says; it returns once nothing more is to be done.
func (b Behaviour) run(ctx context.Context, c *Call) error {
	if b.rings() {
		if err := b.ring(c); err != nil {
			return err
		}
	}
	switch {
	case b.Unanswered:
		return nil
	case b.Ring > 0 && !c.pause(ctx, b.Ring):
		return nil
	case b.Status != 0:
		return c.refuse(b.Status, b.reason()...)
	}
	c.SendTone(b.Tone)
	if err := c.Answer(ctx); err != nil {
		return err
	}
	if b.Talk > 0 && c.pause(ctx, b.Talk) {
		return c.Hangup(ctx)
	}
	return nil
}

func (b Behaviour) rings() bool { return b.Ring > 0 || b.Unanswered || b.EarlyTone != 0 }

func (b Behaviour) ring(c *Call) error {
	if b.EarlyTone == 0 {
		return c.Ring()
	}
	c.SendTone(b.EarlyTone)
	return c.SendEarlyMedia()
}

func (b Behaviour) reason() []sip.Header {
	if b.Cause == 0 {
		return nil
	}
	return []sip.Header{reasonHeader(b.Cause)}
}
