package calls

import "time"

// CallID names one call: the id of the leg that began it.
type CallID string

// Direction of a call, seen from the hotel.
type Direction string

// The directions.
const (
	Internal Direction = "internal"
	Inbound  Direction = "inbound"
	Outbound Direction = "outbound"
)

// Outcome is how a call ended, as reports count it.
type Outcome string

// The outcomes. An open call has none.
const (
	OutcomeAnswered   Outcome = "answered"
	OutcomeBusy       Outcome = "busy"
	OutcomeNoAnswer   Outcome = "no_answer"
	OutcomeAbandoned  Outcome = "abandoned" // the caller hung up before an answer
	OutcomeBarred     Outcome = "barred"
	OutcomeFailed     Outcome = "failed"
	OutcomeSwitchLost Outcome = "switch_lost"
)

// Record is the one record of a call: who, whom, when, by which way and why it
// ended. Open while Ended is zero.
type Record struct {
	ID        CallID
	Path      Path
	Direction Direction
	From      Party
	Dialled   string
	To        Party // who answered, or was last rung
	Trunk     string
	Emergency bool
	Monitored bool // an internal call of a selected extension (R95)
	Started   time.Time
	Answered  time.Time
	Ended     time.Time
	Outcome   Outcome
	Cause     Cause
	HungUpBy  string   // caller, called, controller
	Reasons   []string // every decision about the call, in order
	Legs      []Leg
}

// Party is one side of a call as it was then.
type Party struct {
	Number    string
	Name      string
	Extension string // of ours; empty: outside
	Room      string
	Stay      string
}

// Leg is one channel of a call in its record.
type Leg struct {
	ID       LegID
	Endpoint string
	Number   string
	Role     string // caller, called, transfer, pickup, invited, supervisor
	Started  time.Time
	Answered time.Time
	Ended    time.Time
	Cause    Cause
}

// Talk returns how long the call was answered.
func (r Record) Talk() time.Duration {
	if r.Answered.IsZero() || r.Ended.IsZero() {
		return 0
	}
	return r.Ended.Sub(r.Answered)
}

// Filter selects records: all set fields must match.
type Filter struct {
	From, To  time.Time // Started in [From, To)
	Extension string    // either side
	Number    string    // dialled or caller's number contains it
	Room      string
	Trunk     string
	Direction Direction
	Outcome   Outcome
	MinTalk   time.Duration
	MaxTalk   time.Duration // 0: no limit
	Monitored bool          // only internal calls of selected extensions (R95)
	Emergency bool          // only emergency calls
	Open      bool          // only calls that have not ended
	After     string        // cursor of the page before
	Limit     int
}
