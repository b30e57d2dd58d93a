package hotel

import (
	"fmt"
	"time"

	"bellhop/controller/kit/fault"
)

// Op is one operation on the hotel: a pure decision, from what the directory
// shows now, on what to change. It fails with fault.NotFound, Conflict or
// Invalid and then nothing happens. Service.Do carries it out.
type Op func(d *Directory, now time.Time) (Decision, error)

// Decision is what an operation changes and, for the audit line and the screen,
// what that means. Nothing to change is fine: it was so already.
type Decision struct {
	Changes Changes
	Reason  string
}

func decide(c Changes, reason string, args ...any) (Decision, error) {
	return Decision{Changes: c, Reason: fmt.Sprintf(reason, args...)}, nil
}

func put[T any](ts ...T) Set[T] { return Set[T]{Put: ts} }

func drop[T any](keys ...string) Set[T] { return Set[T]{Drop: keys} }

func missing(noun, key string) error {
	return fault.New(fault.NotFound, "%s %q does not exist", noun, key)
}

func taken(noun, key string) error {
	return fault.New(fault.Conflict, "%s %q exists already", noun, key)
}

// renamed refuses an edit that alters the key: others know the thing by it.
func renamed(noun, key string) error {
	return fault.Field(noun+" "+key, "cannot be renamed; add a new one")
}

// removal checks that the house stands without what c drops.
func removal(d *Directory, c Changes, noun, key string) (Decision, error) {
	if _, err := d.With(c); err != nil {
		return Decision{}, fault.Wrap(err, fault.Conflict, "%s %q is still in use", noun, key)
	}
	return decide(c, "%s %s removed", noun, key)
}
