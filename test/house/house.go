// Package house runs a whole hotel for a test: a real Asterisk, the controller
// (inside the test, or as a process that can be killed), the demo hotel on a
// database of its own, two simulated carriers, and phones that register as they
// are asked for.
package house

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bellhop/controller/app"
	"bellhop/controller/hotel"
	"bellhop/controller/sim/pbx"
	"bellhop/controller/sim/phones"
)

// Patience bounds every single wait of a test.
const Patience = 15 * time.Second

// House is a running hotel.
type House struct {
	PBX             *pbx.Instance
	Unicom, Telecom *phones.Carrier
	App             *app.App // nil while the controller is a process or stopped
	API             string   // base URL
	Token           string   // of the administrator
	Dir             string
	Passwords       map[string]string // by login, with Options.Staff

	config      app.Config
	credentials []hotel.Credential
	log         *slog.Logger
	stop        context.CancelFunc
	ended       chan error
	process     *process
}

// Options say how a house is run.
type Options struct {
	Process  bool              // the controller is a child process: Kill can kill it
	Staff    bool              // the demo hotel's people have accounts
	Settings func(*app.Config) // changes the settings before anything is opened; may be nil
}

// Root returns the unpacked Asterisk, or fails the test with the remedy.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil {
		root := filepath.Join(dir, pbx.RootFolder)
		if _, found := os.Stat(filepath.Join(root, "usr/sbin/asterisk")); found == nil {
			return root
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	t.Fatal("no unpacked Asterisk found: run \"make setup\" as root")
	return ""
}

// Open starts a house; it is taken down when the test ends.
func Open(t testing.TB, o Options) *House {
	t.Helper()
	if testing.Short() {
		t.Skip("needs a real Asterisk: not with -short")
	}
	h := &House{Dir: t.TempDir(), log: logger(t)}
	h.startSwitch(t)
	h.startCarriers(t)
	h.config = h.settings()
	if o.Settings != nil {
		o.Settings(&h.config)
	}
	h.load(t, o.Staff)
	if o.Process {
		h.StartProcess(t)
	} else {
		h.Start(t)
	}
	return h
}

// logger keeps what the controller says, and shows it when the test fails.
func logger(t testing.TB) *slog.Logger {
	file, err := os.CreateTemp(t.TempDir(), "controller-*.log")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		defer file.Close()
		if !t.Failed() {
			return
		}
		if text, err := os.ReadFile(file.Name()); err == nil {
			t.Logf("the controller said:\n%s", tail(string(text), 60))
		}
	})
	return slog.New(slog.NewTextHandler(file, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func tail(text string, lines int) string {
	all := strings.Split(strings.TrimRight(text, "\n"), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

func (h *House) startCarriers(t testing.TB) {
	t.Helper()
	for i, to := range []**phones.Carrier{&h.Unicom, &h.Telecom} {
		c, err := phones.NewCarrier(context.Background(), phones.CarrierConfig{
			// The switch knows a trunk by its address: it must not be the phones'.
			Listen: fmt.Sprintf("127.0.0.%d:0", 2+i), Name: fmt.Sprintf("carrier%d", i),
			Answer: phones.AnswerWith(0, 600+100*i), Peer: h.PBX.SIPAddress,
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.Close)
		*to = c
	}
}

func (h *House) startSwitch(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	name := fmt.Sprintf("t%d", time.Now().UnixNano()%1e12)
	i, err := pbx.Start(ctx, pbx.Options{Root: Root(t), Name: name})
	if err != nil {
		t.Fatal(err)
	}
	h.PBX = i
	t.Cleanup(func() {
		if err := i.Remove(context.Background()); err != nil {
			t.Errorf("asterisk not removed: %v", err)
		}
	})
}

func (h *House) settings() app.Config {
	return app.Config{
		Listen:   app.Listen{HTTP: "127.0.0.1:0"},
		Database: app.Database{Driver: "sqlite", Path: filepath.Join(h.Dir, "bellhop.db")},
		Asterisk: app.Asterisk{
			URL: h.PBX.ARIURL, User: h.PBX.ARIUser, Password: app.Secret(h.PBX.ARIPassword), BootDir: h.PBX.BootDir,
		},
		Access: app.Access{
			TokenFile: filepath.Join(h.Dir, "admin.token"), PasswordFile: filepath.Join(h.Dir, "admin.password"), Policy: "asvs",
		},
		Metrics:      app.Metrics{Enabled: true},
		DrainTimeout: time.Second,
	}
}

// load fills the database with the demo hotel.
func (h *House) load(t testing.TB, staff bool) {
	t.Helper()
	a, err := app.Open(context.Background(), h.config, h.log)
	if err != nil {
		t.Fatal(err)
	}
	h.credentials, err = a.LoadDemo(context.Background(), app.DemoCarriers{
		Unicom: h.Unicom.Addr().String(), Telecom: h.Telecom.Addr().String(),
	})
	var passwords []app.Password
	if err == nil && staff {
		passwords, err = a.LoadStaff(context.Background())
	}
	if err := errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
	h.Passwords = map[string]string{}
	for _, p := range passwords {
		h.Passwords[p.Login] = p.Password
	}
	token, err := os.ReadFile(h.config.Access.TokenFile)
	if err != nil {
		t.Fatal(err)
	}
	h.Token = strings.TrimSpace(string(token))
}

// Start runs the controller inside the test and waits until it is ready.
func (h *House) Start(t testing.TB) {
	t.Helper()
	a, err := app.Open(context.Background(), h.config, h.log)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	h.App, h.stop, h.ended = a, cancel, make(chan error, 1)
	go func(ended chan<- error) { ended <- a.Run(ctx) }(h.ended)
	h.API = "http://" + a.Addr.String()
	t.Cleanup(func() { h.Stop(t) })
	h.AwaitReady(t)
}

// Stop ends a controller that runs inside the test; calls go on without it.
func (h *House) Stop(t testing.TB) {
	if h.App == nil {
		return
	}
	h.stop()
	if err := <-h.ended; err != nil {
		t.Errorf("controller: %v", err)
	}
	h.App = nil
}

// Phone registers the phone of an extension; of several, the n-th label.
func (h *House) Phone(t testing.TB, number string, label ...string) *phones.Phone {
	t.Helper()
	for _, c := range h.credentials {
		if c.Extension.String() == number && c.Kind == hotel.DeviceSIP && (len(label) == 0 || c.Label == label[0]) {
			return h.Register(t, c.Endpoint, c.Secret)
		}
	}
	t.Fatalf("the demo hotel has no phone %s %v", number, label)
	return nil
}

// Register registers a phone by user and secret.
func (h *House) Register(t testing.TB, user, secret string) *phones.Phone {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	p, err := phones.New(context.Background(), phones.Config{Server: h.PBX.SIPAddress, User: user, Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	if err := p.Register(ctx); err != nil {
		t.Fatalf("phone %s does not register: %v", user, err)
	}
	return p
}

// Credential returns the SIP user of an extension's first SIP phone.
func (h *House) Credential(number string) (hotel.Credential, bool) {
	for _, c := range h.credentials {
		if c.Extension.String() == number && c.Kind == hotel.DeviceSIP {
			return c, true
		}
	}
	return hotel.Credential{}, false
}
