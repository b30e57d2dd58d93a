package store

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"bellhop/controller/access"
)

// What is slow is said, but never with the statement: it holds secrets.
func TestSlowWorkIsLoggedWithoutSecrets(t *testing.T) {
	var out bytes.Buffer
	now := day
	set := memorySettings(t)
	set.Log = slog.New(slog.NewTextHandler(&out, nil))
	set.Clock = func() time.Time { now = now.Add(2 * time.Second); return now }
	s := open(t, set)
	ok(t, s.PutToken(soon(t), access.Token{ID: "1", Hash: "c0ffee"}))
	if log := out.String(); !strings.Contains(log, `msg="the database is slow" database=sqlite what="store a token" took=2s`) || strings.Contains(log, "c0ffee") {
		t.Errorf("the log says\n%s", log)
	}
}
