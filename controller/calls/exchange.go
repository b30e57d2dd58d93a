package calls

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
)

// Feature is what answers a number: it runs as long as the call does.
type Feature func(ctx context.Context, s *Session) error

// Guide is what an Exchange asks about the world outside of calls.
type Guide interface {
	// Caller says who an offered leg is: a party of ours or the outside.
	Caller(o Offer) (Party, Direction)
	// Answer runs the call that s is, from its first word to its last.
	Answer(ctx context.Context, s *Session) error
	// Resolve says where a call goes that a party of s sends elsewhere.
	Resolve(s *Session, d Diversion) (Destination, error)
	// Emergency is told at once of an emergency call that the switch dialled.
	Emergency(r Record)
}

// Diversion is a party's wish that the call go elsewhere.
type Diversion struct {
	By      Party
	Number  string
	Forward bool // a phone forwards its calls (302); false: a transfer (REFER)
}

// Settings are an Exchange's parts and figures.
type Settings struct {
	Switch Switch
	Store  Store
	Guide  Guide
	Clock  clock.Clock
	Log    *slog.Logger
	Boot   func(ctx context.Context, boot bool) error // before calls are claimed: provisioning
	NewID  func() string                              // unique, for legs, bridges and playbacks
	Resync time.Duration                              // between reconciliations; 0: 30 s
	Linger time.Duration                              // how long an idle bridge is kept; 0: 30 s
	// Changed is told of every change of a live call, and once with over when it has
	// ended. It must not block. Nil: nobody wants to know.
	Changed func(l Live, over bool)
}

// Exchange owns all live calls. It hands each event of the switch to the session
// it belongs to, and after every connect brings sessions, switch and records
// into agreement.
type Exchange struct {
	Settings
	journal *Journal
	bridges *shelf
	kick    chan kick

	mu       sync.Mutex
	running  context.Context // of the sessions; cancelled with errShutdown
	sessions map[CallID]*Session
	legs     map[LegID]*Session
	gone     map[LegID]time.Time  // legs that ended lately: not to be adopted again
	closed   map[CallID]time.Time // calls whose record was closed lately
	alerted  map[LegID]time.Time  // emergency calls that were told of
	urgent   map[CallID]Record    // emergency calls that the switch has, until it writes their end
	online   map[string]bool      // phones and trunks that the switch can reach
	ready    bool                 // the switch is provisioned: calls may be claimed
	draining bool
	wg       sync.WaitGroup
	stats    Stats
}

// Stats counts what an Exchange did. Live, Unwritten (records not in the database
// yet) and Online (phones and trunks) are of now, the others only grow.
type Stats struct {
	Unwritten, Online                                   int
	Live, Offered, Refused, Adopted, Overflows, Resyncs int
	Outcomes                                            map[Outcome]int
}

// kick asks for a reconciliation.
type kick struct{ boot, connected bool }

// errShutdown ends a session's goroutine but not its call: the next controller
// adopts it.
var errShutdown = errors.New("the controller is stopping")

// errCallerGone cancels what a session does for a caller who hung up.
var errCallerGone = errors.New("the caller hung up")

// NewExchange returns an Exchange; Run makes it work.
func NewExchange(s Settings) *Exchange {
	if s.Resync == 0 {
		s.Resync = 30 * time.Second
	}
	if s.Linger == 0 {
		s.Linger = 30 * time.Second
	}
	return &Exchange{
		Settings: s,
		journal:  NewJournal(s.Store, s.Log),
		bridges:  newShelf(s),
		kick:     make(chan kick, 16),
		sessions: map[CallID]*Session{},
		legs:     map[LegID]*Session{},
		gone:     map[LegID]time.Time{},
		closed:   map[CallID]time.Time{},
		alerted:  map[LegID]time.Time{},
		urgent:   map[CallID]Record{},
		online:   map[string]bool{},
		stats:    Stats{Outcomes: map[Outcome]int{}},
	}
}

// Run works until ctx ends; live calls are then left to the switch and the next
// controller. An error means the switch can never be used (deposed, password).
func (x *Exchange) Run(ctx context.Context) error {
	running, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	x.mu.Lock()
	x.running = running
	x.mu.Unlock()
	var helpers sync.WaitGroup
	helpers.Go(func() { x.journal.Run(context.WithoutCancel(ctx)) })
	aux, cancel := context.WithCancel(ctx)
	var tidy sync.WaitGroup
	tidy.Go(func() { x.tidy(aux) })
	err := x.Switch.Run(ctx, x.handle)
	stop(errShutdown)
	x.wg.Wait()
	cancel()
	tidy.Wait()
	x.journal.Close()
	helpers.Wait()
	return err
}

// tidy reconciles after every connect and every Resync, and clears the shelf.
func (x *Exchange) tidy(ctx context.Context) {
	for {
		var k kick
		timer := time.NewTimer(x.untilNext())
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case k = <-x.kick:
		case <-timer.C:
		}
		timer.Stop()
		if err := x.reconcile(ctx, k); err != nil && ctx.Err() == nil {
			x.Log.Warn("calls: reconciliation failed", "err", err)
		}
		x.bridges.sweep(ctx)
	}
}

// urgentResync is the pause between reconciliations while an emergency call is
// on: no event tells of its end.
const urgentResync = 2 * time.Second

func (x *Exchange) untilNext() time.Duration {
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.urgent) > 0 {
		return min(urgentResync, x.Resync)
	}
	return x.Resync
}

