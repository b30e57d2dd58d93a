package rest

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/clock"
)

const (
	probeTime = 3 * time.Second
	// probeCache keeps those who ask for health from loading database and switch.
	probeCache = 2 * time.Second
)

// Probe checks one part that must work before calls can.
type Probe struct {
	Name  string // database, switch, provisioning
	Check func(ctx context.Context) error
}

// Health knows whether the parts work. Several askers share one check.
type Health struct {
	probes []Probe
	log    *slog.Logger
	now    clock.Clock

	mu      sync.Mutex
	checked time.Time
	last    []part
}

// part is what a probe found.
type part struct {
	name string
	err  error
}

// NewHealth returns the health of what the probes check.
func NewHealth(log *slog.Logger, now clock.Clock, probes ...Probe) *Health {
	return &Health{probes: probes, log: log, now: now}
}

// alive answers as long as the process does.
func (h *Health) alive(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"alive": true}) }

// ready answers 503 unless every part works. It says which, but not why: that
// is in the log and, for those with a token, under /status.
func (h *Health) ready(c *gin.Context) {
	status, parts := http.StatusOK, gin.H{}
	for _, p := range h.check() {
		parts[p.name] = "ok"
		if p.err != nil {
			status, parts[p.name] = http.StatusServiceUnavailable, "failed"
		}
	}
	c.JSON(status, gin.H{"ready": status == http.StatusOK, "parts": parts})
}

// check asks all probes at once, unless they were asked just now. It is bounded
// by probeTime and not by the asker, for the answer is everybody's.
func (h *Health) check() []part {
	h.mu.Lock()
	defer h.mu.Unlock()
	if age := h.now().Sub(h.checked); h.last != nil && age >= 0 && age < probeCache {
		return h.last
	}
	ctx, cancel := context.WithTimeout(context.Background(), probeTime)
	defer cancel()
	found := make([]part, len(h.probes))
	var all sync.WaitGroup
	for i, p := range h.probes {
		all.Go(func() { found[i] = part{p.Name, p.Check(ctx)} })
	}
	all.Wait()
	h.tell(found)
	h.last, h.checked = found, h.now()
	return found
}

// tell logs what has changed since the last check.
func (h *Health) tell(found []part) {
	for i, p := range found {
		was := h.last == nil || h.last[i].err == nil
		switch {
		case was && p.err != nil:
			h.log.Warn("part failed", "part", p.name, "error", p.err)
		case !was && p.err == nil:
			h.log.Info("part works again", "part", p.name)
		}
	}
}

// GetStatus shows how the parts are, with reasons.
func (s *server) GetStatus(_ context.Context, _ gen.GetStatusRequestObject) (gen.GetStatusResponseObject, error) {
	status := gen.GetStatus200JSONResponse{
		Version: s.Version, Started: s.Started, Ready: true, LiveCalls: len(s.Calls.Live()),
	}
	for _, p := range s.Health.check() {
		shownPart := gen.Part{Name: p.name, Ok: p.err == nil}
		if p.err != nil {
			status.Ready = false
			shownPart.Message = problemOf(p.err).Detail
		}
		status.Parts = append(status.Parts, shownPart)
	}
	status.Parts = list(status.Parts)
	return status, nil
}
