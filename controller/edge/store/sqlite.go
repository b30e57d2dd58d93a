package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/glebarez/sqlite"

	"bellhop/controller/kit/fault"
)

// readers is how many may read an SQLite file at once, beside the writer.
const readers = 4

// openSQLite opens the file with one connection that writes and a few that read.
func (s *Store) openSQLite(ctx context.Context, path string) error {
	if path == Memory {
		return s.openMemory(ctx)
	}
	if err := checkFile(path); err != nil {
		return err
	}
	var err error
	// FULL, because what was acknowledged must outlive a power cut; with NORMAL
	// the last transactions of a write-ahead log may be lost.
	if s.write, err = sqlitePool(ctx, path, 1, url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(2000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "journal_size_limit(67108864)",
	}}); err != nil {
		return unopenable(path, err)
	}
	if s.read, err = sqlitePool(ctx, path, readers, url.Values{"_pragma": {
		"busy_timeout(2000)", "query_only(1)",
	}}); err != nil {
		return unopenable(path, err)
	}
	return nil
}

// openMemory opens a database on the one connection that holds it.
func (s *Store) openMemory(ctx context.Context) error {
	p, err := sqlitePool(ctx, Memory, 1, url.Values{"_txlock": {"immediate"}, "_pragma": {"foreign_keys(1)"}})
	s.write, s.read = p, p
	return err
}

func sqlitePool(ctx context.Context, path string, size int, query url.Values) (*pool, error) {
	conns, err := sql.Open(sqlite.DriverName, (&url.URL{
		Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: query.Encode(),
	}).String())
	if err != nil {
		return nil, err
	}
	conns.SetMaxOpenConns(size)
	conns.SetMaxIdleConns(size)
	if err := conns.PingContext(ctx); err != nil {
		return nil, errors.Join(err, conns.Close())
	}
	return newPool(conns, sqlite.Dialector{Conn: conns})
}

// magic is how every SQLite file begins, https://sqlite.org/fileformat.html §1.3.
const magic = "SQLite format 3\x00"

// checkFile finds what SQLite would report less clearly, and makes a new file
// readable by its owner only: it holds the secrets of phones and trunks.
func checkFile(path string) error {
	if path == "" {
		return fault.Field("database.path", "is empty: name the file of the SQLite database")
	}
	if info, err := os.Stat(path); err == nil {
		switch {
		case info.IsDir():
			return fault.Field("database.path", "%s is a directory: name a file in it, e.g. %s",
				path, filepath.Join(path, "bellhop.db"))
		case info.Mode().Perm()&0o222 == 0: // told apart here, because root may write it all the same
			return readOnly(path, nil)
		}
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.Field("database.path", "the directory %s does not exist: make it (mkdir -p) or name another",
			filepath.Dir(path))
	case err != nil:
		return readOnly(path, err)
	}
	defer file.Close() //nolint:errcheck // nothing was written
	head := make([]byte, len(magic))
	n, err := file.Read(head)
	if n > 0 && !bytes.Equal(head[:n], []byte(magic)) {
		return fault.Field("database.path", "%s is not an SQLite database: name another file, or move it away", path)
	}
	if n == 0 && !isEmpty(file) {
		return unopenable(path, err)
	}
	return nil
}

func isEmpty(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Size() == 0
}

func readOnly(path string, cause error) error {
	return &fault.Error{Code: fault.Invalid, Field: "database.path", Err: cause,
		Message: path + " may not be written: give the user of this program the right to write the file and its directory (chown, chmod u+w), and see that the disk is not mounted read-only"}
}

func unopenable(path string, cause error) error {
	code, why := classify(cause)
	return fault.Wrap(cause, code, "the database %s cannot be opened: %s", path, why)
}
