package live

import (
	"encoding/json"
	"errors"
	"net/http"

	"bellhop/controller/kit/fault"
)

// problem is a refusal as RFC 9457 writes it, with the house's code.
type problem struct {
	Type   string     `json:"type"`
	Title  string     `json:"title"`
	Status int        `json:"status"`
	Code   fault.Code `json:"code"`
	Field  string     `json:"field,omitempty"`
	Detail string     `json:"detail,omitempty"`
}

// writeProblem answers with err and returns the status. Causes stay inside.
func writeProblem(w http.ResponseWriter, err error) int {
	p := problem{Code: fault.CodeOf(err), Detail: "something went wrong on our side; the log has it"}
	p.Status = p.Code.Status()
	p.Type, p.Title = "urn:bellhop:problem:"+string(p.Code), http.StatusText(p.Status)
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Code != fault.Internal {
		p.Field, p.Detail = f.Field, f.Message
	}
	body, _ := json.Marshal(p) // texts and a number: cannot fail
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	if p.Status == http.StatusServiceUnavailable || p.Status == http.StatusTooManyRequests {
		h.Set("Retry-After", "2")
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) // whoever hung up needs no answer
	return p.Status
}
