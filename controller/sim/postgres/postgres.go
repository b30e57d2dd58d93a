// Package postgres runs a real PostgreSQL from the distribution, for the tests: in
// a folder of its own, reached over a Unix socket, gone with the process.
package postgres

import (
	"bytes"
	"context"
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
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver of DSN
)

// Server is one PostgreSQL. Its methods may be called from any goroutine.
type Server struct {
	mu      sync.Mutex
	bin     string // folder of initdb and postgres
	dir     string
	owner   *syscall.SysProcAttr
	process *os.Process // nil: stopped
	ended   chan error
	output  *bytes.Buffer
}

const (
	startTime = 30 * time.Second
	stopTime  = 20 * time.Second
)

// New makes a server's folder; Start lets it answer. Without the distribution's
// package the error says how to install it.
func New() (*Server, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil || len(found) == 0 {
		return nil, errors.New("PostgreSQL is not installed (no /usr/lib/postgresql/*/bin/postgres): run \"make setup\"")
	}
	dir, err := os.MkdirTemp("", "pg") // short: a socket's path has 107 bytes at most
	if err != nil {
		return nil, err
	}
	s := &Server{bin: filepath.Dir(found[len(found)-1]), dir: dir}
	if err := s.initialise(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// DSN returns how the server is reached, as its superuser.
func (s *Server) DSN() string { return "host=" + s.dir + " user=postgres dbname=postgres" }

// Start runs the server until it answers; one that runs already is fine.
func (s *Server) Start(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process != nil {
		return nil
	}
	if err := s.run(); err != nil {
		return err
	}
	return s.await(ctx)
}

// Exec runs one statement.
func (s *Server) Exec(ctx context.Context, statement string) error {
	db, err := sql.Open("pgx", s.DSN())
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}

// Stop ends the server at once; connections break.
func (s *Server) Stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process == nil {
		return nil
	}
	err := s.process.Signal(syscall.SIGINT) // "fast shutdown"
	select {
	case <-s.ended:
	case <-time.After(stopTime):
		err = errors.Join(err, s.process.Kill())
	}
	s.process = nil
	return err
}

// Remove stops the server and deletes everything it kept.
func (s *Server) Remove() error { return errors.Join(s.Stop(), os.RemoveAll(s.dir)) }

func (s *Server) initialise() (err error) {
	if s.owner, err = unprivileged(s.dir); err != nil {
		return err
	}
	initdb := exec.Command(filepath.Join(s.bin, "initdb"), "-D", filepath.Join(s.dir, "data"),
		"-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = s.dir, s.owner
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
		return nil, fmt.Errorf("%w: install PostgreSQL with \"make setup\"", err)
	}
	uid, uidErr := strconv.Atoi(who.Uid)
	gid, gidErr := strconv.Atoi(who.Gid)
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, errors.Join(uidErr, gidErr, os.Chown(dir, uid, gid))
}

func (s *Server) run() error {
	s.output, s.ended = &bytes.Buffer{}, make(chan error, 1)
	cmd := exec.Command(filepath.Join(s.bin, "postgres"), "-D", filepath.Join(s.dir, "data"),
		"-k", s.dir, "-c", "listen_addresses=", "-c", "max_connections=60")
	cmd.Dir, cmd.SysProcAttr, cmd.Stdout, cmd.Stderr = s.dir, s.owner, s.output, s.output
	started := make(chan error)
	go func(ended chan<- error) {
		runtime.LockOSThread() // Pdeathsig looks at the thread that started it
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			ended <- cmd.Wait()
		}
	}(s.ended)
	if err := <-started; err != nil {
		return err
	}
	s.process = cmd.Process
	return nil
}

// await asks until the server answers.
func (s *Server) await(ctx context.Context) error {
	db, err := sql.Open("pgx", s.DSN())
	if err != nil {
		return err
	}
	defer db.Close()
	limit := time.After(startTime)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for db.PingContext(ctx) != nil {
		select {
		case err := <-s.ended:
			s.process = nil
			return fmt.Errorf("PostgreSQL ended while it started: %w\n%s", err, s.output)
		case <-limit:
			return fmt.Errorf("PostgreSQL did not answer within %s", startTime)
		case <-tick.C:
		}
	}
	return nil
}
