package browser_test

import (
	"path/filepath"
	"testing"

	"bellhop/test/browser"
)

func TestAPageIsDriven(t *testing.T) {
	if testing.Short() {
		t.Skip("needs Chromium: not with -short")
	}
	p := browser.Open(t, filepath.Join("..", "..")).Page(t, "page", "zh-CN", 1366, 768)
	p.Run(`document.body.innerHTML = '<input id="in"><p id="out"></p>'; document.querySelector('#in').oninput = e => document.querySelector('#out').textContent = e.target.value; null`, nil)
	p.Click("#in")
	p.Type("叫醒")
	if got := p.Text("#out"); got != "叫醒" {
		t.Errorf("the page shows %q", got)
	}
	var facts struct {
		Language      string `json:"language"`
		Width, Height int
	}
	p.Run(`({language: navigator.language, Width: innerWidth, Height: innerHeight})`, &facts)
	if facts.Language != "zh-CN" || facts.Width != 1366 || facts.Height != 768 {
		t.Errorf("%+v", facts)
	}
	if found := p.Axe(); len(found) == 0 {
		t.Error("a field without a label is no finding")
	}
}
