package asterisk

import (
	"errors"
	"syscall"
	"time"
)

// goneAfter is how long a switch must refuse connections before its calls count
// as over: a mere reload of its web server takes less.
const goneAfter = time.Second

// wake watches over a link that was lost, to tell a dead switch from a dead line:
// a machine that refuses connections runs no switch any more.
type wake struct {
	lost    time.Time // when the link went; zero: there was none, or it is told
	refused time.Time // since when connections are refused; zero: they are not
}

// dead takes how an attempt to connect ended; up says that the link stood before
// it was lost. It reports, once, that the switch is dead.
func (w *wake) dead(up bool, err error, now time.Time) bool {
	if up {
		*w = wake{lost: now}
		return false
	}
	if !errors.Is(err, syscall.ECONNREFUSED) {
		w.refused = time.Time{}
		return false
	}
	if w.refused.IsZero() {
		w.refused = now
	}
	if w.lost.IsZero() || now.Sub(w.refused) < goneAfter {
		return false
	}
	return true
}
