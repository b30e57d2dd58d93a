// Package browser drives a real Chromium through Playwright for tests.
package browser

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// patience bounds one command; the driver's own limits are shorter.
const patience = 30 * time.Second

// Browser is a running Chromium.
type Browser struct {
	in      io.WriteCloser
	mu      sync.Mutex
	last    int
	waiting map[int]chan reply
}

type reply struct {
	ID    int             `json:"id"`
	Value json.RawMessage `json:"value"`
	Error string          `json:"error"`
}

// Open starts Chromium; it ends with the test. Root is the project's folder.
func Open(t testing.TB, root string) *Browser {
	t.Helper()
	if _, err := os.Stat(filepath.Join(root, "web/node_modules/playwright-core")); err != nil {
		t.Fatal("the browser driver is not installed: run \"make setup\"")
	}
	cmd := exec.Command("node", filepath.Join(root, "test/browser/driver.mjs"))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	b := &Browser{in: in, waiting: map[int]chan reply{}}
	go b.read(out)
	t.Cleanup(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("browser: %v", err)
		}
	})
	return b
}

// read hands each reply to whoever waits for it, until the driver ends.
func (b *Browser) read(out io.Reader) {
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var r reply
		if json.Unmarshal(lines.Bytes(), &r) != nil {
			continue
		}
		b.mu.Lock()
		if wait := b.waiting[r.ID]; wait != nil {
			wait <- r
			delete(b.waiting, r.ID)
		}
		b.mu.Unlock()
	}
}

// do sends a command and waits for its reply.
func (b *Browser) do(command map[string]any, value any) error {
	wait := make(chan reply, 1)
	b.mu.Lock()
	b.last++
	command["id"] = b.last
	b.waiting[b.last] = wait
	line, err := json.Marshal(command)
	if err == nil {
		_, err = b.in.Write(append(line, '\n'))
	}
	b.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case r := <-wait:
		if r.Error != "" {
			return fmt.Errorf("%s: %s", command["op"], r.Error)
		}
		if value == nil {
			return nil
		}
		return json.Unmarshal(r.Value, value)
	case <-time.After(patience):
		return fmt.Errorf("%s: no reply", command["op"])
	}
}
