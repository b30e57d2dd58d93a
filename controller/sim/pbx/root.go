package pbx

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// checkRoot reports what makes root unusable, and how to get a good one.
func checkRoot(root string) error {
	for _, file := range []string{
		"usr/sbin/asterisk",
		"usr/bin/setpriv",
		"usr/lib/x86_64-linux-gnu/asterisk/modules/app_stasis_broadcast.so", // Asterisk 22.10 or newer
		"usr/share/asterisk/sounds",
	} {
		if _, err := os.Stat(filepath.Join(root, file)); err != nil {
			return fmt.Errorf("pbx: no usable Asterisk in %s (%s is missing): run \"make setup\" as root to unpack it", root, file)
		}
	}
	return nil
}

// asteriskIDs returns the numeric user and group that the root gives to Asterisk.
func asteriskIDs(root string) (uid, gid int, err error) {
	file, err := os.Open(filepath.Join(root, "etc/passwd"))
	if err != nil {
		return 0, 0, fmt.Errorf("pbx: find the asterisk user: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), ":")
		if len(fields) < 4 || fields[0] != "asterisk" {
			continue
		}
		if uid, err = strconv.Atoi(fields[2]); err == nil {
			gid, err = strconv.Atoi(fields[3])
		}
		return uid, gid, err
	}
	return 0, 0, fmt.Errorf("pbx: %s names no user asterisk", file.Name())
}

// nameHost writes this machine's name into the root's hosts file. Without it Asterisk asks
// the DNS once per media session and blocks a SIP worker meanwhile.
func nameHost(root string) error {
	name, err := os.Hostname()
	if err != nil {
		return fmt.Errorf("pbx: own host name: %w", err)
	}
	path := filepath.Join(root, "etc/hosts")
	old, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("pbx: read the root's hosts file: %w", err)
	}
	line := "127.0.0.1 localhost " + name + "\n"
	if bytes.Contains(old, []byte(line)) {
		return nil
	}
	return writeFile(path, append([]byte(line), old...), 0o644)
}

// writeFile replaces path atomically; the new file gets exactly mode.
func writeFile(path string, data []byte, mode os.FileMode) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return fmt.Errorf("pbx: write %s: %w", path, err)
	}
	defer os.Remove(tmp.Name()) // already renamed when all went well
	_, err = tmp.Write(data)
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), mode)
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("pbx: write %s: %w", path, err)
	}
	return nil
}
