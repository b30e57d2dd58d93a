package app

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/v2"

	"bellhop/controller/kit/fault"
)

const exampleFile = "../../config.example.yaml"

func TestDefaultsAreValid(t *testing.T) {
	c, warnings, err := Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	if c != Default() {
		t.Errorf("Load = %+v, want the defaults", c)
	}
	if len(warnings) != 1 || warnings[0].Key != "asterisk.password" {
		t.Errorf("warnings = %v, want only the empty password", warnings)
	}
}

func TestExampleIsComplete(t *testing.T) {
	c, _, err := Load(exampleFile, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c != Default() {
		t.Errorf("the example differs from the defaults: %+v", c)
	}
	raw, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	k := koanf.New(".")
	if err := k.Load(rawFile(raw), yaml.Parser()); err != nil {
		t.Fatal(err)
	}
	for _, s := range settings(&c) {
		if !k.Exists(s.key) {
			t.Errorf("the example does not show %s", s.key)
		}
	}
}

func TestFileAndEnvironment(t *testing.T) {
	file := write(t, `
listen: { http: "0.0.0.0:9000" }
database: { driver: postgres, dsn: "postgres://u:p@db/bellhop" }
asterisk: { url: "http://pbx:8088/ari", user: ari, password: "from the file" }
log: { level: debug, format: json }
metrics: { enabled: false }
demo: true
drain_timeout: 2m
`)
	c, warnings, err := Load(file, []string{
		"BELLHOP_ASTERISK_PASSWORD=from=env", "BELLHOP_DEMO=false", "HOME=/root", "BELLHOP_FIXTURE_DIR=/x",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Listen:       Listen{HTTP: "0.0.0.0:9000"},
		Database:     Database{Driver: "postgres", Path: "bellhop.db", DSN: "postgres://u:p@db/bellhop"},
		Asterisk:     Asterisk{URL: "http://pbx:8088/ari", User: "ari", Password: "from=env"},
		Access:       Access{TokenFile: "admin.token", PasswordFile: "admin.password", Policy: "asvs"},
		Log:          Log{Level: slog.LevelDebug, Format: "json"},
		DrainTimeout: 2 * time.Minute,
	}
	if c != want {
		t.Errorf("got %+v\nwant %+v", c, want)
	}
	var keys []string
	for _, w := range warnings {
		keys = append(keys, w.Key)
	}
	if want := []string{"BELLHOP_FIXTURE_DIR", "listen.http", "asterisk.url"}; !slices.Equal(keys, want) {
		t.Errorf("warnings about %v, want %v", keys, want)
	}
}

func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		yaml string
		env  string
		want []string // each must be in the message
	}{
		"slip":             {yaml: "asterisk: { pasword: x }", want: []string{"unknown key asterisk.pasword, did you mean asterisk.password?"}},
		"slip in section":  {yaml: "asteriks: { user: x }", want: []string{"unknown key asteriks.user, did you mean asterisk.user?"}},
		"section left out": {yaml: "dsn: x", want: []string{"unknown key dsn, did you mean database.dsn?"}},
		"nothing like it":  {yaml: "frobnicate: 1", want: []string{"unknown key frobnicate"}},
		"two at once":      {yaml: "frobnicate: 1\nlog: { levle: info }", want: []string{"frobnicate", "did you mean log.level?"}},
		"env slip":         {env: "BELLHOP_ASTERISK_PASWORD=x", want: []string{"unknown variable BELLHOP_ASTERISK_PASWORD, did you mean BELLHOP_ASTERISK_PASSWORD?"}},
		"env lower case":   {env: "BELLHOP_asterisk_password=x", want: []string{"did you mean BELLHOP_ASTERISK_PASSWORD?"}},
		"number as text":   {yaml: "asterisk: { password: 12345 }", want: []string{"test.yaml", "asterisk.password must be text, not a number; put it in quotes"}},
		"list":             {yaml: "listen: { http: [a, b] }", want: []string{"listen.http must be text, not a list"}},
		"section as text":  {yaml: "asterisk: secret", want: []string{"asterisk must be a section, not string"}},
		"text as section":  {yaml: "demo: { a: 1 }", want: []string{"unknown key demo.a"}},
		"no value":         {yaml: "demo:", want: []string{"demo has no value"}},
		"wrong bool":       {yaml: "demo: maybe", want: []string{"demo must be true or false"}},
		"duration":         {yaml: "drain_timeout: 30", want: []string{"drain_timeout must be a duration with its unit"}},
		"duration range":   {yaml: "drain_timeout: -1s", want: []string{"drain_timeout", "between 1s and 10m"}},
		"level":            {yaml: "log: { level: loud }", want: []string{"log.level must be one of debug, info, warn, error"}},
		"driver":           {env: "BELLHOP_DATABASE_DRIVER=mysql", want: []string{"environment: BELLHOP_DATABASE_DRIVER must be one of sqlite, postgres"}},
		"no dsn":           {yaml: "database: { driver: postgres }", want: []string{"database.dsn"}},
		"no path":          {yaml: `database: { path: "" }`, want: []string{"database.path"}},
		"line break":       {yaml: `asterisk: { user: "a\nb" }`, want: []string{"asterisk.user", "line breaks"}},
		"listen":           {yaml: "listen: { http: localhost }", want: []string{"listen.http", "host:port"}},
		"port":             {yaml: `listen: { http: ":99999" }`, want: []string{"listen.http", "65535"}},
		"url":              {yaml: `asterisk: { url: "ftp://x" }`, want: []string{"asterisk.url"}},
		"url credentials":  {yaml: `asterisk: { url: "http://u:geheim@x" }`, want: []string{"may not hold credentials"}},
		"both passwords":   {yaml: "asterisk: { password: x, password_file: /y }", want: []string{"asterisk.password_file", "keep one"}},
		"no such file":     {yaml: "asterisk: { password_file: /no/such }", want: []string{"asterisk.password_file", "cannot be read"}},
		"no user":          {yaml: `asterisk: { user: "" }`, want: []string{"asterisk.user"}},
		"no password file": {yaml: `access: { password_file: "" }`, want: []string{"access.password_file"}},
		"no token file":    {yaml: `access: { token_file: "" }`, want: []string{"access.token_file"}},
		"not YAML":         {yaml: "listen: [", want: []string{"test.yaml", "yaml"}},
		"given twice":      {yaml: "demo: true\ndemo: false", want: []string{"already defined"}},
		"not a mapping":    {yaml: "- a\n- b", want: []string{"test.yaml"}},
		"all validated":    {yaml: "listen: { http: x }\ndrain_timeout: 1h", want: []string{"listen.http", "drain_timeout"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := Load(write(t, c.yaml), []string{c.env})
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("err = %v, want invalid", err)
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not say %q", err, w)
				}
			}
			if strings.Contains(err.Error(), "geheim") {
				t.Error("the message shows a secret")
			}
		})
	}
}

