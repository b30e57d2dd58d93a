package store

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"
)

// slow is how long a transaction may take before it is worth a line in the log.
const slow = time.Second

// update runs fn in one transaction: all of it is stored, or nothing.
func (s *Store) update(ctx context.Context, what string, fn func(*gorm.DB) error) error {
	return s.transact(ctx, what, s.write, nil, fn)
}

// view runs fn on one unchanging state of the database.
func (s *Store) view(ctx context.Context, what string, fn func(*gorm.DB) error) error {
	opts := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	return s.transact(ctx, what, s.read, opts, fn)
}

func (s *Store) transact(ctx context.Context, what string, p *pool, opts *sql.TxOptions, fn func(*gorm.DB) error) error {
	began := s.now()
	err := s.translate(ctx, what, s.attempt(ctx, p, opts, fn))
	if took := s.now().Sub(began); took > slow {
		s.log.WarnContext(ctx, "the database is slow", "what", what, "took", took)
	}
	return err
}

func (s *Store) attempt(ctx context.Context, p *pool, opts *sql.TxOptions, fn func(*gorm.DB) error) error {
	conn, err := p.conns.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // gives it back to the pool
	tx, err := conn.BeginTx(s.txContext(ctx), opts)
	if err != nil {
		return err
	}
	orm := p.orm.Session(&gorm.Session{Context: ctx, NewDB: true})
	orm.Statement.ConnPool = tx
	err = fn(orm)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		_ = tx.Rollback() // the first error is the one to tell
		return err
	}
	if err = tx.Commit(); err != nil && s.driver == SQLite {
		// A refused commit (disk full, broken reference) leaves SQLite's transaction
		// open, and the next one would fail on this connection.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	}
	return err
}

// txContext is the context that ends a transaction from outside. SQLite's driver
// loses the connection that way, and with it a Memory database; there the single
// statements are cancelled instead.
func (s *Store) txContext(ctx context.Context) context.Context {
	if s.driver == SQLite {
		return context.WithoutCancel(ctx)
	}
	return ctx
}
