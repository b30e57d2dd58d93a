package app

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/knadh/koanf/parsers/yaml"
	envprovider "github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/v2"
)

// envPrefix begins the variables that are meant for us.
const envPrefix = "BELLHOP_"

// rawFile is a koanf.Provider of text that is already read.
type rawFile []byte

// ReadBytes returns the text.
func (r rawFile) ReadBytes() ([]byte, error) { return r, nil }

// Read is not supported: the parser reads the text.
func (r rawFile) Read() (map[string]any, error) { return nil, errors.New("needs a parser") }

// applyFile sets what the YAML text says; all faults are returned together.
func applyFile(known []setting, name string, text []byte) error {
	k := koanf.New(".")
	if err := k.Load(rawFile(text), yaml.Parser()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	var errs []error
	all := k.All()
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if err := applyKey(known, key, all[key]); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

func applyKey(known []setting, key string, value any) error {
	i := slices.IndexFunc(known, func(s setting) bool { return s.key == key })
	switch {
	case i >= 0 && value == nil:
		return fmt.Errorf(`%s has no value; write "" for empty`, key)
	case i >= 0:
		if err := known[i].set(value); err != nil {
			return fmt.Errorf("%s %w", key, err)
		}
		return nil
	case isSection(known, key):
		if m, ok := value.(map[string]any); value == nil || ok && len(m) == 0 {
			return nil // a heading with nothing under it
		}
		return fmt.Errorf("%s must be a section, not %s", key, kindOf(value))
	}
	return unknown("key", key, nearest(key, keysOf(known)))
}

func isSection(known []setting, key string) bool {
	return slices.ContainsFunc(known, func(s setting) bool { return strings.HasPrefix(s.key, key+".") })
}

// applyEnv sets what BELLHOP_… variables say. One that resembles a setting's is
// refused as a slip; any other may be meant for a script and gives a warning.
func applyEnv(known []setting, env []string) ([]Warning, error) {
	byName := make(map[string]setting, len(known))
	names := make([]string, len(known))
	for i, s := range known {
		names[i] = envName(s.key)
		byName[names[i]] = s
	}
	values, err := envprovider.Provider("", envprovider.Opt{
		Prefix: envPrefix, EnvironFunc: func() []string { return env },
	}).Read()
	if err != nil {
		return nil, err
	}
	var warnings []Warning
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(values)) {
		s, ok := byName[name]
		if !ok {
			near := nearest(name, names)
			if near != "" {
				errs = append(errs, unknown("variable", name, near))
			} else {
				warnings = append(warnings, Warning{printable(name), "is not a setting and is ignored"})
			}
			continue
		}
		if err := s.set(values[name]); err != nil {
			errs = append(errs, fmt.Errorf("environment: %s %w", name, err))
		}
	}
	return warnings, errors.Join(errs...)
}

// envName returns the variable that sets key: asterisk.boot_dir is BELLHOP_ASTERISK_BOOT_DIR.
func envName(key string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

func keysOf(known []setting) []string {
	keys := make([]string, len(known))
	for i, s := range known {
		keys[i] = s.key
	}
	return keys
}

func unknown(what, name, near string) error {
	if near == "" {
		return fmt.Errorf("unknown %s %s", what, printable(name))
	}
	return fmt.Errorf("unknown %s %s, did you mean %s?", what, printable(name), near)
}

// printable shortens and quotes a name that would spoil the message.
func printable(name string) string {
	if len(name) > 80 {
		name = name[:80] + "…"
	}
	if quoted := fmt.Sprintf("%q", name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}
