package dialplan

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var good = Settings{ARIPassword: "long-enough"}

func TestRenderWritesEveryFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "etc")
	if err := Render(dir, good); err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "asterisk/*.conf")
	if err != nil || len(names) < 20 {
		t.Fatalf("%d files embedded (%v), want the whole configuration", len(names), err)
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(dir, filepath.Base(name)))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "{{") || strings.Contains(string(data), "<no value>") {
			t.Errorf("%s still holds a template", name)
		}
	}
}

func TestRenderKeepsTheSnapshotAndReplacesTheRest(t *testing.T) {
	dir := t.TempDir()
	if err := Render(dir, good); err != nil {
		t.Fatal(err)
	}
	snapshot := filepath.Join(dir, BootFolder, "pjsip.conf")
	if err := os.WriteFile(snapshot, []byte("kept"), 0o640); err != nil {
		t.Fatal(err)
	}
	again := good
	again.SIPPort = 15060
	if err := Render(dir, again); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(snapshot); string(data) != "kept" {
		t.Errorf("the snapshot is %q, want it kept", data)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "pjsip.conf")); !strings.Contains(string(data), ":15060") {
		t.Error("the new port is not in pjsip.conf")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".new-*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestRenderRefusesSettings(t *testing.T) {
	for field, change := range map[string]func(*Settings){
		"ARIPassword": func(s *Settings) { s.ARIPassword = "short" },
		"ARIUser":     func(s *Settings) { s.ARIUser = "a]\n[b" },
		"UserAgent":   func(s *Settings) { s.UserAgent = "x\nbind=0.0.0.0" },
		"SIPHost":     func(s *Settings) { s.SIPHost = "host.example" },
		"HTTPPort":    func(s *Settings) { s.HTTPPort = 70000 },
		"RTPFirst":    func(s *Settings) { s.RTPFirst, s.RTPLast = 9999, 12000 },
		"ConfDir":     func(s *Settings) { s.ConfDir = "/etc/a b" },
		"Country":     func(s *Settings) { s.Country = "xx" },
		"EntityID":    func(s *Settings) { s.EntityID = "mine" },
	} {
		s := good
		change(&s)
		dir := t.TempDir()
		err := Render(dir, s)
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: error is %v, want one that names it", field, err)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 0 {
			t.Errorf("%s: files were written", field)
		}
	}
}

// TestDialledStringsAreFilteredFirst holds the first rule of extensions.conf: before a
// stranger's EXTEN has passed FILTER, it is used in LEN and FILTER only.
func TestDialledStringsAreFilteredFirst(t *testing.T) {
	data, err := files.ReadFile("asterisk/extensions.conf")
	if err != nil {
		t.Fatal(err)
	}
	harmless := regexp.MustCompile(`LEN\(\$\{EXTEN\}\)|FILTER\(0-9\+\*#,\$\{EXTEN\}\)`)
	context := ""
	for _, line := range strings.Split(string(data), "\n") {
		if strings.HasPrefix(line, "[") {
			context = line
		}
		if context != "[from-phones]" && context != "[from-trunks]" || strings.HasPrefix(line, ";") {
			continue
		}
		if strings.Contains(harmless.ReplaceAllString(line, ""), "EXTEN") {
			t.Errorf("%s uses a raw EXTEN: %s", context, line)
		}
	}
}
