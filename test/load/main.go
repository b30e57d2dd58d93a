// Command load measures Bellhop against the yardstick: the same phones, the same
// calls, the same Asterisk, once connected by the controller and once by a plain
// Dial() in the dialplan, in turns on the same machine and in the same minutes.
//
//	go run ./test/load          the whole table, about five minutes
//	go run ./test/load -short   20 calls/s only
//
// It needs root (Asterisk runs in a chroot), the unpacked Asterisk and sipp.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// run reads the flags, measures and prints. That a target is missed is a result,
// not an error.
func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	short := flags.Bool("short", false, "a look at 20 calls/s, under a minute")
	rates := flags.String("rates", "", "only these rates, as 20,50,100; no search for the onset of failures")
	binary := flags.String("controller", "", "a controller that is built already, e.g. one with a profiler")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	plan := fullPlan()
	if *short {
		plan = shortPlan()
	}
	plan.binary = *binary
	if *rates != "" {
		if err := plan.only(*rates); err != nil {
			return err
		}
	}
	began := time.Now()
	b, err := setUp(ctx, plan, os.Stderr)
	if err != nil {
		return err
	}
	result, err := b.measure(ctx, plan)
	if err := errors.Join(err, b.takeDown()); err != nil {
		return err
	}
	result.took = time.Since(began)
	return result.print(os.Stdout)
}
