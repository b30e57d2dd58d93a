package store

import (
	"fmt"
	"sync"
	"testing"

	"bellhop/controller/sim/postgres"
)

// server is the PostgreSQL of all tests of the package, made when first needed.
type server struct {
	mu      sync.Mutex
	real    *postgres.Server
	schemas int
}

// schema makes an empty schema and returns the DSN of it; the server is started
// when it is not running.
func (p *server) schema(t testing.TB) string {
	t.Helper()
	p.start(t)
	p.mu.Lock()
	p.schemas++
	name := fmt.Sprintf("hotel_%d", p.schemas)
	p.mu.Unlock()
	p.exec(t, "CREATE SCHEMA "+name)
	return p.dsn() + " search_path=" + name
}

func (p *server) dsn() string { return p.real.DSN() }

func (p *server) exec(t testing.TB, statement string) {
	t.Helper()
	ok(t, p.real.Exec(t.Context(), statement))
}

func (p *server) start(t testing.TB) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.real == nil {
		real, err := postgres.New()
		ok(t, err)
		p.real = real
	}
	ok(t, p.real.Start(t.Context()))
}

func (p *server) stop() error { return p.real.Stop() }

func (p *server) remove() error {
	if p.real == nil {
		return nil
	}
	return p.real.Remove()
}
