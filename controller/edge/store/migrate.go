package store

import (
	"context"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"bellhop/controller/kit/fault"
	migrations "bellhop/sql"
)

// up applies the migrations that are missing, each in one transaction, and
// refuses a database that a newer program has migrated.
func (s *Store) up(ctx context.Context) error {
	m, err := s.migrations()
	if err != nil {
		return err
	}
	have, want, err := m.GetVersions(ctx)
	if err != nil {
		return s.translate(ctx, "bring the database schema up to date", err)
	}
	if have > want {
		return fault.New(fault.Conflict, "the database has schema %d, made by a newer Bellhop; this one knows %d: "+
			"install the newer program, or restore the backup made before the upgrade", have, want)
	}
	applied, err := m.Up(ctx)
	if err == nil && len(applied) > 0 {
		s.log.InfoContext(ctx, "the database schema was brought up to date", "from", have, "to", want)
	}
	return s.translate(ctx, "bring the database schema up to date", err)
}

func (s *Store) migrations() (*goose.Provider, error) {
	files, err := migrations.Migrations(string(s.driver))
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	opts := []goose.ProviderOption{goose.WithSlog(s.log), goose.WithDisableGlobalRegistry(true)}
	if s.driver == Postgres {
		dialect = goose.DialectPostgres
		// Two controllers may start at once.
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, s.write.conns, files, opts...)
}
