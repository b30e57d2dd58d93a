package acd

import (
	"context"
	"errors"
	"time"

	"bellhop/controller/calls"
)

// callbackKey is what a caller presses to be called back.
const callbackKey = "1"

// keyTime is how long a caller may take to press it.
const keyTime = 5 * time.Second

// overflow does a step for a caller who has waited too long. A step that comes to
// nothing leads back to the queue, where the caller still has the place.
func (j *journey) overflow(o Overflow) step {
	return func(ctx context.Context) (step, error) {
		j.s.Note("overflow of queue " + j.c.Queue + ": " + string(o.Do) + " " + o.To)
		switch o.Do {
		case ToNumber:
			return j.forward(ctx, o.To)
		case ToCallback:
			return j.offerCallback(ctx)
		}
		return j.goodbye(ctx)
	}
}

// forward connects the caller with a number outside of the desk.
func (j *journey) forward(ctx context.Context, number string) (step, error) {
	if j.d.Forward == nil {
		return j.goOn(), nil
	}
	j.d.close(j.c, Flowed)
	err := j.d.Forward(ctx, j.s, number)
	unreached, isUnreached := errors.AsType[*calls.Unreached](err)
	refused, isRefused := errors.AsType[*calls.Reject](err)
	switch {
	case isUnreached:
		j.s.Note("overflow to " + number + ": " + unreached.Error())
	case isRefused:
		j.s.Note("overflow to " + number + ": " + refused.Error())
	default:
		return nil, err
	}
	j.d.reopen(j.c)
	return j.goOn(), nil
}

// offerCallback asks whether the caller wants to be called back.
func (j *journey) offerCallback(ctx context.Context) (step, error) {
	if j.d.Say == nil {
		return j.goOn(), nil
	}
	if err := j.settleIn(ctx); err != nil {
		return nil, err
	}
	j.s.Digits()
	if err := j.say(ctx, Saying{What: SayCallback, Language: announceLanguage(j.c.Language)}); err != nil {
		return nil, err
	}
	key, err := j.s.Gather(ctx, keyTime)
	if err != nil {
		return nil, err
	}
	if key != callbackKey {
		return j.goOn(), nil
	}
	if _, err := j.d.RequestCallback(ctx, j.c.Call, "caller"); err != nil {
		j.s.Note("no call-back: " + err.Error())
		return j.goOn(), nil
	}
	return nil, j.say(ctx, Saying{What: SayPromised, Language: announceLanguage(j.c.Language)})
}

// goodbye ends the call with an apology.
func (j *journey) goodbye(ctx context.Context) (step, error) {
	err := j.settleIn(ctx)
	j.d.close(j.c, Flowed)
	if err != nil {
		return nil, err
	}
	return nil, j.say(ctx, Saying{What: SaySorry, Language: announceLanguage(j.c.Language)})
}

// goOn is where a caller goes whom a step did not help.
func (j *journey) goOn() step {
	if j.c.full {
		return j.turnedAway
	}
	return j.queued
}

// turnedAway does the next step for a caller who found the queue full; after the
// last the call is refused.
func (j *journey) turnedAway(context.Context) (step, error) {
	if o, more := j.d.nextOverflow(j.c); more {
		return j.overflow(o), nil
	}
	j.d.close(j.c, Flowed)
	return nil, &calls.Reject{Cause: calls.CauseBusy, Reason: "queue " + j.c.Queue + " is full"}
}

// nextOverflow returns the next step that leads out of the queue.
func (d *Desk) nextOverflow(c *caller) (o Overflow, more bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	steps := d.queues[c.Queue].Overflow
	for c.steps < len(steps) {
		o = steps[c.steps]
		c.steps++
		if o.Do != ToQueue {
			return o, true
		}
	}
	return o, false
}
