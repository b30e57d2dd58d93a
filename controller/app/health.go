package app

import (
	"context"
	"sync"

	"bellhop/controller/kit/fault"
)

// health remembers how something went last.
type health struct {
	mu   sync.Mutex
	seen bool
	err  error
}

func (h *health) set(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seen, h.err = true, err
}

// known reports whether it was tried yet.
func (h *health) known() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.seen
}

// Probe returns the last error; never tried counts as one.
func (h *health) Probe(context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.seen {
		return fault.New(fault.Unavailable, "not done yet")
	}
	return h.err
}
