package calls

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"bellhop/controller/kit/fault"
)

// Session is one live call. Its goroutine runs the Feature that answers it;
// verbs block until they are done or the call is over. Only that goroutine
// changes it; Live gives others a copy.
type Session struct {
	ID     CallID
	Offer  Offer
	From   Party
	x      *Exchange
	log    *slog.Logger
	in     chan Event
	cancel context.CancelCauseFunc
	ctx    context.Context

	caller    LegID
	bridge    BridgeID
	crowd     bool // the bridge held more than two legs, or legs of other calls
	digits    []byte
	redirects int
	parted    bool                        // the leg that ended last was a party of the talk, no phone that rang in vain
	over      time.Time                   // when a talk had ended that was adopted too late; else zero
	inTalk    bool                        // talk runs: verbs that change a talk are taken
	then      func(context.Context) error // what a verb that takes long has begun; talk goes on with it
	serving   *serving                    // while Serve's talk goes on
	invited   []*invitation
	watch     *watch
	resumed   Phase // what the call was in when the controller died
	data      string

	mu      sync.Mutex
	phase   Phase
	legs    map[LegID]*leg
	rec     Record
	talking bool
	ending  bool     // Exchange.Hangup ends the call
	aside   BridgeID // where the supervisor listens
	dirty   bool     // Changed has not been told yet
}

// leg is a live channel of a session.
type leg struct {
	Leg
	party   Party
	up      bool
	started bool      // the switch has shown it to us
	placed  time.Time // when we asked for it
	out     bool      // on its way out at somebody's wish: no longer a party
	early   bool      // hears early media before it is answered
	rung    bool      // hears ring-back
	held    bool      // by Hold
	music   bool
	keep    bool    // as Ring.Keep
	waits   Phase   // as tagged last: queued, parked; else empty
	monitor Monitor // of a supervisor
}

// The roles of legs that are no parties, and of those that were invited.
const (
	roleSupervisor = "supervisor"
	roleSnoop      = "snoop" // not a phone: what a supervisor listens through; in no record
	roleInvited    = "invited"
)

// talks reports whether the leg is a party of the talk.
func (l *leg) talks() bool {
	return l.up && !l.out && l.Role != roleSupervisor && l.Role != roleSnoop
}

// Phase says what a call is doing; a restarted controller derives it from the
// switch's legs and bridges.
type Phase string

// The phases of a call.
const (
	PhaseOffered Phase = "offered"
	PhaseScript  Phase = "script" // prompts, tones, digits
	PhaseRinging Phase = "ringing"
	PhaseTalking Phase = "talking"
	PhaseMoving  Phase = "transferring"
	// PhaseEmergency is a call that the dialplan has: it is watched, not driven.
	PhaseEmergency Phase = "emergency"
)

// mailboxSize bounds the events a session may be behind; one more and it is
// brought up to date from a snapshot instead.
const mailboxSize = 256

// commandTime bounds what is done for a call after its context has ended.
const commandTime = 5 * time.Second

func newSession(x *Exchange, e Event, from Party, dir Direction) *Session {
	s := &Session{
		ID: CallID(e.Leg), Offer: *e.Offer, From: from, x: x, caller: e.Leg, phase: PhaseOffered,
		in: make(chan Event, mailboxSize), legs: map[LegID]*leg{},
		log: x.Log.With("call", string(e.Leg)),
	}
	s.rec = Record{
		ID: s.ID, Path: PathController, Direction: dir, From: from, Dialled: e.Offer.Dialled, Started: e.At,
	}
	s.ctx, s.cancel = context.WithCancelCause(x.running)
	s.enter(&leg{party: from, Leg: Leg{
		ID: e.Leg, Endpoint: e.Offer.Endpoint, Number: from.Number, Role: "caller", Started: e.At,
	}})
	return s
}

// enter adds a leg to the session's own books.
func (s *Session) enter(l *leg) {
	l.placed = s.x.Clock()
	s.mu.Lock()
	s.legs[l.ID], s.dirty = l, true
	s.mu.Unlock()
}

// run is the session's goroutine from begin to end. It returns errShutdown when
// the call lives on without us, errNotOurs when it never was ours.
func (s *Session) run(body func(context.Context) error) error {
	defer s.cancel(nil)
	err := body(s.ctx)
	if errors.Is(context.Cause(s.x.running), errShutdown) {
		return errShutdown
	}
	if errors.Is(err, errNotOurs) {
		return errNotOurs
	}
	s.finish(err)
	return nil
}

// claimAndAnswer takes an offered call and lets the guide run it.
func (s *Session) claimAndAnswer(ctx context.Context) error {
	if err := s.x.Switch.Claim(ctx, s.caller); err != nil {
		return errNotOurs
	}
	err := s.until(ctx, func(e Event) bool { return e.Kind == Started && e.Leg == s.caller })
	if err != nil {
		return err
	}
	s.save()
	return s.answer(ctx)
}

// answer lets the guide run the call; a refusal is explained to the caller first.
func (s *Session) answer(ctx context.Context) error {
	err := s.x.Guide.Answer(ctx, s)
	r, refused := errors.AsType[*Reject](err)
	if !refused {
		return err
	}
	s.note(r.Reason)
	if r.Media.Tone == "" && len(r.Media.Prompts) == 0 {
		return err
	}
	if said := s.explain(ctx, r.Media); said != nil && errors.Is(said, errCallerGone) {
		return said
	}
	return err
}

// errNotOurs ends a session whose call somebody else took.
var errNotOurs = errors.New("another controller or the dialplan took the call")

