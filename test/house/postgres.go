package house

import (
	"testing"

	"bellhop/controller/sim/postgres"
)

// StartPostgres runs a PostgreSQL that is taken down when the test ends.
func StartPostgres(t testing.TB) *postgres.Server {
	t.Helper()
	s, err := postgres.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Remove(); err != nil {
			t.Errorf("PostgreSQL not removed: %v", err)
		}
	})
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}
