package phones

import (
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/pion/rtp"
)

// dtmfKeys lists the keys in the order of their event codes (RFC 4733 §3.2).
const dtmfKeys = "0123456789*#ABCD"

// Timing of a sent key press, in 20 ms ticks: 100 ms on, 80 ms off.
const (
	keyTicks = 5
	gapTicks = 4
	// keyEndRepeats is how often the final packet is sent (RFC 4733 §2.5.1.4).
	keyEndRepeats = 3
	keyVolume     = 10
)

// telephoneEvent is the payload of one RTP event packet (RFC 4733 §2.3).
type telephoneEvent struct {
	code     uint8
	end      bool
	volume   uint8
	duration uint16
}

func (e telephoneEvent) marshal() []byte {
	flags := e.volume & 0x3F
	if e.end {
		flags |= 0x80
	}
	return binary.BigEndian.AppendUint16([]byte{e.code, flags}, e.duration)
}

func parseTelephoneEvent(payload []byte) (telephoneEvent, error) {
	if len(payload) < 4 {
		return telephoneEvent{}, fmt.Errorf("telephone event: %d bytes, want 4", len(payload))
	}
	return telephoneEvent{
		code:     payload[0],
		end:      payload[1]&0x80 != 0,
		volume:   payload[1] & 0x3F,
		duration: binary.BigEndian.Uint16(payload[2:]),
	}, nil
}

// keyPress returns the packets of one key, one to be sent every 20 ms under
// the same timestamp; the first of them carries the RTP marker.
func keyPress(key rune, ticks int) ([]telephoneEvent, error) {
	code := strings.IndexRune(dtmfKeys, key)
	if code < 0 {
		return nil, fmt.Errorf("key %q: want one of %s", key, dtmfKeys)
	}
	packets := make([]telephoneEvent, 0, ticks+keyEndRepeats-1)
	for tick := 1; tick < ticks; tick++ {
		packets = append(packets, telephoneEvent{code: uint8(code), volume: keyVolume, duration: uint16(tick * frameSamples)})
	}
	end := telephoneEvent{code: uint8(code), end: true, volume: keyVolume, duration: uint16(ticks * frameSamples)}
	for range keyEndRepeats {
		packets = append(packets, end)
	}
	return packets, nil
}

// keyReader turns received event packets into key presses. A press is
// reported at the first of its packets that arrives, so that any of them may
// be lost; its later packets share the timestamp and are not a new press.
type keyReader struct {
	started   bool
	source    uint32
	timestamp uint32
}

// keyLate is how far back, in samples, a packet may lie to be a late one of an
// earlier press; further back the sender has set its clock anew.
const keyLate = 2 * sampleRate

// read returns the key that p begins, or zero when p continues or repeats one.
func (r *keyReader) read(p *rtp.Packet) (rune, error) {
	event, err := parseTelephoneEvent(p.Payload)
	if err != nil {
		return 0, err
	}
	if int(event.code) >= len(dtmfKeys) {
		return 0, fmt.Errorf("telephone event %d: not a key", event.code)
	}
	behind := int32(r.timestamp - p.Timestamp) // serial arithmetic, RFC 3550 §5.1
	if r.started && p.SSRC == r.source && behind >= 0 && behind < keyLate {
		return 0, nil
	}
	r.started, r.source, r.timestamp = true, p.SSRC, p.Timestamp
	return rune(dtmfKeys[event.code]), nil
}
