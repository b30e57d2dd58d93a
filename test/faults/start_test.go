package faults_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bellhop/test/house"
)

// startTime bounds how long a controller may take to say that it cannot start.
const startTime = 10 * time.Second

// serve runs the controller's binary to its end and returns exit code and words.
func serve(t testing.TB, env []string, args ...string) (code int, said string) {
	t.Helper()
	return run(t, env, append([]string{house.Binary(t), "serve"}, args...)...)
}

func run(t testing.TB, env []string, command ...string) (code int, said string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), startTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = append(os.Environ(), env...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if ctx.Err() != nil {
		t.Fatalf("it goes on after %s:\n%s", startTime, out.String())
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), out.String()
	}
	try(t, "run", err)
	return 0, out.String()
}

// complain fails the test unless the controller ended with code 1 and its last
// words, which begin with its name, hold all that is wanted.
func complain(t testing.TB, code int, said string, words ...string) {
	t.Helper()
	last := said[max(0, strings.LastIndex(said, "bellhop serve:")):]
	if code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	for _, w := range words {
		if !strings.Contains(last, w) {
			t.Errorf("it says nothing of %q:\n%s", w, said)
		}
	}
	t.Log(strings.TrimSpace(last))
}

// home is the least environment of a controller: everything in one folder, a
// switch that is not there.
func home(dir string, more ...string) []string {
	return append([]string{
		"BELLHOP_LISTEN_HTTP=127.0.0.1:0", "BELLHOP_DATABASE_PATH=" + filepath.Join(dir, "bellhop.db"),
		"BELLHOP_ACCESS_TOKEN_FILE=" + filepath.Join(dir, "admin.token"),
		"BELLHOP_ACCESS_PASSWORD_FILE=" + filepath.Join(dir, "admin.password"),
		"BELLHOP_ASTERISK_URL=http://127.0.0.1:9/ari", "BELLHOP_ASTERISK_PASSWORD=a-password-of-the-test",
	}, more...)
}

func TestStartFails(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the controller: not with -short")
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	try(t, "listen", err)
	t.Cleanup(func() { taken.Close() })
	write := func(path, text string, mode os.FileMode) { try(t, "write", os.WriteFile(path, []byte(text), mode)) }
	tests := []struct {
		name  string
		env   func(dir string) []string
		words []string
	}{
		{"the database's folder is missing", func(dir string) []string {
			return home(filepath.Join(dir, "missing"))
		}, []string{"database.path", "does not exist", "mkdir"}},
		{"the database is read-only", func(dir string) []string {
			write(filepath.Join(dir, "bellhop.db"), "", 0o400)
			return home(dir)
		}, []string{"database.path", "may not be written"}},
		{"the database is something else", func(dir string) []string {
			write(filepath.Join(dir, "bellhop.db"), "rooms;names\n1206;Smith\n", 0o600)
			return home(dir)
		}, []string{"database.path", "not an SQLite database"}},
		{"PostgreSQL is not there", func(dir string) []string {
			return home(dir, "BELLHOP_DATABASE_DRIVER=postgres", "BELLHOP_DATABASE_DSN=postgres://bellhop:hush@127.0.0.1:9/bellhop?connect_timeout=2")
		}, []string{"PostgreSQL", "127.0.0.1:9", "database.dsn"}},
		{"the port is taken", func(dir string) []string {
			return home(dir, "BELLHOP_LISTEN_HTTP="+taken.Addr().String())
		}, []string{"listen.http", taken.Addr().String()}},
		{"a value breaks its rule", func(dir string) []string {
			return home(dir, "BELLHOP_DRAIN_TIMEOUT=30")
		}, []string{"BELLHOP_DRAIN_TIMEOUT", "30s"}},
		{"the address of the switch is none", func(dir string) []string {
			return home(dir, "BELLHOP_ASTERISK_URL=asterisk:8088")
		}, []string{"asterisk.url"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, said := serve(t, tt.env(t.TempDir()))
			complain(t, code, said, tt.words...)
			if strings.Contains(said, "hush") || strings.Contains(said, "a-password-of-the-test") {
				t.Errorf("it says a secret:\n%s", said)
			}
		})
	}
	t.Run("a key is misspelt", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "bellhop.yaml")
		write(file, "asterisk:\n  pasword: x\n", 0o600)
		code, said := serve(t, home(t.TempDir()), "-config", file)
		complain(t, code, said, "asterisk.pasword", "asterisk.password")
	})
	t.Run("the disk is full", fullDisk)
}

// fullDisk starts the controller with its database on a disk too small for it.
func fullDisk(t *testing.T) {
	dir := t.TempDir()
	mount := fmt.Sprintf("mount -t tmpfs -o size=64k none %q && exec %q serve", dir, house.Binary(t))
	code, said := run(t, home(dir), "unshare", "--mount", "sh", "-c", mount)
	complain(t, code, said, "database", "full")
}

// TestWrongPassword gives the controller a password that the switch refuses.
func TestWrongPassword(t *testing.T) {
	t.Parallel()
	h := open(t, house.Options{Process: true})
	h.Kill(t)
	begun := time.Now()
	code, said := serve(t, append(h.Environment(), "BELLHOP_ASTERISK_PASSWORD=not-the-password"))
	t.Logf("said %s after the start", time.Since(begun).Round(time.Millisecond))
	complain(t, code, said, "asterisk.user", "asterisk.password", "ari.conf")
	if strings.Contains(said, "not-the-password") {
		t.Error("it says the password")
	}
}
