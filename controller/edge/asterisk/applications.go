package asterisk

import (
	"context"
	"net/http"
	"net/url"

	"github.com/CyCoreSystems/ari/v6"

	"bellhop/controller/calls"
)

// subscribe sets the two applications up, again after every connect: a switch
// that was started anew has forgotten it.
func (s *Switch) subscribe(ctx context.Context) error {
	if err := s.filter(ctx, s.options.App, "disallowed", unwanted()); err != nil {
		return err
	}
	// Not EndpointStateChange: that one comes twice for every channel as well.
	return s.filter(ctx, s.options.StateApp, "allowed", []string{"PeerStatusChange"})
}

// watchPhones asks for the states of phones. A switch that was never
// provisioned has none and refuses (422); the link asks again with every probe.
func (s *Switch) watchPhones(ctx context.Context) error {
	return s.rest.do(ctx, command{
		name: "subscribe", method: http.MethodPost, path: []string{"applications", s.options.StateApp, "subscription"},
		// Never deviceState: in 22.10 it wedges the application for good when a link drops.
		query: url.Values{"eventSource": {"endpoint:PJSIP"}},
	}, nil)
}

// filter says which event types an application gets.
func (s *Switch) filter(ctx context.Context, app, rule string, kinds []string) error {
	types := make([]map[string]string, len(kinds))
	for i, kind := range kinds {
		types[i] = map[string]string{"type": kind}
	}
	return s.rest.do(ctx, command{
		name: "filter", method: http.MethodPut, path: []string{"applications", app, "eventFilter"},
		body: map[string]any{rule: types},
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

// tellEndpoints says which phones are online; without it a new process would
// know only of those that move.
func (s *Switch) tellEndpoints(ctx context.Context, sink func(calls.Event)) {
	var list []ari.EndpointData
	if err := s.rest.do(ctx, command{name: "endpoints", method: http.MethodGet, path: []string{"endpoints", "PJSIP"}}, &list); err != nil {
		s.log.Warn("the switch does not say which phones are online", "err", err)
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
