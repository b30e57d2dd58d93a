package acd

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/latest"
)

// Board is the desk as it is now; it must not be altered.
type Board struct {
	Queues  []QueueState
	Seats   []Seat
	Callers []Caller // first to be served first
	Parked  []Parked
}

// QueueState is a queue with its figures of today.
type QueueState struct {
	Queue
	Waiting int
	Figures Figures
}

// Switchboard is what the desk needs of the exchange: calls.Exchange.
type Switchboard interface {
	Live() []calls.Live
	Dial(ctx context.Context, by calls.Attempt, number string) (calls.CallID, error)
	Do(ctx context.Context, id calls.CallID, verb calls.Verb) error
	Online(endpoint string) bool
}

// GuestFacts is what the house knows of a caller.
type GuestFacts struct {
	VIP      int // 0: none
	Language string
}

// Settings are a Desk's parts.
type Settings struct {
	Store       Store
	Switchboard Switchboard // may be set after Open, before Run
	Clock       clock.Clock
	Log         *slog.Logger
	NewID       func() string // unique, for visits and spans
	// Rings returns the phones of an extension; false when there is no such one.
	Rings func(extension string) (calls.Attempt, bool)
	// The functions below may be nil: nobody is a guest, nobody malicious, no
	// overflow to numbers, no words, and the ends of calls are not known.
	Guest    func(calls.Party) GuestFacts
	Screened func(number string) bool // a malicious caller's
	Forward  func(ctx context.Context, s *calls.Session, number string) error
	Say      func(Saying) calls.Media
	Record   func(ctx context.Context, id calls.CallID) (calls.Record, error)
	Zone     *time.Location // of "today"; nil: UTC
	Recall   time.Duration  // a parked call rings at who parked it; 0: 60 s
}

// Saying is what a waiting caller is to be told.
type Saying struct {
	What     SayingKind
	Language string
	Position int           // of SayPlace; 0: not told
	Wait     time.Duration // of SayPlace, upper end of the band; 0: not told
	Hold     bool          // of SayPlace: "please hold the line" goes before it
}

// SayingKind tells the sayings apart.
type SayingKind string

// What is said to callers.
const (
	SayPlace    SayingKind = "place"    // position, expected wait
	SayHold     SayingKind = "hold"     // please hold the line
	SayCallback SayingKind = "callback" // press 1 to be called back
	SayPromised SayingKind = "promised" // we will call back
	SaySorry    SayingKind = "sorry"    // nobody is free, please try later
)

// Desk brings callers to operators. Its methods may be called at once by many.
type Desk struct {
	Settings
	kick    chan struct{} // holds a token when Run has something to do
	writing chan struct{} // holds a token while nobody writes rows
	board   *latest.Value[Board]

	inboxMu sync.Mutex // never held while another lock is taken
	inbox   []change

	mu        sync.Mutex
	queues    map[string]Queue
	profiles  map[string]Profile
	seats     map[string]*seat      // by account
	callers   map[string]*caller    // by call, all whom the desk has in hand
	leaving   map[string]*departure // by call: left unanswered, the call's end is awaited
	lately    []departure           // who left unanswered, to give the place back
	talks     map[string]*talk      // by call: talks that the desk gave
	adopted   map[string]*talk      // by call: talks from before a restart that left the caller waiting
	dials     map[string]*dial      // by call: call-backs under way
	callbacks map[string]*promise   // by visit
	visits    map[string]*Visit     // of today, and those not complete yet
	orphans   map[string]*orphan    // by ID: visits not complete when the controller before us died
	figures   map[string]Figures    // by queue, of today; a missing one is computed anew
	handling  map[string]Handling   // by queue
	last      map[string]string     // by caller's number: account that spoke with it last
	turn      map[string]string     // by queue: the account that RoundRobin rang last
	rows      rows
	opened    time.Time
	alive     time.Time // when the desk before us was last alive
	today     time.Time // when it began
	pulse     time.Time // last written
	looked    time.Time // when phones were last asked for
	matches   uint64
	matcher   Matcher
	dirty     bool

	running    context.Context // of Run, and of the calls: when it ends they live on without us; nil before
	background sync.WaitGroup  // call-backs that are being placed
}

// The desk's own times.
const (
	tickTime     = 100 * time.Millisecond // between looks at what is due; also the board's pace
	phonesTime   = 500 * time.Millisecond // between looks at who is registered
	settleTime   = 10 * time.Second       // after a restart, for callers to come back in their old order
	absentTime   = time.Minute            // an agent without a phone counts as there for so long
	breatherTime = 2 * time.Second        // for a seat whose phone could not be rung
	pulseTime    = 30 * time.Second
	dayTime      = 24 * time.Hour
)

// Open loads the desk as it was; Run makes it work.
func Open(ctx context.Context, s Settings) (*Desk, error) {
	if s.Zone == nil {
		s.Zone = time.UTC
	}
	if s.Recall == 0 {
		s.Recall = time.Minute
	}
	d := &Desk{
		Settings: s, kick: make(chan struct{}, 1), writing: make(chan struct{}, 1),
		queues: map[string]Queue{}, profiles: map[string]Profile{}, seats: map[string]*seat{},
		callers: map[string]*caller{}, leaving: map[string]*departure{}, talks: map[string]*talk{},
		adopted: map[string]*talk{}, dials: map[string]*dial{}, callbacks: map[string]*promise{}, visits: map[string]*Visit{},
		orphans: map[string]*orphan{}, figures: map[string]Figures{}, handling: map[string]Handling{}, last: map[string]string{},
		turn: map[string]string{}, rows: newRows(), opened: s.Clock(),
	}
	d.writing <- struct{}{}
	d.today = d.midnight(d.opened)
	if err := d.load(ctx); err != nil {
		return nil, err
	}
	board, err := latest.Open(ctx, func(context.Context) (Board, error) { return d.snapshot(), nil })
	d.board = board
	return d, err
}

// lock takes the desk's state and brings it up to date with the live calls.
func (d *Desk) lock() time.Time {
	d.mu.Lock()
	now := d.Clock()
	d.takeChanges(now)
	return now
}

// unlock gives the state back; what was decided is shown and done by Run.
func (d *Desk) unlock() {
	d.dirty = true
	d.mu.Unlock()
	d.nudge()
}

// nudge makes Run look.
func (d *Desk) nudge() {
	select {
	case d.kick <- struct{}{}:
	default:
	}
}

func (d *Desk) midnight(at time.Time) time.Time {
	y, m, day := at.In(d.Zone).Date()
	return time.Date(y, m, day, 0, 0, 0, 0, d.Zone)
}
