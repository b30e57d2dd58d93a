package acd

import "time"

// EventKind is what happens to a seat.
type EventKind string

// The events. Choices (SignOff, MarkReady, Pause) may be the agent's own or
// forced by somebody: see Event.By.
const (
	SignOn       EventKind = "sign_on" // the seat is Offline until PhoneOnline follows
	SignOff      EventKind = "sign_off"
	PhoneOnline  EventKind = "phone_online"
	PhoneOffline EventKind = "phone_offline"
	MarkReady    EventKind = "ready"
	Pause        EventKind = "pause"        // for Reason
	Reserve      EventKind = "reserve"      // a caller was chosen for the seat
	Ring         EventKind = "ring"         // the phone rings with it
	RingOver     EventKind = "ring_over"    // it went elsewhere or hung up: nobody's fault
	Miss         EventKind = "missed"       // nobody answered; from Limit in a row on: NotResponding
	Answer       EventKind = "answer"       // the offered call
	Pull         EventKind = "pull"         // took a call by hand: parked, or another's
	OwnCall      EventKind = "own_call"     // a call that the desk did not give
	HoldCall     EventKind = "hold"         // the caller hears music
	Retrieve     EventKind = "retrieve"     // and is back
	CallOver     EventKind = "call_over"    // Wrap: wrap-up follows
	WrapUpOver   EventKind = "wrap_up_over" // its time is up
)

// Event is something that happens to a seat.
type Event struct {
	Kind   EventKind
	At     time.Time
	Reason string // of Pause
	By     string // account that forced a choice; empty: the agent
	Call   string // of Reserve, Ring, Answer, Pull and OwnCall
	Limit  int    // of Miss: Queue.MissLimit; 0: the seat stays ready
	Wrap   bool   // of CallOver: the queue gives time for wrap-up
}

// OnCall reports whether a call goes on at the seat.
func (s WorkState) OnCall() bool { return s == Talking || s == Holding || s == BusyOther }

// Rung reports whether a call is on its way to the seat.
func (s WorkState) Rung() bool { return s == Reserved || s == Alerting }

// Next is the transition table of a seat: the seat after an event, and false
// with the seat unchanged if the event does not fit its state. Pure.
//
// A choice made while a call goes on or rings takes effect when that is over,
// the last choice counts. A seat whose phone is away comes back to what it was.
// NotResponding ends only by hand: MarkReady, Pause or SignOff.
func Next(s Seat, e Event) (Seat, bool) {
	switch e.Kind {
	case SignOn:
		return s.signOn(e)
	case PhoneOnline, PhoneOffline:
		return s.phone(e)
	case SignOff, MarkReady, Pause:
		return s.choose(e)
	case Reserve, Ring, RingOver, Miss:
		return s.offered(e)
	case Answer, Pull, OwnCall, HoldCall, Retrieve, CallOver:
		return s.called(e)
	case WrapUpOver:
		return s.wrappedUp(e)
	}
	return s, false
}

// NextAll applies events in turn and stops at the first that does not fit.
func NextAll(s Seat, events ...Event) (Seat, bool) {
	for _, e := range events {
		next, ok := Next(s, e)
		if !ok {
			return s, false
		}
		s = next
	}
	return s, true
}

func (s Seat) signOn(e Event) (Seat, bool) {
	if s.State != SignedOff && s.State != "" {
		return s, false
	}
	return Seat{
		Profile: s.Profile, Extension: s.Extension, State: Offline, Away: true,
		Since: e.At, SignedOn: e.At, IdleSince: e.At,
	}, true
}

func (s Seat) phone(e Event) (Seat, bool) {
	if s.State == SignedOff || s.State == "" {
		return s, false
	}
	s.Away = e.Kind == PhoneOffline
	switch {
	case s.Away && !s.State.OnCall() && !s.State.Rung() && s.State != Offline:
		return s.rest(s.choice(), e.At), true
	case !s.Away && s.State == Offline:
		return s.rest(s.Then, e.At), true
	}
	return s, true // a call that goes on outlives the phone's absence
}

