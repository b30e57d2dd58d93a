package asterisk

import (
	"strings"
	"sync"
	"time"

	"github.com/CyCoreSystems/ari/v6"

	"bellhop/controller/calls"
)

// tracker turns the frames of one link into the events of the port. It keeps
// for each leg what has been said already, so that nothing is said twice, and
// forgets the leg when it has ended.
type tracker struct {
	mu        sync.Mutex
	legs      map[calls.LegID]*leg
	ended     [2]map[calls.LegID]bool // of late, so that stragglers revive nothing: newer, older
	endpoints map[string]bool         // online or not, as last said
}

// endedKept is how many ended legs each half of tracker.ended holds.
const endedKept = 1000

// leg is what we remember of one channel.
type leg struct {
	since    time.Time // when we placed or first saw it
	placed   bool      // we originated it: its end comes with ChannelDestroyed
	unseen   bool      // no event has shown that it exists
	ringing  bool
	early    bool
	up       bool
	forward  bool        // it said "call there instead"
	ourCause calls.Cause // we hang it up with this
	farCause calls.Cause // the far side hangs up with this
	sip      int
	entered  chan struct{} // not nil: somebody waits until it is in our application
}

func newTracker() *tracker {
	return &tracker{
		legs: map[calls.LegID]*leg{}, endpoints: map[string]bool{},
		ended: [2]map[calls.LegID]bool{{}, {}},
	}
}

// place notes that we are about to originate a leg. The channel it returns is
// closed when the leg enters our application.
func (t *tracker) place(id calls.LegID, now time.Time) <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	entered := make(chan struct{})
	t.legs[id] = &leg{since: now, placed: true, entered: entered}
	return entered
}

// forget drops a leg that came to nothing.
func (t *tracker) forget(id calls.LegID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.legs, id)
}

// hangingUp notes with which cause we are about to end a leg, unless the far
// side was faster.
func (t *tracker) hangingUp(id calls.LegID, cause calls.Cause, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.legs[id]
	if l == nil { // from before our time
		if t.hasEnded(id) {
			return
		}
		l = &leg{since: now, unseen: true}
		t.legs[id] = l
	}
	if l.farCause == 0 {
		l.ourCause = cause
	}
}

// notHangingUp takes hangingUp back.
func (t *tracker) notHangingUp(id calls.LegID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch l := t.legs[id]; {
	case l == nil:
	case l.unseen:
		delete(t.legs, id)
	default:
		l.ourCause = 0
	}
}

// keep drops what we remember of legs that are older than since and not among
// the living: their end was lost with a link.
func (t *tracker) keep(living map[calls.LegID]bool, since time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, l := range t.legs {
		if !living[id] && l.since.Before(since) {
			delete(t.legs, id)
		}
	}
}

func (t *tracker) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.legs)
}

// admit wakes whoever waits for a channel to enter our application. It is
// called by the reader itself, so that a busy event sink delays no command.
func (t *tracker) admit(ev ari.Event) {
	start, ok := ev.(*ari.StasisStart)
	if !ok {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if l := t.legs[calls.LegID(start.Channel.ID)]; l != nil && l.entered != nil {
		close(l.entered)
		l.entered = nil
	}
}

// translate returns what a frame means for the port (nil: nothing), and the id
// of an auxiliary channel that has done its work ("": none).
func (t *tracker) translate(f frame) (event *calls.Event, spent string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch e := f.event.(type) {
	case *callBroadcast:
		event = t.offered(e)
	case *ari.StasisStart:
		event, spent = t.started(e, f.at)
	case *ari.ChannelStateChange:
		event = t.stateChanged(e, f.at)
	case *ari.Dial:
		event = t.dialled(e, f.at)
	case *channelHangupRequest:
		t.hangupAsked(e, f.at)
	case *ari.StasisEnd:
		event = t.left(e)
	case *channelDestroyed:
		event = t.destroyed(e)
	default:
		event = plain(e)
	}
	if event != nil && event.At.IsZero() {
		event.At = f.at
	}
	return event, spent
}

// see returns what we remember of a channel, beginning now if need be.
func (t *tracker) see(c *ari.ChannelData, when time.Time) *leg {
	id := calls.LegID(c.ID)
	l := t.legs[id]
	if l == nil {
		l = &leg{since: when}
		if !t.hasEnded(id) {
			t.legs[id] = l
		}
	}
	l.placed = l.placed || placed(c)
	l.unseen = false
	return l
}

func (t *tracker) hasEnded(id calls.LegID) bool { return t.ended[0][id] || t.ended[1][id] }

// isOver reports whether the end of a leg was told of late.
func (t *tracker) isOver(id calls.LegID) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.hasEnded(id)
}

