// Package clock is the house's wall clock: injected, so that tests can step it.
package clock

import "time"

// Clock tells the wall-clock time.
type Clock func() time.Time

// System returns the machine's clock in UTC.
func System() time.Time { return time.Now().UTC() }
