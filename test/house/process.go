package house

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// process is the controller as a child.
type process struct {
	cmd    *exec.Cmd
	exited chan struct{}
	said   *saying
}

// saying keeps what a controller process wrote last.
type saying struct {
	mu    sync.Mutex
	lines []string
}

func (s *saying) add(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lines = append(s.lines, line); len(s.lines) > 2000 {
		s.lines = s.lines[1000:]
	}
}

func (s *saying) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.lines, "\n")
}

// built is the controller's binary, made once for all tests of a package.
var built struct {
	sync.Once
	path string
	err  error
	out  []byte
}

// Binary builds the controller and returns its path.
func Binary(t testing.TB) string {
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

// Sweep removes the controller's binary; TestMain calls it at the end.
func Sweep() {
	if built.path != "" {
		_ = os.RemoveAll(filepath.Dir(built.path))
	}
}

var startedLine = regexp.MustCompile(`app: started.* api=(\S+)`)

// Environment is how a controller process is told its settings.
func (h *House) Environment() []string {
	c := h.config
	return append(os.Environ(),
		"BELLHOP_LISTEN_HTTP="+c.Listen.HTTP, "BELLHOP_DATABASE_DRIVER="+c.Database.Driver,
		"BELLHOP_DATABASE_PATH="+c.Database.Path, "BELLHOP_DATABASE_DSN="+string(c.Database.DSN),
		"BELLHOP_ASTERISK_URL="+c.Asterisk.URL, "BELLHOP_ASTERISK_USER="+c.Asterisk.User,
		"BELLHOP_ASTERISK_PASSWORD="+string(c.Asterisk.Password), "BELLHOP_ASTERISK_BOOT_DIR="+c.Asterisk.BootDir,
		"BELLHOP_ACCESS_TOKEN_FILE="+c.Access.TokenFile, "BELLHOP_ACCESS_PASSWORD_FILE="+c.Access.PasswordFile, "BELLHOP_DRAIN_TIMEOUT="+c.DrainTimeout.String(),
		"BELLHOP_LOG_LEVEL=debug",
	)
}

// StartProcess runs the controller as a child and waits until it is ready.
func (h *House) StartProcess(t testing.TB) {
	t.Helper()
	h.Launch(t)
	h.AwaitReady(t)
}

// Launch runs the controller as a child and waits until its API listens.
func (h *House) Launch(t testing.TB) {
	t.Helper()
	cmd := exec.Command(Binary(t), "serve")
	cmd.Env = h.Environment()
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{cmd, make(chan struct{}), &saying{}}
	api := make(chan string, 1)
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // Pdeathsig looks at the thread that started it
		defer runtime.UnlockOSThread()
		defer close(p.exited)
		err := cmd.Start()
		started <- err
		if err == nil {
			h.listen(p, said, api)
		}
	}()
	if err := <-started; err != nil {
		t.Fatal(err)
	}
	h.process = p
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Logf("the controller process said:\n%s", tail(p.said.String(), 60))
		}
	})
	select {
	case addr := <-api:
		h.API = "http://" + addr
	case <-p.exited:
		t.Fatalf("the controller ended at once:\n%s", tail(p.said.String(), 10))
	case <-time.After(Patience):
		t.Fatal("the controller did not start")
	}
}

// listen keeps what the process says until it has ended.
func (h *House) listen(p *process, said io.Reader, api chan<- string) {
	for lines := bufio.NewScanner(said); lines.Scan(); {
		if m := startedLine.FindStringSubmatch(lines.Text()); m != nil {
			api <- m[1]
		}
		if !strings.Contains(lines.Text(), "msg=request ") { // every poll of a test makes one
			p.said.add(lines.Text())
		}
	}
	_ = p.cmd.Wait()
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.exited
}

// Kill ends a controller process at once, as kill -9 does.
func (h *House) Kill(t testing.TB) {
	if h.process == nil {
		return
	}
	h.process.kill()
	h.process = nil
}

// Signal sends the controller process a signal, as SIGSTOP or SIGTERM.
func (h *House) Signal(t testing.TB, s os.Signal) {
	t.Helper()
	if err := h.process.cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
}

// Exit waits until the controller process has ended by itself; it returns its
// exit code and what it said.
func (h *House) Exit(t testing.TB) (code int, said string) {
	t.Helper()
	p := h.process
	select {
	case <-p.exited:
	case <-time.After(Patience):
		t.Fatal("the controller process goes on")
	}
	h.process = nil
	return p.cmd.ProcessState.ExitCode(), p.said.String()
}

// Said returns what the controller process has written so far.
func (h *House) Said() string { return h.process.said.String() }

// Rival returns a second controller on the same switch and database; its
// process is not started yet.
func (h *House) Rival() *House {
	r := *h
	r.process, r.App = nil, nil
	return &r
}

// PID returns the controller process's id.
func (h *House) PID() int { return h.process.cmd.Process.Pid }
