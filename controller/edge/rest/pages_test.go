package rest

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
)

func TestBrowserPages(t *testing.T) {
	b := newBenchWith(t, func(p *Parts) {
		p.Web = fstest.MapFS{
			"index.html": {Data: []byte("<!doctype html>start")}, "icon.svg": {Data: []byte("<svg/>")},
			"assets/a-1.js": {Data: []byte("plain")}, "assets/a-1.js.gz": {Data: []byte("packed")}, ".vite/manifest.json": {Data: []byte("secret")},
		}
	})
	get := func(path, encoding string) (*http.Response, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.url+path, nil)
		must(t, err)
		r.Header.Set("Accept-Encoding", encoding) // and so the client does not unpack
		resp, err := http.DefaultClient.Do(r)
		must(t, err)
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		must(t, err)
		return resp, string(body)
	}
	for _, c := range []struct {
		path, encoding string
		status         int
		body, cache    string
	}{
		{"/", "gzip", 200, "start", "no-store"},
		{"/settings/queues?x=1", "", 200, "start", "no-store"}, // the page's own address
		{"/assets/a-1.js", "br", 200, "plain", "immutable"},
		{"/assets/a-1.js", "br, gzip", 200, "packed", "immutable"},
		{"/icon.svg", "", 200, "<svg/>", "no-store"},
		{"/assets/a-0.js", "", 404, "build", "no-store"}, // of a build before: never the start page as a script
		{"/.vite/manifest.json", "", 200, "start", "no-store"},
		{"/../../etc/passwd", "", 400, "invalid", ""},
		{"/assets", "", 200, "start", "no-store"},
		{"/api/v1/nothing", "", 404, "nothing here", "no-store"},
		{"/docs/nothing.html", "", 404, "", "no-store"},
	} {
		resp, body := get(c.path, c.encoding)
		if resp.StatusCode != c.status || !strings.Contains(body, c.body) || !strings.Contains(resp.Header.Get("Cache-Control"), c.cache) {
			t.Errorf("%s (%s): %d %q %q", c.path, c.encoding, resp.StatusCode, body, resp.Header.Get("Cache-Control"))
		}
		if packed := resp.Header.Get("Content-Encoding") == "gzip"; packed != (c.body == "packed") {
			t.Errorf("%s (%s): packed %v", c.path, c.encoding, packed)
		}
	}
	resp, _ := get("/", "")
	if policy := resp.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'self'") || !strings.Contains(policy, "frame-ancestors 'none'") {
		t.Errorf("policy %q", policy)
	}
	b.send("POST", "/../../", "", "Authorization", "").is(404)
}

func TestBrowserPagesNotBuilt(t *testing.T) {
	b := newBenchWith(t, func(p *Parts) { p.Web = fstest.MapFS{"placeholder": {Data: []byte("x")}} })
	resp, err := http.Get(b.url + "/")
	must(t, err)
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != 404 || !strings.Contains(string(body), "make web") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
}
