package docker_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// instruction is one line of a Dockerfile, continuation lines joined.
type instruction struct {
	name      string
	arguments []string
}

var known = []string{"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD", "ENV", "ARG", "EXPOSE", "VOLUME", "HEALTHCHECK"}

func parse(t *testing.T, path string) []instruction {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var parsed []instruction
	for _, line := range strings.Split(strings.ReplaceAll(string(data), "\\\n", " "), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if !slices.Contains(known, words[0]) || len(words) < 2 {
			t.Errorf("%s: no instruction: %s", path, line)
			continue
		}
		parsed = append(parsed, instruction{words[0], words[1:]})
	}
	return parsed
}

func TestDockerfiles(t *testing.T) {
	for _, path := range []string{"Dockerfile.controller", "Dockerfile.asterisk"} {
		parsed := parse(t, path)
		if len(parsed) == 0 || parsed[0].name != "FROM" {
			t.Fatalf("%s must begin with FROM", path)
		}
		stages := []string{}
		for _, i := range parsed {
			switch i.name {
			case "FROM":
				if !pinned(i.arguments[0]) {
					t.Errorf("%s: image %s needs a tag other than latest", path, i.arguments[0])
				}
				if len(i.arguments) == 3 {
					stages = append(stages, i.arguments[2])
				}
			case "COPY":
				checkCopy(t, path, stages, i.arguments)
			}
		}
		if parsed[len(parsed)-1].name != "ENTRYPOINT" && parsed[len(parsed)-1].name != "CMD" {
			t.Errorf("%s starts nothing", path)
		}
	}
}

// checkCopy reports a source that is not in the project or not sent to the build, or a stage that is not in the file.
func checkCopy(t *testing.T, path string, stages, arguments []string) {
	t.Helper()
	if stage, found := strings.CutPrefix(arguments[0], "--from="); found {
		if !slices.Contains(stages, stage) {
			t.Errorf("%s: copies from unknown stage %s", path, stage)
		}
		return
	}
	sent, err := os.ReadFile(path + ".dockerignore")
	if err != nil {
		t.Error(err)
	}
	for _, source := range arguments[:len(arguments)-1] {
		if !slices.Contains(strings.Split(string(sent), "\n"), "!"+source) {
			t.Errorf("%s: %s is not sent to the build, see %s.dockerignore", path, source, path)
		}
		if _, err := os.Stat(filepath.Join("..", source)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestTheControllerRunsWithoutRights(t *testing.T) {
	user := ""
	for _, i := range parse(t, "Dockerfile.controller") {
		switch i.name {
		case "FROM":
			user = "" // each stage starts as root
		case "USER":
			user = i.arguments[0]
		}
	}
	if user == "" || user == "root" || user == "0" {
		t.Errorf("the last stage runs as %q, want a user of its own", user)
	}
}

// TestTheImageHasWhatTheControllerImports builds nothing: it compares the folders
// that the controller imports with those that the build copies.
func TestTheImageHasWhatTheControllerImports(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "./controller")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var copied []string
	for _, i := range parse(t, "Dockerfile.controller") {
		if i.name == "COPY" {
			copied = append(copied, i.arguments[:len(i.arguments)-1]...)
		}
	}
	for path := range strings.Lines(string(out)) {
		inside, ours := strings.CutPrefix(strings.TrimSpace(path), "bellhop/")
		folder, _, _ := strings.Cut(inside, "/")
		if ours && !slices.Contains(copied, folder) {
			t.Errorf("the controller imports %s, which the build does not copy", inside)
		}
	}
}
