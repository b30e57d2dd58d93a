// Command entrypoint starts Asterisk in its container: it writes the configuration of
// package dialplan from the environment, hands the boot folder to the controller, and
// becomes Asterisk.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"bellhop/dialplan"
)

const (
	confDir  = "/etc/asterisk"
	asterisk = "/usr/sbin/asterisk"

	// controllerUser is the user id of Dockerfile.controller, which writes the boot folder.
	controllerUser = 10001
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "entrypoint:", err)
		os.Exit(1)
	}
}

func run() error {
	s, err := fromEnvironment(os.Getenv)
	if err != nil {
		return err
	}
	modules, err := filepath.Glob("/usr/lib/*/asterisk/modules")
	if err != nil || len(modules) != 1 {
		return errors.New("no module folder below /usr/lib: is Asterisk installed in this image?")
	}
	s.ModuleDir = modules[0]
	if err := dialplan.Render(confDir, s); err != nil {
		return err
	}
	if err := handOver(); err != nil {
		return err
	}
	if err := nameHost("/etc/hosts"); err != nil {
		return err
	}
	return syscall.Exec(asterisk, []string{asterisk, "-f", "-U", "asterisk", "-C", confDir + "/asterisk.conf"}, os.Environ())
}

// fromEnvironment reads the settings; the password comes from the file that
// BELLHOP_ASTERISK_PASSWORD_FILE names.
func fromEnvironment(getenv func(string) string) (dialplan.Settings, error) {
	path := getenv("BELLHOP_ASTERISK_PASSWORD_FILE")
	if path == "" {
		return dialplan.Settings{}, errors.New("BELLHOP_ASTERISK_PASSWORD_FILE is not set: name the file that holds the ARI password")
	}
	password, err := os.ReadFile(path)
	if err != nil {
		return dialplan.Settings{}, fmt.Errorf("BELLHOP_ASTERISK_PASSWORD_FILE: %w", err)
	}
	s := dialplan.Settings{
		SIPHost:     getenv("BELLHOP_SIP_HOST"),
		HTTPHost:    getenv("BELLHOP_ARI_HOST"),
		Country:     getenv("BELLHOP_COUNTRY"),
		EntityID:    getenv("BELLHOP_ENTITY_ID"),
		ARIPassword: strings.TrimSpace(string(password)),
	}
	for _, port := range []struct {
		name string
		to   *int
	}{
		{"BELLHOP_SIP_PORT", &s.SIPPort},
		{"BELLHOP_ARI_PORT", &s.HTTPPort},
		{"BELLHOP_RTP_FIRST", &s.RTPFirst},
		{"BELLHOP_RTP_LAST", &s.RTPLast},
	} {
		if *port.to, err = strconv.Atoi(cmp.Or(getenv(port.name), "0")); err != nil {
			return s, fmt.Errorf("%s must be a port number", port.name)
		}
	}
	return s, nil
}

// handOver makes Asterisk's group the reader of all configuration, and of every file that
// the controller will put into the boot folder.
func handOver() error {
	group, err := user.LookupGroup("asterisk")
	if err != nil {
		return err
	}
	gid, err := strconv.Atoi(group.Gid)
	if err != nil {
		return err
	}
	files, err := filepath.Glob(confDir + "/*.conf")
	if err != nil {
		return err
	}
	for _, file := range append(files, confDir) {
		if err := os.Chown(file, 0, gid); err != nil {
			return err
		}
	}
	boot := filepath.Join(confDir, dialplan.BootFolder)
	if err := os.Chown(boot, controllerUser, gid); err != nil {
		return err
	}
	return os.Chmod(boot, 0o770|os.ModeSetgid)
}

// nameHost adds this machine's name to the hosts file. Without it Asterisk asks the DNS once
// per media session and blocks a SIP worker meanwhile.
func nameHost(path string) error {
	name, err := os.Hostname()
	if err != nil {
		return err
	}
	hosts, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if slices.Contains(strings.Fields(string(hosts)), name) {
		return nil
	}
	return os.WriteFile(path, append(hosts, "\n127.0.0.1 "+name+"\n"...), 0o644) // mounted by Docker: it cannot be renamed over
}
