package dialplan

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// With live_dangerously on, what must not be reached must not be there.
func TestNothingDangerousIsLoaded(t *testing.T) {
	dir := t.TempDir()
	if err := Render(dir, Settings{ARIPassword: "not-a-real-secret"}); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "modules.conf"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "autoload = no") {
		t.Error("modules.conf loads whatever it finds")
	}
	for line := range strings.Lines(string(text)) {
		for _, module := range []string{"func_shell", "func_env", "func_curl", "app_system", "res_agi", "res_config_curl"} {
			if strings.Contains(line, module) && !strings.HasPrefix(line, ";") {
				t.Errorf("%s is loaded: %s", module, line)
			}
		}
	}
}
