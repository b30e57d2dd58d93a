package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

//go:embed scenario/*.xml
var scenarios embed.FS

// The lists of phones for sipp, made by writePhones.
const (
	phoneList = "phones.csv" // user; what sipp makes the digest of
	callList  = "calls.csv"  // user; what sipp makes the digest of; dialled
)

func writeScenarios(dir string) error {
	names, err := fs.Glob(scenarios, "scenario/*.xml")
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := scenarios.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// writePhones writes who registers, and who calls whom: everybody the phone half
// a house further on.
func (b *bench) writePhones() error {
	phones, calls := bytes.NewBufferString("SEQUENTIAL\n"), bytes.NewBufferString("SEQUENTIAL\n")
	for i, c := range b.phones {
		digest := fmt.Sprintf("[authentication username=%s password=%s]", c.Endpoint, c.Secret)
		fmt.Fprintf(phones, "%s;%s;\n", c.Endpoint, digest)
		fmt.Fprintf(calls, "%s;%s;%s;\n", c.Endpoint, digest, b.phones[(i+len(b.phones)/2)%len(b.phones)].Extension)
	}
	return errors.Join(
		os.WriteFile(filepath.Join(b.dir, phoneList), phones.Bytes(), 0o600),
		os.WriteFile(filepath.Join(b.dir, callList), calls.Bytes(), 0o600))
}

// sipp is one run of it.
type sipp struct {
	cmd   *exec.Cmd
	files string // what it writes begins with this path
	said  bytes.Buffer
}

// startSipp runs a scenario from a port towards a switch.
func (b *bench) startSipp(ctx context.Context, s *side, scenario string, port int, args ...string) (*sipp, error) {
	files, err := os.MkdirTemp(b.dir, scenario+"-")
	if err != nil {
		return nil, err
	}
	p := &sipp{files: files}
	p.cmd = exec.CommandContext(ctx, "sipp", append([]string{
		s.pbx.SIPAddress, "-sf", filepath.Join(b.dir, scenario+".xml"), "-i", "127.0.0.1", "-p", strconv.Itoa(port),
		"-nostdin", "-timer_resol", "1", "-trace_stat", "-fd", "1", "-stf", filepath.Join(files, "stat.csv"),
	}, args...)...)
	p.cmd.Dir = files
	p.cmd.Stdout, p.cmd.Stderr = nil, &p.said
	p.cmd.Env = append(os.Environ(), "TERM=dumb")
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("sipp: %w (Debian package sip-tester)", err)
	}
	return p, nil
}

// wait returns when the run is over. Calls that failed are no error: they are counted.
func (p *sipp) wait() error {
	err := p.cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("sipp: %w: %s", err, lastLine(p.said.String()))
	}
	return nil
}

// stop ends a scenario that would wait for calls for ever.
func (p *sipp) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGUSR1); err != nil { // "leave when the calls are over"
		return err
	}
	force := time.AfterFunc(3*time.Second, func() { _ = p.cmd.Process.Kill() })
	defer force.Stop()
	_ = p.cmd.Wait() // by now its exit code says nothing
	return nil
}

// cpu is the processor time that the run took.
func (p *sipp) cpu() time.Duration {
	return p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()
}

// counts are the totals of a run, by sipp's column names.
func (p *sipp) counts() (map[string]int, error) {
	file, err := os.Open(filepath.Join(p.files, "stat.csv"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows := csv.NewReader(file)
	rows.Comma, rows.FieldsPerRecord = ';', -1
	all, err := rows.ReadAll()
	if err != nil || len(all) < 2 {
		return nil, fmt.Errorf("sipp wrote no statistics: %w", err)
	}
	counts := map[string]int{}
	last := all[len(all)-1]
	for i, name := range all[0] {
		if n, err := strconv.Atoi(last[min(i, len(last)-1)]); err == nil {
			counts[name] = n
		}
	}
	return counts, nil
}

// register registers the phones at the port on which they will be called.
func (b *bench) register(ctx context.Context, s *side, phones int) error {
	p, err := b.startSipp(ctx, s, "register", s.callee, "-inf", filepath.Join(b.dir, phoneList),
		"-m", strconv.Itoa(phones), "-r", "400", "-l", "1000", "-timeout", "30s")
	if err != nil {
		return err
	}
	if err := p.wait(); err != nil {
		return err
	}
	counts, err := p.counts()
	if err == nil && counts["SuccessfulCall(C)"] != phones {
		err = fmt.Errorf("%s: only %d of %d phones could register", s.name, counts["SuccessfulCall(C)"], phones)
	}
	return err
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}
