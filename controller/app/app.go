// Package app is the only room that knows every other: it reads the settings,
// plugs the rooms together, starts and stops them.
package app

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/edge/asterisk"
	"bellhop/controller/edge/live"
	"bellhop/controller/edge/rest"
	"bellhop/controller/edge/store"
	"bellhop/controller/hotel"
	"bellhop/controller/hotel/sheet"
	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
	"bellhop/controller/routing"
	"bellhop/web"
)

// Version is what status and logs call this build.
const Version = "0.1.0"

// App is one controller, plugged together. Open makes it, Run lets it work.
type App struct {
	House    *hotel.Service
	Routing  *routing.Service
	Exchange *calls.Exchange
	Tokens   *access.Tokens
	Accounts *access.Accounts
	Desk     *acd.Desk
	Addr     net.Addr // where the API answers

	config    Config
	log       *slog.Logger
	store     *store.Store
	sw        *asterisk.Switch
	provision *provision
	alerts    *alerts
	guide     *guide
	board     *board
	chain     *access.Chain
	feed      *live.Feed
	sip       *live.SIPDoor
	http      *http.Server
	listener  net.Listener
	life      *lifecycle
}

// Open plugs the rooms together: database, hotel, routes, switch, calls, API.
// What was opened is closed again when a later part fails.
func Open(ctx context.Context, c Config, log *slog.Logger) (*App, error) {
	a := &App{config: c, log: log, life: newLifecycle(log)}
	for _, part := range []func(context.Context) error{
		a.openStore, a.openHouse, a.openAccess, a.openSwitch, a.openCalls, a.openDesk, a.openFeed, a.openAPI,
	} {
		if err := part(ctx); err != nil {
			return nil, errors.Join(err, a.life.close())
		}
	}
	return a, nil
}

func (a *App) openStore(ctx context.Context) (err error) {
	a.store, err = store.Open(ctx, store.Settings{
		Driver: store.Driver(a.config.Database.Driver), Path: a.config.Database.Path,
		DSN: string(a.config.Database.DSN), Log: a.log, Clock: clock.System,
	})
	if err == nil {
		a.life.onClose("database", a.store.Close)
	}
	return err
}

func (a *App) openHouse(ctx context.Context) (err error) {
	if a.House, err = hotel.Open(ctx, a.store, clock.System); err != nil {
		return err
	}
	if a.Routing, err = routing.Open(ctx, a.store, clock.System, featureNumbers()...); err != nil {
		return err
	}
	return nil
}

// idleLimit ends a login that nothing comes from.
const idleLimit = 30 * time.Minute

// openAccess opens tokens, accounts and the audit chain. The first start leaves a
// token and a one-time password in files; there is nothing to guess.
func (a *App) openAccess(ctx context.Context) error {
	a.Tokens = access.New(a.store, clock.System)
	made, err := a.Tokens.Bootstrap(ctx, a.config.Access.TokenFile)
	if err != nil {
		return err
	}
	if made {
		a.log.Info("app: first start: the administrator's token is in a file", "file", a.config.Access.TokenFile)
	}
	policy, err := access.PolicyNamed(a.config.Access.Policy)
	if err != nil {
		return err
	}
	a.chain = access.NewChain(a.store, clock.System)
	a.Accounts, err = access.OpenAccounts(ctx, access.Settings{
		Store: a.store, Chain: a.chain, Clock: clock.System, Log: a.log, Policy: policy, Issuer: "Bellhop", Idle: idleLimit,
		Words: func() []string { return []string{a.House.Directory().Property().Name} },
	})
	if err != nil {
		return err
	}
	made, err = a.Accounts.Bootstrap(ctx, a.config.Access.PasswordFile)
	if made {
		a.log.Info("app: first start: the account admin has a one-time password in a file", "file", a.config.Access.PasswordFile)
	}
	return err
}

func (a *App) openSwitch(context.Context) (err error) {
	a.sw, err = asterisk.New(asterisk.Options{
		URL: a.config.Asterisk.URL, User: a.config.Asterisk.User, Password: string(a.config.Asterisk.Password),
		Log: a.log, Clock: clock.System,
	})
	if err != nil {
		return err
	}
	a.provision = &provision{
		house: a.House, routing: a.Routing, log: a.log,
		to: asterisk.NewProvisioner(a.sw, a.config.Asterisk.BootDir),
	}
	return nil
}

func (a *App) openCalls(ctx context.Context) error {
	a.alerts = &alerts{house: a.House, records: a.store, log: a.log}
	a.alerts.ctx, a.alerts.stop = context.WithCancel(context.WithoutCancel(ctx))
	a.life.onClose("alerts", a.alerts.close)
	g := &guide{house: a.House, routing: a.Routing, clock: clock.System, log: a.log, alerts: a.alerts}
	g.plan = g.features()
	a.guide, a.board = g, &board{house: a.House, routing: a.Routing, alerts: a.alerts, online: a.reachable}
	a.Exchange = calls.NewExchange(calls.Settings{
		Switch: a.sw, Store: a.store, Guide: g, Clock: clock.System, Log: a.log,
		NewID: newID, Boot: a.provision.sync, Changed: a.callChanged,
	})
	g.exchange, a.alerts.exchange, a.board.exchange = a.Exchange, a.Exchange, a.Exchange
	return nil
}

// callChanged tells desk and screens of a change of a live call.
func (a *App) callChanged(l calls.Live, over bool) {
	a.Desk.Changed(l, over)
	a.board.changed(l, over)
}

