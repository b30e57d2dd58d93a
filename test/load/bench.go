package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"bellhop/controller/hotel"
	"bellhop/controller/sim/pbx"
)

// bench is the two switches that are compared and the phones at them.
type bench struct {
	dir            string
	phones         []hotel.Credential // the same at both
	bellhop, plain *side
	out            io.Writer
	cleanup        []func() error
}

// side is one of the two: a switch, who drives it, and where its phones are.
type side struct {
	name       string
	pbx        *pbx.Instance
	controller *controller // nil: the dialplan alone
	caller     int         // UDP port of the calling phones
	callee     int         // UDP port of the called phones
}

// setUp starts both switches and the controller, and registers the phones.
func setUp(ctx context.Context, p plan, out io.Writer) (*bench, error) {
	dir, err := os.MkdirTemp("", "bellhop-load-")
	if err != nil {
		return nil, err
	}
	b := &bench{dir: dir, out: out}
	b.onTakeDown(func() error { return os.RemoveAll(dir) })
	if err := b.build(ctx, p); err != nil {
		return nil, errors.Join(err, b.takeDown())
	}
	return b, nil
}

func (b *bench) onTakeDown(f func() error) { b.cleanup = append(b.cleanup, f) }

// takeDown stops what was started, last first.
func (b *bench) takeDown() (err error) {
	for i := len(b.cleanup) - 1; i >= 0; i-- {
		err = errors.Join(err, b.cleanup[i]())
	}
	return err
}

func (b *bench) build(ctx context.Context, p plan) error {
	if err := writeScenarios(b.dir); err != nil {
		return err
	}
	var err error
	if b.bellhop, err = b.startBellhop(ctx, p); err != nil {
		return err
	}
	if b.plain, err = b.startPlain(ctx); err != nil {
		return err
	}
	for _, s := range b.sides() {
		begin := time.Now()
		if err := b.register(ctx, s, p.phones); err != nil {
			return err
		}
		b.say("%s: %d phones registered in %s", s.name, p.phones, time.Since(begin).Round(time.Millisecond))
	}
	return nil
}

// sides are measured in this order, again and again.
func (b *bench) sides() []*side { return []*side{b.plain, b.bellhop} }

func (b *bench) say(format string, args ...any) { fmt.Fprintf(b.out, format+"\n", args...) }
