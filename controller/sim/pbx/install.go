package pbx

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// RootFolder is where the project keeps the unpacked Asterisk, relative to its top folder.
const RootFolder = ".bellhop/asterisk"

const (
	suite      = "sid" // the Debian suite that has Asterisk 22.10
	spaceBytes = 1 << 30

	// asterisk-dahdi is left out: it drags in a kernel module build.
	packages = "asterisk,asterisk-core-sounds-en,asterisk-moh-opsound-wav,asterisk-espeak"
)

// Install unpacks Debian's Asterisk into a root of its own; one to three minutes and 600 MB
// the first time, nothing afterwards. It reports its steps to progress, one line each. It works
// in a folder beside root that is renamed at the end, so that root is complete or absent;
// errors say what failed, why, and how to help.
func Install(ctx context.Context, progress io.Writer, root string) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return fmt.Errorf("pbx: root folder: %w", err)
	}
	if checkRoot(root) == nil {
		return nil
	}
	if os.Geteuid() != 0 {
		return errors.New("pbx: unpacking Asterisk creates device files and users and that needs root: run \"make setup\" as root, or name an Asterisk of your own in the settings")
	}
	if _, err := os.Stat(root); err == nil {
		return fmt.Errorf("pbx: %s exists but holds no usable Asterisk: move it away and run \"make setup\" again", root)
	}
	if err := os.MkdirAll(filepath.Dir(root), 0o755); err != nil {
		return fmt.Errorf("pbx: %w", err)
	}
	if err := checkSpace(filepath.Dir(root)); err != nil {
		return err
	}
	if err := needDebootstrap(ctx, progress); err != nil {
		return err
	}
	return unpack(ctx, progress, root)
}

// checkSpace reports a disk that is too full.
func checkSpace(folder string) error {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return fmt.Errorf("pbx: free space of %s: %w", folder, err)
	}
	if free := disk.Bavail * uint64(disk.Bsize); free < spaceBytes {
		return fmt.Errorf("pbx: %s has %d MB free and Asterisk needs %d: free some space", folder, free>>20, spaceBytes>>20)
	}
	return nil
}

// needDebootstrap installs debootstrap when it is missing.
func needDebootstrap(ctx context.Context, progress io.Writer) error {
	if _, err := exec.LookPath("debootstrap"); err == nil {
		return nil
	}
	if _, err := exec.LookPath("apt-get"); err != nil {
		return errors.New("pbx: debootstrap is missing and there is no apt-get to install it: install debootstrap with your system's package manager")
	}
	fmt.Fprintln(progress, "Installing debootstrap")
	for _, arguments := range [][]string{{"update"}, {"install", "-y", "--no-install-recommends", "debootstrap"}} {
		if err := run(ctx, io.Discard, "apt-get", arguments...); err != nil {
			return fmt.Errorf("pbx: install debootstrap: %w", err)
		}
	}
	return nil
}

// unpack runs debootstrap into a folder beside root and renames it when it is complete.
func unpack(ctx context.Context, progress io.Writer, root string) error {
	unfinished := root + ".unfinished"
	if err := os.RemoveAll(unfinished); err != nil {
		return fmt.Errorf("pbx: remove what an earlier try left: %w", err)
	}
	fmt.Fprintf(progress, "Unpacking Asterisk into %s (one to three minutes)\n", root)
	err := run(ctx, progress, "debootstrap", "--variant=minbase", "--include="+packages, suite, unfinished)
	if err == nil {
		err = checkRoot(unfinished)
	}
	if err == nil {
		err = nameHost(unfinished)
	}
	if err == nil {
		err = os.Rename(unfinished, root)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("pbx: unpack Asterisk: %w", err), os.RemoveAll(unfinished))
	}
	fmt.Fprintln(progress, "Asterisk is ready")
	return nil
}

// run executes a command in a mount namespace of its own, so that nothing stays mounted if
// it is killed, and hands its output to progress line by line.
func run(ctx context.Context, progress io.Writer, name string, arguments ...string) error {
	cmd := exec.CommandContext(ctx, name, arguments...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Unshareflags: syscall.CLONE_NEWNS}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // with its children
	output, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		return err
	}
	var last []string
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		fmt.Fprintln(progress, "  "+lines.Text())
		last = append(last[max(0, len(last)-9):], lines.Text())
	}
	_, _ = io.Copy(io.Discard, output) // a line too long for the scanner must not block the command
	if err := cmd.Wait(); err != nil {
		return explain(name, last, errors.Join(err, ctx.Err()))
	}
	return nil
}

// explain turns the last lines of a failed command into a reason and a remedy.
func explain(name string, last []string, err error) error {
	said := strings.Join(last, "\n")
	remedy := "read the lines above; after fixing the cause run the same command again"
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		remedy = "it was interrupted; run the same command again"
	case strings.Contains(said, "No space left"):
		remedy = "the disk is full: free 1 GB"
	case strings.Contains(said, "resolving"), strings.Contains(said, "resolve"),
		strings.Contains(said, "Failed getting release file"), strings.Contains(said, "Couldn't download"),
		strings.Contains(said, "Could not connect"), strings.Contains(said, "Failed to fetch"):
		remedy = "the package mirror cannot be reached: check the network or the proxy settings"
	case strings.Contains(said, "Operation not permitted"), strings.Contains(said, "Permission denied"):
		remedy = "this machine forbids it: root with the right to mount and to create devices is needed"
	}
	return fmt.Errorf("%s failed (%w): %s; its last words: %s", name, err, remedy, strings.ReplaceAll(said, "\n", " | "))
}
