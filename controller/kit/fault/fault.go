// Package fault gives every error of the house a code, so that it can be told
// apart where it is handled and mapped once to HTTP.
package fault

import (
	"errors"
	"fmt"
)

// Code says what kind of failure an error is.
type Code string

// The closed set of codes.
const (
	Invalid      Code = "invalid"      // the caller's input breaks a rule
	Unauthorized Code = "unauthorized" // nobody, or not who they claim to be
	Forbidden    Code = "forbidden"    // known, but without the right
	NotFound     Code = "not_found"    // the named thing does not exist (any more)
	Conflict     Code = "conflict"     // the thing exists or changed meanwhile
	TooMany      Code = "too_many"     // a limit was reached; later it may pass
	Unavailable  Code = "unavailable"  // a peer (switch, database) does not answer
	Internal     Code = "internal"     // a bug or an unforeseen state
)

// Error is a failure with its code, the field it concerns (if any) and a
// message that may be shown to the user. Err is the cause, for the log only.
type Error struct {
	Code    Code
	Field   string
	Message string
	Err     error
}

// Error returns field, message and cause in one line.
func (e *Error) Error() string {
	s := e.Message
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// New returns an error with a code and a message for the user.
func New(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Field returns an Invalid error that names the field and the rule it breaks.
func Field(field, format string, args ...any) *Error {
	return &Error{Code: Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// Wrap gives err a code and a message; nil stays nil.
func Wrap(err error, code Code, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Err: err}
}

// Status is the HTTP status that tells of the code (RFC 9110 §15): the one place
// where a fault becomes one.
func (c Code) Status() int {
	switch c {
	case Invalid:
		return 400
	case Unauthorized:
		return 401
	case Forbidden:
		return 403
	case NotFound:
		return 404
	case Conflict:
		return 409
	case TooMany:
		return 429
	case Unavailable:
		return 503
	}
	return 500
}

// CodeOf returns the code of the outermost Error in err's chain, Internal for
// an error without one, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

// Is reports whether err carries code.
func Is(err error, code Code) bool { return err != nil && CodeOf(err) == code }
