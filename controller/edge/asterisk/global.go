package asterisk

import (
	"context"
	"net/http"
	"net/url"
)

// provisionedVar is the global variable in which a Provisioner leaves the digest
// of what it pushed; a switch that was started anew does not have it.
const provisionedVar = "BH_PROVISIONED"

// global reads a global variable of the dialplan; "" when there is none.
func (r *rest) global(ctx context.Context, name string) (string, error) {
	var answer struct{ Value string }
	err := r.do(ctx, command{
		name: "global", method: http.MethodGet, path: []string{"asterisk", "variable"}, query: url.Values{"variable": {name}},
	}, &answer)
	return answer.Value, unlessGone(err)
}

// setGlobal writes one.
func (r *rest) setGlobal(ctx context.Context, name, value string) error {
	return r.do(ctx, command{
		name: "setGlobal", method: http.MethodPost, path: []string{"asterisk", "variable"},
		query: url.Values{"variable": {name}, "value": {value}},
	}, nil)
}
