package pbx

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// bootPoll is how often a booting Asterisk is asked whether ARI answers.
const bootPoll = 10 * time.Millisecond

// boot starts the process and waits until it is fully booted and ARI answers.
func (i *Instance) boot(ctx context.Context) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	p, err := spawn(i.root, i.conf)
	if err != nil {
		return err
	}
	i.running = p
	if err := i.waitBooted(ctx, p); err != nil {
		_ = p.end(ctx, syscall.SIGKILL) // the first error is the one that explains
		return fmt.Errorf("%w; last lines of %s: %s", err, i.LogPath, tail(i.LogPath))
	}
	return nil
}

// waitBooted returns when ARI answers and the CLI says that all modules are loaded.
func (i *Instance) waitBooted(ctx context.Context, p *process) error {
	tick := time.NewTicker(bootPoll)
	defer tick.Stop()
	for {
		var info struct{}
		err := i.get(ctx, "/asterisk/info", &info)
		if err == nil {
			break
		}
		select {
		case <-p.exited:
			return fmt.Errorf("pbx: Asterisk ended while booting")
		case <-ctx.Done():
			return fmt.Errorf("pbx: Asterisk did not boot in time (%w): %w", ctx.Err(), err)
		case <-tick.C:
		}
	}
	_, err := i.CLI(ctx, "core waitfullybooted")
	return err
}

// CLI runs one command of Asterisk's command line and returns what it prints.
func (i *Instance) CLI(ctx context.Context, command string) (string, error) {
	cmd := exec.CommandContext(ctx, "chroot", i.root, "/usr/sbin/asterisk", "-C", i.conf, "-rx", command)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("pbx: CLI %q: %w: %s", command, err, bytes.TrimSpace(out))
	}
	return string(out), nil
}

// Channel is what tests and the demo want to know of a live channel.
type Channel struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	State string `json:"state"`
}

// Channels lists the channels that are alive.
func (i *Instance) Channels(ctx context.Context) ([]Channel, error) {
	var channels []Channel
	return channels, i.get(ctx, "/channels", &channels)
}

// get reads one ARI resource into result.
func (i *Instance) get(ctx context.Context, path string, result any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, i.ARIURL+path, nil)
	if err != nil {
		return fmt.Errorf("pbx: ARI %s: %w", path, err)
	}
	request.SetBasicAuth(i.ARIUser, i.ARIPassword)
	request.Close = true // no connection is kept, so none is left behind
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("pbx: ARI %s: %w", path, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("pbx: ARI %s: %w", path, err)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("pbx: ARI %s: %s: %s", path, response.Status, bytes.TrimSpace(body))
	}
	if err := json.Unmarshal(body, result); err != nil {
		return fmt.Errorf("pbx: ARI %s: %w", path, err)
	}
	return nil
}

// tail returns the last lines of a log, for an error message.
func tail(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return "(no log yet)"
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	return strings.Join(lines[max(0, len(lines)-5):], " | ")
}
