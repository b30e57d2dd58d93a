package app

import (
	"bytes"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"bellhop/controller/access"
	"bellhop/controller/edge/store"
	"bellhop/controller/kit/clock"
)

func TestAuditVerify(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bellhop.db")
	s, err := store.Open(t.Context(), store.Settings{Driver: store.SQLite, Path: file, Log: slog.New(slog.DiscardHandler), Clock: clock.System})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := access.NewChain(s, clock.System).Append(t.Context(), access.Audit{What: "room.put"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	verify := func(args ...string) (string, error) {
		var out bytes.Buffer
		err := Audit(t.Context(), Invocation{Args: args, Env: []string{"BELLHOP_DATABASE_PATH=" + file}, Out: &out, Err: &out})
		return out.String(), err
	}
	out, err := verify("verify")
	if err != nil || !strings.Contains(out, "unbroken: 3 rows") {
		t.Fatalf("%v:\n%s", err, out)
	}
	noted := strings.TrimSpace(out[strings.LastIndex(out, " "):])
	if out, err := verify("verify", noted); err != nil {
		t.Errorf("%v:\n%s", err, out)
	}
	if _, err := verify("verify", "2"+noted[1:]); err == nil || !strings.Contains(err.Error(), "rewritten") {
		t.Errorf("another hash than noted: %v", err)
	}
	for _, args := range [][]string{nil, {"forge"}, {"verify", "more"}, {"verify", "0:x"}, {"verify", noted, noted}, {"verify", "-what"}} {
		if _, err := verify(args...); !errors.Is(err, ErrUsage) {
			t.Errorf("%q: %v", args, err)
		}
	}
	tamper(t, file, "DROP TRIGGER audit_no_update", "UPDATE audit SET what = 'room.get' WHERE seq = 2")
	if out, err := verify("verify"); err == nil || !strings.Contains(err.Error(), "broken at row 2") {
		t.Errorf("%v:\n%s", err, out)
	}
}

// tamper changes the file behind the controller's back.
func tamper(t *testing.T, file string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}
