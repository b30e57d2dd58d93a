package acd

import (
	"time"

	"bellhop/controller/kit/phone"
)

// Strategy says which of several free seats is rung first.
type Strategy string

// The strategies.
const (
	RingAll     Strategy = "ring_all"
	LongestIdle Strategy = "longest_idle"
	FewestCalls Strategy = "fewest_calls" // since sign-on
	LeastTalk   Strategy = "least_talk"   // talk time since sign-on
	RoundRobin  Strategy = "round_robin"
	Linear      Strategy = "linear" // always from the top of Members
	Random      Strategy = "random"
	Weighted    Strategy = "weighted" // random by Profile.Weight
	Sticky      Strategy = "sticky"   // who spoke with this caller last, else longest idle
)

// Queue is a line of callers and the rules by which it is served.
type Queue struct {
	Name       string // operator, reservations
	Title      string // shown to people
	Number     phone.Number
	Strategy   Strategy
	Members    []string      // accounts that may serve it, in order
	Ladder     []Step        // skills asked for, loosening as the caller waits
	RingTime   time.Duration // of one offer
	WrapUp     time.Duration // after a call
	MissLimit  int           // offers a seat may leave ringing before it is not responding
	VIPBonus   time.Duration // virtual waiting time for each VIP level
	MaxWaiting int           // callers; more overflow at once. 0: no limit
	Overflow   []Overflow    // by waiting time
	Announce   Announce
	Resume     time.Duration // who hangs up and rings again within this gets the old place
	Target     Target
	EarlyMedia bool // waiting callers hear music without being answered (and billed)
}

// Step of a skill ladder: from After on, a seat needs Skills.
type Step struct {
	After  time.Duration
	Skills map[string]int // least level, 1 to 10
}

// Overflow says what becomes of a caller who has waited After.
type Overflow struct {
	After time.Duration
	Do    OverflowKind
	To    string // queue name or number
}

// OverflowKind is what is done.
type OverflowKind string

// What may be done with a caller who waits too long.
const (
	ToQueue    OverflowKind = "queue"     // serve also by another queue's members
	ToNumber   OverflowKind = "number"    // a mobile, another extension, later voicemail
	ToCallback OverflowKind = "callback"  // offer to be called back, keeping the place
	ToGoodbye  OverflowKind = "apologise" // say so and end
)

// Announce says what waiting callers are told.
type Announce struct {
	Position bool
	Wait     bool          // the expected wait, as a band, never rising
	Every    time.Duration // between announcements; 0: none
	Reminder time.Duration // "please hold the line"; 0: none
}

// Target is a service level: Share of callers answered Within.
type Target struct {
	Within  time.Duration // 12 s: three rings
	Share   float64       // 0.9
	Short   time.Duration // who leaves sooner does not count as abandoned
	Formula Formula
}

// Profile is what an account can do at the desk.
type Profile struct {
	Account string
	Name    string
	Skills  map[string]int // 1 to 10
	VIP     bool           // serves VIP callers before all others; needs ordinary seats beside it, or others may wait for long
	Weight  int            // for Weighted; 0 counts as 1
}
