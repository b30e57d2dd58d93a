package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

// chainOf is a chain over s whose clock steps by a second.
func chainOf(s *Store) *access.Chain {
	var mu sync.Mutex
	now := day
	return access.NewChain(s, func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	})
}

func appendRows(t *testing.T, c *access.Chain, n int) {
	t.Helper()
	for i := range n {
		ok(t, c.Append(soon(t), access.Audit{Who: "account:zhang", What: "room.put", Object: fmt.Sprint("110", i), After: `{"n":1}`}))
	}
}

func sound(t *testing.T, c *access.Chain, rows int64) {
	t.Helper()
	v, err := c.Verify(soon(t))
	ok(t, err)
	if v.Broken != nil || v.Rows != rows {
		t.Fatalf("got %+v (broken %+v), want %d sound rows", v, v.Broken, rows)
	}
}

func TestAuditRowsComeBackAsTheyWere(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		c, n := chainOf(s), int64(0)
		sound(t, c, 0)
		rapid.Check(t, func(r *rapid.T) {
			row := access.Audit{
				Who: text().Draw(r, "who"), Where: text().Draw(r, "where"), What: text().Draw(r, "what"),
				Object: text().Draw(r, "object"), Reason: text().Draw(r, "reason"), After: `{"a": [1, "名", null]}`,
			}
			ok(t, c.Append(soon(t), row))
			n++
			sound(t, c, n)
		})
		rows, err := s.AuditAfter(soon(t), n-1, 10)
		ok(t, err)
		found, next, err := c.Find(soon(t), access.AuditFilter{Limit: 1})
		ok(t, err)
		if !reflect.DeepEqual(rows, found) || len(rows) != 1 || next == "" && n > 1 {
			t.Errorf("got %+v and %+v, next %q", rows, found, next)
		}
	})
}

// What the database refuses, and what is found when somebody takes the guards away.
func TestTamperingIsRefusedOrFound(t *testing.T) {
	lift := map[Driver][]string{
		SQLite:   {"DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete", "DROP TRIGGER audit_no_replace", "DROP TRIGGER audit_head_moves_on", "DROP TRIGGER audit_head_stays"},
		Postgres: {"ALTER TABLE audit DISABLE TRIGGER ALL", "ALTER TABLE audit_head DISABLE TRIGGER ALL"},
	}
	for name, c := range map[string]struct {
		statements []string
		broken     int64
		why        string
	}{
		"a fact changed":      {[]string{"UPDATE audit SET facts_after = '{}' WHERE seq = 3"}, 3, "changed"},
		"a name changed":      {[]string{"UPDATE audit SET who = 'account:li' WHERE seq = 1"}, 1, "changed"},
		"a time changed":      {[]string{"UPDATE audit SET at = at + 1 WHERE seq = 5"}, 5, "changed"},
		"a row removed":       {[]string{"DELETE FROM audit WHERE seq = 2"}, 2, "missing"},
		"the first removed":   {[]string{"DELETE FROM audit WHERE seq = 1"}, 1, "missing"},
		"the tail cut":        {[]string{"DELETE FROM audit WHERE seq >= 4"}, 4, "missing"},
		"all removed":         {[]string{"DELETE FROM audit"}, 1, "missing"},
		"two rows swapped":    {[]string{"UPDATE audit SET seq = 90 WHERE seq = 2", "UPDATE audit SET seq = 2 WHERE seq = 3", "UPDATE audit SET seq = 3 WHERE seq = 90"}, 2, "changed, moved"},
		"the tail and head":   {[]string{"DELETE FROM audit WHERE seq = 5", "UPDATE audit_head SET seq = 4"}, 4, "head was changed"},
		"the head set back":   {[]string{"UPDATE audit_head SET seq = 3"}, 4, "behind the head"},
		"a row put in behind": {[]string{"INSERT INTO audit SELECT 6, at, who, origin, what, object, facts_before, facts_after, reason, hash FROM audit WHERE seq = 5"}, 6, "put in"},
	} {
		for _, settings := range []func(testing.TB) Settings{memorySettings, postgresSettings} {
			set := settings(t)
			t.Run(name+" in "+string(set.Driver), func(t *testing.T) {
				s := open(t, set)
				chain := chainOf(s)
				appendRows(t, chain, 5)
				refused := false
				for _, statement := range c.statements {
					refused = refused || raw(s, statement) != nil
				}
				if !refused && !strings.HasPrefix(c.statements[0], "INSERT") {
					t.Error("the database let it pass")
				}
				for _, statement := range append(lift[s.driver], c.statements...) {
					if err := raw(s, statement); err != nil && !strings.HasPrefix(statement, "INSERT") {
						t.Fatal(err)
					}
				}
				v, err := chain.Verify(soon(t))
				ok(t, err)
				if v.Broken == nil || v.Broken.Seq != c.broken || !strings.Contains(v.Broken.Why, c.why) {
					t.Errorf("got %+v, want row %d %s", v.Broken, c.broken, c.why)
				}
			})
		}
	}
}

func raw(s *Store, statement string) error {
	return s.write.orm.WithContext(context.Background()).Exec(statement).Error
}

