package faults_test

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"bellhop/controller/app"
	"bellhop/test/house"
)

// TestControllerIsKilledOnPostgres is TestControllerIsKilled on the other database.
func TestControllerIsKilledOnPostgres(t *testing.T) {
	t.Parallel()
	server := house.StartPostgres(t)
	killController(t, open(t, house.Options{Process: true, Settings: func(c *app.Config) {
		c.Database.Driver, c.Database.DSN, c.Database.Path = "postgres", app.Secret(server.DSN()), ""
	}}))
}

// TestDatabaseRefusesToWrite locks the database under calls: they go on, and
// their records are written when it can be done again.
func TestDatabaseRefusesToWrite(t *testing.T) {
	t.Parallel()
	h := open(t, house.Options{Process: true})
	stays := connect(t, h, "1101", "1102", 1)
	h.phone(t, "1103")
	h.phone(t, "1104")
	db, err := sql.Open("sqlite", filepath.Join(h.Dir, "bellhop.db"))
	try(t, "database", err)
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	_, err = db.Exec("BEGIN EXCLUSIVE")
	try(t, "lock", err)

	given := connect(t, h, "1103", "1104", 2)
	allHear(t, []*talk{stays, given})
	given.hangup(t)
	stays.hangup(t)
	<-time.After(4 * time.Second) // longer than a writer waits for its turn
	if n := len(recordsOf(t, h, given)); n != 0 {
		t.Fatalf("%d records were written: the database was not locked", n)
	}
	_, err = db.Exec("ROLLBACK")
	try(t, "unlock", err)
	free := time.Now()
	settled(t, h, stays, given)
	t.Logf("records written %s after the database could be written again", time.Since(free).Round(time.Millisecond))
	checkRecord(t, h, stays, wants{"controller", "answered", 16})
	checkRecord(t, h, given, wants{"controller", "answered", 16})
	checkEmpty(t, h)
	if all := records(t, h, url.Values{}); len(all) != 2 {
		t.Errorf("%d records, want 2", len(all))
	}
}
