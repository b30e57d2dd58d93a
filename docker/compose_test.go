// Package docker_test lints the container files: they are built elsewhere, so what can be
// wrong without a build must be caught here.
package docker_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

type composeFile struct {
	Services map[string]service
	Secrets  map[string]struct{ File string }
	Volumes  map[string]any
}

type service struct {
	Image       string
	Build       *struct{ Context, Dockerfile string }
	Restart     string
	NetworkMode string `yaml:"network_mode"`
	Environment map[string]string
	Secrets     []string
	Ports       []string
	Volumes     []string
	DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
	Healthcheck struct {
		Test                       []string
		Interval, Timeout, Retries string
	}
}

func load(t *testing.T) composeFile {
	t.Helper()
	data, err := os.ReadFile("compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file composeFile
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatalf("compose.yaml does not parse: %v", err)
	}
	return file
}

func TestEveryServiceIsComplete(t *testing.T) {
	file := load(t)
	for _, name := range []string{"controller", "asterisk", "postgres"} {
		if _, found := file.Services[name]; !found {
			t.Errorf("service %s is missing", name)
		}
	}
	for name, s := range file.Services {
		if len(s.Healthcheck.Test) < 2 || s.Healthcheck.Interval == "" || s.Healthcheck.Timeout == "" || s.Healthcheck.Retries == "" {
			t.Errorf("%s: the healthcheck needs test, interval, timeout and retries", name)
		}
		if s.Restart != "unless-stopped" {
			t.Errorf("%s: restart is %q, want unless-stopped", name, s.Restart)
		}
		if !pinned(s.Image) {
			t.Errorf("%s: image %q needs a tag other than latest", name, s.Image)
		}
		for other, dependency := range s.DependsOn {
			if _, found := file.Services[other]; !found || dependency.Condition != "service_healthy" {
				t.Errorf("%s: must wait for an existing %s to be healthy", name, other)
			}
		}
		for _, volume := range s.Volumes {
			source, _, _ := strings.Cut(volume, ":")
			if _, found := file.Volumes[source]; !found {
				t.Errorf("%s: volume %s is not declared", name, source)
			}
		}
		if s.Build == nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(s.Build.Context, s.Build.Dockerfile)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSecretsComeFromFiles(t *testing.T) {
	file := load(t)
	secretName := regexp.MustCompile(`(?i)password|secret|token|key`)
	withPassword := regexp.MustCompile(`://[^/@\s]*:[^/@\s]*@`)
	for name, s := range file.Services {
		for variable, value := range s.Environment {
			if secretName.MatchString(variable) && !(strings.HasSuffix(variable, "_FILE") && strings.HasPrefix(value, "/run/secrets/")) {
				t.Errorf("%s: %s must be a …_FILE below /run/secrets", name, variable)
			}
			if withPassword.MatchString(value) {
				t.Errorf("%s: %s holds a password", name, variable)
			}
			for _, used := range regexp.MustCompile(`/run/secrets/(\w+)`).FindAllStringSubmatch(value, -1) {
				if !slices.Contains(s.Secrets, used[1]) {
					t.Errorf("%s: %s uses secret %s, which is not given to the service", name, variable, used[1])
				}
			}
		}
		for _, secret := range s.Secrets {
			if !strings.HasPrefix(file.Secrets[secret].File, "./secrets/") {
				t.Errorf("%s: secret %s is not declared as a file in ./secrets", name, secret)
			}
		}
	}
}

func TestOnlySIPFacesTheHouse(t *testing.T) {
	file := load(t)
	for name, s := range file.Services {
		for _, port := range s.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s: port %s must be bound to 127.0.0.1", name, port)
			}
		}
		if name != "postgres" && s.NetworkMode != "host" {
			t.Errorf("%s: network_mode is %q; media needs the host's", name, s.NetworkMode)
		}
	}
	if got := file.Services["asterisk"].Environment["BELLHOP_ARI_HOST"]; got != "127.0.0.1" {
		t.Errorf("ARI listens on %q, want 127.0.0.1", got)
	}
	if got := file.Services["controller"].Environment["BELLHOP_LISTEN_HTTP"]; !strings.HasPrefix(got, "127.0.0.1:") {
		t.Errorf("the API listens on %q, want 127.0.0.1", got)
	}
}

func TestBothSidesShareTheBootFolder(t *testing.T) {
	file := load(t)
	mount := "boot:" + file.Services["controller"].Environment["BELLHOP_ASTERISK_BOOT_DIR"]
	if !slices.Contains(file.Services["controller"].Volumes, mount) {
		t.Errorf("the controller does not mount %s", mount)
	}
	if !slices.Contains(file.Services["asterisk"].Volumes, "boot:/etc/asterisk/boot") {
		t.Error("Asterisk does not mount the boot folder")
	}
}

// pinned reports whether an image has a tag that names a version.
func pinned(image string) bool {
	_, tag, found := strings.Cut(image, ":")
	return found && tag != "" && tag != "latest"
}
