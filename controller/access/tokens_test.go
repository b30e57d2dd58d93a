package access_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// memory is a Store that counts reads and can be broken.
type memory struct {
	mu    sync.Mutex
	list  []access.Token
	reads int
	err   error
}

func (m *memory) Tokens(context.Context) ([]access.Token, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reads++
	return slices.Clone(m.list), m.err
}

func (m *memory) PutToken(_ context.Context, t access.Token) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil {
		return m.err
	}
	if i := slices.IndexFunc(m.list, func(k access.Token) bool { return k.ID == t.ID }); i >= 0 {
		m.list[i] = t
	} else {
		m.list = append(m.list, t)
	}
	return nil
}

// bench is Tokens over a memory with a clock that the test steps.
type bench struct {
	*access.Tokens
	store *memory
	now   time.Time
}

func newBench() *bench {
	b := &bench{store: &memory{}, now: time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)}
	b.Tokens = access.New(b.store, func() time.Time { return b.now })
	return b
}

func root() access.Token { return access.Token{ID: "root", Scopes: access.AllScopes()} }

func (b *bench) create(t *testing.T, expires time.Time, scopes ...access.Scope) (access.Token, string) {
	t.Helper()
	token, secret, err := b.Create(t.Context(), root(), "desk", scopes, expires)
	if err != nil {
		t.Fatal(err)
	}
	return token, secret
}

func TestCreateAndCheck(t *testing.T) {
	b := newBench()
	token, secret := b.create(t, time.Time{}, access.ScopeRead, access.ScopeDesk, access.ScopeRead)
	if !strings.HasPrefix(secret, "bh_") || len(secret) != 46 {
		t.Errorf("secret has the wrong form: %d characters", len(secret))
	}
	for _, stored := range b.store.list {
		if strings.Contains(stored.Hash, secret) || len(stored.Hash) != 64 {
			t.Error("the secret was stored, not its hash")
		}
	}
	got, err := b.Check(t.Context(), secret)
	if err != nil || got.ID != token.ID {
		t.Fatalf("Check = %v, %v", got, err)
	}
	if want := []access.Scope{access.ScopeDesk, access.ScopeRead}; !slices.Equal(got.Scopes, want) {
		t.Errorf("scopes = %v, want %v", got.Scopes, want)
	}
	if _, again := b.create(t, time.Time{}, access.ScopeRead); again == secret {
		t.Error("two tokens are the same")
	}
}

func TestCheckRefuses(t *testing.T) {
	b := newBench()
	_, good := b.create(t, time.Time{}, access.ScopeRead)
	for name, secret := range map[string]string{
		"empty":       "",
		"no prefix":   strings.TrimPrefix(good, "bh_"),
		"other":       good[:45] + map[bool]string{true: "B", false: "A"}[good[45] == 'A'],
		"longer":      good + "A",
		"huge":        "bh_" + strings.Repeat("A", 1<<20),
		"the hash":    b.store.list[0].Hash,
		"zero bytes":  "bh_" + strings.Repeat("\x00", 43),
		"wrong case":  strings.ToUpper(good),
		"with spaces": " " + good[:45],
	} {
		if _, err := b.Check(t.Context(), secret); !fault.Is(err, fault.Unauthorized) {
			t.Errorf("%s: %v, want unauthorized", name, err)
		}
	}
}

