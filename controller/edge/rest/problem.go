package rest

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"bellhop/controller/access"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel/sheet"
	"bellhop/controller/kit/fault"
)

const problemType = "application/problem+json"

// sheetFault is an import refused because of its lines.
type sheetFault struct {
	error
	problems []sheet.Problem
}

func (f sheetFault) Unwrap() error { return f.error }

// problemOf returns what the client may know of err.
func problemOf(err error) gen.Problem {
	code := codeOf(err)
	status := code.Status()
	p := gen.Problem{
		Type: "urn:bellhop:problem:" + string(code), Title: http.StatusText(status), Status: status,
		Code: gen.ProblemCode(code),
	}
	if code == fault.Internal {
		p.Detail = "something went wrong on our side; the log has it under the request id"
		return p
	}
	p.Field, p.Detail = shown(err)
	if refused, ok := errors.AsType[sheetFault](err); ok {
		p.Lines = lineErrors(refused.problems)
	}
	return p
}

// codeOf is fault.CodeOf, except that a deadline is not a bug.
func codeOf(err error) fault.Code {
	code := fault.CodeOf(err)
	late := errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
	if code == fault.Internal && late {
		return fault.Unavailable
	}
	if !knownCode(code) {
		return fault.Internal
	}
	return code
}

func knownCode(code fault.Code) bool {
	return code == fault.Internal || code.Status() != http.StatusInternalServerError
}

// shown returns field and message of the faults in err's chain that are meant
// for users. What they wrap of other kinds stays in the log.
func shown(err error) (field, detail string) {
	var says []string
	for {
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || f.Code == fault.Internal {
			break
		}
		message := f.Message
		if field == "" {
			field = f.Field
		} else if f.Field != "" {
			message = f.Field + " " + message
		}
		says = append(says, message)
		err = f.Err
	}
	if len(says) == 0 {
		return "", "no answer in time; try again"
	}
	return field, strings.Join(says, ": ")
}

// retryAfter returns how long the client should wait, in whole seconds.
func retryAfter(err error) time.Duration {
	if slow, ok := errors.AsType[*access.Throttled](err); ok {
		return max(time.Second, slow.After.Truncate(time.Second))
	}
	return 2 * time.Second
}

// fail answers with err as a problem and logs what is our fault.
func fail(c *gin.Context, log *slog.Logger, err error) {
	_ = c.Error(err) // for the audit trail
	p := problemOf(err)
	p.RequestId = requestID(c.Request.Context())
	if p.Status >= http.StatusInternalServerError {
		log.Error("request failed", "request", p.RequestId, "route", c.FullPath(), "error", err)
	}
	switch p.Status {
	case http.StatusUnauthorized:
		c.Header("WWW-Authenticate", `Bearer realm="bellhop"`)
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		c.Header("Retry-After", strconv.Itoa(int(retryAfter(err)/time.Second)))
	}
	body, err := json.Marshal(p)
	if err != nil {
		log.Error("problem cannot be written", "request", p.RequestId, "error", err)
		body = nil
	}
	c.Abort()
	c.Data(p.Status, problemType, body)
}
