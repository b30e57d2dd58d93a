package store

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// server is a real PostgreSQL from the distribution, reached over a Unix socket
// in its own directory.
type server struct {
	mu      sync.Mutex
	bin     string // folder of initdb and postgres
	dir     string
	owner   *syscall.SysProcAttr
	process *os.Process
	ended   chan error
	output  *bytes.Buffer
	schemas int
}

// schema makes an empty schema and returns the DSN of it; the server is started
// when it is not running.
func (p *server) schema(t testing.TB) string {
	t.Helper()
	p.start(t)
	p.mu.Lock()
	p.schemas++
	name := fmt.Sprintf("hotel_%d", p.schemas)
	p.mu.Unlock()
	p.exec(t, "CREATE SCHEMA "+name)
	return p.dsn() + " search_path=" + name
}

func (p *server) dsn() string { return "host=" + p.dir + " user=postgres dbname=postgres" }

func (p *server) exec(t testing.TB, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", p.dsn())
	ok(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), statement)
	ok(t, err)
}

// start initialises the server's directory once and runs it until it answers.
func (p *server) start(t testing.TB) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.process != nil {
		return
	}
	if p.dir == "" {
		ok(t, p.initialise())
	}
	ok(t, p.run())
	db, err := sql.Open("pgx", p.dsn())
	ok(t, err)
	defer db.Close()
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for db.PingContext(t.Context()) != nil {
		select {
		case err := <-p.ended:
			t.Fatalf("PostgreSQL ended while it started: %v\n%s", err, p.output)
		case <-deadline:
			t.Fatal("PostgreSQL did not answer within 30 s")
		case <-tick.C:
		}
	}
}

func (p *server) initialise() error {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil || len(found) == 0 {
		return errors.New("PostgreSQL is not installed (no /usr/lib/postgresql/*/bin/postgres), but the store is tested on it too: run `make setup`")
	}
	p.bin = filepath.Dir(found[len(found)-1])
	if p.dir, err = os.MkdirTemp("", "pg"); err != nil { // short: a socket's path has 107 bytes at most
		return err
	}
	if p.owner, err = unprivileged(p.dir); err != nil {
		return err
	}
	initdb := exec.Command(filepath.Join(p.bin, "initdb"), "-D", filepath.Join(p.dir, "data"),
		"-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = p.dir, p.owner
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// unprivileged gives dir to the user postgres when we are root, whom PostgreSQL
// refuses to serve, and returns how to become that user.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT} // no server outlives a test that crashed
	if os.Getuid() != 0 {
		return attr, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("%w: install PostgreSQL with `make setup`", err)
	}
	uid, uidErr := strconv.Atoi(who.Uid)
	gid, gidErr := strconv.Atoi(who.Gid)
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, errors.Join(uidErr, gidErr, os.Chown(dir, uid, gid))
}

func (p *server) run() error {
	p.output = &bytes.Buffer{}
	cmd := exec.Command(filepath.Join(p.bin, "postgres"), "-D", filepath.Join(p.dir, "data"),
		"-k", p.dir, "-c", "listen_addresses=", "-c", "max_connections=60")
	cmd.Dir, cmd.SysProcAttr, cmd.Stdout, cmd.Stderr = p.dir, p.owner, p.output, p.output
	p.ended = make(chan error, 1)
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // Pdeathsig looks at the thread that started it
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			p.ended <- cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	p.process = cmd.Process
	return nil
}

// stop ends the server at once; connections break.
func (p *server) stop() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.process == nil {
		return nil
	}
	err := p.process.Signal(syscall.SIGINT) // "fast shutdown"
	select {
	case <-p.ended:
	case <-time.After(20 * time.Second):
		err = errors.Join(err, p.process.Kill())
	}
	p.process = nil
	return err
}

func (p *server) remove() error {
	err := p.stop()
	if p.dir != "" {
		err = errors.Join(err, os.RemoveAll(p.dir))
	}
	return err
}
