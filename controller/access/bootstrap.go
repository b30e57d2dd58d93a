package access

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Bootstrap makes the first administrator's token when no token in force can
// make tokens, and writes it to file (mode 0600, one line). It reports whether
// it did. The file comes first: a token that nobody can read must not exist.
func (t *Tokens) Bootstrap(ctx context.Context, file string) (bool, error) {
	list, err := t.cached(ctx)
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(t.inForce(list), func(k Token) bool { return k.Has(ScopeTokens) }) {
		return false, nil
	}
	fresh, secret, err := newToken("administrator", AllScopes(), time.Time{}, t.now())
	if err != nil {
		return false, err
	}
	if err := writeSecret(file, secret); err != nil {
		return false, err
	}
	err = t.change(ctx, func([]Token) (Token, error) { return fresh, nil })
	return err == nil, err
}

// writeSecret replaces file by one that only we can read.
func writeSecret(file, secret string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("folder of the token file: %w", err)
	}
	temp, err := os.CreateTemp(filepath.Dir(file), ".token-*") // mode 0600
	if err != nil {
		return fmt.Errorf("token file: %w", err)
	}
	defer os.Remove(temp.Name()) // fails harmlessly after the rename
	_, err = temp.WriteString(secret + "\n")
	if closeErr := temp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(temp.Name(), file)
	}
	if err != nil {
		return fmt.Errorf("token file: %w", err)
	}
	return nil
}
