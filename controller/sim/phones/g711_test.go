package phones

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestG711KnownValues(t *testing.T) {
	for _, tc := range []struct {
		codec  Codec
		sample int16
		want   byte
	}{
		// The corners of ITU-T G.711 tables 1 and 2.
		{ULaw, 0, 0xFF}, {ULaw, 32767, 0x80}, {ULaw, -32768, 0x00}, {ULaw, 132, 0xEF}, {ULaw, -132, 0x6F},
		{ALaw, 0, 0xD5}, {ALaw, -1, 0x55}, {ALaw, 32767, 0xAA}, {ALaw, -32768, 0x2A}, {ALaw, 1008, 0xFA},
	} {
		if got := tc.codec.Encode(tc.sample); got != tc.want {
			t.Errorf("%s Encode(%d) = %#02x, want %#02x", tc.codec, tc.sample, got, tc.want)
		}
	}
}

func TestG711EveryByteSurvives(t *testing.T) {
	for _, codec := range []Codec{ULaw, ALaw} {
		for i := range 256 {
			b := byte(i)
			if codec == ULaw && b == 0x7F {
				continue // the second zero
			}
			if got := codec.Encode(codec.Decode(b)); got != b {
				t.Errorf("%s: %#02x comes back as %#02x", codec, b, got)
			}
		}
	}
}

func TestG711StaysClose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codec := rapid.SampledFrom([]Codec{ULaw, ALaw}).Draw(t, "codec")
		sample := rapid.Int16Range(-32000, 32000).Draw(t, "sample")
		got := codec.Decode(codec.Encode(sample))
		// A segment has 16 steps, so the error is at most 1/32 of the value,
		// plus the smallest step.
		if allowed := math.Abs(float64(sample))/32 + 16; math.Abs(float64(got)-float64(sample)) > allowed {
			t.Fatalf("%s: %d became %d", codec, sample, got)
		}
	})
}