// openFeed opens the browsers' sockets: the live feed, and SIP for their phones.
func (a *App) openFeed(ctx context.Context) error {
	admission := live.Admission{Authorize: rest.Identify(a.Tokens, a.Accounts.Logins()), Still: a.still}
	a.feed = live.New(live.Options{Admission: admission, Log: a.log, Version: Version})
	a.life.onClose("feed", a.feed.Close)
	a.board.desk = a.Desk
	a.board.topics(a.feed)
	a.sip = live.NewSIPDoor(live.SIPOptions{
		Admission: admission, URL: switchSocket(a.config.Asterisk.URL), Log: a.log, Permission: access.DeskWork,
		Registered: func() { a.sw.AskEndpoints(context.WithoutCancel(ctx)) }, // who registers wants to be called at once
	})
	a.life.onClose("sip door", a.sip.Close)
	return nil
}

// reachable reports whether switch and database answer, for the screens.
func (a *App) reachable() (sw, database bool) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return a.sw.Stats().Connected, a.store.Ping(ctx) == nil
}

// newID returns 80 random bits as text.
func newID() string { return rand.Text()[:16] }

func (a *App) openAPI(context.Context) error {
	handler, err := rest.New(a.parts())
	if err != nil {
		return err
	}
	front := http.NewServeMux() // sockets live longer than requests may
	front.Handle("GET /api/v1/feed", a.feed)
	front.Handle("GET /sip", a.sip)
	front.Handle("/", handler)
	a.http = rest.NewServer(front, a.log)
	a.listener, err = net.Listen("tcp", a.config.Listen.HTTP)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "listen.http: cannot listen on %s: is another controller running?", a.config.Listen.HTTP)
	}
	a.Addr = a.listener.Addr()
	return nil
}

func (a *App) parts() rest.Parts {
	p := rest.Parts{
		Hotel: a.House, Routing: a.Routing, Records: a.store, Calls: a.Exchange, Alerts: a.alerts, Tokens: a.Tokens,
		Replies: replies{a.store}, Log: a.log, Now: clock.System, Version: Version, Started: clock.System(),
		Import: func(ctx context.Context, s *sheet.Sheet, dryRun bool) (sheet.Report, error) {
			return sheet.Import(ctx, a.House, s, rand.Reader, dryRun)
		},
		Accounts: a.Accounts, Logins: a.Accounts.Logins(), Audit: a.chain, Idle: idleLimit, Secure: a.config.Access.Secure, Web: web.FS(),
		Desk: a.Desk, DeskRows: a.store, Exchange: a.Exchange, DeskKeys: deskKeys{a.store},
		SeatPhones: &seatPhones{a.House, a.provision}, Rings: a.guide.seatPhones, Malicious: a.guide.malicious,
		Health: rest.NewHealth(a.log, clock.System,
			rest.Probe{Name: "database", Check: a.store.Ping},
			rest.Probe{Name: "switch", Check: a.sw.Health},
			rest.Probe{Name: "provisioning", Check: a.provision.done.Probe},
		),
	}
	if a.config.Metrics.Enabled {
		p.Metrics = rest.NewMetrics(a.figures())
	}
	return p
}

// Close closes an App that was opened but never run.
func (a *App) Close() error { return errors.Join(a.listener.Close(), a.life.close()) }

// drainTime bounds the last HTTP requests at the end.
const drainTime = 5 * time.Second

// Run works until ctx ends. Then new calls go to the dialplan, calls that are
// being set up get DrainTimeout to be talking or over, and talking calls are left
// to the switch for the next controller.
func (a *App) Run(ctx context.Context) error {
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	a.life.goes(work, "calls", a.Exchange.Run)
	a.life.goes(work, "desk", a.Desk.Run)
	a.life.goes(work, "board", a.board.run)
	a.life.goes(work, "logins", a.keepLogins)
	a.life.goes(work, "provisioning", func(ctx context.Context) error { a.provision.follow(ctx); return nil })
	a.life.goes(work, "housekeeping", func(ctx context.Context) error { a.tidy(ctx); return nil })
	a.life.goes(work, "api", a.serveAPI)
	a.log.Info("app: started", "api", a.Addr.String(), "version", Version)
	var failed error
	select {
	case <-ctx.Done():
		a.drain()
	case failed = <-a.life.failed:
	}
	stop()
	return errors.Join(failed, a.life.close())
}

// drain lets calls that are being set up come to a talk or an end.
func (a *App) drain() {
	ctx, cancel := context.WithTimeout(context.Background(), a.config.DrainTimeout)
	defer cancel()
	a.log.Info("app: stopping; new calls go to the dialplan", "live", a.Exchange.Stats().Live, "wait", a.config.DrainTimeout)
	left := a.Exchange.Drain(ctx)
	a.log.Info("app: calls left to the switch and the next controller", "calls", left)
}

func (a *App) serveAPI(ctx context.Context) error {
	stopped := context.AfterFunc(ctx, func() {
		end, cancel := context.WithTimeout(context.Background(), drainTime)
		defer cancel()
		_ = a.http.Shutdown(end)
	})
	defer stopped()
	if err := a.http.Serve(a.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// tidyEvery is how often what has expired is deleted.
const tidyEvery = time.Hour

func (a *App) tidy(ctx context.Context) {
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		if _, err := a.store.PurgeReplies(ctx, clock.System()); err != nil && ctx.Err() == nil {
			a.log.Warn("app: old replies not purged", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// keepLogins writes who was seen, once a minute and at the end.
func (a *App) keepLogins(ctx context.Context) error {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			end, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
			defer cancel()
			return a.Accounts.Logins().Keep(end)
		case <-tick.C:
		}
		if err := a.Accounts.Logins().Keep(ctx); err != nil && ctx.Err() == nil {
			a.log.Warn("app: logins not written", "err", err)
		}
	}
}

// featureNumbers are the numbers of the guide's plan.
func featureNumbers() []phone.Number {
	return []phone.Number{phone.MustParse("*8"), phone.MustParse("*43")}
}
