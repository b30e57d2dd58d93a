package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"bellhop/controller/kit/fault"
)

// readBody reads the whole body, within its limit, so that it can be validated
// and fingerprinted; and refuses bytes that no database takes.
func (s *server) readBody(c *gin.Context) {
	o, _ := s.contract.of(c)
	if !cleanText(c.Request.URL.Path) || !cleanText(queryText(c.Request)) {
		s.fail(c, fault.New(fault.Invalid, "the address must be UTF-8 without control characters"))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, o.maxBody()))
	if err != nil {
		s.fail(c, bodyFault(err, o))
		return
	}
	if len(body) > 0 && !o.csv && (!utf8.Valid(body) || !json.Valid(body)) {
		s.fail(c, fault.Field("body", "is not valid JSON"))
		return
	}
	c.Set(bodyKey, body)
	c.Request.Body = io.NopCloser(bytes.NewReader(body))
}

// bodyKey is where the body is kept for the fingerprint.
const bodyKey = "body"

func bodyFault(err error, o operation) error {
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return fault.Field("body", "is larger than %d bytes", o.maxBody())
	}
	return fault.Field("body", "did not arrive in full")
}

// queryText returns the query decoded; what cannot be decoded counts as unclean.
func queryText(r *http.Request) string {
	values, err := urlQuery(r)
	if err != nil {
		return "\x00"
	}
	return values
}

func cleanText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
}
