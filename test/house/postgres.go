package house

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
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// Postgres is a PostgreSQL server from the distribution, for one test. It is
// reached over a Unix socket in a folder of its own.
type Postgres struct {
	DSN string

	bin, dir string
	owner    *syscall.SysProcAttr
	process  *os.Process
	ended    chan error
	output   bytes.Buffer
}

// StartPostgres runs a server that is taken down when the test ends.
func StartPostgres(t testing.TB) *Postgres {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil || len(found) == 0 {
		t.Fatal("PostgreSQL is not installed (no /usr/lib/postgresql/*/bin/postgres): run \"make setup\"")
	}
	dir, err := os.MkdirTemp("", "pg") // short: a socket's path has 107 bytes at most
	if err != nil {
		t.Fatal(err)
	}
	p := &Postgres{
		bin: filepath.Dir(found[len(found)-1]), dir: dir, ended: make(chan error, 1),
		DSN: "host=" + dir + " user=postgres dbname=postgres",
	}
	t.Cleanup(func() {
		if err := p.remove(); err != nil {
			t.Errorf("PostgreSQL not removed: %v", err)
		}
	})
	if err := errors.Join(p.disown(), p.initialise()); err != nil {
		t.Fatal(err)
	}
	if err := p.run(); err != nil {
		t.Fatal(err)
	}
	p.await(t)
	return p
}

// disown gives the folder to the user postgres when we are root, whom
// PostgreSQL refuses to serve.
func (p *Postgres) disown() error {
	p.owner = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT} // no server outlives a test that crashed
	if os.Getuid() != 0 {
		return nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, uidErr := strconv.Atoi(who.Uid)
	gid, gidErr := strconv.Atoi(who.Gid)
	p.owner.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return errors.Join(uidErr, gidErr, os.Chown(p.dir, uid, gid))
}

func (p *Postgres) initialise() error {
	initdb := exec.Command(filepath.Join(p.bin, "initdb"), "-D", filepath.Join(p.dir, "data"),
		"-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = p.dir, p.owner
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

func (p *Postgres) run() error {
	cmd := exec.Command(filepath.Join(p.bin, "postgres"), "-D", filepath.Join(p.dir, "data"),
		"-k", p.dir, "-c", "listen_addresses=", "-c", "max_connections=60")
	cmd.Dir, cmd.SysProcAttr, cmd.Stdout, cmd.Stderr = p.dir, p.owner, &p.output, &p.output
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

func (p *Postgres) await(t testing.TB) {
	t.Helper()
	db, err := sql.Open("pgx", p.DSN)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	limit := time.After(2 * Patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for db.PingContext(t.Context()) != nil {
		select {
		case err := <-p.ended:
			t.Fatalf("PostgreSQL ended while it started: %v\n%s", err, p.output.String())
		case <-limit:
			t.Fatal("PostgreSQL does not answer")
		case <-tick.C:
		}
	}
}

func (p *Postgres) remove() error {
	if p.process != nil {
		_ = p.process.Signal(syscall.SIGINT) // "fast shutdown"
		select {
		case <-p.ended:
		case <-time.After(Patience):
			_ = p.process.Kill()
		}
	}
	return os.RemoveAll(p.dir)
}
