package app

import (
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// setting binds a key to the place in Config that it sets.
type setting struct {
	key string
	set func(value any) error // the error says the rule: "must be …"
}

// settings lists every key there is.
func settings(c *Config) []setting {
	return []setting{
		{"listen.http", text(&c.Listen.HTTP)},
		{"database.driver", choice(&c.Database.Driver, "sqlite", "postgres")},
		{"database.path", text(&c.Database.Path)},
		{"database.dsn", text(&c.Database.DSN)},
		{"asterisk.url", text(&c.Asterisk.URL)},
		{"asterisk.user", text(&c.Asterisk.User)},
		{"asterisk.password", text(&c.Asterisk.Password)},
		{"asterisk.password_file", text(&c.Asterisk.PasswordFile)},
		{"asterisk.boot_dir", text(&c.Asterisk.BootDir)},
		{"access.token_file", text(&c.Access.TokenFile)},
		{"access.password_file", text(&c.Access.PasswordFile)},
		{"access.policy", choice(&c.Access.Policy, "asvs", "mlps")},
		{"access.secure", boolean(&c.Access.Secure)},
		{"log.level", level(&c.Log.Level)},
		{"log.format", choice(&c.Log.Format, "text", "json")},
		{"metrics.enabled", boolean(&c.Metrics.Enabled)},
		{"demo", boolean(&c.Demo)},
		{"drain_timeout", duration(&c.DrainTimeout)},
	}
}

func text[T ~string](to *T) func(any) error {
	return func(v any) error {
		s, ok := v.(string)
		switch {
		case !ok:
			return fmt.Errorf("must be text, not %s; put it in quotes", kindOf(v))
		case strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }):
			return fmt.Errorf("may not hold line breaks or control characters")
		}
		*to = T(s)
		return nil
	}
}

func choice(to *string, allowed ...string) func(any) error {
	return func(v any) error {
		for _, a := range allowed {
			if v == a {
				*to = a
				return nil
			}
		}
		return fmt.Errorf("must be one of %s", strings.Join(allowed, ", "))
	}
}

func level(to *slog.Level) func(any) error {
	return func(v any) error {
		var name string
		if err := choice(&name, "debug", "info", "warn", "error")(v); err != nil {
			return err
		}
		return to.UnmarshalText([]byte(name))
	}
}

func boolean(to *bool) func(any) error {
	return func(v any) error {
		switch v {
		case true, "true":
			*to = true
		case false, "false":
			*to = false
		default:
			return fmt.Errorf("must be true or false")
		}
		return nil
	}
}

func duration(to *time.Duration) func(any) error {
	return func(v any) error {
		s, _ := v.(string)
		d, err := time.ParseDuration(s)
		if err != nil {
			return fmt.Errorf("must be a duration with its unit, as 30s or 2m")
		}
		*to = d
		return nil
	}
}

// kindOf names what YAML made of a value.
func kindOf(v any) string {
	switch v.(type) {
	case bool:
		return "true or false"
	case int, int64, uint64, float64:
		return "a number"
	case time.Time:
		return "a date"
	case map[string]any:
		return "a section"
	case []any:
		return "a list"
	}
	return fmt.Sprintf("%T", v)
}
