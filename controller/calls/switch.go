package calls

import (
	"context"
	"time"
)

// LegID names one channel of the switch. We choose it for the legs we place;
// the switch chooses it for the legs that come in.
type LegID string

// BridgeID names one bridge of the switch; we choose it.
type BridgeID string

// PlayID names one playback; we choose it.
type PlayID string

// Switch is the machine that moves media (Asterisk, FreeSWITCH, the fake).
// Every command has a deadline, is idempotent by nature ("already gone" is
// success for Hangup, Leave, DestroyBridge and StopPlay) and fails with a
// kit/fault code: NotFound (that leg is gone), Conflict (wrong state, claim
// lost), Unavailable (the switch does not answer).
type Switch interface {
	// Run connects, keeps connected, and hands every event to sink in order
	// until ctx ends. It returns early only when deposed by another controller
	// or when the settings can never work (wrong password).
	Run(ctx context.Context, sink func(Event)) error
	// Snapshot returns all our legs and bridges as the switch sees them now.
	Snapshot(ctx context.Context) (Snapshot, error)
	// Health checks end to end that calls can enter.
	Health(ctx context.Context) error

	// Claim takes an offered leg; Conflict means somebody else was faster.
	Claim(ctx context.Context, leg LegID) error
	// Originate places a new leg; its progress comes as events.
	Originate(ctx context.Context, o Originate) error
	Answer(ctx context.Context, leg LegID) error
	// Ring makes the caller's phone hear ring-back (180).
	Ring(ctx context.Context, leg LegID) error
	// Progress opens early media towards an unanswered leg (183).
	Progress(ctx context.Context, leg LegID) error
	Hangup(ctx context.Context, leg LegID, cause Cause) error
	// Music starts or stops music on hold towards one leg.
	Music(ctx context.Context, leg LegID, on bool) error
	SendDTMF(ctx context.Context, leg LegID, digits string) error
	// Tag writes variables onto the leg that survive us and come with Snapshot.
	Tag(ctx context.Context, leg LegID, tags map[string]string) error
	// Play starts media towards one leg; PlayDone follows, with or without success.
	Play(ctx context.Context, leg LegID, id PlayID, media Media) error
	StopPlay(ctx context.Context, id PlayID) error

	CreateBridge(ctx context.Context, id BridgeID) error
	Join(ctx context.Context, bridge BridgeID, legs ...LegID) error
	Leave(ctx context.Context, bridge BridgeID, leg LegID) error
	DestroyBridge(ctx context.Context, bridge BridgeID) error

	// Snoop opens a new leg that hears what leg on hears and says; what is said into
	// it is heard per Whisper. Started follows; it ends with on.
	Snoop(ctx context.Context, id, on LegID, whisper Whisper) error

	// TransferProgress tells a phone that asked for a transfer (REFER) how it goes.
	TransferProgress(ctx context.Context, leg LegID, state TransferState) error

	// Ledger returns the ends of legs that the switch wrote down itself, and a
	// mark that Forget takes to delete exactly what was returned.
	Ledger(ctx context.Context) (entries []LedgerEntry, mark string, err error)
	Forget(ctx context.Context, mark string) error
}

// Originate describes a leg to place.
type Originate struct {
	Leg      LegID
	Endpoint string // technology endpoint, as Device.Endpoint or Trunk.Endpoint
	Number   string // digits to send on a trunk; empty for a device
	CallerID CallerID
	Timeout  time.Duration // how long it may ring
	// Bridge, when set, is where the leg is joined before it is dialled, so that
	// its early media is heard there.
	Bridge BridgeID
	// Parent is the leg on whose behalf this one is placed (codec choice, linking).
	Parent LegID
	Tags   map[string]string
	// Ledger asks the switch to write the end of this leg down itself.
	Ledger bool
	// Headers are extra SIP headers, e.g. Alert-Info.
	Headers map[string]string
}

// CallerID is what the called phone shows.
type CallerID struct{ Number, Name string }

// Media is what is played: a tone or a list of prompts.
type Media struct {
	Tone     string   // name of an indication tone: busy, congestion, ring, dial
	Prompts  []string // prompt names or URIs, one after the other
	Language string   // of the prompts, as zh-CN or en
}

// Whisper says who hears what is said into a snooping leg.
type Whisper string

// Who hears a snooping leg.
const (
	WhisperNobody Whisper = "nobody"
	WhisperLeg    Whisper = "leg" // only the leg that is listened to
)

// TransferState is what a transferring phone is told.
type TransferState string

