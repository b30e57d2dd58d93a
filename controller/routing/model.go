package routing

import (
	"time"

	"bellhop/controller/kit/phone"
)

// Trunk is a line to a carrier.
type Trunk struct {
	Name     string // key
	Endpoint string // its name in the switch: random or derived, letters and digits
	Carrier  string
	Address  string // host[:port] of the carrier
	Register bool   // we register there; else the carrier knows our address
	Username string
	Secret   string   // write-only over the API
	Hosts    []string // addresses that the carrier's calls come from
	Limit    int      // simultaneous calls, both directions; 0: no limit of ours
	CallerID CallerIDRule
	Enabled  bool
	Order    int // emergency calls try trunks in this order
}

// CallerIDRule says which number a trunk shows.
type CallerIDRule struct {
	Mode   CallerIDMode
	Number string // CallerIDFixed: this; CallerIDExtension: prefix in front of the extension
}

// CallerIDMode is the kind of a CallerIDRule.
type CallerIDMode string

// The modes of caller id.
const (
	CallerIDMain      CallerIDMode = "main"      // the property's main number
	CallerIDFixed     CallerIDMode = "fixed"     // Number
	CallerIDExtension CallerIDMode = "extension" // Number followed by the extension
	CallerIDAnonymous CallerIDMode = "anonymous"
)

// Route says over which trunks a number may leave. The longest matching prefix
// wins, then the lower Cost, then the lower Order.
type Route struct {
	ID     string
	Prefix string        // digits the dialled number begins with; empty: any
	Class  phone.Class   // only this class; empty: any
	Trunks []string      // in order of failover
	Strip  int           // digits taken off in front
	Add    string        // digits put in front
	From   time.Duration // time of day it is valid, hotel time; From == To: always
	To     time.Duration
	Days   []time.Weekday // empty: every day
	Cost   int64          // micro-units a minute, to choose among equals
	Order  int
}

// DID is a number of ours that the outside can dial.
type DID struct {
	Number string // as the carrier sends it
	Trunk  string // only from this trunk; empty: any
	To     phone.Number
	Label  string
}

// Direction of a screening entry, seen from the hotel.
type Direction string

// The directions.
const (
	Inbound  Direction = "inbound"
	Outbound Direction = "outbound"
)

// Verdict is what a screening entry does with the call.
type Verdict string

// The verdicts.
const (
	Allow  Verdict = "allow" // beats every refuse of the same or a wider pattern
	Refuse Verdict = "refuse"
	Limit  Verdict = "limit" // inbound: only to the operator; outbound: not from rooms
	Flag   Verdict = "flag"  // let through, marked malicious on the operator's screen
)

// Screening is one line of the black or white list (R71–R73). Emergency numbers
// can never be listed.
type Screening struct {
	ID        string
	Direction Direction
	Pattern   string // digits, ? for any digit, * at the end for any rest
	Scope     string // extension, group or trunk it is valid for; empty: all
	Verdict   Verdict
	Reason    string
	By        string // who listed it
	Created   time.Time
	Expires   time.Time // zero: never
}
