package asterisk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
)

const (
	commandTime = 3 * time.Second  // less than a leader's lease, so that a deposed controller is silent in time
	maxConns    = 32               // Asterisk serves each connection by a thread of its own
	idleTime    = 10 * time.Second // Asterisk closes idle connections after 15
	maxAnswer   = 64 << 20
)

// rest sends commands over one bounded pool of connections.
type rest struct {
	base     string // http://host:port/ari
	user     string
	password string
	http     *http.Client
	life     context.Context // over when deposed: no command leaves any more
	now      clock.Clock
	meter    *meter
}

// command is one request. Query and body may be nil.
type command struct {
	name   string // for metrics and errors
	method string
	path   []string // unescaped
	query  url.Values
	body   any
	limit  time.Duration // deadline; 0: commandTime
}

func newREST(o Options, life context.Context, m *meter) (*rest, error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fault.Field("asterisk.url", "must be like http://127.0.0.1:8088/ari")
	}
	transport := &http.Transport{
		DialContext:           (&net.Dialer{Timeout: commandTime}).DialContext,
		MaxConnsPerHost:       maxConns,
		MaxIdleConnsPerHost:   maxConns,
		IdleConnTimeout:       idleTime,
		ResponseHeaderTimeout: commandTime,
		TLSHandshakeTimeout:   commandTime,
	}
	return &rest{
		base: strings.TrimRight(o.URL, "/"), user: o.User, password: o.Password,
		http: &http.Client{Transport: transport}, life: life, now: o.Clock, meter: m,
	}, nil
}

// do runs c and decodes the answer into out, unless out is nil. The error
// carries a fault code; see statusFault.
func (r *rest) do(ctx context.Context, c command, out any) error {
	begin := r.now()
	err := r.send(ctx, c, out)
	r.meter.command(c.name, r.now().Sub(begin), err)
	return err
}

func (r *rest) send(ctx context.Context, c command, out any) error {
	limit := c.limit
	if limit == 0 {
		limit = commandTime
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer context.AfterFunc(r.life, cancel)()

	req, err := r.request(ctx, c)
	if err != nil {
		return err
	}
	res, err := r.http.Do(req)
	if err != nil {
		return transportFault(r.life, c.name, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return transportFault(r.life, c.name, err)
	}
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return statusFault(&StatusError{Command: c.name, Status: res.StatusCode, Message: words(body)})
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fault.Wrap(err, fault.Internal, "asterisk: %s: the answer is not what ARI promises", c.name)
	}
	return nil
}

func (r *rest) request(ctx context.Context, c command) (*http.Request, error) {
	path, err := escape(c.path)
	if err != nil {
		return nil, err
	}
	address := r.base + path
	if len(c.query) > 0 {
		address += "?" + c.query.Encode()
	}
	var body io.Reader
	if c.body != nil {
		text, err := json.Marshal(c.body)
		if err != nil {
			return nil, fmt.Errorf("asterisk: %s: %w", c.name, err)
		}
		body = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, c.method, address, body)
	if err != nil {
		return nil, fmt.Errorf("asterisk: %s: %w", c.name, err)
	}
	req.SetBasicAuth(r.user, r.password)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// escape joins path segments so that no id can name another resource.
func escape(segments []string) (string, error) {
	var b strings.Builder
	for _, s := range segments {
		if s == "" {
			return "", fault.Field("id", "is empty")
		}
		b.WriteByte('/')
		if s == "." || s == ".." {
			s = strings.ReplaceAll(s, ".", "%2E")
		} else {
			s = url.PathEscape(s)
		}
		b.WriteString(s)
	}
	return b.String(), nil
}

// words takes Asterisk's message out of an error body, which is not always JSON.
func words(body []byte) string {
	var said struct{ Message, Error string }
	if json.Unmarshal(body, &said) == nil {
		if said.Message != "" {
			return said.Message
		}
		if said.Error != "" {
			return said.Error
		}
	}
	if len(body) > 200 {
		body = body[:200]
	}
	return strings.Join(strings.Fields(string(body)), " ")
}
