package phones

import (
	"slices"
	"testing"

	"github.com/pion/rtp"
)

func TestKeyPress(t *testing.T) {
	for i, key := range dtmfKeys {
		packets, err := keyPress(key, 5)
		if err != nil {
			t.Fatal(err)
		}
		var durations []uint16
		ends := 0
		for _, p := range packets {
			durations = append(durations, p.duration)
			if p.end {
				ends++
			}
			if back, err := parseTelephoneEvent(p.marshal()); err != nil || back != p {
				t.Errorf("%c: %+v came back as %+v, %v", key, p, back, err)
			}
			if int(p.code) != i {
				t.Errorf("%c: code %d, want %d", key, p.code, i)
			}
		}
		if want := []uint16{160, 320, 480, 640, 800, 800, 800}; !slices.Equal(durations, want) {
			t.Errorf("%c: durations %v, want %v", key, durations, want)
		}
		if ends != keyEndRepeats || !packets[len(packets)-1].end || packets[3].end {
			t.Errorf("%c: end bit in %d packets, want the last %d", key, ends, keyEndRepeats)
		}
	}
	if _, err := keyPress('x', 5); err == nil {
		t.Error("key x accepted")
	}
}

// stream encodes key presses as the packets of one RTP source.
func stream(t *testing.T, source, timestamp uint32, keys string) []*rtp.Packet {
	t.Helper()
	var packets []*rtp.Packet
	for _, key := range keys {
		events, err := keyPress(key, 5)
		if err != nil {
			t.Fatal(err)
		}
		for i, event := range events {
			packets = append(packets, &rtp.Packet{
				Header:  rtp.Header{SSRC: source, Timestamp: timestamp, Marker: i == 0},
				Payload: event.marshal(),
			})
		}
		timestamp += 12 * frameSamples
	}
	return packets
}

func TestKeyReader(t *testing.T) {
	seven := stream(t, 1, 1000, "1") // 7 packets per key
	pair := stream(t, 1, 1000, "11")
	swapped := slices.Clone(pair)
	swapped[6], swapped[7] = swapped[7], swapped[6]
	for _, tc := range []struct {
		name    string
		packets []*rtp.Packet
		want    string
	}{
		{"one key", seven, "1"},
		{"the same key twice", pair, "11"},
		{"all keys", stream(t, 1, 0, dtmfKeys), dtmfKeys},
		{"first packet lost", seven[1:], "1"},
		{"all but one end packet lost", seven[6:], "1"},
		{"all end packets lost", slices.Concat(pair[:4], pair[7:]), "11"},
		{"everything doubled", slices.Concat(seven, seven), "1"},
		{"late end of the first key", swapped, "11"},
		{"timestamp wraps", stream(t, 1, 0xFFFFFF00, "12"), "12"},
		{"new source with an older clock", slices.Concat(stream(t, 1, 90000, "1"), stream(t, 2, 80000, "2")), "12"},
		{"same source with its clock set anew", slices.Concat(stream(t, 1, 900000, "1"), stream(t, 1, 10, "2")), "12"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var reader keyReader
			var got string
			for _, p := range tc.packets {
				key, err := reader.read(p)
				if err != nil {
					t.Fatal(err)
				}
				if key != 0 {
					got += string(key)
				}
			}
			if got != tc.want {
				t.Errorf("read %q, want %q", got, tc.want)
			}
		})
	}
}

func TestKeyReaderRefusesNonsense(t *testing.T) {
	for _, payload := range [][]byte{nil, {1, 2, 3}, {16, 0, 0, 160}, {255, 255, 255, 255}} {
		var reader keyReader
		if key, err := reader.read(&rtp.Packet{Payload: payload}); err == nil || key != 0 {
			t.Errorf("%v: key %q, error %v; want an error", payload, key, err)
		}
	}
}