func TestMissingAndHugeFile(t *testing.T) {
	if _, _, err := Load(filepath.Join(t.TempDir(), "none.yaml"), nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("missing file: %v", err)
	}
	if _, _, err := Load(write(t, "# "+strings.Repeat("x", maxConfig)), nil); err == nil || !strings.Contains(err.Error(), "larger") {
		t.Errorf("huge file: %v", err)
	}
}

func TestPasswordFile(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "ari")
	if err := os.WriteFile(secret, []byte("geheim\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, warnings, err := Load(write(t, "asterisk: { password_file: "+secret+" }"), nil)
	if err != nil || c.Asterisk.Password != "geheim" || len(warnings) != 0 {
		t.Fatalf("%q, %v, %v", string(c.Asterisk.Password), warnings, err)
	}
	if err := os.Chmod(secret, 0o644); err != nil {
		t.Fatal(err)
	}
	_, warnings, err = Load("", []string{"BELLHOP_ASTERISK_PASSWORD_FILE=" + secret})
	if err != nil || len(warnings) != 1 {
		t.Errorf("a readable password file gives no warning: %v, %v", warnings, err)
	}
}

func TestSecretsStayHidden(t *testing.T) {
	c := Default()
	c.Asterisk.Password, c.Database.DSN = "geheim", "postgres://u:geheim@db"
	asJSON, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("settings", "config", c, "password", c.Asterisk.Password)
	for _, s := range []string{string(asJSON), log.String(), fmt.Sprintf("%v %+v %#v", c, c, c)} {
		if strings.Contains(s, "geheim") {
			t.Errorf("a secret shows in %s", s)
		}
	}
}

func TestEverySettingHasOneVariable(t *testing.T) {
	seen := map[string]string{}
	var c Config
	for _, s := range settings(&c) {
		if other, taken := seen[envName(s.key)]; taken {
			t.Errorf("%s and %s share a variable", s.key, other)
		}
		seen[envName(s.key)] = s.key
	}
}

func FuzzParse(f *testing.F) {
	example, err := os.ReadFile(exampleFile)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(example), "BELLHOP_DEMO=true")
	f.Add("asterisk: &a { user: *a }", "BELLHOP_=x")
	f.Add("? [a, b]\n: c", "=")
	f.Add("1: { 2: 3 }", "BELLHOP_ASTERISK")
	f.Fuzz(func(t *testing.T, text, env string) {
		if strings.Contains(text, "password_file") || strings.Contains(env, "PASSWORD_FILE") {
			t.Skip("would read any file of the machine")
		}
		c, _, err := parse("fuzz", []byte(text), []string{env})
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%v carries no code", err)
		}
		if err == nil {
			if _, err := c.validate(); err != nil {
				t.Errorf("accepted, but not valid: %v", err)
			}
		}
	})
}

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
