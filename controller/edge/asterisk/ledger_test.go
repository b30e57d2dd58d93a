package asterisk

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/glebarez/go-sqlite" // AstDB is an SQLite file

	"bellhop/controller/calls"
)

func TestParseEntry(t *testing.T) {
	got, err := parseEntry("1700.1~1700.0~1700000000001~1700000002000~1700000003000~17~native~1101~8888~r1101~BUSY")
	must(t, err)
	want := calls.LedgerEntry{
		Leg: "1700.1", Linked: "1700.0", Path: calls.PathNative, From: "1101", Dialled: "8888", Endpoint: "r1101", Result: "BUSY", Cause: calls.CauseBusy,
		Started: time.UnixMilli(1700000000001).UTC(), Answered: time.UnixMilli(1700000002000).UTC(), Ended: time.UnixMilli(1700000003000).UTC(),
	}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	for _, bad := range []string{
		"", "a~b", "~x~1~0~2~16~leg~~~~", "a~b~x~0~2~16~leg~~~~", "a~b~1~0~~16~leg~~~~", "a~b~1~0~2~z~leg~~~~", "a~b~1~0~2~16~road~~~~", "a~b~1~0~2~16~leg~~~~~",
	} {
		if e, err := parseEntry(bad); err == nil {
			t.Errorf("%q is read as %+v", bad, e)
		}
	}
}

func TestOnlyMinutesThatAreOverMayGo(t *testing.T) {
	now := time.Unix(1_000_000*60, 0)
	for minute, want := range map[string]bool{"999998": true, "999999": false, "1000000": false, "1000001": false, "x": false, "1.5": false} {
		if over(minute, now) != want {
			t.Errorf("minute %s at minute 1000000: over is %v", minute, !want)
		}
	}
}

// fill writes ledger keys straight into the AstDB of a stopped switch.
func (h *house) fill(t *testing.T, minutes, each int) {
	t.Helper()
	must(t, h.Stop(h.ctx))
	db, err := sql.Open("sqlite", filepath.Join(h.Dir, "state/astdb.sqlite3"))
	must(t, err)
	defer db.Close()
	tx, err := db.BeginTx(h.ctx, nil)
	must(t, err)
	first := time.Now().Unix()/60 - 2*int64(minutes)
	for m := range minutes {
		for i := range each {
			id := fmt.Sprintf("1790000000.%06d-%04d", m, i)
			key := fmt.Sprintf("/bellhop-ended/%d/%s~%s~1790000000000~1790000001000~1790000002000~16~native~1101~1102~phone-a~ANSWER", first+int64(m), id, id)
			_, err := tx.ExecContext(h.ctx, "INSERT INTO astdb(key, value) VALUES(?, '1')", key)
			must(t, err)
		}
	}
	must(t, tx.Commit())
	must(t, h.Instance.Restart(h.ctx))
}

func TestLedgerOfALongAbsence(t *testing.T) {
	const minutes, each = 1000, 10 // sixteen hours of a busy hotel without a controller
	h := newHouse(t, "ledger")
	h.fill(t, minutes, each)
	begin := time.Now()
	entries, mark, err := h.sw.Ledger(h.ctx)
	must(t, err)
	t.Logf("%d entries of %d minutes read in %s", len(entries), minutes, time.Since(begin).Round(time.Millisecond))
	if len(entries) != minutes*each {
		t.Fatalf("%d entries, want %d", len(entries), minutes*each)
	}
	begin = time.Now()
	must(t, h.sw.Forget(h.ctx, mark))
	for late := time.Now().Add(patience); len(entries) > 0 && time.Now().Before(late); {
		entries, _, err = h.sw.Ledger(h.ctx)
		must(t, err)
	}
	t.Logf("forgotten in %s", time.Since(begin).Round(time.Millisecond))
	if len(entries) > 0 {
		t.Errorf("%d entries are still there", len(entries))
	}
	h.empty(t)
}

func TestLedgerOfABusyMinute(t *testing.T) {
	h := newHouse(t, "busy")
	h.fill(t, 1, 5000)
	entries, _, err := h.sw.Ledger(h.ctx)
	must(t, err)
	if len(entries) != 5000 {
		t.Errorf("%d entries, want 5000", len(entries))
	}
}
