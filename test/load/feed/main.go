// Command feed measures the live feed as the browsers of a hotel load it: clients
// that follow all extensions over loopback while these change, and clients beside
// them that never read. Server and clients share one process, so the figures hold
// the work of both.
//
//	go run ./test/load/feed                 50 clients, 800 extensions, 100 changes/s, 30 s
//	go run ./test/load/feed -length 5s      a quick look
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

// plan is what to measure.
type plan struct {
	clients, stalled int
	objects          int
	rate             int // changes a second
	length           time.Duration
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "feed:", err)
		os.Exit(1)
	}
}

// run reads the flags, measures and prints. That a target is missed is a result,
// not an error.
func run(ctx context.Context, args []string) error {
	var p plan
	flags := flag.NewFlagSet("feed", flag.ContinueOnError)
	flags.IntVar(&p.clients, "clients", 50, "clients that read")
	flags.IntVar(&p.stalled, "stalled", 20, "clients that never read")
	flags.IntVar(&p.objects, "objects", 800, "extensions")
	flags.IntVar(&p.rate, "rate", 100, "changes a second")
	flags.DurationVar(&p.length, "length", 30*time.Second, "how long to change")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	if p.clients < 1 || p.stalled < 0 || p.objects < 1 || p.rate < 1 || p.length < time.Second {
		return errors.New("clients, objects and rate must be at least 1, stalled 0, length 1s")
	}
	r, err := measure(ctx, p)
	if err != nil {
		return err
	}
	return r.print(os.Stdout)
}
