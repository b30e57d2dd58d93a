package routing

import (
	"fmt"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// Kind is what is to be done with a call.
type Kind string

// The kinds of decision.
const (
	KindExtension Kind = "extension" // ring Targets, one extension
	KindGroup     Kind = "group"     // ring Targets together
	KindOperator  Kind = "operator"  // ring Targets, the desk
	KindFeature   Kind = "feature"   // run the feature Number; Rest is what was dialled behind it
	KindTrunk     Kind = "trunk"     // try Attempts in turn
	KindEmergency Kind = "emergency" // try Attempts in turn, tell Targets at once
	KindReject    Kind = "reject"    // Cause, Tone and Prompt say how
	KindWait      Kind = "wait"      // ask again with more digits, or without More after Wait
)

// Decision says where a call goes and why.
type Decision struct {
	Kind     Kind
	Number   phone.Number // decided on: internal number, feature, or outside number as dialled here
	Class    phone.Class
	Targets  []phone.Number // extensions to ring
	Busy     []phone.Number // extensions to ring instead when the target is busy
	NoAnswer []phone.Number // extensions to ring instead when nobody answers
	Attempts []Attempt
	Rest     string
	Wait     time.Duration

	Cause  calls.Cause
	Tone   string // indication tone of a reject: busy or congestion
	Prompt string // prompt of a reject, one of the Prompt constants

	Emergency phone.Emergency // KindEmergency: which
	Alert     bool            // the desk must be told at once
	Flagged   bool            // a screening entry marks the call malicious
	CallerID  calls.CallerID  // what ringing phones show of an outside caller
	CallBack  phone.Number    // dialling this on a phone of the hotel calls an outside caller back
	Reasons   []Reason
}

// Attempt is one way out; the next is tried when calls.Cause.TryNext says so.
type Attempt struct {
	Trunk    string
	Endpoint string
	Digits   phone.Number
	CallerID calls.CallerID
	Preempt  bool // emergency only: all lines are taken, free one first
}

// Reason is one step of a decision: a stable code and a sentence fragment.
type Reason struct{ Code, Text string }

// String returns code and text, as the call record keeps them.
func (r Reason) String() string { return r.Code + ": " + r.Text }

// Texts returns the reasons as the call record keeps them.
func (d Decision) Texts() []string {
	all := make([]string, len(d.Reasons))
	for i, r := range d.Reasons {
		all[i] = r.String()
	}
	return all
}

// The prompts that tell a caller why a call goes nowhere.
const (
	PromptWrongNumber  = "number-wrong"
	PromptIncomplete   = "number-incomplete"
	PromptNeedAccess   = "number-needs-access-digit"
	PromptBarred       = "call-barred"
	PromptLinesBusy    = "lines-busy"
	PromptDoNotDisturb = "do-not-disturb"
	PromptDial110      = "dial-110"
)

// ruling is one decision under way.
type ruling struct {
	Call
	house    *hotel.Directory
	table    *Table
	now      time.Time // in the hotel's time zone
	property hotel.Property
	country  phone.Country
	from     hotel.Extension // zero: none of ours
	reasons  []Reason
}

// say adds a reason.
func (r *ruling) say(code, format string, args ...any) {
	text := format
	if len(args) > 0 {
		text = fmt.Sprintf(format, args...)
	}
	r.reasons = append(r.reasons, Reason{code, text})
}

// reject refuses the call; the last reason says why.
func (r *ruling) reject(cause calls.Cause, prompt string) Decision {
	tone := "congestion"
	if cause == calls.CauseBusy {
		tone = "busy"
	}
	return Decision{Kind: KindReject, Cause: cause, Tone: tone, Prompt: prompt}
}

// wait asks for more digits.
func (r *ruling) wait() Decision {
	d := r.property.OverlapWait
	if d <= 0 {
		d = defaultWait
	}
	r.say("numbering", "more digits may follow")
	return Decision{Kind: KindWait, Wait: d}
}

// defaultWait is how long to wait for a digit when the hotel does not say.
const defaultWait = 4 * time.Second