// handle takes one event of the switch. It must not block: the reader waits.
func (x *Exchange) handle(e Event) {
	switch e.Kind {
	case Connected:
		x.connected(e)
	case Disconnected:
		x.Log.Warn("calls: the switch is out of reach; talking calls go on without us")
	case Gone:
		x.Log.Error("calls: the switch died; its calls are over")
		x.endAll(e.At)
	case Offered:
		x.offered(e)
	case Emergency:
		x.emergency(e)
		x.askReconcile(kick{})
	case Endpoint:
		x.mu.Lock()
		x.online[e.Endpoint] = e.Online
		x.mu.Unlock()
	default:
		x.deliver(e)
	}
}

// connected stops claiming from a switch that started anew until it is provisioned.
func (x *Exchange) connected(e Event) {
	if e.Boot {
		x.mu.Lock()
		x.ready = false
		x.mu.Unlock()
	}
	x.askReconcile(kick{boot: e.Boot, connected: true})
}

func (x *Exchange) askReconcile(k kick) {
	select {
	case x.kick <- k:
	default: // sixteen are waiting already: this one is covered
	}
}

// deliver hands e to the session that owns its leg. A leg nobody owns is either
// one that was given up a moment ago or found by the next reconciliation.
func (x *Exchange) deliver(e Event) {
	x.mu.Lock()
	s := x.legs[e.Leg]
	if e.Kind == Ended {
		delete(x.legs, e.Leg)
		x.gone[e.Leg] = x.Clock()
	}
	x.mu.Unlock()
	if s != nil {
		s.post(e)
	}
}

// offered begins a call: claim it, then let it run.
func (x *Exchange) offered(e Event) {
	x.mu.Lock()
	x.stats.Offered++
	refuse := !x.ready || x.draining || x.legs[e.Leg] != nil
	if refuse {
		x.stats.Refused++
		x.mu.Unlock()
		return
	}
	from, dir := x.Guide.Caller(*e.Offer)
	s := newSession(x, e, from, dir)
	x.adoptLocked(s, e.Leg)
	x.mu.Unlock()
	x.start(s, func(ctx context.Context) error { return s.claimAndAnswer(ctx) })
}

// adoptLocked enters a session and its legs in the books; x.mu is held.
func (x *Exchange) adoptLocked(s *Session, legs ...LegID) {
	x.sessions[s.ID] = s
	for _, l := range legs {
		x.legs[l] = s
	}
}

// start runs body as the session's goroutine and closes the call after it.
func (x *Exchange) start(s *Session, body func(context.Context) error) {
	x.wg.Go(func() {
		err := s.run(body)
		if errors.Is(err, errShutdown) {
			return
		}
		if !errors.Is(err, errNotOurs) {
			x.markClosed(s.ID, s.rec.Outcome)
		}
		x.mu.Lock()
		defer x.mu.Unlock()
		delete(x.sessions, s.ID)
		for id, owner := range x.legs {
			if owner == s {
				delete(x.legs, id)
				x.gone[id] = x.Clock()
			}
		}
	})
}

// own enters leg in the books as belonging to s.
func (x *Exchange) own(s *Session, leg LegID) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.legs[leg] = s
}

// owner returns the session that owns leg, or nil.
func (x *Exchange) owner(leg LegID) *Session {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.legs[leg]
}

// endAll tells every session that the switch lost all its legs.
func (x *Exchange) endAll(at time.Time) {
	for _, s := range x.live() {
		for _, leg := range s.legIDs() {
			x.deliver(Event{Kind: Ended, Leg: leg, At: at, Cause: causeSwitchLost})
		}
	}
}

func (x *Exchange) live() []*Session {
	x.mu.Lock()
	defer x.mu.Unlock()
	all := make([]*Session, 0, len(x.sessions))
	for _, s := range x.sessions {
		all = append(all, s)
	}
	return all
}

// Drain stops taking new calls (the dialplan takes them) and waits until those
// that are being set up talk or have ended, or ctx is over. It returns how many
// calls are left; they go on without us.
func (x *Exchange) Drain(ctx context.Context) int {
	x.mu.Lock()
	x.draining = true
	x.mu.Unlock()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for x.settingUp() {
		select {
		case <-ctx.Done():
			return len(x.live())
		case <-tick.C:
		}
	}
	return len(x.live())
}

func (x *Exchange) settingUp() bool {
	for _, s := range x.live() {
		if !s.settled() {
			return true
		}
	}
	return false
}

// Hangup ends a live call.
func (x *Exchange) Hangup(ctx context.Context, id CallID) error {
	s := x.session(id)
	if s == nil {
		return fault.New(fault.NotFound, "no live call %q", id)
	}
	return s.hangupAll(ctx, CauseNormal)
}

// session returns a live call, or nil.
func (x *Exchange) session(id CallID) *Session {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.sessions[id]
}

// Online reports whether the switch can reach a phone or trunk.
func (x *Exchange) Online(endpoint string) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.online[endpoint]
}

// Stats returns the counters as they are now.
func (x *Exchange) Stats() Stats {
	x.mu.Lock()
	defer x.mu.Unlock()
	st := x.stats
	st.Live = len(x.sessions)
	st.Unwritten = x.journal.Waiting()
	for _, on := range x.online {
		if on {
			st.Online++
		}
	}
	st.Outcomes = map[Outcome]int{}
	for k, v := range x.stats.Outcomes {
		st.Outcomes[k] = v
	}
	return st
}
