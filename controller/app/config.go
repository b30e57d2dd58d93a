package app

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"bellhop/controller/kit/fault"
)

// Config is everything that can be set from outside; config.example.yaml
// documents each setting. What belongs to the hotel itself is in the database.
type Config struct {
	Listen       Listen
	Database     Database
	Asterisk     Asterisk
	Access       Access
	Log          Log
	Metrics      Metrics
	Demo         bool          // fill an empty database with the demo hotel
	DrainTimeout time.Duration // how long SIGTERM waits for calls that are being set up
}

// Listen says where we answer.
type Listen struct {
	HTTP string // host:port of API, docs and health
}

// Database says where the truth is kept.
type Database struct {
	Driver string // sqlite or postgres
	Path   string // SQLite file
	DSN    Secret // PostgreSQL URL
}

// Asterisk says how the switch is reached.
type Asterisk struct {
	URL          string // of ARI, without credentials
	User         string
	Password     Secret
	PasswordFile string // read into Password
	BootDir      string // where the switch looks for its phones at boot; empty: not written
}

// Access says where the first administrator finds token and one-time password, and
// which rules passwords follow.
type Access struct {
	TokenFile    string
	PasswordFile string
	Policy       string // asvs (length) or mlps (等保: classes, 90 days, history)
	Secure       bool   // browsers reach us over TLS: cookies are for TLS only
}

// Log says what is logged and how.
type Log struct {
	Level  slog.Level
	Format string // text or json
}

// Metrics says whether /metrics answers.
type Metrics struct {
	Enabled bool
}

// Secret is text that never shows in logs and messages; convert it to string to use it.
type Secret string

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "[hidden]"
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the secret from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the secret from JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Warning is something about the settings that works but should be known.
type Warning struct {
	Key     string
	Message string
}

// Default returns the settings that hold when nothing is set.
func Default() Config {
	return Config{
		Listen:       Listen{HTTP: "127.0.0.1:8080"},
		Database:     Database{Driver: "sqlite", Path: "bellhop.db"},
		Asterisk:     Asterisk{URL: "http://127.0.0.1:8088/ari", User: "bellhop"},
		Access:       Access{TokenFile: "admin.token", PasswordFile: "admin.password", Policy: "asvs"},
		Log:          Log{Level: slog.LevelInfo, Format: "text"},
		Metrics:      Metrics{Enabled: true},
		DrainTimeout: 30 * time.Second,
	}
}

// maxConfig is more than any settings file needs, in bytes.
const maxConfig = 1 << 20

// Load reads the settings: the defaults, then the YAML file at path (none when
// path is empty), then BELLHOP_… variables of env (as os.Environ gives them).
// The error is a fault.Invalid that names key, source and rule; all that is
// wrong is said at once.
func Load(path string, env []string) (Config, []Warning, error) {
	var file []byte
	if path != "" {
		var err error
		if file, err = readFile(path); err != nil {
			return Config{}, nil, fault.Wrap(err, fault.Invalid, "the settings file cannot be read")
		}
	}
	return parse(path, file, env)
}

func parse(name string, file []byte, env []string) (Config, []Warning, error) {
	c := Default()
	known := settings(&c)
	fileErr := applyFile(known, name, file)
	warnings, envErr := applyEnv(known, env)
	if err := errors.Join(fileErr, envErr); err != nil {
		return Config{}, nil, asInvalid(err)
	}
	checked, err := c.validate()
	if err != nil {
		return Config{}, nil, asInvalid(err)
	}
	return c, append(warnings, checked...), nil
}

// asInvalid makes one fault of the errors, one line each.
func asInvalid(err error) error { return fault.New(fault.Invalid, "%s", err) }

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err == nil && len(text) > maxConfig {
		err = fmt.Errorf("%s is larger than %d bytes", path, maxConfig)
	}
	return text, err
}

// loadPassword takes the switch's password from its own file.
func (a *Asterisk) loadPassword() ([]Warning, error) {
	if a.PasswordFile == "" {
		return nil, nil
	}
	if a.Password != "" {
		return nil, fault.Field("asterisk.password_file", "is set beside asterisk.password; keep one of them")
	}
	text, err := readFile(a.PasswordFile)
	if err != nil {
		return nil, fault.Field("asterisk.password_file", "cannot be read: %v", err)
	}
	a.Password = Secret(strings.TrimSpace(string(text)))
	if a.Password == "" {
		return nil, fault.Field("asterisk.password_file", "%s is empty", a.PasswordFile)
	}
	if info, err := os.Stat(a.PasswordFile); err == nil && info.Mode().Perm()&0o077 != 0 {
		return []Warning{{"asterisk.password_file", "can be read by others; chmod 600 " + a.PasswordFile}}, nil
	}
	return nil, nil
}
