package rest

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
)

const (
	requestTime = 30 * time.Second
	exportTime  = 5 * time.Minute
)

type contextKey int

const (
	keyRequestID contextKey = iota
	keyActor
	keyFrom
	keyNote
)

// requestID returns the id under which the request is logged.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(keyRequestID).(string)
	return id
}

func withValue(c *gin.Context, key contextKey, value any) {
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), key, value))
}

// plain returns the request's own context: gin reuses its contexts, so nothing
// that may outlive the request gets one.
func plain(ctx context.Context) context.Context {
	if c, ok := ctx.(*gin.Context); ok {
		return c.Request.Context()
	}
	return ctx
}

// identify gives the request an id: the caller's, if it looks like one.
func identify(c *gin.Context) {
	id := c.GetHeader("X-Request-Id")
	if len(id) < 8 || len(id) > 64 || strings.Trim(id, "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != "" {
		id = rand.Text()
	}
	withValue(c, keyRequestID, id)
	withValue(c, keyFrom, remoteIP(c.Request))
	c.Header("X-Request-Id", id)
}

// remoteIP returns the address that the request came from. Headers of proxies are
// not asked: anybody can send them.
func remoteIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	return host
}

// observe logs and counts the request. The path itself, the query, headers and
// bodies may hold names, numbers and secrets: only the route is told.
func observe(log *slog.Logger, m *Metrics, now clock.Clock) gin.HandlerFunc {
	return func(c *gin.Context) {
		began := now()
		c.Next()
		took := now().Sub(began)
		m.request(c.Request.Method, c.FullPath(), c.Writer.Status(), took)
		log.Info("request", "request", requestID(c.Request.Context()), "method", printableMethod(c.Request.Method),
			"route", c.FullPath(), "status", c.Writer.Status(), "bytes", max(c.Writer.Size(), 0),
			"ms", took.Milliseconds(), "from", remoteIP(c.Request), "actor", actor(c).ID)
	}
}

// printableMethod keeps invented methods out of log and metrics.
func printableMethod(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "other"
}

// recoverer answers 500 when a handler panics, or cuts a reply that has begun.
func recoverer(log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			what := recover()
			if what == nil {
				return
			}
			log.Error("handler panicked", "request", requestID(c.Request.Context()), "route", c.FullPath(),
				"panic", what, "stack", string(debug.Stack()))
			if c.Writer.Written() {
				cut(c)
				return
			}
			fail(c, log, fault.New(fault.Internal, "panic"))
		}()
		c.Next()
	}
}

// cut ends the connection in the middle of a reply, so that the client does not
// take half of it for all.
func cut(c *gin.Context) {
	inner, ok := c.Writer.(interface{ Unwrap() http.ResponseWriter }) // gin itself refuses once bytes are out
	if !ok {
		return
	}
	if conn, _, err := http.NewResponseController(inner.Unwrap()).Hijack(); err == nil {
		_ = conn.Close()
	}
}

// secure sets the headers that keep browsers careful.
func secure(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
}

// deadline bounds how long the request may keep us busy.
func deadline(c *gin.Context) {
	limit := requestTime
	if strings.HasSuffix(c.FullPath(), ".csv") || c.FullPath() == basePath+"/reports/:file" {
		limit = exportTime
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), limit)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}
