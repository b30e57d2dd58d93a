package asterisk

import (
	"context"
	"net/http"

	"github.com/CyCoreSystems/ari/v6"

	"bellhop/controller/calls"
)

// subscribe sets our application up, again after every connect: a switch that
// was started anew has forgotten it.
func (s *Switch) subscribe(ctx context.Context) error {
	types := make([]map[string]string, 0, len(unwanted()))
	for _, kind := range unwanted() {
		types = append(types, map[string]string{"type": kind})
	}
	return s.rest.do(ctx, command{
		name: "filter", method: http.MethodPut, path: []string{"applications", s.options.App, "eventFilter"},
		body: map[string]any{"disallowed": types},
	}, nil)
}

// unwanted are the events that every call makes in dozens and nobody needs.
func unwanted() []string {
	return []string{
		"BridgeAttendedTransfer", "BridgeBlindTransfer", "BridgeCreated", "BridgeDestroyed", "BridgeMerged",
		"BridgeVideoSourceChanged", "CallClaimed", "ChannelCallerId", "ChannelConnectedLine", "ChannelCreated",
		"ChannelDialplan", "ChannelEnteredBridge", "ChannelUserevent", "ChannelVarset", "ContactStatusChange",
		"DeviceStateChanged", "EndpointStateChange", "PeerStatusChange", "PlaybackContinuing", "PlaybackStarted",
	}
}

// AskEndpoints asks at once which phones came online or went away, instead of with
// the next probe.
func (s *Switch) AskEndpoints(ctx context.Context) { s.tellEndpoints(ctx, s.made.push) }

// tellEndpoints says which phones came online or went away. We ask, with every
// probe: whoever subscribes to endpoint:PJSIP makes Asterisk write out every
// message of every channel, 118 for a call of two, filter or not; from 60 calls/s
// on its queue ran over and the SIP stack dropped calls. (And never deviceState:
// in 22.10 it wedges the application for good when a link drops.)
func (s *Switch) tellEndpoints(ctx context.Context, sink func(calls.Event)) {
	var list []ari.EndpointData
	err := s.rest.do(ctx, command{name: "endpoints", method: http.MethodGet, path: []string{"endpoints", "PJSIP"}}, &list)
	if unlessGone(err) != nil { // 404: not a single phone yet
		if ctx.Err() == nil {
			s.log.Warn("the switch does not say which phones are online", "err", err)
		}
		return
	}
	for _, event := range s.tracker.endpointList(list) {
		event.At = s.options.Clock()
		sink(event)
	}
}

// endpointList compares the phones that the switch knows with what was said.
func (t *tracker) endpointList(list []ari.EndpointData) []calls.Event {
	t.mu.Lock()
	defer t.mu.Unlock()
	var events []calls.Event
	seen := map[string]bool{}
	for _, e := range list {
		seen[e.Resource] = true
		if event := t.endpoint(e.Resource, e.State == "online"); event != nil {
			events = append(events, *event)
		}
	}
	for name, online := range t.endpoints {
		if online && !seen[name] {
			events = append(events, *t.endpoint(name, false))
		}
	}
	return events
}

// Health implements calls.Switch: the call application must answer within two
// seconds and the event stream must react.
func (s *Switch) Health(ctx context.Context) error {
	s.mu.Lock()
	l := s.link
	s.mu.Unlock()
	if l == nil {
		return errNoLink()
	}
	return l.alive(ctx)
}
