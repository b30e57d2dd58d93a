package rest

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// server answers the operations of the contract, one file for each noun.
type server struct {
	Parts
	contract *contract
}

var _ gen.StrictServerInterface = (*server)(nil)

// New returns the HTTP interface. It fails only when the contract itself is broken.
func New(p Parts) (http.Handler, error) {
	k, err := loadContract()
	if err != nil {
		return nil, err
	}
	docs, err := newDocs(k)
	if err != nil {
		return nil, err
	}
	gin.SetMode(gin.ReleaseMode)
	return (&server{p, k}).routes(docs)
}

// NewServer returns a server for h with every time limit set; the caller gives it
// its listener.
func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       requestTime,
		WriteTimeout:      exportTime + 10*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}

// routes is every route there is.
func (s *server) routes(docs *docs) (*gin.Engine, error) {
	e := gin.New()
	if err := e.SetTrustedProxies(nil); err != nil {
		return nil, err
	}
	e.RedirectTrailingSlash, e.HandleMethodNotAllowed = false, true
	e.Use(identify, observe(s.Log, s.Metrics, s.Now), recoverer(s.Log), secure, deadline)

	e.GET("/healthz", s.Health.alive)
	e.GET("/readyz", s.Health.ready)
	if s.Metrics != nil {
		e.GET("/metrics", s.Metrics.serve)
	}
	e.GET("/docs", docs.page)
	e.GET("/docs/:file", docs.asset)
	e.GET(basePath+"/openapi.json", docs.contract)

	v1 := e.Group("", s.authorize, s.readBody, s.validate, s.within, s.once, s.trail)
	gen.RegisterHandlersWithOptions(v1, gen.NewStrictHandlerWithOptions(s, nil, gen.StrictGinServerOptions{
		RequestErrorHandlerFunc:  func(c *gin.Context, err error) { s.fail(c, bindFault(err)) },
		HandlerErrorFunc:         s.fail,
		ResponseErrorHandlerFunc: s.broken,
	}), gen.GinServerOptions{
		BaseURL:      basePath,
		ErrorHandler: func(c *gin.Context, err error, _ int) { s.fail(c, bindFault(err)) },
	})

	e.NoRoute(s.page)
	e.NoMethod(func(c *gin.Context) { s.fail(c, fault.New(fault.NotFound, "there is no such operation here")) })
	return e, nil
}

func (s *server) fail(c *gin.Context, err error) { fail(c, s.Log, err) }

// broken handles a reply that could not be written: a problem if nothing went
// out yet; else the connection is cut, so that half a reply is not taken for all.
func (s *server) broken(c *gin.Context, err error) {
	if !c.Writer.Written() {
		s.fail(c, err)
		return
	}
	s.Log.Warn("reply cut off", "request", requestID(c.Request.Context()), "route", c.FullPath(), "error", err)
	cut(c)
}
