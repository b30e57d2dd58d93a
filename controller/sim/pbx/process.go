package pbx

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// launch mounts /proc inside the root (in a mount namespace that ends with the process, so
// nothing is left mounted), drops to the asterisk user and becomes Asterisk. setpriv asks
// again for death with the parent, because the change of user forgets it.
const launch = `mount -t proc proc "$1/proc" &&
exec chroot "$1" setpriv --reuid asterisk --regid asterisk --init-groups --pdeathsig KILL \
	/usr/sbin/asterisk -f -C "$2"`

// process is one running Asterisk.
type process struct {
	os     *os.Process
	exited chan struct{} // closed when it is gone
}

// spawn starts Asterisk with the configuration file conf (a path inside root).
func spawn(root, conf string) (*process, error) {
	cmd := exec.Command("/bin/sh", "-c", launch, "sh", root, conf)
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Setpgid:      true, // Ctrl-C is ours to hand on
		Pdeathsig:    syscall.SIGKILL,
		Unshareflags: syscall.CLONE_NEWNS,
	}
	p := &process{exited: make(chan struct{})}
	started := make(chan error)
	go func() {
		// The kernel ties Pdeathsig to the thread that forked: keep it for as long as the child lives.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		if err == nil {
			p.os = cmd.Process
		}
		started <- err
		if err != nil {
			return
		}
		_ = cmd.Wait() // why it ended is in its log; that it ended is what matters here
		close(p.exited)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("pbx: start Asterisk: %w", err)
	}
	return p, nil
}

// alive reports whether the process still runs.
func (p *process) alive() bool {
	select {
	case <-p.exited:
		return false
	default:
		return true
	}
}

// end sends sig and waits until the process is gone; when ctx is over first it is killed.
func (p *process) end(ctx context.Context, sig syscall.Signal) error {
	if !p.alive() {
		return nil
	}
	if err := p.os.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("pbx: signal Asterisk (pid %d): %w", p.os.Pid, err)
	}
	select {
	case <-p.exited:
		return nil
	case <-ctx.Done():
		_ = p.os.Kill() // gone already is as good
		<-p.exited
		return fmt.Errorf("pbx: Asterisk (pid %d) did not stop and was killed: %w", p.os.Pid, ctx.Err())
	}
}
