package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"time"

	"bellhop/controller/app"
	"bellhop/controller/sim/pbx"
)

// controller is Bellhop as a process of its own.
type controller struct {
	cmd    *exec.Cmd
	exited chan struct{}

	mu          sync.Mutex
	api         string        // base URL, once it listens
	provisioned time.Duration // what the first push of all phones took, as it says itself
}

// startController builds the controller, loads the hotel and waits until it has
// provisioned the switch.
func (b *bench) startController(ctx context.Context, i *pbx.Instance, p plan) (*controller, error) {
	config := app.Config{
		Listen:   app.Listen{HTTP: "127.0.0.1:0"},
		Database: app.Database{Driver: "sqlite", Path: filepath.Join(b.dir, "bellhop.db")},
		Asterisk: app.Asterisk{URL: i.ARIURL, User: i.ARIUser, Password: app.Secret(i.ARIPassword), BootDir: i.BootDir},
		Access: app.Access{
			TokenFile: filepath.Join(b.dir, "admin.token"), PasswordFile: filepath.Join(b.dir, "admin.password"), Policy: "asvs",
		},
	}
	var err error
	if b.phones, err = loadHotel(ctx, config, p.phones); err != nil {
		return nil, err
	}
	if err := b.writePhones(); err != nil {
		return nil, err
	}
	binary := p.binary
	if binary == "" {
		binary = filepath.Join(b.dir, "bellhop")
		if said, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "bellhop/controller").CombinedOutput(); err != nil {
			return nil, fmt.Errorf("controller not built: %w\n%s", err, said)
		}
	}
	c, err := spawn(binary, config, filepath.Join(b.dir, "controller.log"))
	if err != nil {
		return nil, err
	}
	b.onTakeDown(c.stop)
	return c, c.awaitReady(ctx)
}

// spawn starts the controller; what it says goes to the log file.
func spawn(binary string, config app.Config, logFile string) (*controller, error) {
	cmd := exec.Command(binary, "serve")
	cmd.Env = append(os.Environ(),
		"BELLHOP_LISTEN_HTTP="+config.Listen.HTTP, "BELLHOP_DATABASE_PATH="+config.Database.Path,
		"BELLHOP_ASTERISK_URL="+config.Asterisk.URL, "BELLHOP_ASTERISK_USER="+config.Asterisk.User,
		"BELLHOP_ASTERISK_PASSWORD="+string(config.Asterisk.Password), "BELLHOP_ASTERISK_BOOT_DIR="+config.Asterisk.BootDir,
		"BELLHOP_ACCESS_TOKEN_FILE="+config.Access.TokenFile, "BELLHOP_ACCESS_PASSWORD_FILE="+config.Access.PasswordFile,
		"BELLHOP_DRAIN_TIMEOUT=1s",
	)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL} // Ctrl-C is ours to hand on
	said, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	log, err := os.Create(logFile)
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	c := &controller{cmd: cmd, exited: make(chan struct{})}
	go func() {
		defer close(c.exited)
		defer log.Close()
		for lines := bufio.NewScanner(said); lines.Scan(); {
			c.hear(lines.Text())
			fmt.Fprintln(log, lines.Text())
		}
		_ = cmd.Wait() // it was told to end, or its log says why it did
	}()
	return c, nil
}

var (
	startedLine     = regexp.MustCompile(`app: started.* api=(\S+)`)
	provisionedLine = regexp.MustCompile(`app: switch provisioned.* took=(\S+)`)
)

// hear picks out of the log what we need to know.
func (c *controller) hear(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if m := startedLine.FindStringSubmatch(line); m != nil {
		c.api = "http://" + m[1]
	}
	if m := provisionedLine.FindStringSubmatch(line); m != nil && c.provisioned == 0 {
		c.provisioned, _ = time.ParseDuration(m[1]) // 0 shows as "not said"
	}
}

func (c *controller) heard() (api string, provisioned time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.api, c.provisioned
}

// awaitReady waits until database, switch and provisioning are well.
func (c *controller) awaitReady(ctx context.Context) error {
	return until(ctx, bootTime, "the controller is ready", func() bool {
		api, _ := c.heard()
		if api == "" {
			return false
		}
		res, err := http.Get(api + "/readyz")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == http.StatusOK
	})
}

func (c *controller) stop() error {
	err := c.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-c.exited:
	case <-time.After(5 * time.Second):
		err = errors.Join(errors.New("the controller did not stop"), c.cmd.Process.Kill())
		<-c.exited
	}
	return err
}

// until waits, at most for limit, until ok holds.
func until(ctx context.Context, limit time.Duration, what string, ok func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("not within %s: %s", limit, what)
		}
	}
	return nil
}
