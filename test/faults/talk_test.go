package faults_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"bellhop/controller/sim/phones"
	"bellhop/test/house"
)

// talk is a call between two phones, and what they saw of it.
type talk struct {
	from, dialled            string
	out, in                  *phones.Call
	to                       *phones.Phone // who is called, where a test must ask it again
	high, low                int           // Hz: what the caller sends, what the called sends
	started, answered, ended time.Time
}

// patience returns a context for one wait.
func patience(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), house.Patience)
	t.Cleanup(cancel)
	return ctx
}

// try fails the test unless a step worked.
func try(t testing.TB, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// dial lets a phone call a number; nobody has answered yet.
func dial(t testing.TB, from string, p *phones.Phone, number string) *talk {
	t.Helper()
	k := &talk{from: from, dialled: number, started: time.Now()}
	var err error
	k.out, err = p.Call(patience(t), number)
	try(t, from+" calls "+number, err)
	return k
}

// ring waits until the call reaches a phone and rings there.
func (k *talk) ring(t testing.TB, to *phones.Phone) *talk {
	t.Helper()
	var err error
	k.in, err = to.Next(patience(t))
	try(t, k.from+" reaches "+k.dialled, err)
	try(t, "ring", k.in.Ring())
	return k
}

// answer picks up and lets both send their tones.
func (k *talk) answer(t testing.TB, n int) *talk {
	t.Helper()
	try(t, k.dialled+" answers "+k.from, k.in.Answer(patience(t)))
	try(t, k.from+" sees the answer of "+k.dialled, k.out.WaitAnswered(patience(t)))
	k.answered = time.Now()
	k.low, k.high = 400+50*(n%25), 1800+50*(n%25)
	k.out.SendTone(k.high)
	k.in.SendTone(k.low)
	return k
}

// hear fails the test unless both sides hear the other's tone now.
func (k *talk) hear(t testing.TB) {
	t.Helper()
	allHear(t, []*talk{k})
}

// allHear fails the test unless in every call both sides hear the other's tone.
func allHear(t testing.TB, talks []*talk) {
	t.Helper()
	ctx := patience(t)
	var all errgroup.Group
	for _, k := range talks {
		all.Go(func() error {
			if err := k.out.Hears(ctx, k.low); err != nil {
				return fmt.Errorf("%s does not hear %s: %w", k.from, k.dialled, err)
			}
			if err := k.in.Hears(ctx, k.high); err != nil {
				return fmt.Errorf("%s does not hear %s: %w", k.dialled, k.from, err)
			}
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
}

// hangup ends the call from the caller's side, and waits for the other.
func (k *talk) hangup(t testing.TB) {
	t.Helper()
	k.leave(t)
	k.over(t)
}

// leave lets the caller hang up.
func (k *talk) leave(t testing.TB) {
	t.Helper()
	k.ended = time.Now()
	try(t, k.from+" hangs up", k.out.Hangup(patience(t)))
}

// part lets both hang up, as people do when nobody ends the other's side.
func (k *talk) part(t testing.TB) {
	t.Helper()
	k.leave(t)
	try(t, k.dialled+" hangs up", k.in.Hangup(patience(t)))
}

// over waits until both sides have seen the end.
func (k *talk) over(t testing.TB) {
	t.Helper()
	for _, side := range []*phones.Call{k.out, k.in} {
		if _, err := side.WaitEnded(patience(t)); err != nil {
			t.Fatalf("%s → %s does not end: %v", k.from, k.dialled, err)
		}
	}
}

// connect makes two phones talk.
func connect(t testing.TB, h *hotel, from, to string, n int) *talk {
	t.Helper()
	return callPhone(t, h, from, to).answer(t, n)
}

// callPhone lets one phone ring another; both are registered before it is dialled.
func callPhone(t testing.TB, h *hotel, from, to string) *talk {
	t.Helper()
	caller, called := h.phone(t, from), h.phone(t, to)
	return dial(t, from, caller, to).ring(t, called)
}

// flow is what both sides of a call have received so far.
func (k *talk) flow() (out, in uint64) { return k.out.Traffic().In, k.in.Traffic().In }

// watch measures for d how much audio each call gets; it returns the worst
// direction of any, in packets a second (50 is all).
func watch(talks []*talk, d time.Duration) float64 {
	type both struct{ out, in uint64 }
	before := make([]both, len(talks))
	for i, k := range talks {
		before[i].out, before[i].in = k.flow()
	}
	begun := time.Now()
	<-time.After(d)
	worst := 1e9
	for i, k := range talks {
		out, in := k.flow()
		seconds := time.Since(begun).Seconds()
		worst = min(worst, float64(out-before[i].out)/seconds, float64(in-before[i].in)/seconds)
	}
	return worst
}
