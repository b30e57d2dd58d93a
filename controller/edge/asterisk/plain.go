package asterisk

import (
	"strings"

	"github.com/CyCoreSystems/ari/v6"

	"bellhop/controller/calls"
)

// plain translates the events that need no memory; nil for those that mean
// nothing to the port.
func plain(event ari.Event) *calls.Event {
	switch e := event.(type) {
	case *ari.ChannelHold:
		return &calls.Event{Kind: calls.Held, Leg: calls.LegID(e.Channel.ID)}
	case *ari.ChannelUnhold:
		return &calls.Event{Kind: calls.Unheld, Leg: calls.LegID(e.Channel.ID)}
	case *ari.ChannelDtmfReceived:
		return &calls.Event{Kind: calls.Digit, Leg: calls.LegID(e.Channel.ID), Digit: e.Digit}
	case *ari.ChannelLeftBridge:
		if auxiliary(&e.Channel) {
			return nil
		}
		return &calls.Event{Kind: calls.LeftBridge, Leg: calls.LegID(e.Channel.ID), Bridge: calls.BridgeID(e.Bridge.ID)}
	case *ari.PlaybackFinished:
		id, _ := strings.CutPrefix(e.Playback.TargetURI, "channel:")
		return &calls.Event{
			Kind: calls.PlayDone, Play: calls.PlayID(e.Playback.ID), Leg: calls.LegID(id), OK: e.Playback.State == "done",
		}
	case *channelTransfer:
		return transfer(e)
	}
	return nil
}

// transfer reads a phone's REFER: to a number, or to its other call.
func transfer(e *channelTransfer) *calls.Event {
	if e.State != "" {
		return nil // the echo of TransferProgress
	}
	ev := &calls.Event{Kind: calls.Transfer, Leg: calls.LegID(e.ReferredBy.Channel.ID)}
	if other := e.ReferTo.Channel; other != nil && other.ID != "" {
		ev.Other = calls.LegID(other.ID)
		return ev
	}
	ev.To = userOf(e.ReferTo.Requested.Destination)
	return ev
}

// userOf takes the user part out of a SIP address, or out of Local/<user>@<context>.
func userOf(address string) string {
	for _, scheme := range []string{"sips:", "sip:", "tel:", "Local/"} {
		if rest, ok := strings.CutPrefix(address, scheme); ok {
			address = rest
			break
		}
	}
	if i := strings.IndexAny(address, "@;?"); i >= 0 {
		address = address[:i]
	}
	return address
}