// The states of a transfer.
const (
	TransferTrying TransferState = "trying"
	TransferDone   TransferState = "done"
	TransferFailed TransferState = "failed"
)

// Tag names that we write onto legs; they survive a restart of the controller.
const (
	TagCall  = "BH_CALL"  // id of the call that owns the leg
	TagPhase = "BH_PHASE" // phase of the call, on its first leg
	TagData  = "BH_DATA"  // what the phase needs to be entered again, at most MaxTagData bytes
	TagServe = "BH_SERVE" // on the caller's leg, while Serve runs: the phase it came from
	TagMusic = "BH_MUSIC" // set: the leg hears music
	TagKeep  = "BH_KEEP"  // as Ring.Keep
	TagRole  = "BH_ROLE"  // supervisor: no party of the talk
)

// MaxTagData bounds what one tag holds, in bytes.
const MaxTagData = 2000

// EventKind tells events of the switch apart.
type EventKind string

// The events of the one ordered stream.
const (
	Connected    EventKind = "connected"    // Boot says whether the switch is a new one
	Disconnected EventKind = "disconnected" // commands fail until Connected
	Gone         EventKind = "gone"         // the switch's process is dead (refuses connections): its calls are over
	Offered      EventKind = "offered"      // a leg knocks; claim it within half a second
	Started      EventKind = "started"      // the claimed leg is ours
	Ringing      EventKind = "ringing"
	EarlyMedia   EventKind = "early_media" // the far end sends media before it answers
	Answered     EventKind = "answered"
	Ended        EventKind = "ended" // the leg is gone; Cause says why
	Held         EventKind = "held"
	Unheld       EventKind = "unheld"
	Digit        EventKind = "digit" // one DTMF key
	PlayDone     EventKind = "play_done"
	Transfer     EventKind = "transfer"   // a phone asks for a transfer
	Redirected   EventKind = "redirected" // the called phone says "call there instead" (302)
	LeftBridge   EventKind = "left_bridge"
	Emergency    EventKind = "emergency" // the switch itself dialled an emergency number
	Endpoint     EventKind = "endpoint"  // a phone or trunk came online or went away
)

// Event is one thing that happened in the switch. Only the fields that its kind
// needs are set.
type Event struct {
	Kind     EventKind
	At       time.Time // the switch's clock
	Leg      LegID
	Bridge   BridgeID
	Play     PlayID
	Boot     bool   // Connected: the switch was started anew
	Offer    *Offer // Offered, Emergency
	Cause    Cause  // Ended
	SIPCode  int    // Ended: the SIP status, when known
	Digit    string // Digit
	OK       bool   // PlayDone
	To       string // Transfer (blind), Redirected: the number asked for
	Other    LegID  // Transfer (attended): the leg of the transferrer's second call
	Endpoint string // Endpoint: its name
	Online   bool   // Endpoint
	ask      *ask   // asked: another session has a question
}

// Offer is what the switch knows of a leg that came in.
type Offer struct {
	Endpoint string // the device or trunk it came from
	CallerID CallerID
	Dialled  string
	Language string
}

// Snapshot is the switch's view of everything that is ours.
type Snapshot struct {
	BootedAt time.Time
	Legs     []LegState
	Bridges  []BridgeState
}

// LegState is one leg in a Snapshot.
type LegState struct {
	Leg       LegID
	Offer     Offer
	Up        bool // answered
	Ours      bool // under our control; false: the dialplan has it (native, emergency)
	Emergency bool
	Snoop     bool // made by Snoop: no party of any call
	Created   time.Time
	Tags      map[string]string
}

// BridgeState is one bridge in a Snapshot.
type BridgeState struct {
	Bridge BridgeID
	Legs   []LegID
}

// LedgerEntry is the end of one leg as the switch itself wrote it down.
type LedgerEntry struct {
	Leg      LegID
	Linked   LegID // the first leg of the same call
	Path     Path
	From     string
	Dialled  string
	Endpoint string
	Started  time.Time
	Answered time.Time // zero: never
	Ended    time.Time
	Cause    Cause
	Result   string // DIALSTATUS or STASISSTATUS
}

// Path says who handled a call.
type Path string

// The paths of a call.
const (
	PathController Path = "controller" // we did
	PathNative     Path = "native"     // the dialplan did: nobody claimed it
	PathEmergency  Path = "emergency"  // the dialplan did, as always for emergency numbers
	PathLeg        Path = "leg"        // a leg that we placed
)
