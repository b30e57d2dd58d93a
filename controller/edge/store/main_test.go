package store

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"bellhop/controller/kit/clock"
)

// cluster is the PostgreSQL server of this test run; started on first use.
var cluster = &server{}

func TestMain(m *testing.M) {
	flag.Parse()
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue {
		_ = checks.Value.Set("25") // each check is several transactions; ask for more by the flag
	}
	code := m.Run()
	if err := cluster.remove(); err != nil {
		fmt.Fprintln(os.Stderr, "stop PostgreSQL:", err)
		code = 1
	}
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, "left behind:", err)
		code = 1
	}
	os.Exit(code)
}

// settings of a fresh database of each kind.
func sqliteSettings(t testing.TB) Settings {
	return Settings{Driver: SQLite, Path: filepath.Join(t.TempDir(), "bellhop.db"), Log: slog.New(slog.DiscardHandler), Clock: clock.System}
}

func memorySettings(t testing.TB) Settings {
	set := sqliteSettings(t)
	set.Path = Memory
	return set
}

func postgresSettings(t testing.TB) Settings {
	set := sqliteSettings(t)
	set.Driver, set.Path, set.DSN = Postgres, "", cluster.schema(t)
	return set
}

// onEach runs a test of the contract against every kind of database.
func onEach(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Helper()
	for name, settings := range map[string]func(testing.TB) Settings{
		"sqlite": sqliteSettings, "memory": memorySettings, "postgres": postgresSettings,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t, settings(t))) })
	}
}

// open opens a store that the test closes.
func open(t testing.TB, set Settings) *Store {
	t.Helper()
	s, err := Open(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	return s
}

// soon is a context for tests that must not hang.
func soon(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
