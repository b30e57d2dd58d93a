package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"bellhop/controller/kit/fault"
)

func TestSchemaIsTheSameOnBothDatabases(t *testing.T) {
	lite, pg := columns(t, open(t, sqliteSettings(t))), columns(t, open(t, postgresSettings(t)))
	if len(lite) < 50 {
		t.Fatalf("found only %d columns: the test looks in the wrong place", len(lite))
	}
	for _, name := range slices.Sorted(maps.Keys(lite)) {
		if pg[name] != lite[name] {
			t.Errorf("%s: sqlite has %q, postgres %q", name, lite[name], pg[name])
		}
		delete(pg, name)
	}
	for name := range pg {
		t.Errorf("%s: only postgres has it", name)
	}
}

func TestIndexesAreTheSameOnBothDatabases(t *testing.T) {
	list := func(s *Store, query string) []string {
		var names []string
		ok(t, s.read.orm.WithContext(t.Context()).Raw(query).Scan(&names).Error)
		return names
	}
	lite := list(open(t, sqliteSettings(t)), "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
	pg := list(open(t, postgresSettings(t)), `SELECT indexname::text COLLATE "C" AS name FROM pg_indexes WHERE schemaname = current_schema()
		AND indexname NOT LIKE '%\_pkey' AND indexname NOT LIKE '%\_key' ORDER BY name`)
	if !slices.Equal(lite, pg) || len(lite) == 0 {
		t.Errorf("sqlite   %v\npostgres %v", lite, pg)
	}
}

// columns describes every column as "table.column" → its meaning, in words that
// both databases can be translated to.
func columns(t *testing.T, s *Store) map[string]string {
	query := `SELECT table_name AS place, column_name AS name, data_type AS type, is_nullable = 'NO' AS required
		FROM information_schema.columns WHERE table_schema = current_schema()`
	if s.driver == SQLite {
		query = `SELECT t.name AS place, c.name AS name, lower(c.type) AS type, c."notnull" OR c.pk > 0 AS required
			FROM pragma_table_list t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'`
	}
	var found []struct {
		Place, Name, Type string
		Required          bool
	}
	ok(t, s.read.orm.WithContext(t.Context()).Raw(query).Scan(&found).Error)
	same := strings.NewReplacer("bigint", "integer", "boolean", "integer", "jsonb", "text", "bytea", "blob")
	all := map[string]string{}
	for _, c := range found {
		if !strings.HasPrefix(c.Place, "goose_") && !strings.HasPrefix(c.Place, "sqlite_") {
			all[c.Place+"."+c.Name] = fmt.Sprint(same.Replace(c.Type), map[bool]string{true: " not null"}[c.Required])
		}
	}
	return all
}

func TestMigrationsGoDownAndUp(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		before := columns(t, s)
		m, err := s.migrations()
		ok(t, err)
		for range m.ListSources() {
			_, err := m.Down(ctx)
			ok(t, err)
		}
		if left := columns(t, s); len(left) != 0 {
			t.Errorf("left after all went down: %v", left)
		}
		ok(t, s.up(ctx))
		if after := columns(t, s); !maps.Equal(after, before) {
			t.Errorf("got %v\nwant %v", after, before)
		}
		ok(t, s.up(ctx)) // twice changes nothing
	})
}

func TestOpenKeepsWhatIsStored(t *testing.T) {
	for name, set := range map[string]Settings{"sqlite": sqliteSettings(t), "postgres": postgresSettings(t)} {
		t.Run(name, func(t *testing.T) {
			ctx := soon(t)
			first, err := Open(ctx, set)
			ok(t, err)
			ok(t, first.SaveRecords(ctx, someRecords(3, 0)))
			ok(t, first.Close())
			rs, _, err := open(t, set).Records(ctx, recordsOfAll)
			ok(t, err)
			if len(rs) != 3 {
				t.Errorf("got %d records, want 3", len(rs))
			}
		})
	}
}

func TestOpenRefusesANewerSchema(t *testing.T) {
	for name, set := range map[string]Settings{"sqlite": sqliteSettings(t), "postgres": postgresSettings(t)} {
		t.Run(name, func(t *testing.T) {
			s := open(t, set)
			ok(t, s.write.orm.WithContext(t.Context()).Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, ?)", true).Error)
			_, err := Open(t.Context(), set)
			if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), "schema 99") {
				t.Errorf("got %v, want a refusal that names schema 99", err)
			}
		})
	}
}

func TestOpenGivesUpWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, set := range map[string]Settings{"sqlite": sqliteSettings(t), "postgres": postgresSettings(t)} {
		if s, err := Open(ctx, set); err == nil {
			t.Errorf("%s: opened", name)
			ok(t, s.Close())
		}
	}
}
