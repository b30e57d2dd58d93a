// Command bellhop is the communication and dispatch system of a hotel: it drives
// an Asterisk over ARI and decides everything about its calls.
//
// The way of a call begins here: serve → app.Run → calls.Exchange → app's guide
// → routing.Decide → calls.Session.Connect.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the hotel's time zone must be known on a machine without zone files

	"bellhop/controller/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// commands are what bellhop can do.
func commands() []command {
	return []command{
		{"serve", "drive the switch (settings: -config FILE, BELLHOP_… in the environment)", app.Serve},
		{"demo", "a whole hotel on this machine: Asterisk, controller, phones that call", app.Demo},
		{"setup", "unpack the Asterisk that demo and tests run", app.Setup},
		{"migrate", "bring the database up to date and say what is in it", app.Migrate},
		{"simulate", "phones from a file of credentials that register and call: simulate phones FILE", app.Simulate},
		{"audit", "audit verify: find a changed or missing row of the audit trail [ROW:HASH noted before]", app.Audit},
		{"doctor", "check settings, database and switch, and say what to mend", app.Doctor},
	}
}

type command struct {
	name, does string
	run        func(ctx context.Context, in app.Invocation) error
}

// run executes one command and returns the exit code: 0, 1 it failed, 2 it was
// called wrongly.
func run(ctx context.Context, args, env []string, out, errs io.Writer) int {
	if len(args) > 0 {
		for _, c := range commands() {
			if c.name != args[0] {
				continue
			}
			err := c.run(ctx, app.Invocation{Args: args[1:], Env: env, Out: out, Err: errs})
			switch {
			case err == nil:
				return 0
			case errors.Is(err, app.ErrUsage):
				fmt.Fprintln(errs, "bellhop", c.name+":", err)
				return 2
			}
			fmt.Fprintln(errs, "bellhop", c.name+":", err)
			return 1
		}
	}
	fmt.Fprintln(errs, "usage: bellhop COMMAND")
	for _, c := range commands() {
		fmt.Fprintf(errs, "  %-9s %s\n", c.name, c.does)
	}
	return 2
}
