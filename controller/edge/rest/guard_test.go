package rest

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

func contractOf(t testing.TB) *contract {
	t.Helper()
	k, err := loadContract()
	must(t, err)
	return k
}

// samplePath returns an address for a route; what it names does not exist.
func samplePath(route string) string {
	_, path, _ := strings.Cut(route, " ")
	return strings.NewReplacer(basePath, "", ":name", "x1", ":number", "7999", ":id", "x1", ":guest", "g", ":leg", "l1",
		":account", "a1", ":kind", "desk.csv").Replace(path)
}

// TestStrangers sends every operation without a token, and one with wrong ones.
func TestStrangers(t *testing.T) {
	b := newBench(t)
	before, rows := b.state(), len(b.trail())
	for _, o := range contractOf(t).operations {
		if !o.isPublic() {
			r := b.send(o.route.Method, samplePath(o.route.Method+" "+ginPath(o.route.Path)), "{}", "Authorization", "")
			if r.problem(fault.Unauthorized); r.header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s: no WWW-Authenticate", o.id)
			}
		}
	}
	for name, header := range map[string][]string{
		"empty": {"Authorization", "Bearer "}, "basic": {"Authorization", "Basic YTpi"}, "bare": {"Authorization", b.secret},
		"wrong":        {"Authorization", "Bearer bh_" + strings.Repeat("A", 43)},
		"huge":         {"Authorization", "Bearer " + strings.Repeat("x", 8000)},
		"cookie":       {"Authorization", "", "Cookie", cookieName + "=bh_" + strings.Repeat("A", 43)},
		"empty cookie": {"Authorization", "", "Cookie", cookieName + "="},
		"token in it":  {"Authorization", "", "Cookie", cookieName + "=" + b.secret},
	} {
		t.Run(name, func(t *testing.T) {
			b.t = t
			b.send("PUT", "/floors/77", `{"order":77}`, header...).problem(fault.Unauthorized)
		})
	}
	b.t = t
	if b.state() != before || len(b.trail()) != rows {
		t.Error("a stranger changed something")
	}
}

// everyRole is the matrix: each role with what it may do, besides tokens.
func everyRole(t *testing.T, b *bench) map[string]sender {
	t.Helper()
	all := map[string]sender{}
	for _, r := range access.Roles() {
		page := b.as(strings.ReplaceAll(string(r), "_", "-"), r)
		all[string(r)] = sender{page.send, access.Principal{Kind: access.KindAccount, Permissions: access.Grants(r)}}
	}
	for _, s := range access.AllScopes() {
		secret := b.token(s)
		all["token "+string(s)] = sender{
			func(method, path, body string, headers ...string) reply {
				return b.send(method, path, body, append([]string{"Authorization", "Bearer " + secret}, headers...)...)
			},
			access.Token{Scopes: []access.Scope{s}}.Principal(),
		}
	}
	return all
}

type sender struct {
	send func(method, path, body string, headers ...string) reply
	may  access.Principal
}

// mayDo reads the contract by itself, so that the guard is not asked about the guard.
func mayDo(who access.Principal, o operation) bool {
	needs := strings.Split(o.route.Operation.Extensions["x-permission"].(string), " or ")
	return slices.ContainsFunc(needs, func(p string) bool {
		return p == "own" && who.Kind == access.KindAccount || slices.Contains(who.Permissions, access.Permission(p))
	})
}

// TestPermissionMatrix sends every operation of the contract as every role and
// with every scope: without the right it is refused, with nothing changed or told;
// with it, it is not.
func TestPermissionMatrix(t *testing.T) {
	b := newBench(t)
	roles, k := everyRole(t, b), contractOf(t)
	before, rows := b.state(), len(b.trail())
	refused, let := 0, 0
	for who, s := range roles {
		for route, o := range k.operations {
			if o.isPublic() || mayDo(s.may, o) {
				continue
			}
			refused++
			p := s.send(o.route.Method, samplePath(route), "{}").problem(fault.Forbidden)
			if strings.Contains(p.Detail, "x1") || !strings.Contains(p.Detail, string(o.needs[0])) && !o.isOwn() {
				t.Errorf("%s as %s: %q", route, who, p.Detail)
			}
		}
	}
	if b.state() != before || len(b.trail()) != rows {
		t.Fatal("something was changed or told without the right")
	}
	for who, s := range roles {
		for route, o := range k.operations {
			if o.isPublic() || o.id == "logOut" || !mayDo(s.may, o) {
				continue
			}
			let++
			r := s.send(o.route.Method, samplePath(route), "not json")
			if r.status == http.StatusUnauthorized || r.status == http.StatusForbidden {
				t.Errorf("%s as %s: %d %s", route, who, r.status, r.body)
			}
		}
	}
	if refused < 500 || let < 200 {
		t.Errorf("only %d refused and %d let pass: is the matrix whole?", refused, let)
	}
}