func (s Seat) choose(e Event) (Seat, bool) {
	if s.State == SignedOff || s.State == "" {
		return s, false
	}
	c := Choice{By: e.By}
	switch e.Kind {
	case SignOff:
		c.State = SignedOff
	case Pause:
		c.State, c.Reason = Paused, e.Reason
	default:
		c.State = Ready
	}
	s.Missed = 0
	if s.State.OnCall() || s.State.Rung() {
		if c == (Choice{State: Ready}) {
			c = Choice{} // takes back a pause, and leaves the wrap-up
		}
		s.Then = c
		return s, true
	}
	s.Away = s.Away || s.State == Offline
	return s.rest(c, e.At), true
}

func (s Seat) offered(e Event) (Seat, bool) {
	switch {
	case e.Kind == Reserve && s.State == Ready:
		return s.busy(Reserved, e), true
	case e.Kind == Ring && (s.State == Ready || s.State == Reserved):
		return s.busy(Alerting, e), true
	case e.Kind == RingOver && s.State.Rung():
		return s.rest(s.Then, e.At), true
	case e.Kind == Miss && s.State.Rung():
		s.Missed++
		if e.Limit > 0 && s.Missed >= e.Limit && (s.Then.State == "" || s.Then.State == Ready) {
			s.Then = Choice{State: NotResponding}
		}
		return s.rest(s.Then, e.At), true
	}
	return s, false
}

func (s Seat) called(e Event) (Seat, bool) {
	free := s.State == Ready || s.State == Paused || s.State == WrapUp || s.State == NotResponding
	switch {
	case e.Kind == Answer && (s.State.Rung() || s.State == Ready):
		s.Missed, s.Calls = 0, s.Calls+1
		return s.busy(Talking, e), true
	case e.Kind == Pull && free:
		s = s.comeBack()
		return s.busy(Talking, e), true
	case e.Kind == OwnCall && free:
		s = s.comeBack()
		return s.busy(BusyOther, e), true
	case e.Kind == HoldCall && s.State == Talking:
		s.Talk += since(s.Since, e.At)
		return s.busy(Holding, e), true
	case e.Kind == Retrieve && s.State == Holding:
		return s.busy(Talking, e), true
	case e.Kind == CallOver && s.State.OnCall():
		return s.hungUp(e), true
	}
	return s, false
}

// hungUp is the seat after its call: what was chosen meanwhile takes effect,
// else wrap-up, which an own call has not.
func (s Seat) hungUp(e Event) Seat {
	if s.State == Talking {
		s.Talk += since(s.Since, e.At)
	}
	if s.Then.State == "" && e.Wrap && s.State != BusyOther {
		s.Then = Choice{State: WrapUp}
	}
	s.IdleSince = e.At
	return s.rest(s.Then, e.At)
}

func (s Seat) wrappedUp(e Event) (Seat, bool) {
	switch {
	case s.State == WrapUp:
		return s.rest(Choice{}, e.At), true
	case s.State == Offline && s.Then.State == WrapUp:
		s.Then = Choice{}
		return s, true
	}
	return s, false
}

// busy is the seat with a call on its way or in progress; Then stays.
func (s Seat) busy(state WorkState, e Event) Seat {
	s.State, s.Since, s.Reason, s.Forced = state, e.At, "", ""
	if e.Call != "" {
		s.Call = e.Call
	}
	return s
}

// rest is the seat without a call, in the chosen state or, while its phone is
// away, Offline until that is back.
func (s Seat) rest(c Choice, at time.Time) Seat {
	if c.State == "" {
		c.State = Ready
	}
	before := s.choice()
	s.Call, s.Then = "", Choice{}
	if s.Away && c.State != SignedOff {
		s.Then, c = c, Choice{State: Offline}
	}
	if c != before {
		s.State, s.Reason, s.Forced, s.Since = c.State, c.Reason, c.By, at
	}
	return s
}

// choice is the seat's state as it would be chosen again.
func (s Seat) choice() Choice { return Choice{State: s.State, Reason: s.Reason, By: s.Forced} }

// comeBack remembers what a call taken by hand interrupts: a pause goes on after
// it, and who did not respond is not ready by this; wrap-up is over.
func (s Seat) comeBack() Seat {
	if s.State == Paused || s.State == NotResponding {
		s.Then = s.choice()
	}
	return s
}

func since(begin, end time.Time) time.Duration { return max(end.Sub(begin), 0) }
