package rest

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/gin-gonic/gin"

	"bellhop/controller/kit/fault"
)

// validate holds the request against the contract.
func (s *server) validate(c *gin.Context) {
	o, _ := s.contract.of(c)
	if err := unknownQuery(o, c.Request); err != nil {
		s.fail(c, err)
		return
	}
	params := make(map[string]string, len(c.Params))
	for _, p := range c.Params {
		params[p.Key] = p.Value
	}
	err := openapi3filter.ValidateRequest(c.Request.Context(), &openapi3filter.RequestValidationInput{
		Request: c.Request, PathParams: params, Route: o.route,
		Options: &openapi3filter.Options{
			AuthenticationFunc:                openapi3filter.NoopAuthenticationFunc, // authorize did it
			ExcludeRequestBody:                o.csv,
			KeepValidatedValue:                true,
			RejectWhenRequestBodyNotSpecified: true,
		},
	})
	if err == nil && o.csv && !strings.HasPrefix(c.ContentType(), "text/csv") {
		err = fault.Field("Content-Type", "must be text/csv")
	}
	if err != nil {
		s.fail(c, contractFault(err))
	}
}

// unknownQuery refuses parameters that the operation does not know: a slip in a
// filter must not list everything.
func unknownQuery(o operation, r *http.Request) error {
	for name, values := range r.URL.Query() {
		p := o.route.Operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name)
		switch {
		case p == nil:
			return fault.Field(shorten(name), "is not a parameter of this operation")
		case len(values) > 1:
			return fault.Field(name, "is given twice")
		}
	}
	return nil
}

// contractFault turns the validator's error into ours: field and rule.
func contractFault(err error) error {
	if fault.Is(err, fault.Invalid) {
		return err
	}
	field, rule := "body", ""
	if r, ok := errors.AsType[*openapi3filter.RequestError](err); ok {
		if r.Parameter != nil {
			field = r.Parameter.Name
		}
		rule = r.Reason
		if parse, ok := errors.AsType[*openapi3filter.ParseError](r.Err); ok {
			rule = "cannot be read: " + parse.Reason
		} else if errors.Is(r.Err, openapi3filter.ErrInvalidRequired) {
			rule = "is required"
		}
	}
	if e, ok := errors.AsType[*openapi3.SchemaError](err); ok {
		if path := strings.Join(e.JSONPointer(), "."); path != "" {
			field = path
		}
		if rest, ok := strings.CutPrefix(e.Reason, `property "`); ok { // unknown ones have no place in the contract
			name, _, _ := strings.Cut(rest, `" `)
			field = strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(field, name), ".")+"."+name, ".")
			field = strings.TrimPrefix(field, "body.")
		}
		rule = e.Reason
	}
	if rule == "" {
		rule = "does not fit the contract"
	}
	return fault.Field(shorten(field), "%s", shorten(rule))
}

// bindFault is for what the generated code cannot decode after validation.
func bindFault(error) error {
	return fault.New(fault.Invalid, "the request cannot be read; see /docs for its form")
}

// urlQuery returns names and values of the query as one text.
func urlQuery(r *http.Request) (string, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for name, vs := range values {
		all.WriteString(name + strings.Join(vs, ""))
	}
	return all.String(), nil
}

// shorten keeps what the client sent from filling the answer.
func shorten(s string) string {
	const most = 200
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
