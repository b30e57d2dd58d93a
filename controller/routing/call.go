package routing

import "bellhop/controller/kit/phone"

// Call is what is known of a call when it asks where to go. Dialled and Shown
// come from outside and are not trusted.
type Call struct {
	From      phone.Number // extension whose rights count; zero: a trunk's call, or an unknown phone
	Trunk     string       // name of the trunk that the caller (of a transfer: the other party) is on
	Dialled   string
	Shown     string // caller's number as a trunk presents it
	ShownName string
	More      bool // the phone may send more digits; false: it is done, or its timer ran out
	Forwarded bool // Dialled was not dialled but asked for by a phone that forwards (302)
	Live      Live
}

// Live are the counts of calls under way, this one not included.
type Live struct {
	Trunks map[string]int // by name of trunk, both directions
	Caller int            // calls to the outside by the extension From
}
