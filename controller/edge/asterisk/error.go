package asterisk

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"bellhop/controller/kit/fault"
)

// ErrDeposed is what Run returns, and every command fails with, after another
// controller has taken our application over.
var ErrDeposed = errors.New("another controller has taken over this switch")

// StatusError is an answer of ARI other than success.
type StatusError struct {
	Command string
	Status  int
	Message string // Asterisk's own words
}

// Error returns command, status and Asterisk's words.
func (e *StatusError) Error() string {
	return fmt.Sprintf("asterisk: %s: %d %s", e.Command, e.Status, e.Message)
}

// statusFault gives a refused command its code.
func statusFault(e *StatusError) error {
	switch e.Status {
	case http.StatusBadRequest:
		return fault.Wrap(e, fault.Invalid, "the switch refuses the command")
	case http.StatusUnauthorized:
		return fault.Wrap(e, fault.Unauthorized, "the switch does not accept our ARI user and password")
	case http.StatusForbidden:
		return fault.Wrap(e, fault.Forbidden, "the switch forbids the command")
	case http.StatusNotFound:
		return fault.Wrap(e, fault.NotFound, "the switch no longer has it")
	case http.StatusConflict, http.StatusPreconditionFailed, http.StatusUnprocessableEntity:
		return fault.Wrap(e, fault.Conflict, "it is in the wrong state")
	case http.StatusServiceUnavailable, http.StatusBadGateway, http.StatusGatewayTimeout:
		return fault.Wrap(e, fault.Unavailable, "the switch is not ready")
	}
	return fault.Wrap(e, fault.Internal, "the switch failed")
}

// transportFault says why no answer came. life ends when we are deposed.
func transportFault(life context.Context, command string, err error) error {
	if life.Err() != nil {
		err = context.Cause(life)
	}
	return fault.Wrap(fmt.Errorf("asterisk: %s: %w", command, err), fault.Unavailable, "the switch does not answer")
}

// answered returns ARI's status and words when err is an answer, else 0.
func answered(err error) (status int, words string) {
	if e, ok := errors.AsType[*StatusError](err); ok {
		return e.Status, e.Message
	}
	return 0, ""
}

// unlessGone makes "already gone" a success.
func unlessGone(err error) error {
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}

// errNoLink says that there is no link to the switch at all.
func errNoLink() error { return fault.New(fault.Unavailable, "there is no link to the switch") }