// TestGrantsAreWhatTheContractAsks: no permission is without an operation or a role,
// but for those that the live feed asks for.
func TestGrantsAreWhatTheContractAsks(t *testing.T) {
	asked := []access.Permission{access.FeedRead}
	for _, o := range contractOf(t).operations {
		asked = append(asked, o.needs...)
	}
	for _, p := range access.Permissions() {
		if !slices.Contains(asked, p) {
			t.Errorf("no operation asks for %q", p)
		}
		if !slices.ContainsFunc(access.Roles(), func(r access.Role) bool { return slices.Contains(access.Grants(r), p) }) {
			t.Errorf("no role has %q", p)
		}
	}
}

// TestCrossSite sends changes as a page of another site could: with the cookie, but
// without what only our page knows.
func TestCrossSite(t *testing.T) {
	b := newBench(t)
	page, other := b.as("telecom", access.RoleTelecom), b.as("other", access.RoleTelecom)
	before, rows := b.state(), len(b.trail())
	host := strings.TrimPrefix(b.url, "http://")
	body := `{"order":77}`
	for name, headers := range map[string][]string{
		"no CSRF":          {},
		"empty CSRF":       {headerCSRF, ""},
		"wrong CSRF":       {headerCSRF, "bh_" + strings.Repeat("A", 43)},
		"another's CSRF":   {headerCSRF, other.Csrf},
		"longer CSRF":      {headerCSRF, page.Csrf + "x"},
		"other origin":     {headerCSRF, page.Csrf, "Origin", "https://evil.example"},
		"null origin":      {headerCSRF, page.Csrf, "Origin", "null"},
		"empty origin":     {headerCSRF, page.Csrf, "Origin", ""},
		"other port":       {headerCSRF, page.Csrf, "Origin", "http://127.0.0.1:1"},
		"host in the path": {headerCSRF, page.Csrf, "Origin", "http://evil.example/" + host},
		"host as user":     {headerCSRF, page.Csrf, "Origin", "http://" + host + "@evil.example"},
		"other scheme":     {headerCSRF, page.Csrf, "Origin", "file://" + host},
		"longer host":      {headerCSRF, page.Csrf, "Origin", b.url + ".evil.example"},
	} {
		t.Run(name, func(t *testing.T) {
			b.t = t
			page.cookieOnly("PUT", "/floors/77", body, headers...).problem(fault.Forbidden)
		})
	}
	b.t = t
	for route, o := range contractOf(t).operations {
		if o.changes() && !o.isPublic() {
			page.cookieOnly(o.route.Method, samplePath(route), "{}").problem(fault.Forbidden)
			page.cookieOnly(o.route.Method, samplePath(route), "{}", headerCSRF, page.Csrf, "Origin", "https://evil.example").problem(fault.Forbidden)
		}
	}
	b.send("POST", "/session", `{"login":"telecom","password":"`+goodPassword+`"}`, "Authorization", "", "Origin", "https://evil.example").problem(fault.Forbidden)
	if b.state() != before || len(b.trail()) != rows {
		t.Error("another site changed something")
	}
	page.cookieOnly("GET", "/rooms", "", "Cookie", page.cookie+"; "+cookieName+"=planted").problem(fault.Unauthorized)
	page.cookieOnly("GET", "/rooms", "").is(200) // reading needs no proof: other origins cannot see it
	page.cookieOnly("PUT", "/floors/77", body, headerCSRF, page.Csrf, "Origin", b.url).is(200)
	page.cookieOnly("PUT", "/floors/77", body, headerCSRF, page.Csrf).is(200)            // no browser
	b.send("PUT", "/floors/77", body, "Origin", "https://evil.example").is(200)          // a token is not sent by itself
	b.send("PUT", "/floors/77", body, "Cookie", page.cookie).is(200)                     // the token counts
	page.cookieOnly("PUT", "/floors/77", body, headerCSRF, "x").problem(fault.Forbidden) // still
}

// TestBrokenRightsFailClosed: when rights cannot be looked up nobody has any.
func TestBrokenRightsFailClosed(t *testing.T) {
	r, err := http.NewRequestWithContext(t.Context(), "GET", "http://x/", nil)
	must(t, err)
	if who, err := Identify(nil, nil)(r); !fault.Is(err, fault.Unauthorized) || who.Kind != "" {
		t.Errorf("a request with nothing is %+v, %v", who, err)
	}
	if (access.Principal{}).Can(access.HotelRead) || allowed(access.Principal{}, operation{needs: []access.Permission{own}}) == nil {
		t.Error("nobody has rights")
	}
}