func TestAuditTrailIsAppendOnly(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		chain := chainOf(s)
		appendRows(t, chain, 2)
		forbidden := []string{
			"UPDATE audit SET who = 'x'", "DELETE FROM audit", "DELETE FROM audit_head", "UPDATE audit_head SET hash = 'x'", "UPDATE audit_head SET seq = 9",
		}
		switch s.driver {
		case Postgres:
			forbidden = append(forbidden, "TRUNCATE audit", "TRUNCATE audit_head")
		case SQLite:
			forbidden = append(forbidden,
				"INSERT OR REPLACE INTO audit SELECT seq, at, 'x', origin, what, object, facts_before, facts_after, reason, hash FROM audit",
				"INSERT OR REPLACE INTO audit_head VALUES (1, 1, 'x')")
		}
		for _, statement := range forbidden {
			if err := raw(s, statement); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v, want it refused", statement, err)
			}
		}
		sound(t, chain, 2)
	})
}

// Two chains over one store are as two controllers for a moment: no row is lost,
// none has the other's number.
func TestAppendsFromManyQueue(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		one, two := chainOf(s), chainOf(s)
		errs := make(chan error, 40)
		var wg sync.WaitGroup
		for i := range 20 {
			for _, c := range []*access.Chain{one, two} {
				wg.Go(func() { errs <- c.Append(soon(t), access.Audit{What: "x", Object: fmt.Sprint(i)}) })
			}
		}
		wg.Wait()
		for range 40 {
			ok(t, <-errs)
		}
		sound(t, one, 40)
	})
}

// Verify may run while rows are appended.
func TestVerifyBesideAppends(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		chain := chainOf(s)
		var wg sync.WaitGroup
		wg.Go(func() { appendRows(t, chain, 30) })
		for range 10 {
			if v, err := chain.Verify(soon(t)); err != nil || v.Broken != nil {
				t.Errorf("got %+v, %v", v.Broken, err)
			}
		}
		wg.Wait()
		sound(t, chain, 30)
	})
}

func TestFindAudit(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx, chain := soon(t), chainOf(s)
		for i, row := range []access.Audit{
			{Who: "account:zhang", What: "login.began", Object: "1"}, {Who: "account:li", What: "login.failed", Object: "li"},
			{Who: "token:1 desk", What: "stay.opened", Object: "1"}, {Who: "account:zhang", What: "Login.odd", Object: "100%_"},
		} {
			if err := chain.Append(ctx, row); err != nil {
				t.Fatal(i, err)
			}
		}
		for name, c := range map[string]struct {
			f    access.AuditFilter
			want []int64
		}{
			"all":          {access.AuditFilter{}, []int64{4, 3, 2, 1}},
			"who":          {access.AuditFilter{Who: "account:zhang"}, []int64{4, 1}},
			"kind":         {access.AuditFilter{Who: "token:"}, []int64{3}},
			"what":         {access.AuditFilter{What: "login."}, []int64{2, 1}},
			"object":       {access.AuditFilter{Object: "1"}, []int64{3, 1}},
			"no wildcards": {access.AuditFilter{Who: "account%"}, nil},
			"from, to":     {access.AuditFilter{From: day.Add(2 * time.Second), To: day.Add(4 * time.Second)}, []int64{3, 2}},
			"after":        {access.AuditFilter{After: "3"}, []int64{2, 1}},
			"page":         {access.AuditFilter{Limit: 2}, []int64{4, 3}},
		} {
			rows, next, err := chain.Find(ctx, c.f)
			ok(t, err)
			if got := each(rows, func(a access.Audit) int64 { return a.Seq }); !reflect.DeepEqual(got, c.want) || (next == "3") != (name == "page") {
				t.Errorf("%s: got %v, next %q, want %v", name, got, next, c.want)
			}
		}
		for _, f := range []access.AuditFilter{{After: "x"}, {After: "-1"}, {Limit: 1001}, {Limit: -1}, {Who: "a\x00"}} {
			if _, _, err := chain.Find(ctx, f); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v, want invalid", f, err)
			}
		}
	})
}

// Without its row an action does not take place.
func TestChainFailsClosed(t *testing.T) {
	s := open(t, memorySettings(t))
	ok(t, raw(s, "ALTER TABLE audit RENAME TO gone"))
	done := false
	err := chainOf(s).Do(soon(t), access.Audit{What: "x"}, func(context.Context) error { done = true; return nil })
	if done || !fault.Is(err, fault.Unavailable) {
		t.Errorf("done %t, %v; want unavailable and nothing done", done, err)
	}
	ok(t, raw(s, "ALTER TABLE gone RENAME TO audit"))
	boom := errors.New("boom")
	err = chainOf(s).Do(soon(t), access.Audit{What: "x"}, func(context.Context) error { return boom })
	rows, _, findErr := chainOf(s).Find(soon(t), access.AuditFilter{})
	ok(t, findErr)
	if !errors.Is(err, boom) || len(rows) != 2 || rows[0].What != "x.failed" || strings.Contains(rows[0].Reason, "boom") {
		t.Errorf("got %v, rows %+v; want the failure in a second row, without its cause", err, rows)
	}
}
