package main_test

import (
	"encoding/json"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// floor is the floor of each room; rooms on one floor never import each other.
var floor = map[string]int{
	"kit": 0, "hotel": 1, "access": 1, "calls": 2, "routing": 3, "acd": 3, "edge": 5, "sim": 5, "app": 6, "": 7,
}

// onlyIn names the packages that one room alone may import, and why.
var onlyIn = []struct{ pkg, room, why string }{
	{"github.com/CyCoreSystems/ari/v6", "edge/asterisk", "the ARI library's faults stay behind one door"},
	{"gorm.io/gorm", "edge/store", "the domain does not know how it is stored"},
	{"github.com/gin-gonic/gin", "edge/rest", "the domain does not know who asks"},
	{"github.com/prometheus/client_golang", "edge/rest", "figures are counted where they arise and shown in one place"},
	{"github.com/emiago/sipgo", "sim", "the controller speaks no SIP: Asterisk does"},
}

// outside is what the domain (floors 0 to 4) must not see.
var outside = []string{"net", "net/http", "database/sql", "os/exec"}

type pkg struct {
	ImportPath string
	Imports    []string
}

// TestStairsGoDownOnly holds the rules of the house (docs: README, DESIGN §1).
func TestStairsGoDownOnly(t *testing.T) {
	for _, p := range list(t) {
		room := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, "bellhop/controller"), "/")
		mine, known := floor[first(room)]
		if !known {
			t.Errorf("%s stands on no floor: add it to the house test and the README", p.ImportPath)
			continue
		}
		for _, imp := range p.Imports {
			checkStairs(t, room, mine, imp)
			checkDoors(t, room, mine, imp)
		}
	}
}

func checkStairs(t *testing.T, room string, mine int, imp string) {
	t.Helper()
	target, ours := strings.CutPrefix(imp, "bellhop/controller/")
	if !ours {
		return
	}
	theirs := floor[first(target)]
	same := first(target) == first(room)
	switch {
	case theirs > mine:
		t.Errorf("%s imports %s: stairs go down only", room, target)
	case theirs == mine && !same:
		t.Errorf("%s imports %s: rooms on one floor do not know each other, app plugs them together", room, target)
	case same && first(room) == "edge" && path.Dir(target) != path.Dir(room) && adapter(target) != adapter(room):
		t.Errorf("%s imports %s: one adapter does not know another", room, target)
	}
}

func checkDoors(t *testing.T, room string, mine int, imp string) {
	t.Helper()
	for _, d := range onlyIn {
		if (imp == d.pkg || strings.HasPrefix(imp, d.pkg+"/")) && !strings.HasPrefix(room, d.room) {
			t.Errorf("%s imports %s: only %s may, because %s", room, imp, d.room, d.why)
		}
	}
	if mine <= 4 && slices.Contains(outside, imp) {
		t.Errorf("%s imports %s: the domain declares interfaces, edge implements them", room, imp)
	}
}

func first(room string) string   { return strings.Split(room, "/")[0] }
func adapter(room string) string { return strings.Join(strings.Split(room+"/", "/")[:2], "/") }

func list(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "bellhop/controller/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := d.Decode(&p)
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}
