package phones

import (
	"context"
	"fmt"
)

// update changes the call and wakes everybody who waits for a change.
func (c *Call) update(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
	close(c.changed)
	c.changed = make(chan struct{})
}

// wait returns when ok, asked with the lock held, is true. The end of the call
// ends the wait with its [Ending]; with afterwards set, only once the call no
// longer answers.
func (c *Call) wait(ctx context.Context, what string, afterwards bool, ok func() bool) error {
	for {
		c.mu.Lock()
		done, changed, ending := ok(), c.changed, c.ending
		over := ending != nil && (!afterwards || c.gone)
		c.mu.Unlock()
		switch {
		case done:
			return nil
		case over:
			return fmt.Errorf("%s: waiting for %s: %w", c, what, *ending)
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("%s: waiting for %s: %w", c, what, context.Cause(ctx))
		}
	}
}

// WaitRinging returns when the far end rings (180), sends early media or has
// answered.
func (c *Call) WaitRinging(ctx context.Context) error {
	return c.wait(ctx, "ringing", false, func() bool { return c.ringing || c.early || c.answered })
}

// WaitEarlyMedia returns when audio may flow before the answer (a provisional
// response with SDP), or when the call is answered.
func (c *Call) WaitEarlyMedia(ctx context.Context) error {
	return c.wait(ctx, "early media", false, func() bool { return c.early || c.answered })
}

// WaitAnswered returns when the call is answered.
func (c *Call) WaitAnswered(ctx context.Context) error {
	return c.wait(ctx, "answer", false, func() bool { return c.answered })
}

// WaitHeld returns when the far end has (on) or no longer has (off) put us on
// hold.
func (c *Call) WaitHeld(ctx context.Context, on bool) error {
	return c.wait(ctx, fmt.Sprintf("hold by the far end = %t", on), false, func() bool { return c.farHeld == on })
}

// WaitEnded returns how the call ended once it has.
func (c *Call) WaitEnded(ctx context.Context) (Ending, error) {
	if err := c.wait(ctx, "the end", true, func() bool { return c.ending != nil }); err != nil {
		return Ending{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return *c.ending, nil
}

// Over is true when the call has ended.
func (c *Call) Over() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ending != nil
}

// Done is closed when the call ends.
func (c *Call) Done() <-chan struct{} { return c.media.closed }

// Answered is true once the call was answered, even if it has ended since.
func (c *Call) Answered() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.answered
}

// EarlyMedia is true once audio could flow before the answer.
func (c *Call) EarlyMedia() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.early
}

// Refreshes counts the re-INVITEs and UPDATEs that the far end has sent.
func (c *Call) Refreshes() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.moves
}
