// Package store keeps what must survive: hotel, routing, call records, tokens and
// answered requests, in SQLite (the default) or PostgreSQL. It is the only room
// that knows gorm. Every write is one transaction and is on disk when it returns.
//
// Instants are kept to the microsecond and come back in UTC. An empty list comes
// back nil. Errors carry kit/fault codes: Conflict for a key that is taken,
// Unavailable when the database is gone, busy, full or not in time.
package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
)

// Driver is the kind of database.
type Driver string

// The databases. Their names are also the migration folders.
const (
	SQLite   Driver = "sqlite"
	Postgres Driver = "postgres"
)

// Memory is the Path of an SQLite database that lives only while it is open.
const Memory = ":memory:"

// Settings say which database to open.
type Settings struct {
	Driver Driver
	Path   string // SQLite: the file, made when missing, or Memory
	DSN    string // PostgreSQL: URL or key=value form; search_path names the schema
	Log    *slog.Logger
	Clock  clock.Clock
}

// Store is an open database. Its methods may be called at once by many.
type Store struct {
	driver Driver
	write  *pool // SQLite: one connection, so that writers queue and never collide
	read   *pool // the same as write for PostgreSQL and Memory
	log    *slog.Logger
	now    clock.Clock
}

// pool is a set of connections with gorm on top.
type pool struct {
	conns *sql.DB
	orm   *gorm.DB
}

// Open connects to the database and brings its schema up to date. Its errors say
// what is wrong and how to put it right.
func Open(ctx context.Context, set Settings) (*Store, error) {
	s := &Store{driver: set.Driver, log: set.Log.With("database", set.Driver), now: set.Clock}
	var err error
	switch set.Driver {
	case SQLite:
		err = s.openSQLite(ctx, set.Path)
	case Postgres:
		err = s.openPostgres(ctx, set.DSN)
	default:
		err = fault.Field("database.driver", "is %q; it may be %q or %q", set.Driver, SQLite, Postgres)
	}
	if err == nil {
		err = s.up(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close ends all connections; what is being written is finished first.
func (s *Store) Close() error {
	var errs []error
	// Readers first: SQLite folds its log into the file when the last one, the writer, leaves.
	for _, p := range []*pool{s.read, s.write} {
		if p != nil {
			errs = append(errs, p.conns.Close())
		}
	}
	return errors.Join(errs...)
}

// Ping reads one row: it fails with fault.Unavailable when the database does not answer.
func (s *Store) Ping(ctx context.Context) error {
	return s.view(ctx, "ping", func(tx *gorm.DB) error {
		var one int
		return tx.Raw("SELECT count(*) FROM property").Scan(&one).Error
	})
}

// newPool puts gorm on connections that are already configured.
func newPool(conns *sql.DB, dialect gorm.Dialector) (*pool, error) {
	orm, err := gorm.Open(dialect, &gorm.Config{
		SkipDefaultTransaction:   true, // we make our own, see tx.go
		DisableNestedTransaction: true,
		Logger:                   logger.Discard, // errors are returned; statements hold secrets
		NowFunc:                  func() time.Time { return time.Time{} },
	})
	if err != nil {
		return nil, errors.Join(err, conns.Close())
	}
	return &pool{conns, orm}, nil
}
