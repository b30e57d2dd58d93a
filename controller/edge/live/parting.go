package live

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/coder/websocket"
)

// StatusLoginEnded closes a socket whose login was revoked or ran out: the page
// should ask for a login and not just connect again. (RFC 6455 §7.4.2 leaves 4000
// to 4999 to applications.)
const StatusLoginEnded websocket.StatusCode = 4401

// The other reasons to close a socket, by the numbers of RFC 6455 §7.4.1.
const (
	statusStopping   = websocket.StatusGoingAway
	statusNoText     = websocket.StatusUnsupportedData
	statusBadMessage = websocket.StatusPolicyViolation
	statusTooBig     = websocket.StatusMessageTooBig
	statusNoSwitch   = websocket.StatusTryAgainLater
)

var (
	errGone    = errors.New("the peer is gone")
	errStalled = errors.New("the peer does not keep up")
	errFlood   = errors.New("the peer sent far more than is allowed")
)

// maxReason is how long a close frame's text may be, in bytes (RFC 6455 §5.5).
const maxReason = 123

// parting is an end that the peer is told.
type parting struct {
	code   websocket.StatusCode
	reason string
}

// Error returns the reason.
func (p parting) Error() string { return p.reason }

// rude is the parting from a peer that sent what it should not.
func rude(format string, args ...any) parting {
	return parting{statusBadMessage, brief(fmt.Sprintf(format, args...))}
}

// brief cuts a text to what a close frame can carry, between two characters.
func brief(s string) string {
	if len(s) <= maxReason {
		return s
	}
	end := maxReason
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}
