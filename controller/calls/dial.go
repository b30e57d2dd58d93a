package calls

import (
	"cmp"
	"context"
	"maps"
	"time"

	"bellhop/controller/kit/fault"
)

// Destination is where a call goes: attempts, tried one after the other.
type Destination struct {
	To       Party // for the record, until somebody answers
	Attempts []Attempt
	Reasons  []string
}

// Attempt is a set of phones or lines that ring together.
type Attempt struct {
	When  When // which failure of the attempt before leads here
	Rings []Ring
	Time  time.Duration
	Trunk string // set: an outside line, its early media is heard
}

// When says after which failure an Attempt is made; the first is always made.
type When string

// The conditions of an attempt.
const (
	WhenLineFails When = "line_fails" // the trunk or its network failed (Cause.TryNext)
	WhenBusy      When = "busy"
	WhenNoAnswer  When = "no_answer" // not answered, or no phone registered
	WhenAny       When = "any"
)

// Ring is one phone or line to call.
type Ring struct {
	Endpoint string
	Number   string // digits sent on a trunk
	CallerID CallerID
	Party    Party
	Headers  map[string]string
	// Keep is for phones that may go away without a word, as a page that is loaded
	// again: the caller of a served talk stays.
	Keep bool
}

// ringGrace is how much longer than the switch we wait for its "no answer".
const ringGrace = 3 * time.Second

// causeElsewhere tells the other phones that somebody else answered (Q.850 26).
const causeElsewhere Cause = 26

// Connect dials d, and when somebody answers lets both talk to the end.
func (s *Session) Connect(ctx context.Context, d Destination) error {
	won, err := s.dial(ctx, s.caller, d)
	if err != nil {
		return err
	}
	if err := s.join(ctx, s.caller, won); err != nil {
		return err
	}
	return s.talk(ctx)
}

// dial tries the attempts of d in turn, waiting being the leg that hears how it
// goes. It returns the leg that answered.
func (s *Session) dial(ctx context.Context, waiting LegID, d Destination) (LegID, error) {
	s.note(d.Reasons...)
	s.Mark(func(r *Record) { r.To = d.To })
	last := CauseUnallocated
	for i, a := range d.Attempts {
		if i > 0 && !a.When.follows(last) {
			continue
		}
		r := &round{s: s, waiting: waiting, Attempt: a, out: map[LegID]Ring{}}
		won, err := r.run(ctx)
		if err == nil {
			return won, nil
		}
		u, ok := err.(*Unreached)
		if !ok {
			return "", err
		}
		last = u.Cause
		s.note("attempt " + a.name() + ": " + last.String())
	}
	return "", &Unreached{last}
}

func (a Attempt) name() string {
	if a.Trunk != "" {
		return "trunk " + a.Trunk
	}
	if len(a.Rings) > 0 {
		return a.Rings[0].Party.Number
	}
	return "nobody"
}

func (w When) follows(c Cause) bool {
	switch w {
	case WhenLineFails:
		return c.TryNext()
	case WhenBusy:
		return c == CauseBusy || c == CauseRejected
	case WhenNoAnswer:
		return c == CauseNoAnswer || c == CauseNoResponse || c == CauseAbsent
	}
	return true
}

// round is one attempt under way.
type round struct {
	Attempt
	s       *Session
	waiting LegID
	out     map[LegID]Ring
	told    bool // the waiting party hears ring-back or early media
	tone    PlayID
	worst   Cause
	moved   string // the called phone asked to call there instead (302)
	quiet   bool   // the waiting party goes on hearing what it hears
	role    string // of the legs; empty: called
}

// run rings until somebody answers. Legs that lost are hung up on return.
func (r *round) run(ctx context.Context) (LegID, error) {
	s := r.s
	s.enterRinging()
	limited, cancel := context.WithTimeoutCause(ctx, r.Time+ringGrace, &Unreached{CauseNoAnswer})
	defer cancel()
	defer r.stopTone()
	if err := r.place(limited); err != nil {
		r.giveUp(CauseNormal)
		return "", err
	}
	for len(r.out) > 0 {
		e, err := s.next(limited)
		if err != nil {
			r.giveUp(CauseNormal)
			return "", err
		}
		won, err := r.step(limited, e)
		if err != nil {
			r.giveUp(CauseNormal)
			return "", err
		}
		if won != "" {
			delete(r.out, won)
			r.giveUp(causeElsewhere)
			return won, nil
		}
	}
	if r.moved != "" && !r.quiet {
		return r.follow(ctx)
	}
	return "", &Unreached{r.worst}
}

