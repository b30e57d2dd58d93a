package asterisk

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// CreateBridge implements calls.Switch.
func (s *Switch) CreateBridge(ctx context.Context, id calls.BridgeID) error {
	if id == "" {
		return fault.Field("bridge", "is empty")
	}
	err := s.rest.do(ctx, command{
		name: "bridge", method: http.MethodPost, path: []string{"bridges"},
		body: map[string]any{"bridgeId": id, "type": "mixing"},
	}, nil)
	// A bridge that is there already answers 500, not the 409 of ARI's description.
	if status, words := answered(err); status == http.StatusConflict ||
		status == http.StatusInternalServerError && strings.Contains(words, "duplicate bridge") {
		return nil
	}
	return err
}

// Join implements calls.Switch: all legs in one command, or none.
func (s *Switch) Join(ctx context.Context, bridge calls.BridgeID, legs ...calls.LegID) error {
	if len(legs) == 0 {
		return nil
	}
	return s.join(ctx, bridge, legs, false)
}

// join puts legs into a bridge; inhibit keeps it from telling them who is there.
func (s *Switch) join(ctx context.Context, bridge calls.BridgeID, legs []calls.LegID, inhibit bool) error {
	return channelGone(s.rest.do(ctx, command{
		name: "join", method: http.MethodPost, path: []string{"bridges", string(bridge), "addChannel"},
		body: map[string]any{"channel": legs, "inhibitConnectedLineUpdates": inhibit},
	}, nil))
}

// Leave implements calls.Switch.
func (s *Switch) Leave(ctx context.Context, bridge calls.BridgeID, leg calls.LegID) error {
	err := s.rest.do(ctx, command{
		name: "leave", method: http.MethodPost, path: []string{"bridges", string(bridge), "removeChannel"},
		query: url.Values{"channel": {string(leg)}},
	}, nil)
	if status, _ := answered(err); status == http.StatusUnprocessableEntity {
		return nil // not in this bridge (any more)
	}
	return unlessGone(channelGone(err))
}

// DestroyBridge implements calls.Switch; whoever is still in it leaves.
func (s *Switch) DestroyBridge(ctx context.Context, bridge calls.BridgeID) error {
	return unlessGone(s.rest.do(ctx, command{name: "unbridge", method: http.MethodDelete, path: []string{"bridges", string(bridge)}}, nil))
}

// channelGone corrects the code of bridge commands, which say 400 when a
// channel no longer exists.
func channelGone(err error) error {
	if status, words := answered(err); status == http.StatusBadRequest && words == "Channel not found" {
		return fault.Wrap(err, fault.NotFound, "the leg is gone")
	}
	return err
}
