package pbx

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestInstallLeavesAGoodRootAlone(t *testing.T) {
	needAsterisk(t)
	if err := checkRoot(testRoot); err != nil {
		t.Fatal(err)
	}
	if err := Install(context.Background(), io.Discard, testRoot); err != nil {
		t.Fatal(err)
	}
}

func TestInstallRefusesAStrangersFolder(t *testing.T) {
	needAsterisk(t)
	root := t.TempDir()
	keep := filepath.Join(root, "letters")
	if err := os.WriteFile(keep, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := Install(context.Background(), io.Discard, root)
	if err == nil || !strings.Contains(err.Error(), "move it away") {
		t.Errorf("error is %v, want the advice to move the folder away", err)
	}
	if _, err := os.Stat(keep); err != nil {
		t.Error("the folder was touched")
	}
}

func TestStartWithoutARootNamesTheRemedy(t *testing.T) {
	needAsterisk(t)
	_, err := Start(context.Background(), Options{Root: t.TempDir(), Name: "none"})
	if err == nil || !strings.Contains(err.Error(), "make setup") {
		t.Errorf("error is %v, want the command that unpacks Asterisk", err)
	}
}

func TestExplainNamesTheRemedy(t *testing.T) {
	for said, remedy := range map[string]string{
		"E: Failed getting release file ...":        "mirror cannot be reached",
		"tar: write error: No space left on device": "disk is full",
		"mount: /proc: Operation not permitted":     "right to mount",
		"Temporary failure resolving 'the mirror'":  "mirror cannot be reached",
		"E: something nobody thought of":            "read the lines above",
	} {
		err := explain("debootstrap", []string{"I: before", said}, errors.New("exit status 1"))
		if !strings.Contains(err.Error(), remedy) || !strings.Contains(err.Error(), said) {
			t.Errorf("%q is explained as %q, want %q", said, err, remedy)
		}
	}
}

func TestOptionsAreChecked(t *testing.T) {
	needAsterisk(t)
	for field, o := range map[string]Options{
		"Root":     {Name: "x"},
		"Name":     {Root: testRoot, Name: "../x"},
		"Snapshot": {Root: testRoot, Name: "x", Snapshot: map[string]string{"../passwd": ""}},
	} {
		if _, err := Start(context.Background(), o); err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("error is %v, want one about %s", err, field)
		}
	}
}
