package asterisk

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/CyCoreSystems/ari/v6"

	"bellhop/controller/calls"
	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
)

// Options say which switch to drive. URL, User and Password are required.
type Options struct {
	URL      string // http://host:port/ari
	User     string // of ari.conf
	Password string
	App      string       // Stasis application of calls; default bellhop
	Log      *slog.Logger // default: none
	Clock    clock.Clock  // default: the machine's
}

// Switch is one Asterisk. It implements calls.Switch; its commands may be used
// from any goroutine, Run once at a time.
type Switch struct {
	options Options
	log     *slog.Logger
	rest    *rest
	meter   *meter
	tracker *tracker
	frames  *queue[frame]
	made    *queue[calls.Event] // events that we make ourselves
	life    context.Context     // over when we are deposed
	depose  context.CancelCauseFunc
	chores  sync.WaitGroup // hang-ups of auxiliary channels

	mu     sync.Mutex
	link   *link     // nil: not connected
	booted time.Time // start time of the switch that we saw last
}

var _ calls.Switch = (*Switch)(nil)

// New checks the options; it does not connect yet.
func New(o Options) (*Switch, error) {
	if o.User == "" || o.Password == "" {
		return nil, fault.Field("asterisk.user", "and password are required, as in ari.conf")
	}
	if o.App == "" {
		o.App = "bellhop"
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Clock == nil {
		o.Clock = clock.System
	}
	s := &Switch{
		options: o, log: o.Log, meter: newMeter(), tracker: newTracker(),
		frames: newQueue[frame](), made: newQueue[calls.Event](),
	}
	s.life, s.depose = context.WithCancelCause(context.Background())
	var err error
	s.rest, err = newREST(o, s.life, s.meter)
	return s, err
}

// Run implements calls.Switch. It returns nil when ctx ends, ErrDeposed when
// another controller took over (no command works from then on), and a
// fault.Unauthorized error when user or password are wrong.
func (s *Switch) Run(ctx context.Context, sink func(calls.Event)) error {
	defer s.rest.http.CloseIdleConnections()
	defer s.chores.Wait()
	var after wake
	for failures := 0; ctx.Err() == nil; {
		up, err := s.session(ctx, sink)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, ErrDeposed):
			s.log.Error("another controller has taken over; this one is deposed")
			return ErrDeposed
		case fault.Is(err, fault.Unauthorized), fault.Is(err, fault.Forbidden):
			return fault.Wrap(err, fault.Unauthorized,
				"asterisk refuses ARI user %q: set asterisk.user and asterisk.password to a user of ari.conf that is not read_only", s.options.User)
		}
		if up {
			failures = 0
		}
		if after.dead(up, err, s.options.Clock()) {
			sink(calls.Event{Kind: calls.Gone, At: after.lost})
			after = wake{}
		}
		wait := backOff(failures)
		failures++
		s.log.Warn("no link to the switch; trying again", "in", wait.Round(time.Millisecond), "failures", failures, "err", err)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
	return nil
}

// session lives as long as one link. up says whether it ever stood.
func (s *Switch) session(ctx context.Context, sink func(calls.Event)) (up bool, err error) {
	if s.life.Err() != nil {
		return false, context.Cause(s.life)
	}
	s.frames.take() // what an old link left behind; the resync covers it
	l, err := s.open(ctx)
	if err != nil {
		return false, err
	}
	defer l.close()
	connected, err := s.greet(ctx, l)
	if err != nil {
		if lost := lossOf(l); lost != nil {
			err = lost
		}
		return false, err
	}
	sink(connected)
	s.tellEndpoints(ctx, sink)
	s.pump(ctx, l, sink)
	s.unlink()
	if ctx.Err() != nil {
		return true, ctx.Err()
	}
	sink(calls.Event{Kind: calls.Disconnected, At: s.options.Clock()})
	return true, lossOf(l)
}

// lossOf returns why the link is lost, nil while it stands.
func lossOf(l *link) error {
	if l.lost.Err() == nil {
		return nil
	}
	return context.Cause(l.lost)
}

func (s *Switch) unlink() {
	s.mu.Lock()
	s.link = nil
	s.mu.Unlock()
	s.meter.connected(false)
}

// pump hands events on until ctx ends, or the link is lost and everything that
// was read is said.
func (s *Switch) pump(ctx context.Context, l *link, sink func(calls.Event)) {
	for {
		s.drain(sink)
		select {
		case <-s.frames.ready:
		case <-s.made.ready:
		case <-ctx.Done():
			return
		case <-l.lost.Done():
			l.close()
			s.drain(sink)
			return
		}
	}
}

func (s *Switch) drain(sink func(calls.Event)) {
	for _, f := range s.frames.take() {
		event, spent := s.tracker.translate(f)
		if spent != "" {
			s.chores.Go(func() { s.remove(spent) })
		}
		if event != nil {
			sink(*event)
		}
	}
	for _, event := range s.made.take() {
		sink(event)
	}
}

// remove hangs an auxiliary channel up.
func (s *Switch) remove(channel string) {
	err := s.rest.do(s.life, command{name: "hangup", method: http.MethodDelete, path: []string{"channels", channel}}, nil)
	if unlessGone(err) != nil {
		s.log.Warn("an auxiliary channel stays behind", "channel", channel, "err", err)
	}
}

// greet learns which switch this is and sets its applications up.
func (s *Switch) greet(ctx context.Context, l *link) (calls.Event, error) {
	booted, err := s.startTime(ctx)
	if err != nil {
		return calls.Event{}, err
	}
	boot, err := s.isBoot(ctx, booted)
	if err != nil {
		return calls.Event{}, err
	}
	if err := s.subscribe(ctx); err != nil {
		return calls.Event{}, err
	}
	if err := lossOf(l); err != nil {
		return calls.Event{}, err
	}
	s.mu.Lock()
	s.link, s.booted = l, booted
	s.mu.Unlock()
	s.meter.connected(true)
	return calls.Event{Kind: calls.Connected, At: s.options.Clock(), Boot: boot}, nil
}

// startTime asks when the switch was started.
func (s *Switch) startTime(ctx context.Context) (time.Time, error) {
	var info ari.AsteriskInfo
	err := s.rest.do(ctx, command{name: "info", method: http.MethodGet, path: []string{"asterisk", "info"}, query: url.Values{"only": {"status"}}}, &info)
	return time.Time(info.StatusInfo.StartupTime).UTC(), err
}

// isBoot reports whether the switch was started anew since a controller last
// had it in hand: its start time has changed, or, on the first connect of this
// process, it bears no mark of a Provisioner.
func (s *Switch) isBoot(ctx context.Context, booted time.Time) (bool, error) {
	s.mu.Lock()
	before := s.booted
	s.mu.Unlock()
	if !before.IsZero() {
		return !before.Equal(booted), nil
	}
	mark, err := s.rest.global(ctx, provisionedVar)
	return mark == "", err
}

// Stats returns what was counted so far.
func (s *Switch) Stats() Stats {
	stats := s.meter.snapshot()
	stats.Queue, stats.QueueHigh = s.frames.depth()
	stats.Legs = s.tracker.count()
	return stats
}