func TestExpiryAndRevocation(t *testing.T) {
	b := newBench()
	_, short := b.create(t, b.now.Add(time.Hour), access.ScopeRead)
	long, longSecret := b.create(t, time.Time{}, access.ScopeRead)
	b.now = b.now.Add(time.Hour - time.Nanosecond)
	if _, err := b.Check(t.Context(), short); err != nil {
		t.Errorf("a moment before it expires: %v", err)
	}
	b.now = b.now.Add(time.Nanosecond)
	if _, err := b.Check(t.Context(), short); !fault.Is(err, fault.Unauthorized) {
		t.Errorf("expired: %v", err)
	}
	if err := b.Revoke(t.Context(), long.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Check(t.Context(), longSecret); !fault.Is(err, fault.Unauthorized) {
		t.Errorf("revoked here, must be noticed at once: %v", err)
	}
	revoked := b.store.list[1].Revoked
	b.now = b.now.Add(time.Minute)
	if err := b.Revoke(t.Context(), long.ID); err != nil || b.store.list[1].Revoked != revoked {
		t.Errorf("revoking twice: %v; the time must stay", err)
	}
	if err := b.Revoke(t.Context(), "nobody"); !fault.Is(err, fault.NotFound) {
		t.Errorf("unknown token: %v", err)
	}
}

func TestCreateRules(t *testing.T) {
	b := newBench()
	desk := access.Token{Scopes: []access.Scope{access.ScopeDesk, access.ScopeTokens}}
	for name, c := range map[string]struct {
		by      access.Token
		name    string
		scopes  []access.Scope
		expires time.Time
		want    fault.Code
		field   string
	}{
		"no name":       {root(), "", []access.Scope{"read"}, time.Time{}, fault.Invalid, "name"},
		"long name":     {root(), strings.Repeat("名", 65), []access.Scope{"read"}, time.Time{}, fault.Invalid, "name"},
		"NUL":           {root(), "a\x00b", []access.Scope{"read"}, time.Time{}, fault.Invalid, "name"},
		"bad UTF-8":     {root(), "a\xffb", []access.Scope{"read"}, time.Time{}, fault.Invalid, "name"},
		"no scopes":     {root(), "x", nil, time.Time{}, fault.Invalid, "scopes"},
		"past":          {root(), "x", []access.Scope{"read"}, b.now, fault.Invalid, "expires"},
		"above oneself": {desk, "x", []access.Scope{"desk", "admin"}, time.Time{}, fault.Forbidden, ""},
		"unknown scope": {access.Token{Scopes: []access.Scope{"god"}}, "x", []access.Scope{"god"}, time.Time{}, fault.Invalid, "scopes"},
	} {
		_, secret, err := b.Create(t.Context(), c.by, c.name, c.scopes, c.expires)
		if !fault.Is(err, c.want) || secret != "" {
			t.Errorf("%s: %v, want %s", name, err, c.want)
			continue
		}
		if f, _ := errors.AsType[*fault.Error](err); f.Field != c.field {
			t.Errorf("%s: field %q, want %q", name, f.Field, c.field)
		}
	}
	if len(b.store.list) != 0 {
		t.Error("a refused token was stored")
	}
}

func TestLastKeyIsKept(t *testing.T) {
	b := newBench()
	first, _ := b.create(t, time.Time{}, access.ScopeTokens)
	_, _ = b.create(t, b.now.Add(time.Hour), access.ScopeTokens) // expires: does not count
	if err := b.Revoke(t.Context(), first.ID); !fault.Is(err, fault.Conflict) {
		t.Fatalf("the last key was revoked: %v", err)
	}
	_, _ = b.create(t, time.Time{}, access.ScopeTokens)
	if err := b.Revoke(t.Context(), first.ID); err != nil {
		t.Error(err)
	}
}

func TestCache(t *testing.T) {
	b := newBench()
	_, secret := b.create(t, time.Time{}, access.ScopeRead)
	reads := b.store.reads
	for range 100 {
		if _, err := b.Check(t.Context(), secret); err != nil {
			t.Fatal(err)
		}
	}
	if got := b.store.reads - reads; got != 1 {
		t.Errorf("100 checks read the store %d times", got)
	}
	b.store.list[0].Revoked = b.now // by another process
	b.now = b.now.Add(2 * time.Second)
	if _, err := b.Check(t.Context(), secret); !fault.Is(err, fault.Unauthorized) {
		t.Errorf("a revocation elsewhere went unnoticed for 2 s: %v", err)
	}
	b.store.err = errors.New("disk on fire")
	b.now = b.now.Add(-time.Hour)
	if _, err := b.Check(t.Context(), secret); !fault.Is(err, fault.Unavailable) {
		t.Errorf("broken store: %v, want unavailable", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Check(ctx, secret); err == nil {
		t.Error("a broken store let a token pass")
	}
}

func TestConcurrentUse(t *testing.T) {
	b := newBench()
	_, secret := b.create(t, time.Time{}, access.ScopeRead)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { _, _ = b.Check(t.Context(), secret) })
		wg.Go(func() { _, _, _ = b.Create(t.Context(), root(), "x", []access.Scope{"read"}, time.Time{}) })
	}
	wg.Wait()
	if len(b.store.list) != 21 {
		t.Errorf("%d tokens, want 21", len(b.store.list))
	}
}

func TestBootstrap(t *testing.T) {
	b := newBench()
	file := filepath.Join(t.TempDir(), "data", "admin.token")
	made, err := b.Bootstrap(t.Context(), file)
	if err != nil || !made {
		t.Fatalf("first start: %v, %v", made, err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(file); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want 0600", info.Mode())
	}
	token, err := b.Check(t.Context(), strings.TrimSpace(string(text)))
	if err != nil || len(token.Scopes) != len(access.AllScopes()) {
		t.Fatalf("the written token: %v, %v", token, err)
	}
	if made, err = b.Bootstrap(t.Context(), file); err != nil || made {
		t.Errorf("second start made another token: %v, %v", made, err)
	}
	if again, _ := os.ReadFile(file); string(again) != string(text) {
		t.Error("second start rewrote the file")
	}
}

func TestBootstrapFailsWhole(t *testing.T) {
	b := newBench()
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if made, err := b.Bootstrap(t.Context(), filepath.Join(blocked, "admin.token")); err == nil || made {
		t.Error("a file in place of the folder was accepted")
	}
	if len(b.store.list) != 0 {
		t.Error("a token that nobody can read was stored")
	}
}