// finish hangs up whatever is left, waits for it to be gone and closes the record.
func (s *Session) finish(err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), commandTime)
	defer cancel()
	if causeOf(err) == CauseTemporary && s.callerLeg() != "" && s.parting(ctx) {
		err = errCallerGone // a command failed because of it
	}
	if errors.Is(err, errCallerGone) {
		s.by("caller")
	}
	cause := causeOf(err)
	if cause == CauseTemporary {
		s.note("failed: " + err.Error())
		s.log.Warn("calls: call failed", "err", err)
	}
	s.hangup(ctx, cause, s.legIDs()...)
	s.awaitAllEnded(ctx)
	if s.bridge != "" {
		s.x.bridges.put(ctx, s.bridge, !s.crowd && len(s.legIDs()) == 0)
	}
	s.close(cause)
	s.save()
	s.tell(true)
	s.log.Info("call ended", "from", s.rec.From.Number, "dialled", s.rec.Dialled, "outcome", s.rec.Outcome, "cause", int(s.rec.Cause))
}

// awaitAllEnded waits until the switch has reported the end of every leg.
func (s *Session) awaitAllEnded(ctx context.Context) {
	for len(s.legIDs()) > 0 {
		select {
		case e := <-s.in:
			s.notice(e)
		case <-ctx.Done():
			s.log.Warn("calls: legs not reported ended", "legs", s.legIDs())
			return
		}
	}
}

// post puts an event into the mailbox. It never blocks: a full mailbox means
// that the session is brought up to date by a reconciliation.
func (s *Session) post(e Event) {
	if e.Kind == Ended && e.Leg == s.callerLeg() && !s.isTalking() {
		defer s.cancel(errCallerGone)
	}
	select {
	case s.in <- e:
	default:
		s.x.mu.Lock()
		s.x.stats.Overflows++
		s.x.mu.Unlock()
		s.x.askReconcile(kick{})
	}
}

func (s *Session) callerLeg() LegID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.caller
}

func (s *Session) isTalking() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.talking
}

// next returns the next event after taking notice of it.
func (s *Session) next(ctx context.Context) (Event, error) { return s.nextOr(ctx, nil) }

// errWoken says that somebody woke a call that waits.
var errWoken = errors.New("woken")

// nextOr is next, or errWoken once wake is closed. Verbs are done here, so that
// they work whatever the call does; each knows when it may.
func (s *Session) nextOr(ctx context.Context, wake <-chan struct{}) (Event, error) {
	s.tell(false)
	select {
	case e := <-s.in:
		s.notice(e)
		if e.Kind == asked && e.ask.kind == askVerb {
			s.obey(ctx, e.ask)
		}
		s.stepInvitations(ctx, e)
		s.stepWatch(ctx, e)
		return e, nil
	case <-wake:
		return Event{}, errWoken
	case <-ctx.Done():
		return Event{}, context.Cause(ctx)
	}
}

// until takes events until done says so, the caller is gone or ctx ends.
func (s *Session) until(ctx context.Context, done func(Event) bool) error {
	for {
		e, err := s.next(ctx)
		switch {
		case err != nil:
			return err
		case done(e):
			return nil
		case e.Kind == Ended && e.Leg == s.callerLeg():
			return errCallerGone
		case e.Kind == asked:
			e.ask.refuse()
		}
	}
}

// notice keeps the session's books: which legs live, which are answered.
func (s *Session) notice(e Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.legs[e.Leg]
	if l == nil {
		return
	}
	l.started = true
	switch e.Kind {
	case Answered:
		l.up, s.dirty = true, true
		if l.Answered.IsZero() {
			l.Answered = e.At
		}
	case Digit:
		if e.Leg == s.caller {
			s.digits = append(s.digits, e.Digit...)
		}
	case Ended:
		s.parted, s.dirty = l.talks(), true
		l.Ended, l.Cause = e.At, e.Cause
		if l.Role != roleSnoop {
			s.rec.Legs = append(s.rec.Legs, l.Leg)
		}
		delete(s.legs, e.Leg)
	}
}

// legIDs returns the live legs.
func (s *Session) legIDs() []LegID {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := make([]LegID, 0, len(s.legs))
	for id := range s.legs {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (s *Session) leg(id LegID) *leg {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.legs[id]
}

// hangup ends legs; those already gone are fine.
func (s *Session) hangup(ctx context.Context, cause Cause, legs ...LegID) {
	for _, id := range legs {
		if err := s.x.Switch.Hangup(ctx, id, cause); err != nil && !fault.Is(err, fault.NotFound) {
			s.log.Warn("calls: hang-up failed", "leg", id, "err", err)
		}
	}
}

func (s *Session) hangupAll(ctx context.Context, cause Cause) error {
	s.note("hung up over the API")
	s.by("controller")
	s.mu.Lock()
	s.ending = true
	s.mu.Unlock()
	for _, id := range s.legIDs() {
		if err := s.x.Switch.Hangup(ctx, id, cause); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	return nil
}

// enterPhase shows others what the call does now.
func (s *Session) enterPhase(p Phase) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.phase == p {
		return
	}
	s.serving.count(s.phase, p, s.x.Clock())
	s.phase, s.dirty = p, true
	s.talking = p == PhaseTalking || p == PhaseMoving || p == PhaseHeld
}

// enterRinging shows that phones ring; a transfer under way stays one.
func (s *Session) enterRinging() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.talking {
		s.phase, s.dirty = PhaseRinging, true
	}
}

// detached returns a context for work that must be done though the call is over.
func (s *Session) detached() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(s.ctx), commandTime)
}
