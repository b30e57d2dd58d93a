package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"bellhop/controller/routing"
	"bellhop/controller/sim/pbx"
	"bellhop/controller/sim/phones"
)

// demoFolder keeps what the demo must find again: database, tokens, secrets, logs.
const demoFolder = ".bellhop/demo"

// demo is a whole hotel on this machine.
type demo struct {
	in        Invocation
	log       *slog.Logger
	logFile   *os.File
	perMinute float64
	api       string
	carriers  [2]*phones.Carrier
	pbx       *pbx.Instance // nil: the settings name an Asterisk of the user's own
	sip       string
	config    Config
	app       *App
}

// Demo brings up Asterisk, controller, carriers and phones, says where to look,
// and takes everything down again when ctx ends.
func Demo(ctx context.Context, in Invocation) error {
	d := &demo{in: in}
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(in.Err)
	file := flags.String("config", "", "settings `FILE` (YAML)")
	flags.StringVar(&d.sip, "sip", "", "use the Asterisk of the settings; its SIP `ADDRESS` host:port")
	flags.StringVar(&d.api, "http", "127.0.0.1:8080", "`ADDRESS` of API and docs")
	flags.Float64Var(&d.perMinute, "calls", 12, "calls a minute between the phones")
	if err := flags.Parse(in.Args); err != nil {
		return fmt.Errorf("%w: %w", ErrUsage, err)
	}
	c, _, err := Load(*file, in.Env)
	if err != nil {
		return err
	}
	d.config = c
	return d.run(ctx)
}

func (d *demo) run(ctx context.Context) (err error) {
	begun := time.Now()
	if err := d.openLog(); err != nil {
		return err
	}
	defer d.logFile.Close()
	for _, step := range []func(context.Context) error{d.startCarriers, d.startSwitch, d.openApp} {
		if err := step(ctx); err != nil {
			return errors.Join(err, d.close())
		}
	}
	working, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- d.app.Run(working) }()
	if err := d.live(working, begun); err != nil && ctx.Err() == nil {
		stop()
		return errors.Join(err, <-ended, d.close())
	}
	d.say("stopping")
	stop()
	return errors.Join(<-ended, d.close())
}

func (d *demo) say(format string, args ...any) { fmt.Fprintf(d.in.Out, format+"\n", args...) }

