package asterisk

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/CyCoreSystems/ari/v6"
)

// ownEvent is the part of ari.Event that the library leaves to each type.
type ownEvent struct{ ari.EventData }

// Keys implements ari.Event; nobody asks our own events for keys.
func (*ownEvent) Keys() ari.Keys { return nil }

// The events that ari/v6 does not know, or knows without the fields we need.
type (
	// callBroadcast offers a channel to every application that listens.
	callBroadcast struct {
		ownEvent
		Channel ari.ChannelData `json:"channel"`
		Caller  string          `json:"caller"`
		Called  string          `json:"called"`
	}
	// callClaimed says which application won an offered channel.
	callClaimed struct {
		ownEvent
		Channel ari.ChannelData `json:"channel"`
		Winner  string          `json:"winner_app"`
	}
	// channelDestroyed also carries the SIP status.
	channelDestroyed struct {
		ownEvent
		Channel   ari.ChannelData `json:"channel"`
		Cause     int             `json:"cause"`
		TechCause int             `json:"tech_cause"`
	}
	// channelHangupRequest also carries the SIP status.
	channelHangupRequest struct {
		ownEvent
		Channel   ari.ChannelData `json:"channel"`
		Cause     int             `json:"cause"`
		TechCause int             `json:"tech_cause"`
		Soft      bool            `json:"soft"` // asked for inside the switch, not by the far side
	}
	// channelTransfer is a REFER from a phone; with a state it is only the echo
	// of what we told the phone.
	channelTransfer struct {
		ownEvent
		State   string `json:"state"`
		ReferTo struct {
			Requested struct {
				Protocol    string `json:"protocol_id"`
				Destination string `json:"destination"`
			} `json:"requested_destination"`
			Channel   *ari.ChannelData `json:"destination_channel"`
			Connected *ari.ChannelData `json:"connected_channel"`
		} `json:"refer_to"`
		ReferredBy struct {
			Channel ari.ChannelData `json:"source_channel"`
		} `json:"referred_by"`
	}
	// plainEvent is a type whose fields do not matter to us.
	plainEvent struct{ ownEvent }
)

// frame is one decoded message of the event stream.
type frame struct {
	event ari.Event
	kind  string    // its type in ARI
	at    time.Time // by the switch's clock
	known bool      // false: neither the library nor we have a structure for it
}

// decode reads one message of the event stream.
func decode(message []byte) (frame, error) {
	var head struct {
		Type      string       `json:"type"`
		Timestamp ari.DateTime `json:"timestamp"`
	}
	if err := json.Unmarshal(message, &head); err != nil {
		return frame{}, fmt.Errorf("asterisk: event: %w", err)
	}
	if head.Type == "" {
		return frame{}, errors.New("asterisk: event: field type is missing")
	}
	f := frame{kind: head.Type, at: time.Time(head.Timestamp).UTC(), known: true}
	var err error
	switch f.kind {
	case "CallBroadcast":
		f.event = &callBroadcast{}
	case "CallClaimed":
		f.event = &callClaimed{}
	case "ChannelDestroyed":
		f.event = &channelDestroyed{}
	case "ChannelHangupRequest":
		f.event = &channelHangupRequest{}
	case "ChannelTransfer":
		f.event = &channelTransfer{}
	case "ChannelToneDetected", "ApplicationRegistered", "ApplicationUnregistered", "RESTResponse":
		f.event = &plainEvent{}
	default:
		f.event, err = ari.DecodeEvent(message)
		f.known = f.event != nil // the library gives no structure for what it does not know
		if err != nil && f.known {
			return f, fmt.Errorf("asterisk: event %s: %w", f.kind, err)
		}
		return f, nil
	}
	if err = json.Unmarshal(message, f.event); err != nil {
		return f, fmt.Errorf("asterisk: event %s: %w", f.kind, err)
	}
	return f, nil
}
