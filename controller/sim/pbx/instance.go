package pbx

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"

	"bellhop/dialplan"
)

// stopPatience is how long a polite stop may take before Asterisk is killed.
const stopPatience = 5 * time.Second

// Instance is one Asterisk. Its methods may be called from several goroutines.
type Instance struct {
	ARIURL      string // http://host:port/ari
	ARIUser     string
	ARIPassword string
	SIPAddress  string // host:port, UDP and TCP
	WSURL       string // SIP over WebSocket, for browsers
	BootDir     string // host path of the snapshot folder; files in it must be readable by its group
	LogPath     string // host path of the message log
	Dir         string // host path of everything this instance keeps

	root string
	conf string // asterisk.conf as seen inside the root

	mu      sync.Mutex
	running *process // nil before the first boot
}

// Start writes the configuration of the instance, boots it and returns when it is fully
// booted and ARI answers. AstDB and snapshot of an earlier run under the same name are
// kept. It needs root. The error says what is missing and how to get it.
func Start(ctx context.Context, o Options) (*Instance, error) {
	if os.Geteuid() != 0 {
		return nil, errors.New("pbx: Asterisk runs in a chroot and that needs root: run as root, or name an Asterisk of your own in the settings")
	}
	o.Host = cmp.Or(o.Host, "127.0.0.1")
	o, err := o.check()
	if err != nil {
		return nil, err
	}
	if o, err = fillPorts(o); err != nil {
		return nil, err
	}
	i := &Instance{root: o.Root, Dir: filepath.Join(o.Root, "var/lib/bellhop", o.Name)}
	if err := i.prepare(o); err != nil {
		return nil, err
	}
	if err := i.boot(ctx); err != nil {
		return nil, err
	}
	return i, nil
}

// prepare makes folders and configuration.
func (i *Instance) prepare(o Options) error {
	secret := make([]byte, 20)
	_, _ = rand.Read(secret) // never fails
	inside := "/var/lib/bellhop/" + o.Name
	settings := dialplan.Settings{
		EntityID:    fmt.Sprintf("02:%02x:%02x:%02x:%02x:%02x", secret[15], secret[16], secret[17], secret[18], secret[19]),
		ConfDir:     inside + "/etc",
		StateDir:    inside + "/state",
		SpoolDir:    inside + "/spool",
		RunDir:      inside + "/run",
		LogDir:      inside + "/log",
		SIPHost:     o.Host,
		SIPPort:     o.SIPPort,
		HTTPHost:    o.Host,
		HTTPPort:    o.HTTPPort,
		RTPFirst:    o.RTPFirst,
		RTPLast:     o.RTPFirst + rtpPorts - 1,
		Country:     o.Country,
		ARIUser:     "bellhop",
		ARIPassword: hex.EncodeToString(secret[:15]),
	}
	if err := i.makeFolders(); err != nil {
		return err
	}
	if err := nameHost(i.root); err != nil {
		return err
	}
	etc := filepath.Join(i.Dir, "etc")
	if err := dialplan.Render(etc, settings); err != nil {
		return err
	}
	i.BootDir = filepath.Join(etc, dialplan.BootFolder)
	for name, text := range o.Snapshot {
		if err := writeFile(filepath.Join(i.BootDir, name), []byte(text), 0o640); err != nil {
			return err
		}
	}
	web := net.JoinHostPort(o.Host, strconv.Itoa(o.HTTPPort))
	i.ARIURL, i.WSURL = "http://"+web+"/ari", "ws://"+web+"/ws"
	i.ARIUser, i.ARIPassword = settings.ARIUser, settings.ARIPassword
	i.SIPAddress = net.JoinHostPort(o.Host, strconv.Itoa(o.SIPPort))
	i.LogPath = filepath.Join(i.Dir, "log/messages")
	i.conf = settings.ConfDir + "/asterisk.conf"
	return nil
}

// makeFolders creates the instance's folders. Configuration belongs to us and is readable
// by Asterisk's group, which new files inherit; the rest belongs to Asterisk.
func (i *Instance) makeFolders() error {
	uid, gid, err := asteriskIDs(i.root)
	if err != nil {
		return err
	}
	for _, folder := range []struct {
		name  string
		owner int
		mode  os.FileMode
	}{
		{"etc", 0, 0o750 | os.ModeSetgid},
		{"etc/" + dialplan.BootFolder, 0, 0o770 | os.ModeSetgid},
		{"state", uid, 0o750},
		{"state/keys", uid, 0o750},
		{"run", uid, 0o750},
		{"log", uid, 0o750},
		{"spool", uid, 0o750},
		{"spool/recording", uid, 0o750}, // missing in the package: every recording would fail
		{"spool/monitor", uid, 0o750},
		{"spool/tmp", uid, 0o750},
	} {
		path := filepath.Join(i.Dir, folder.name)
		err := os.MkdirAll(path, 0o755)
		if err == nil {
			err = os.Chown(path, folder.owner, gid)
		}
		if err == nil {
			err = os.Chmod(path, folder.mode)
		}
		if err != nil {
			return fmt.Errorf("pbx: make the instance's folders: %w", err)
		}
	}
	return nil
}

// Kill ends Asterisk the hard way, as a power cut would, and waits until it is gone.
func (i *Instance) Kill() error { return i.end(context.Background(), syscall.SIGKILL) }

// Stop ends Asterisk politely; after five seconds, or when ctx is over, it is killed.
func (i *Instance) Stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, stopPatience)
	defer cancel()
	return i.end(ctx, syscall.SIGTERM)
}

// Restart boots the instance again with the same configuration, ports, AstDB and snapshot;
// if it still runs it is stopped first.
func (i *Instance) Restart(ctx context.Context) error {
	if err := i.Stop(ctx); err != nil {
		return err
	}
	return i.boot(ctx)
}

// Remove kills the instance and deletes everything it kept.
func (i *Instance) Remove(ctx context.Context) error {
	return errors.Join(i.end(ctx, syscall.SIGKILL), os.RemoveAll(i.Dir))
}

// PID returns the process id of the running Asterisk, 0 when there is none.
func (i *Instance) PID() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.running == nil || !i.running.alive() {
		return 0
	}
	return i.running.os.Pid
}

// Exited is closed when the present run of Asterisk ends, for whatever reason.
func (i *Instance) Exited() <-chan struct{} {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.running.exited
}

func (i *Instance) end(ctx context.Context, sig syscall.Signal) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.running == nil {
		return nil
	}
	return i.running.end(ctx, sig)
}
