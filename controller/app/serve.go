package app

import (
	"context"
	"fmt"
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
