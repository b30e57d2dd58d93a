package phones

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/emiago/sipgo/sip"
)

// StatusError is a SIP request that the far end refused.
type StatusError struct {
	Method string
	Status int
	Phrase string
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("%s refused: %d %s", e.Method, e.Status, e.Phrase)
}

// refusal turns a response into an error, or nil for 2xx.
func refusal(method sip.RequestMethod, res *sip.Response) error {
	if res.IsSuccess() {
		return nil
	}
	return &StatusError{Method: method.String(), Status: res.StatusCode, Phrase: res.Reason}
}

// Ending says how a call ended. It is the error of everything that waits for
// something the call no longer can do.
type Ending struct {
	// Far is true when the far end (or a timeout) ended the call, false when
	// we did.
	Far bool
	// Status is the final SIP status of the INVITE: 200 when the call was
	// answered and then hung up, 487 when it was cancelled, 408 when nothing
	// answered at all.
	Status int
	Phrase string
	// Cause is the Q.850 cause of the Reason header (RFC 3326), 0 without one.
	Cause int
	// Reasons holds the Reason headers as received.
	Reasons []string
	// MovedTo is the Contact of a 3xx answer.
	MovedTo string
}

func (e Ending) Error() string {
	who := "this end"
	if e.Far {
		who = "the far end"
	}
	return fmt.Sprintf("call ended by %s: %d %s (cause %d)", who, e.Status, e.Phrase, e.Cause)
}

// explain adds what a message says about why.
func (e Ending) explain(msg sip.Message) Ending {
	e.Reasons = headerValues(msg, "Reason")
	for _, reason := range e.Reasons {
		if cause := q850(reason); cause != 0 {
			e.Cause = cause
		}
	}
	return e
}

// q850 reads the cause of a Reason header value, 0 if it is of another kind.
func q850(reason string) int {
	for one := range strings.SplitSeq(reason, ",") {
		protocol, params, _ := strings.Cut(one, ";")
		if !strings.EqualFold(strings.TrimSpace(protocol), "Q.850") {
			continue
		}
		for param := range strings.SplitSeq(params, ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
			if cause, err := strconv.Atoi(value); err == nil && strings.EqualFold(name, "cause") && cause > 0 && cause < 128 {
				return cause
			}
		}
	}
	return 0
}

// phrase is the reason phrase of a SIP status (RFC 3261 §21).
func phrase(status int) string {
	if text, ok := map[int]string{
		180: "Ringing", 183: "Session Progress", 200: "OK", 302: "Moved Temporarily",
		400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
		405: "Method Not Allowed", 408: "Request Timeout", 480: "Temporarily Unavailable",
		481: "Call Does Not Exist", 484: "Address Incomplete", 486: "Busy Here",
		487: "Request Terminated", 488: "Not Acceptable Here", 500: "Server Internal Error",
		503: "Service Unavailable", 600: "Busy Everywhere", 603: "Decline",
	}[status]; ok {
		return text
	}
	return "Status " + strconv.Itoa(status)
}

// reasonHeader is the Reason header for a Q.850 cause.
func reasonHeader(cause int) sip.Header {
	return sip.NewHeader("Reason", fmt.Sprintf("Q.850;cause=%d", cause))
}
