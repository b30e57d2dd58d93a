package main

import (
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestAShortRun keeps the program from rotting.
func TestAShortRun(t *testing.T) {
	r, err := measure(t.Context(), plan{clients: 3, objects: 50, rate: 50, length: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if r.wrong != 0 || len(r.delays) < r.changes || r.changes < 40 || r.stats.Opened != 3 {
		t.Errorf("%d wrong, %d delays of %d changes, %+v", r.wrong, len(r.delays), r.changes, r.stats)
	}
	var table strings.Builder
	if err := r.print(&table); err != nil || strings.Contains(table.String(), "SHORT") {
		t.Errorf("%v\n%s", err, table.String())
	}
}
