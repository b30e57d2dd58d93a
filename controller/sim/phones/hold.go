package phones

import (
	"context"
	"fmt"
)

// Hold puts the far end on hold: we neither listen nor talk, and whoever
// sits between may play music to it.
func (c *Call) Hold(ctx context.Context) error { return c.setHold(ctx, true) }

// Unhold takes the far end off hold.
func (c *Call) Unhold(ctx context.Context) error { return c.setHold(ctx, false) }

// Refresh repeats the session without changing it, as phones do to see
// whether the far end is still there.
func (c *Call) Refresh(ctx context.Context) error {
	c.mu.Lock()
	held := c.held
	c.mu.Unlock()
	return c.setHold(ctx, held)
}

func (c *Call) setHold(ctx context.Context, on bool) error {
	if !c.Answered() {
		return fmt.Errorf("%s: hold: not answered", c)
	}
	var before bool
	c.update(func() { before, c.held = c.held, on })
	if err := c.reinvite(ctx); err != nil {
		c.update(func() { c.held = before })
		return fmt.Errorf("%s: hold=%t: %w", c, on, err)
	}
	return nil
}
