package app

import (
	"context"
	"fmt"
	"os"
	"runtime"
)

// Serve runs the controller until ctx ends.
func Serve(ctx context.Context, in Invocation) error {
	c, log, rest, err := in.settings("serve")
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return fmt.Errorf("%w: unknown argument %q", ErrUsage, rest[0])
	}
	leaveRoom()
	a, err := Open(ctx, c, log)
	if err != nil {
		return err
	}
	if c.Demo {
		if _, err := a.LoadDemo(ctx, DemoCarriers{}); err != nil {
			return err
		}
	}
	return a.Run(ctx)
}

// leaveRoom leaves half of the processors to the switch, which needs them more:
// at 50 calls/s on two cores that takes 1.7 ms off the set-up (docs/promises.md).
func leaveRoom() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(max(1, runtime.NumCPU()/2))
	}
}
