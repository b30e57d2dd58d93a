package browser

import (
	"os"
	"path/filepath"
	"testing"
)

// Page is one page in a profile of its own. A command that fails ends the test.
type Page struct {
	t    testing.TB
	b    *Browser
	name string
}

// Finding is something that axe-core dislikes.
type Finding struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Nodes  []string `json:"nodes"`
}

// Page opens an empty page, in a language as zh-CN or en and a size in pixels.
func (b *Browser) Page(t testing.TB, name, language string, width, height int) *Page {
	t.Helper()
	p := &Page{t, b, name}
	p.do(map[string]any{"op": "open", "language": language, "width": width, "height": height}, nil)
	t.Cleanup(func() {
		var said []string
		if t.Failed() && b.do(map[string]any{"op": "said", "page": name}, &said) == nil {
			t.Logf("%s's console: %q", name, said)
		}
		_ = b.do(map[string]any{"op": "close", "page": name}, nil)
	})
	return p
}

// With returns the page for a subtest: what fails there ends that, and is pictured
// in the folder that BELLHOP_PICTURES names.
func (p *Page) With(t testing.TB) *Page {
	if folder := os.Getenv("BELLHOP_PICTURES"); folder != "" {
		t.Cleanup(func() {
			if t.Failed() {
				file := filepath.Join(folder, filepath.Base(t.Name())+".png")
				_ = p.b.do(map[string]any{"op": "picture", "page": p.name, "file": file}, nil)
			}
		})
	}
	return &Page{t, p.b, p.name}
}

func (p *Page) do(command map[string]any, value any) {
	p.t.Helper()
	command["page"] = p.name
	if err := p.b.do(command, value); err != nil {
		p.t.Fatalf("%s: %v", p.name, err)
	}
}

// Go loads an address.
func (p *Page) Go(url string) { p.t.Helper(); p.do(map[string]any{"op": "go", "url": url}, nil) }

// Reload loads the page anew.
func (p *Page) Reload() { p.t.Helper(); p.do(map[string]any{"op": "reload"}, nil) }

// Press presses a key, as F2 or Control+Enter.
func (p *Page) Press(key string) { p.t.Helper(); p.do(map[string]any{"op": "press", "key": key}, nil) }

// Type types text where the cursor is.
func (p *Page) Type(text string) { p.t.Helper(); p.do(map[string]any{"op": "type", "text": text}, nil) }

// Click clicks what a CSS selector finds.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.do(map[string]any{"op": "click", "selector": selector}, nil)
}

// Fill writes into a field.
func (p *Page) Fill(selector, text string) {
	p.t.Helper()
	p.do(map[string]any{"op": "fill", "selector": selector, "text": text}, nil)
}

// Sees waits until something is visible.
func (p *Page) Sees(selector string) {
	p.t.Helper()
	p.do(map[string]any{"op": "wait", "selector": selector, "state": "visible"}, nil)
}

// SeesNot waits until something is gone.
func (p *Page) SeesNot(selector string) {
	p.t.Helper()
	p.do(map[string]any{"op": "wait", "selector": selector, "state": "hidden"}, nil)
}

// Text returns what is written somewhere.
func (p *Page) Text(selector string) (text string) {
	p.t.Helper()
	p.do(map[string]any{"op": "text", "selector": selector}, &text)
	return text
}

// Run evaluates JavaScript in the page; value receives the result.
func (p *Page) Run(script string, value any) {
	p.t.Helper()
	p.do(map[string]any{"op": "run", "script": script}, value)
}

// Picture writes a PNG.
func (p *Page) Picture(file string) {
	p.t.Helper()
	p.do(map[string]any{"op": "picture", "file": file}, nil)
}

// Offline cuts the page off the network, or gives it back.
func (p *Page) Offline(on bool) {
	p.t.Helper()
	p.do(map[string]any{"op": "offline", "on": on}, nil)
}

// Axe returns what axe-core dislikes.
func (p *Page) Axe() (found []Finding) {
	p.t.Helper()
	p.do(map[string]any{"op": "axe"}, &found)
	return found
}
