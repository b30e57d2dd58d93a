package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	gosqlite "github.com/glebarez/go-sqlite"
	"github.com/jackc/pgx/v5/pgconn"
	sqlite3 "modernc.org/sqlite/lib"

	"bellhop/controller/kit/fault"
)

// translate gives a database error its code; what says what was being done.
func (s *Store) translate(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	if cause := ctx.Err(); cause != nil {
		return fault.Wrap(cause, fault.Unavailable, "%s: given up before the database answered", what)
	}
	code, why := classify(err)
	return fault.Wrap(err, code, "%s: %s", what, why)
}

// classify finds the code of a driver's error and what to tell the user.
func classify(err error) (fault.Code, string) {
	if e, ok := errors.AsType[*gosqlite.Error](err); ok {
		return classifySQLite(e.Code())
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return classifyPostgres(e.Code)
	}
	if isGone(err) {
		return fault.Unavailable, "the database does not answer"
	}
	return fault.Internal, "the database failed"
}

// classifySQLite knows the extended result codes, https://sqlite.org/rescode.html.
func classifySQLite(code int) (fault.Code, string) {
	switch code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return fault.Conflict, "another one with this key exists"
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return fault.Conflict, "it names something that does not exist, or is still in use"
	}
	switch code & 0xff { // the primary code
	case sqlite3.SQLITE_FULL:
		return fault.Unavailable, "the disk is full"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fault.Unavailable, "the database may not be written: check the rights of the file and its directory"
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Unavailable, "the database is in use by another program"
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_INTERRUPT:
		return fault.Unavailable, "the database file cannot be read or written"
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fault.Unavailable, "the database file is damaged: restore a backup"
	case sqlite3.SQLITE_TOOBIG:
		return fault.Invalid, "a value is too long"
	}
	return fault.Internal, "the database failed"
}

// classifyPostgres knows the SQLSTATE codes of PostgreSQL's appendix A.
func classifyPostgres(state string) (fault.Code, string) {
	switch state {
	case "23505":
		return fault.Conflict, "another one with this key exists"
	case "23503":
		return fault.Conflict, "it names something that does not exist, or is still in use"
	case "54000":
		return fault.Invalid, "a key is too long"
	case "53100":
		return fault.Unavailable, "the database's disk is full"
	case "25006":
		return fault.Unavailable, "the database is read-only: it may be a standby"
	}
	switch {
	case strings.HasPrefix(state, "22"):
		return fault.Invalid, "a value cannot be stored"
	case isClass(state, "08", "40", "53", "55", "57", "58"):
		return fault.Unavailable, "the database cannot serve now"
	}
	return fault.Internal, "the database failed"
}

func isClass(state string, classes ...string) bool {
	for _, c := range classes {
		if strings.HasPrefix(state, c) {
			return true
		}
	}
	return false
}

// isGone reports whether err means that the connection broke or cannot be made.
func isGone(err error) bool {
	_, network := errors.AsType[net.Error](err)
	_, connect := errors.AsType[*pgconn.ConnectError](err)
	return network || connect || pgconn.SafeToRetry(err) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}