// place originates all legs of the attempt.
func (r *round) place(ctx context.Context) error {
	s := r.s
	var bridge BridgeID
	if r.Trunk != "" && len(r.Rings) == 1 && !r.quiet {
		if err := s.needBridge(ctx); err != nil {
			return err
		}
		if r.waiting != "" {
			if err := s.playMusic(ctx, r.waiting, false); err != nil {
				return err
			}
			if err := s.x.Switch.Join(ctx, s.bridge, r.waiting); err != nil {
				return gone(err)
			}
		}
		bridge = s.bridge
		s.Mark(func(rec *Record) { rec.Trunk = r.Trunk })
	}
	for _, ring := range r.Rings {
		id := LegID(bridgePrefix + s.x.NewID())
		s.enter(&leg{party: ring.Party, keep: ring.Keep, Leg: Leg{
			ID: id, Endpoint: ring.Endpoint, Number: ring.Party.Number, Role: cmp.Or(r.role, "called"), Started: s.x.Clock(),
		}})
		s.x.own(s, id)
		r.out[id] = ring
		err := s.x.Switch.Originate(ctx, Originate{
			Leg: id, Endpoint: ring.Endpoint, Number: ring.Number, CallerID: ring.CallerID, Timeout: r.Time,
			Bridge: bridge, Parent: r.waiting, Tags: r.tags(ring), Ledger: r.Trunk != "", Headers: r.headers(ring),
		})
		if err != nil {
			s.log.Warn("calls: leg not placed", "endpoint", ring.Endpoint, "err", err)
			s.x.deliver(Event{Kind: Ended, Leg: id, At: s.x.Clock(), Cause: placeCause(err)})
		}
	}
	return nil
}

// tags are what a placed leg needs to be known after a restart.
func (r *round) tags(ring Ring) map[string]string {
	tags := map[string]string{TagCall: string(r.s.ID)}
	if ring.Keep {
		tags[TagKeep] = "1"
	}
	if r.role == roleSupervisor {
		tags[TagRole] = roleSupervisor
	}
	return tags
}

// HeaderCall is the SIP header that tells a ringing phone which call it is; a page
// links its media with the call by it.
const HeaderCall = "X-Bellhop-Call"

func (r *round) headers(ring Ring) map[string]string {
	if r.Trunk != "" {
		return ring.Headers
	}
	h := map[string]string{HeaderCall: string(r.s.ID)}
	maps.Copy(h, ring.Headers)
	return h
}

// placeCause says why a leg could not be placed.
func placeCause(err error) Cause {
	if fault.Is(err, fault.NotFound) {
		return CauseAbsent
	}
	return CauseTemporary
}

// step takes one event; it returns the leg that answered, if it did.
func (r *round) step(ctx context.Context, e Event) (LegID, error) {
	if e.Kind == asked {
		return r.s.askedWhileRinging(e.ask), nil
	}
	if e.Kind == Ended && r.waiting != "" && e.Leg == r.waiting {
		return "", errCallerGone
	}
	if _, ours := r.out[e.Leg]; !ours {
		return "", nil
	}
	switch e.Kind {
	case Ringing:
		return "", r.tell(ctx, false)
	case EarlyMedia:
		return "", r.tell(ctx, true)
	case Redirected:
		r.moved = e.To
	case Answered:
		return e.Leg, nil
	case Ended:
		delete(r.out, e.Leg)
		r.worst = worse(r.worst, e.Cause)
	}
	return "", nil
}

// tell lets the waiting party hear that it rings, or the line's own early media.
func (r *round) tell(ctx context.Context, early bool) error {
	s := r.s
	up := false
	if l := s.leg(r.waiting); l != nil {
		up = l.up
	}
	switch {
	case r.waiting == "", r.quiet:
		return nil
	case early && r.Trunk != "" && !up:
		r.told = true
		return gone(s.x.Switch.Progress(ctx, r.waiting))
	case r.told:
		return nil
	}
	r.told = true
	if err := s.playMusic(ctx, r.waiting, false); err != nil {
		return err
	}
	if up {
		r.tone = PlayID(s.x.NewID())
		return gone(s.x.Switch.Play(ctx, r.waiting, r.tone, Media{Tone: "ring"}))
	}
	return gone(s.x.Switch.Ring(ctx, r.waiting))
}

func (r *round) stopTone() {
	if r.tone == "" {
		return
	}
	ctx, cancel := r.s.detached()
	defer cancel()
	_ = r.s.x.Switch.StopPlay(ctx, r.tone)
}

// giveUp hangs up what still rings.
func (r *round) giveUp(cause Cause) {
	if len(r.out) == 0 {
		return
	}
	ctx, cancel := r.s.detached()
	defer cancel()
	for id := range r.out {
		r.s.hangup(ctx, cause, id)
	}
}

// follow calls where the phone said (302), with the rights of that phone's owner.
func (r *round) follow(ctx context.Context) (LegID, error) {
	s := r.s
	s.redirects++
	if s.redirects > maxRedirects {
		return "", &Unreached{CauseNoAnswer}
	}
	d, err := s.x.Guide.Resolve(s, Diversion{By: r.Rings[0].Party, Number: r.moved, Forward: true})
	if err != nil {
		s.note("redirected to " + r.moved + ": " + err.Error())
		return "", &Unreached{causeOf(err)}
	}
	s.note("redirected to " + r.moved)
	return s.dial(ctx, r.waiting, d)
}

// maxRedirects ends a loop of phones that point at each other.
const maxRedirects = 3

// worse picks, of two failures in one attempt, the one the caller should hear:
// busy before refused before no answer before unreachable.
func worse(a, b Cause) Cause {
	if rank(b) > rank(a) {
		return b
	}
	return a
}

func rank(c Cause) int {
	switch c {
	case CauseBusy:
		return 6
	case CauseRejected:
		return 5
	case CauseNoAnswer:
		return 4
	case CauseNoResponse:
		return 3
	case CauseAbsent:
		return 2
	case CauseNone:
		return 0
	}
	return 1
}
