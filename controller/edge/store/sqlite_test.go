package store

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

func TestSQLiteSaysWhatIsWrongWithTheFile(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		ok(t, os.WriteFile(path, []byte(content), 0o600))
		ok(t, os.Chmod(path, mode))
		return path
	}
	for name, c := range map[string]struct{ path, says string }{
		"no path":            {"", "database.path: is empty"},
		"missing directory":  {filepath.Join(dir, "none", "bellhop.db"), "does not exist: make it"},
		"a directory":        {dir, "is a directory"},
		"read-only file":     {file("ro.db", "", 0o400), "may not be written"},
		"not a database":     {file("text.db", "hello, this is a text file", 0o600), "is not an SQLite database"},
		"short file":         {file("short.db", "SQLi", 0o600), "is not an SQLite database"},
		"damaged database":   {file("broken.db", magic+strings.Repeat("x", 8192), 0o600), "is damaged"},
		"under a plain file": {filepath.Join(file("plain", "x", 0o600), "bellhop.db"), "may not be written"},
	} {
		set := sqliteSettings(t)
		set.Path = c.path
		s, err := Open(t.Context(), set)
		if err == nil {
			ok(t, s.Close())
			t.Errorf("%s: opened", name)
		} else if !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %q, want it to say %q", name, err, c.says)
		}
	}
}

func TestSQLiteFileIsForItsOwnerOnly(t *testing.T) {
	set := sqliteSettings(t)
	set.Path = filepath.Join(t.TempDir(), "a b?c#d%41 酒店.db")
	s := open(t, set)
	ok(t, s.SaveRecords(soon(t), someRecords(1, 0)))
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(set.Path + suffix)
		ok(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, want 0600: it holds secrets", info.Name(), info.Mode().Perm())
		}
	}
}

func TestSQLiteIsSetUpToOutliveAPowerCut(t *testing.T) {
	s := open(t, sqliteSettings(t))
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"} {
		var got string
		ok(t, s.write.conns.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got))
		if got != want {
			t.Errorf("%s is %s, want %s", pragma, got, want)
		}
	}
	if _, err := s.read.conns.ExecContext(t.Context(), "DELETE FROM calls"); err == nil {
		t.Error("a reader could write")
	}
}

func TestSQLiteDiskFull(t *testing.T) {
	s, ctx := open(t, sqliteSettings(t)), soon(t)
	var pages int
	ok(t, s.write.conns.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages))
	limit := func(n int) {
		ok(t, s.write.conns.QueryRowContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", n)).Scan(&n))
	}
	limit(pages + 3)
	if err := s.SaveRecords(ctx, someRecords(500, 0)); !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "disk is full") {
		t.Errorf("got %v, want unavailable because the disk is full", err)
	}
	if rs, _, err := s.Records(ctx, recordsOfAll); err != nil || len(rs) != 0 {
		t.Errorf("got %d records, %v; want none", len(rs), err)
	}
	limit(1 << 20)
	ok(t, s.SaveRecords(ctx, someRecords(500, 0)))
}

func TestSQLiteHeldByAnotherProgram(t *testing.T) {
	set := sqliteSettings(t)
	s, ctx := open(t, set), soon(t)
	other, err := sql.Open("sqlite", "file:"+set.Path)
	ok(t, err)
	defer other.Close()
	conn, err := other.Conn(ctx)
	ok(t, err)
	defer conn.Close()
	_, err = conn.ExecContext(ctx, "BEGIN IMMEDIATE")
	ok(t, err)
	if err := s.SaveRecords(ctx, someRecords(1, 0)); !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "in use by another program") {
		t.Errorf("got %v, want unavailable because in use", err)
	}
	if _, _, err := s.Records(ctx, calls.Filter{}); err != nil {
		t.Error("reading goes on:", err)
	}
	_, err = conn.ExecContext(ctx, "ROLLBACK")
	ok(t, err)
	ok(t, s.SaveRecords(ctx, someRecords(1, 0)))
}
