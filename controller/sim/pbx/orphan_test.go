package pbx

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestDiesWithItsParent starts Asterisk in a child process, kills that child the hard way
// and expects Asterisk to be gone.
func TestDiesWithItsParent(t *testing.T) {
	needAsterisk(t)
	if os.Getenv("PBX_TEST_PARENT") == "1" {
		i, err := Start(context.Background(), Options{Root: testRoot, Name: os.Getenv("PBX_TEST_NAME")})
		if err != nil {
			fmt.Println("failed", err)
			return
		}
		fmt.Println("pid", i.PID())
		<-i.Exited() // the parent kills us long before
		return
	}
	name := fmt.Sprintf("test-orphan-%d", os.Getpid())
	child := exec.Command(os.Args[0], "-test.run=^TestDiesWithItsParent$")
	child.Env = append(os.Environ(), "PBX_TEST_PARENT=1", "PBX_TEST_NAME="+name)
	defer os.RemoveAll(filepath.Join(testRoot, "var/lib/bellhop", name))
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(output).ReadString('\n')
	pid, _ := strconv.Atoi(strings.TrimPrefix(strings.TrimSpace(line), "pid "))
	if err != nil || pid == 0 {
		t.Fatalf("child said %q (%v), want the pid of Asterisk", line, err)
	}
	_ = child.Process.Kill() // its death is checked by Wait
	_ = child.Wait()
	late := time.After(5 * time.Second)
	for tick := time.NewTicker(10 * time.Millisecond); syscall.Kill(pid, 0) == nil; {
		select {
		case <-tick.C:
		case <-late:
			_ = syscall.Kill(pid, syscall.SIGKILL) // leave nothing behind
			t.Fatal("Asterisk outlived its parent by 5 s")
		}
	}
}
