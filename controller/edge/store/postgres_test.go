package store

import (
	"strings"
	"testing"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

func TestPostgresSaysWhyItCannotBeUsed(t *testing.T) {
	good := postgresSettings(t)
	cluster.exec(t, "CREATE ROLE nobody_here NOLOGIN")
	for name, c := range map[string]struct{ dsn, says string }{
		"not an address":      {"postgres://%zz", "database.dsn: is not a PostgreSQL address"},
		"nobody listens":      {"host=127.0.0.1 port=1 password=top-secret connect_timeout=2", "see that it runs"},
		"no such database":    {strings.Replace(good.DSN, "dbname=postgres", "dbname=gone", 1), "createdb gone"},
		"user is not let in":  {strings.Replace(good.DSN, "user=postgres", "user=nobody_here password=top-secret", 1), "refuses this user or password"},
		"no such search_path": {good.DSN + "_gone", "CREATE SCHEMA"},
	} {
		set := good
		set.DSN = c.dsn
		s, err := Open(soon(t), set)
		if err == nil {
			ok(t, s.Close())
			t.Errorf("%s: opened", name)
		} else if !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "top-secret") {
			t.Errorf("%s: got %q, want it to say %q and no password", name, err, c.says)
		}
	}
}

// A server that is stopped and started again is found again by itself (F5).
func TestPostgresGoneAndBack(t *testing.T) {
	s, ctx := open(t, postgresSettings(t)), soon(t)
	ok(t, s.SaveRecords(ctx, someRecords(1, 0)))
	ok(t, cluster.stop())
	_, _, listErr := s.Records(ctx, calls.Filter{})
	for what, err := range map[string]error{"ping": s.Ping(ctx), "save": s.SaveRecords(ctx, someRecords(1, 1)), "list": listErr} {
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s while PostgreSQL is down: got %v (%s), want unavailable", what, err, fault.CodeOf(err))
		}
	}
	cluster.start(t)
	ok(t, s.Ping(ctx))
	ok(t, s.SaveRecords(ctx, someRecords(1, 1)))
	rs, _, err := s.Records(ctx, calls.Filter{})
	ok(t, err)
	if len(rs) != 2 {
		t.Errorf("got %d records, want 2", len(rs))
	}
}

func TestPostgresKeyTooLong(t *testing.T) {
	s := open(t, postgresSettings(t))
	long := make([]rune, 4096)
	for i := range long {
		long[i] = rune(0x4e00 + i*7919%20000) // does not compress
	}
	err := s.SaveRecords(soon(t), []calls.Record{{ID: calls.CallID(long), Started: day}})
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "too long") {
		t.Errorf("got %v, want invalid because too long", err)
	}
}
