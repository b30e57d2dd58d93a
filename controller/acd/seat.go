package acd

import "time"

// WorkState is what an agent's seat is doing.
type WorkState string

// The work states. Those from Reserved on follow from calls, the others are
// chosen or forced.
const (
	SignedOff     WorkState = "signed_off"
	Offline       WorkState = "offline" // signed on, the phone is not registered
	Ready         WorkState = "ready"
	Paused        WorkState = "paused" // 示忙, with a reason
	NotResponding WorkState = "not_responding"
	Reserved      WorkState = "reserved" // a caller was chosen, the phone does not ring yet
	Alerting      WorkState = "alerting"
	Talking       WorkState = "talking"
	Holding       WorkState = "holding"
	BusyOther     WorkState = "busy_other" // a call of the agent's own
	WrapUp        WorkState = "wrap_up"
)

// Seat is a signed-on agent, as the matcher and the screens see it.
type Seat struct {
	Profile
	Extension string
	State     WorkState
	Reason    string    // of Paused
	Forced    string    // account that forced State; empty: the agent's own doing
	Then      Choice    // what State gives way to when its call or the phone's absence ends; zero: Ready
	Away      bool      // the phone is not registered
	Since     time.Time // State began
	SignedOn  time.Time
	IdleSince time.Time // the last call's end, or sign-on
	Calls     int       // answered since sign-on
	Talk      time.Duration
	Missed    int    // offers left ringing in a row
	Call      string // the call that State is about
}

// Choice is a state that somebody chose for a seat: it waits until the call is over.
type Choice struct {
	State  WorkState // Paused, SignedOff, NotResponding or WrapUp; empty: none
	Reason string    // of Paused
	By     string    // account that forced it; empty: the agent
}

// Caller is a call that waits for a seat.
type Caller struct {
	Call     string
	Queue    string
	Entered  time.Time // also after a restart, an overflow, a ring that nobody answered
	Number   string
	Name     string
	Room     string
	Stay     string
	Language string
	VIP      int // 0: none
	Malice   bool
	Last     string               // account that spoke with this caller last
	Missed   map[string]time.Time // accounts that left this caller ringing, and when
	Also     []string             // queues whose members serve it too, by overflow
	Ringing  []string             // accounts that are being rung
}

// Parked is a call in the lane that all operators share.
type Parked struct {
	Call   string
	Number string
	Name   string
	Room   string
	Note   string
	For    string // whom it waits for
	By     string // account that put it there
	At     time.Time
	Recall time.Time // when By is rung again
}
