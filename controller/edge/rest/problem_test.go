package rest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
)

func TestProblems(t *testing.T) {
	secret := errors.New("password=geheim at 10.0.0.5")
	for name, c := range map[string]struct {
		err           error
		status        int
		code          fault.Code
		field, detail string // parts of
	}{
		"invalid":      {fault.Field("name", "is too long"), 400, fault.Invalid, "name", "is too long"},
		"unauthorized": {fault.New(fault.Unauthorized, "no"), 401, fault.Unauthorized, "", "no"},
		"forbidden":    {fault.New(fault.Forbidden, "no"), 403, fault.Forbidden, "", "no"},
		"not found":    {fault.New(fault.NotFound, "no"), 404, fault.NotFound, "", "no"},
		"conflict":     {fault.New(fault.Conflict, "no"), 409, fault.Conflict, "", "no"},
		"too many":     {fault.New(fault.TooMany, "no"), 429, fault.TooMany, "", "no"},
		"unavailable":  {fault.Wrap(secret, fault.Unavailable, "the switch is away"), 503, fault.Unavailable, "", "the switch is away"},
		"internal":     {fault.Wrap(secret, fault.Internal, "row 7 is odd"), 500, fault.Internal, "", "our side"},
		"unknown":      {secret, 500, fault.Internal, "", "our side"},
		"new code":     {fault.New("teapot", "geheim"), 500, fault.Internal, "", "our side"},
		"deadline":     {fmt.Errorf("query: %w", context.DeadlineExceeded), 503, fault.Unavailable, "", "try again"},
		"nested": {fault.Wrap(fault.Field("room 201, floor", "does not exist"), fault.Conflict, "floor 2 is in use"), 409, fault.Conflict,
			"", "floor 2 is in use"},
		"wrapped": {fmt.Errorf("outer geheim: %w", fault.Field("x", "is bad")), 400, fault.Invalid, "x", "is bad"},
	} {
		p := problemOf(c.err)
		if p.Status != c.status || fault.Code(p.Code) != c.code || c.field != "" && p.Field != c.field || !strings.Contains(p.Detail, c.detail) {
			t.Errorf("%s: %+v", name, p)
		}
		if strings.Contains(p.Detail, "geheim") || strings.Contains(p.Detail, "row 7") {
			t.Errorf("%s: internals leave: %s", name, p.Detail)
		}
		if p.Type != "urn:bellhop:problem:"+string(c.code) || p.Title != http.StatusText(c.status) {
			t.Errorf("%s: type %q, title %q", name, p.Type, p.Title)
		}
	}
}

// brokenHotel fails or panics in the middle of things.
type brokenHotel struct {
	Hotel
	err error
}

func (h brokenHotel) Do(context.Context, hotel.Op) (string, error) {
	if h.err == nil {
		panic("geheim: nil map")
	}
	return "", h.err
}

func TestFaultsOverTheWire(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want fault.Code
	}{
		"panic":       {nil, fault.Internal},
		"bug":         {errors.New("geheim"), fault.Internal},
		"unavailable": {fault.New(fault.Unavailable, "no database"), fault.Unavailable},
		"too many":    {fault.New(fault.TooMany, "slow down"), fault.TooMany},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBenchWith(t, func(p *Parts) { p.Hotel = brokenHotel{p.Hotel, c.err} })
			r := b.send("PUT", "/floors/9", `{}`)
			p := r.problem(c.want)
			if strings.Contains(string(r.body), "geheim") {
				t.Errorf("internals leave: %s", r.body)
			}
			if c.want == fault.Internal && !strings.Contains(b.log.String(), "geheim") {
				t.Error("the cause is not in the log")
			}
			if c.want == fault.Internal && !strings.Contains(b.log.String(), p.RequestId) {
				t.Error("the log does not have the request id")
			}
			b.send("GET", "/rooms", "").is(200) // the server lives
		})
	}
}

func TestUnknownPlacesAndMethods(t *testing.T) {
	b := newBench(t)
	b.send("GET", "/nowhere", "").problem(fault.NotFound)
	b.send("GET", "/rooms/", "").problem(fault.NotFound)
	b.send("POST", "/rooms", "{}").problem(fault.NotFound)
	b.send("TRACE", "/rooms", "").problem(fault.NotFound)
	r := b.send("GET", "/rooms", "", "X-Request-Id", "abc\"def<script>")
	if id := r.header.Get("X-Request-Id"); strings.Contains(id, "script") || id == "" {
		t.Errorf("request id %q", id)
	}
	if id := b.send("GET", "/rooms", "", "X-Request-Id", "client-chosen-1").header.Get("X-Request-Id"); id != "client-chosen-1" {
		t.Errorf("the caller's request id became %q", id)
	}
	for header, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Cache-Control": "no-store",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "Access-Control-Allow-Origin": "",
	} {
		if got := r.header.Get(header); got != want {
			t.Errorf("%s is %q, want %q", header, got, want)
		}
	}
}
