package calls

import "strconv"

// Cause is a Q.850 cause value: why a call ended.
type Cause int

// The causes that we send or tell apart (ITU-T Q.850 §2.2.7).
const (
	CauseNone         Cause = 0
	CauseUnallocated  Cause = 1  // wrong number
	CauseNoRoute      Cause = 3  // no route to the destination
	CauseNormal       Cause = 16 // a party hung up
	CauseBusy         Cause = 17
	CauseNoResponse   Cause = 18 // the device does not react
	CauseNoAnswer     Cause = 19 // it rang, nobody answered
	CauseAbsent       Cause = 20 // unregistered
	CauseRejected     Cause = 21
	CauseOutOfOrder   Cause = 27
	CauseInvalid      Cause = 28 // number format, incomplete
	CauseNoCircuit    Cause = 34 // all lines taken
	CauseNetwork      Cause = 38 // network out of order
	CauseTemporary    Cause = 41
	CauseCongestion   Cause = 42
	CauseBarred       Cause = 52 // outgoing calls barred
	CauseIncompatible Cause = 88 // no common codec
	CauseTimeout      Cause = 102
	CauseInterworking Cause = 127
)

// String returns the cause's number and its name in the trade.
func (c Cause) String() string {
	if n, ok := causeName(c); ok {
		return strconv.Itoa(int(c)) + " " + n
	}
	return strconv.Itoa(int(c))
}

func causeName(c Cause) (string, bool) {
	switch c {
	case CauseUnallocated:
		return "unallocated number", true
	case CauseNoRoute:
		return "no route to destination", true
	case CauseNormal:
		return "normal clearing", true
	case CauseBusy:
		return "user busy", true
	case CauseNoResponse:
		return "no user responding", true
	case CauseNoAnswer:
		return "no answer", true
	case CauseAbsent:
		return "subscriber absent", true
	case CauseRejected:
		return "call rejected", true
	case CauseOutOfOrder:
		return "destination out of order", true
	case CauseInvalid:
		return "invalid number format", true
	case CauseNoCircuit:
		return "no circuit available", true
	case CauseNetwork:
		return "network out of order", true
	case CauseTemporary:
		return "temporary failure", true
	case CauseCongestion:
		return "switching equipment congestion", true
	case CauseBarred:
		return "outgoing calls barred", true
	case CauseIncompatible:
		return "incompatible destination", true
	}
	return "", false
}

// TryNext reports whether a call that a trunk refused with c may be tried on
// another trunk: the trunk or its network failed, not the called party.
func (c Cause) TryNext() bool {
	switch c {
	case CauseNoResponse, CauseAbsent, CauseOutOfOrder, CauseNoCircuit, CauseNetwork,
		CauseTemporary, CauseCongestion, CauseTimeout, CauseInterworking:
		return true
	}
	return false
}