func (d *demo) openLog() (err error) {
	if err := os.MkdirAll(demoFolder, 0o700); err != nil {
		return err
	}
	d.logFile, err = os.OpenFile(filepath.Join(demoFolder, "bellhop.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	d.log = newLog(d.config.Log, d.logFile)
	return nil
}

// startCarriers opens the far ends of the two trunks.
func (d *demo) startCarriers(ctx context.Context) (err error) {
	for i, name := range []string{"unicom", "telecom"} {
		d.carriers[i], err = phones.NewCarrier(context.WithoutCancel(ctx), phones.CarrierConfig{
			// The switch knows a trunk by its address: it must not be the phones'.
			Listen: fmt.Sprintf("127.0.0.%d:0", 2+i), Name: name, Answer: phones.EarlyThenAnswer(3*time.Second, 450, 600+100*i), SparseSilence: true, Logger: d.log,
		})
		if err != nil {
			return fmt.Errorf("carrier %s: %w", name, err)
		}
	}
	d.say("carriers     unicom %s, telecom %s (simulated)", d.carriers[0].Addr(), d.carriers[1].Addr())
	return nil
}

// startSwitch starts an Asterisk of our own unless the settings name one.
func (d *demo) startSwitch(ctx context.Context) (err error) {
	if d.sip != "" {
		d.say("asterisk     %s, SIP %s (yours)", d.config.Asterisk.URL, d.sip)
		return nil
	}
	d.say("asterisk     starting …")
	if err := pbx.Install(ctx, d.in.Out, pbx.RootFolder); err != nil {
		return err
	}
	if d.pbx, err = pbx.Start(context.WithoutCancel(ctx), pbx.Options{Root: pbx.RootFolder, Name: "demo"}); err != nil {
		return err
	}
	d.sip = d.pbx.SIPAddress
	a := &d.config.Asterisk
	a.URL, a.User, a.Password, a.BootDir = d.pbx.ARIURL, d.pbx.ARIUser, Secret(d.pbx.ARIPassword), d.pbx.BootDir
	d.say("asterisk     SIP %s, ARI %s, log %s", d.sip, d.pbx.ARIURL, d.pbx.LogPath)
	return nil
}

// openApp plugs the controller together on a database of the demo's own.
func (d *demo) openApp(ctx context.Context) (err error) {
	c := &d.config
	c.Listen.HTTP, c.Demo, c.DrainTimeout = d.api, true, time.Second
	if c.Database.Driver == "sqlite" {
		c.Database.Path = filepath.Join(demoFolder, "bellhop.db")
	}
	c.Access.TokenFile, c.Access.PasswordFile = filepath.Join(demoFolder, "admin.token"), filepath.Join(demoFolder, "admin.password")
	if d.app, err = Open(ctx, *c, d.log); err != nil {
		return err
	}
	at := DemoCarriers{Unicom: d.carriers[0].Addr().String(), Telecom: d.carriers[1].Addr().String()}
	credentials, err := d.app.LoadDemo(ctx, at)
	if err != nil {
		return err
	}
	if credentials != nil {
		if err := phonesOf(d.sip, credentials).save(d.phoneFile()); err != nil {
			return err
		}
	}
	passwords, err := d.app.LoadStaff(ctx)
	if err != nil {
		return err
	}
	if passwords != nil {
		if err := savePasswords(d.passwordFile(), passwords); err != nil {
			return err
		}
	}
	return d.app.setCarriers(ctx, at, routing.DemoData(at.Unicom, at.Telecom, time.Now()))
}

func (d *demo) passwordFile() string { return filepath.Join(demoFolder, "passwords") }

func (d *demo) phoneFile() string { return filepath.Join(demoFolder, "phones.json") }

// live registers the phones and lets them call until ctx ends.
func (d *demo) live(ctx context.Context, begun time.Time) error {
	if err := d.awaitReady(ctx); err != nil {
		return err
	}
	file, err := readPhones(d.phoneFile())
	if err != nil {
		return err
	}
	file.Server = d.sip
	household := file.household(d.perMinute)
	household.Logger = d.log
	house, err := phones.NewHouse(ctx, household)
	if err != nil {
		return fmt.Errorf("phones: %w", err)
	}
	defer house.Close()
	d.welcome(len(file.Phones), time.Since(begun))
	go d.report(ctx, house)
	house.Run(ctx)
	return nil
}

// readyTime bounds the wait for a switch that is provisioned.
const readyTime = 30 * time.Second

func (d *demo) awaitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyTime)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		err := d.app.provision.done.Probe(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the switch was not ready after %s: %w; see %s", readyTime, err, d.logFile.Name())
		case <-tick.C:
		}
	}
}

func (d *demo) welcome(phones int, took time.Duration) {
	house := d.app.House.Directory()
	d.say("switchboard  http://%s/ – logins and passwords in %s", d.app.Addr, d.passwordFile())
	d.say("controller   API and docs http://%s/docs, health /readyz, figures /metrics", d.app.Addr)
	d.say("token        %s", d.app.config.Access.TokenFile)
	d.say("hotel        %s: %d rooms, %d extensions, %d phones registered", house.Property().Name, len(house.Rooms()), len(house.Extensions()), phones)
	d.say("your phone   server %s, user and secret of any line of %s", d.sip, d.phoneFile())
	d.say("dial         8888 or 0 operator, 1206 a room, 13800138000 outside, 110 emergency (rings the simulated carrier)")
	d.say("log          %s", d.logFile.Name())
	d.say("ready after %s; Ctrl-C stops everything", took.Round(100*time.Millisecond))
}

// report says every few seconds how the calls go.
func (d *demo) report(ctx context.Context, house *phones.House) {
	tick := time.NewTicker(10 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			placed, talked, failed := house.Counters()
			d.say("calls        live %d, placed %d, talked through %d, refused or failed %d", d.app.Exchange.Stats().Live, placed, talked, failed)
		}
	}
}

// close takes down what the demo started, and nothing else.
func (d *demo) close() error {
	for _, c := range d.carriers {
		if c != nil {
			c.Close()
		}
	}
	if d.pbx != nil {
		return d.pbx.Stop(context.Background())
	}
	return nil
}
