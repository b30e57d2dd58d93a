package house

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is the controller as a child.
type process struct {
	cmd    *exec.Cmd
	exited chan struct{}
}

// built is the controller's binary, made once for all tests of a package.
var built struct {
	sync.Once
	path string
	err  error
	out  []byte
}

// binary builds the controller.
func binary(t testing.TB) string {
	t.Helper()
	built.Do(func() {
		dir, err := os.MkdirTemp("", "bellhop-test-")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "bellhop")
		built.out, built.err = exec.Command("go", "build", "-o", built.path, "bellhop/controller").CombinedOutput()
	})
	if built.err != nil {
		t.Fatalf("controller not built: %v\n%s", built.err, built.out)
	}
	return built.path
}

var startedLine = regexp.MustCompile(`app: started.* api=(\S+)`)

// StartProcess runs the controller as a child and waits until it is ready.
func (h *House) StartProcess(t testing.TB) {
	t.Helper()
	c := h.config
	cmd := exec.Command(binary(t), "serve")
	cmd.Env = append(os.Environ(),
		"BELLHOP_LISTEN_HTTP="+c.Listen.HTTP, "BELLHOP_DATABASE_PATH="+c.Database.Path,
		"BELLHOP_ASTERISK_URL="+c.Asterisk.URL, "BELLHOP_ASTERISK_USER="+c.Asterisk.User,
		"BELLHOP_ASTERISK_PASSWORD="+string(c.Asterisk.Password), "BELLHOP_ASTERISK_BOOT_DIR="+c.Asterisk.BootDir,
		"BELLHOP_ACCESS_TOKEN_FILE="+c.Access.TokenFile, "BELLHOP_DRAIN_TIMEOUT=1s", "BELLHOP_LOG_LEVEL=debug",
	)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{cmd, make(chan struct{})}
	h.process = p
	t.Cleanup(func() { h.Kill(t) })
	api := make(chan string, 1)
	go func() {
		defer close(p.exited)
		for lines := bufio.NewScanner(said); lines.Scan(); {
			if m := startedLine.FindStringSubmatch(lines.Text()); m != nil {
				api <- m[1]
			}
			h.log.Info(lines.Text())
		}
		_ = cmd.Wait()
	}()
	select {
	case addr := <-api:
		h.API = "http://" + addr
	case <-p.exited:
		t.Fatal("the controller ended at once")
	case <-time.After(Patience):
		t.Fatal("the controller did not start")
	}
	h.AwaitReady(t)
}

// Kill ends a controller process at once, as kill -9 does.
func (h *House) Kill(t testing.TB) {
	if h.process == nil {
		return
	}
	_ = h.process.cmd.Process.Kill()
	<-h.process.exited
	h.process = nil
}

// PID returns the controller process's id.
func (h *House) PID() int { return h.process.cmd.Process.Pid }
