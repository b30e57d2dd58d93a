package asterisk

import (
	"bytes"
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
	f, err := head(message)
	if err != nil {
		return frame{}, fmt.Errorf("asterisk: event: %w", err)
	}
	if f.event = structure(f.kind); f.event != nil {
		err = json.Unmarshal(message, f.event)
	} else {
		f.event, err = ari.DecodeEvent(message)
		f.known = f.event != nil // the library gives no structure for what it does not know
	}
	if err != nil && f.known {
		return f, fmt.Errorf("asterisk: event %s: %w", f.kind, err)
	}
	return f, nil
}

// head reads type and time, which Asterisk writes first, and nothing behind
// them: events come by the dozen for every call.
func head(message []byte) (frame, error) {
	f := frame{known: true}
	d := json.NewDecoder(bytes.NewReader(message))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return f, errors.New("is no JSON object")
	}
	var stamp ari.DateTime
	for d.More() && (f.kind == "" || time.Time(stamp).IsZero()) {
		key, err := d.Token()
		if err != nil {
			return f, err
		}
		var into any = new(json.RawMessage)
		switch key {
		case "type":
			into = &f.kind
		case "timestamp":
			into = &stamp
		}
		if err := d.Decode(into); err != nil {
			return f, err
		}
	}
	if f.kind == "" {
		return f, errors.New("field type is missing")
	}
	f.at = time.Time(stamp).UTC()
	return f, nil
}

// structure returns an empty event of a kind that every call makes, or that the
// library does not know as we need it; nil for all others.
func structure(kind string) ari.Event {
	switch kind {
	case "CallBroadcast":
		return &callBroadcast{}
	case "CallClaimed":
		return &callClaimed{}
	case "ChannelDestroyed":
		return &channelDestroyed{}
	case "ChannelHangupRequest":
		return &channelHangupRequest{}
	case "ChannelTransfer":
		return &channelTransfer{}
	case "ChannelToneDetected", "ApplicationRegistered", "ApplicationUnregistered", "RESTResponse":
		return &plainEvent{}
	case "StasisStart":
		return &ari.StasisStart{}
	case "StasisEnd":
		return &ari.StasisEnd{}
	case "ChannelStateChange":
		return &ari.ChannelStateChange{}
	case "ChannelLeftBridge":
		return &ari.ChannelLeftBridge{}
	case "Dial":
		return &ari.Dial{}
	}
	return nil
}
