package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFromEnvironment(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte("long-enough\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"BELLHOP_ASTERISK_PASSWORD_FILE": secret, "BELLHOP_SIP_PORT": "5070"}
	s, err := fromEnvironment(func(k string) string { return env[k] })
	if err != nil || s.ARIPassword != "long-enough" || s.SIPPort != 5070 {
		t.Fatalf("settings %+v, error %v", s, err)
	}
	for name, value := range map[string]string{
		"BELLHOP_SIP_PORT":               "abc",
		"BELLHOP_ASTERISK_PASSWORD_FILE": "",
	} {
		bad := map[string]string{"BELLHOP_ASTERISK_PASSWORD_FILE": secret}
		bad[name] = value
		if _, err := fromEnvironment(func(k string) string { return bad[k] }); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s=%q: error is %v, want one that names it", name, value, err)
		}
	}
}