// drop forgets a leg that has ended, but not that it has.
func (t *tracker) drop(id calls.LegID) {
	delete(t.legs, id)
	if len(t.ended[0]) >= endedKept {
		t.ended = [2]map[calls.LegID]bool{{}, t.ended[0]}
	}
	t.ended[0][id] = true
}

func (t *tracker) offered(e *callBroadcast) *calls.Event {
	if auxiliary(&e.Channel) {
		return nil // a phone's forwarding: Redirected has told it; nobody claims this
	}
	o := offerOf(&e.Channel)
	if e.Called != "" {
		o.Dialled = e.Called
	}
	return &calls.Event{Kind: calls.Offered, Leg: calls.LegID(e.Channel.ID), Offer: &o}
}

func (t *tracker) started(e *ari.StasisStart, when time.Time) (event *calls.Event, spent string) {
	c := &e.Channel
	if auxiliary(c) {
		return notice(e), c.ID
	}
	switch l := t.see(c, when); {
	case !l.placed:
		return &calls.Event{Kind: calls.Started, Leg: calls.LegID(c.ID)}, ""
	case c.State == stateUp:
		return t.progress(c, calls.Answered, when), ""
	}
	return nil, "" // created, to be dialled later
}

// notice reads what the dialplan has to say by a channel of its own: the
// arguments emergency, unique id, caller number, channel name, dialled.
func notice(e *ari.StasisStart) *calls.Event {
	if len(e.Args) != 5 || e.Args[0] != "emergency" {
		return nil
	}
	return &calls.Event{
		Kind: calls.Emergency, Leg: calls.LegID(e.Args[1]),
		Offer: &calls.Offer{
			Endpoint: noticeEndpoint(e.Args[3]), CallerID: calls.CallerID{Number: e.Args[2]}, Dialled: e.Args[4],
		},
	}
}

// noticeEndpoint accepts a channel name or the endpoint itself.
func noticeEndpoint(s string) string {
	if strings.Contains(s, "/") {
		return endpointOf(s)
	}
	return s
}

func (t *tracker) stateChanged(e *ari.ChannelStateChange, when time.Time) *calls.Event {
	c := &e.Channel
	if auxiliary(c) {
		return nil
	}
	switch {
	case c.State == stateRinging:
		return t.progress(c, calls.Ringing, when)
	case c.State == stateUp && (inStasis(c) || !t.see(c, when).placed):
		return t.progress(c, calls.Answered, when)
	}
	return nil // a placed leg outside our application: StasisStart will say it
}

func (t *tracker) dialled(e *ari.Dial, when time.Time) *calls.Event {
	c := &e.Peer
	if c.ID == "" || auxiliary(c) {
		return nil
	}
	if e.Forward != "" {
		l := t.see(c, when)
		if l.forward {
			return nil
		}
		l.forward = true
		return &calls.Event{Kind: calls.Redirected, Leg: calls.LegID(c.ID), To: userOf(e.Forward)}
	}
	switch e.Dialstatus {
	case "RINGING":
		return t.progress(c, calls.Ringing, when)
	case "PROGRESS":
		return t.progress(c, calls.EarlyMedia, when)
	}
	return nil
}

// progress says each stage of a leg once, and none after the answer.
func (t *tracker) progress(c *ari.ChannelData, kind calls.EventKind, when time.Time) *calls.Event {
	l := t.see(c, when)
	said := &l.up
	switch kind {
	case calls.Ringing:
		said = &l.ringing
	case calls.EarlyMedia:
		said = &l.early
	}
	if l.up || *said {
		return nil
	}
	*said = true
	return &calls.Event{Kind: kind, At: when, Leg: calls.LegID(c.ID)}
}

// endpoint says that a phone came or went, once.
func (t *tracker) endpoint(name string, online bool) *calls.Event {
	if was, known := t.endpoints[name]; known && was == online || name == "" {
		return nil
	}
	t.endpoints[name] = online
	return &calls.Event{Kind: calls.Endpoint, Endpoint: name, Online: online}
}
