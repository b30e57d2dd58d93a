package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"

	"bellhop/controller/kit/fault"
)

// Limits of the connections to PostgreSQL.
const (
	postgresConns   = 10
	connectTimeout  = 5 * time.Second // unless the DSN says otherwise
	idleConnTimeout = 5 * time.Minute
)

func (s *Store) openPostgres(ctx context.Context, dsn string) error {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return &fault.Error{Code: fault.Invalid, Field: "database.dsn", Err: err,
			Message: "is not a PostgreSQL address such as postgres://user:secret@host:5432/bellhop"}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	conns := stdlib.OpenDB(*config)
	conns.SetMaxOpenConns(postgresConns)
	conns.SetMaxIdleConns(postgresConns)
	conns.SetConnMaxIdleTime(idleConnTimeout)
	if err := checkSchema(ctx, conns); err != nil {
		return errors.Join(unreachable(config, err), conns.Close())
	}
	p, err := newPool(conns, postgres.New(postgres.Config{Conn: conns}))
	s.write, s.read = p, p
	return err
}

// checkSchema connects, and sees that there is a schema to make our tables in.
func checkSchema(ctx context.Context, conns *sql.DB) error {
	var schema sql.NullString
	err := conns.QueryRowContext(ctx, "SELECT current_schema()").Scan(&schema)
	if err == nil && !schema.Valid {
		return fault.Field("database.dsn", "names a schema in search_path that does not exist: make it with CREATE SCHEMA")
	}
	return err
}

// unreachable says why PostgreSQL did not let us in and what to do about it.
func unreachable(c *pgx.ConnConfig, cause error) error {
	if _, ok := errors.AsType[*fault.Error](cause); ok {
		return cause
	}
	advice := "see that it runs and that host and port of database.dsn are right"
	if e, ok := errors.AsType[*pgconn.PgError](cause); ok {
		switch e.Code {
		case "28P01", "28000":
			advice = "it refuses this user or password: put them right in database.dsn"
		case "3D000":
			advice = "it has no such database: make it with createdb " + c.Database
		}
	}
	return fault.Wrap(cause, fault.Unavailable, "PostgreSQL at %s:%d, database %q, cannot be used: %s",
		c.Host, c.Port, c.Database, advice)
}
