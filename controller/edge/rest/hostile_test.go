package rest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

// TestHostileBodies sends what no client should; each is refused by name, and
// nothing changes.
func TestHostileBodies(t *testing.T) {
	b := newBench(t)
	before := b.state()
	long := strings.Repeat("长", 4096)
	for name, c := range map[string]struct{ method, path, body, field string }{
		"long name":      {"POST", "/stays", `{"room":"1206","guests":[{"name":"` + long + `"}]}`, "guests.0.name"},
		"long path":      {"PUT", "/groups/" + long, `{"members":[]}`, "name"},
		"NUL":            {"PUT", "/extensions/8777", `{"kind":"staff","name":"a\u0000b"}`, "name"},
		"NUL in path":    {"PUT", "/groups/a%00b", `{"members":[]}`, ""},
		"newline":        {"PUT", "/extensions/8777", `{"kind":"staff","name":"a\r\nb"}`, "name"},
		"bad UTF-8 path": {"PUT", "/groups/%ff", `{"members":[]}`, ""},
		"bad UTF-8 body": {"PUT", "/extensions/8777", "{\"kind\":\"staff\",\"name\":\"\xff\"}", "body"},
		"bad query":      {"GET", "/rooms?floor=%zz", "", ""},
		"query NUL":      {"GET", "/rooms?floor=%00", "", ""},
		"wrong type":     {"PUT", "/floors/9", `{"order":"first"}`, "order"},
		"float":          {"PUT", "/floors/9", `{"order":1.5}`, "order"},
		"overflow":       {"PUT", "/floors/9", `{"order":99999999999999999999999}`, "order"},
		"null":           {"PUT", "/floors/9", `null`, "body"},
		"array":          {"PUT", "/floors/9", `[]`, "body"},
		"string":         {"PUT", "/floors/9", `"x"`, "body"},
		"unknown field":  {"PUT", "/floors/9", `{"odrer":1}`, "odrer"},
		"case":           {"PUT", "/floors/9", `{"ORDER":1}`, "ORDER"},
		"missing":        {"PUT", "/rooms/9999", `{}`, "floor"},
		"empty":          {"PUT", "/rooms/9999", ``, "body"},
		"two values":     {"PUT", "/floors/9", `{"order":1}{"order":2}`, "body"},
		"cut off":        {"PUT", "/floors/9", `{"order":`, "body"},
		"deep":           {"PUT", "/floors/9", strings.Repeat("[", 20000) + strings.Repeat("]", 20000), "body"},
		"deep object":    {"PUT", "/floors/9", strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9000), ""},
		"huge":           {"PUT", "/floors/9", `{"order":` + strings.Repeat(" ", maxJSON) + `1}`, "body"},
		"dial string":    {"PUT", "/extensions/500&PJSIP%2Fx", `{"kind":"staff"}`, ""},
		"dial string 2":  {"PUT", "/dids/0755", `{"to":"500&PJSIP/x"}`, "to"},
		"traversal":      {"DELETE", "/devices/..%2F..%2Fetc%2Fpasswd", "", ""},
		"traversal 2":    {"GET", "/calls/..", "", ""},
		"SQL":            {"GET", "/calls/x'%20OR%201=1--", "", "id"},
		"body on GET":    {"GET", "/rooms", `{}`, ""},
		"many members":   {"PUT", "/groups/x", `{"members":[` + strings.TrimSuffix(strings.Repeat(`"1206",`, 1001), ",") + `]}`, "members"},
		"header in host": {"PUT", "/trunks/x", `{"enabled":true,"address":"a\r\nX: y"}`, "address"},
	} {
		t.Run(name, func(t *testing.T) {
			b.t = t
			r := b.send(c.method, c.path, c.body)
			if r.status != http.StatusBadRequest && r.status != http.StatusNotFound {
				t.Fatalf("status %d: %.300s", r.status, r.body)
			}
			p := r.problem(fault.Code(map[int]string{400: "invalid", 404: "not_found"}[r.status]))
			if c.field != "" && p.Field != c.field {
				t.Errorf("field %q, want %q: %s", p.Field, c.field, p.Detail)
			}
			if len(r.body) > 2000 {
				t.Errorf("the answer repeats what was sent: %d bytes", len(r.body))
			}
		})
	}
	b.t = t
	if b.state() != before {
		t.Error("a refused request changed something")
	}
	b.send("PUT", "/floors/9", `{"order":1}`, "Content-Type", "text/plain").problem(fault.Invalid)
	b.send("PUT", "/floors/9", `{"order":1}`, "Content-Type", "application/json; charset=utf-8").is(200)
}

// TestBodyIsNotReadWithoutTheRight keeps strangers from making us read.
func TestBodyIsNotReadWithoutTheRight(t *testing.T) {
	b := newBench(t)
	read, write := io.Pipe() // never written: reading it would hang
	defer write.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "POST", b.url+"/api/v1/import", read)
	must(t, err)
	r.ContentLength = 1000
	r.Header.Set("Authorization", "Bearer "+b.token(access.ScopeRead)) // import needs more
	res, err := http.DefaultClient.Do(r)
	must(t, err)
	defer res.Body.Close()
	if res.StatusCode != http.StatusForbidden {
		t.Errorf("status %d, want 403 before the body", res.StatusCode)
	}
}

func FuzzRequests(f *testing.F) {
	f.Add("PUT", "floors/9", `{"order":1}`)
	f.Add("POST", "stays", `{"room":"1206","guests":[{"name":"x"}]}`)
	f.Add("GET", "rooms?limit=5", "")
	f.Add("PATCH", "stays/a/guests/b", `{"vip":1}`)
	b := newBench(f)
	f.Fuzz(func(t *testing.T, method, path, body string) {
		if _, err := http.NewRequest(method, "http://x/api/v1/"+path, nil); err != nil {
			t.Skip()
		}
		b.t = t
		if r := b.send(method, "/"+path, body); r.status >= 500 {
			t.Errorf("%s %q %q: %d %s", method, path, body, r.status, r.body)
		}
	})
}

func ExampleNewServer() {
	s := NewServer(http.NotFoundHandler(), quiet())
	fmt.Println(s.ReadHeaderTimeout > 0, s.ReadTimeout > 0, s.WriteTimeout > 0, s.IdleTimeout > 0, s.MaxHeaderBytes)
	// Output: true true true true 16384
}
