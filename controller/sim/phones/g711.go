package phones

import "math/bits"

// Codec is one of the two G.711 companding laws, named by its static RTP
// payload type (RFC 3551 §6).
type Codec uint8

const (
	// ULaw is PCMU, payload type 0.
	ULaw Codec = 0
	// ALaw is PCMA, payload type 8.
	ALaw Codec = 8
)

// sampleRate is the G.711 clock in Hz.
const sampleRate = 8000

// String returns the SDP encoding name.
func (c Codec) String() string {
	if c == ULaw {
		return "PCMU"
	}
	return "PCMA"
}

// Encode compresses one 16-bit linear sample (ITU-T G.711).
func (c Codec) Encode(sample int16) byte {
	if c == ULaw {
		return encodeULaw(sample)
	}
	return encodeALaw(sample)
}

// Decode expands one byte to a 16-bit linear sample (ITU-T G.711).
func (c Codec) Decode(b byte) int16 {
	if c == ULaw {
		return decodeULaw(b)
	}
	return decodeALaw(b)
}

// µ-law adds a bias so that each segment starts at a power of two; the
// clip keeps sample plus bias within 15 bits.
const (
	uBias = 0x84
	uClip = 32635
)

func encodeULaw(sample int16) byte {
	magnitude, sign := int(sample), byte(0)
	if magnitude < 0 {
		magnitude, sign = -magnitude, 0x80
	}
	magnitude = min(magnitude, uClip) + uBias
	segment := bits.Len(uint(magnitude)) - 8
	step := magnitude >> (segment + 3) & 0x0F
	return ^(sign | byte(segment<<4) | byte(step))
}

func decodeULaw(b byte) int16 {
	b = ^b
	magnitude := (int(b&0x0F)<<3+uBias)<<(b>>4&7) - uBias
	if b&0x80 != 0 {
		return int16(-magnitude)
	}
	return int16(magnitude)
}

func encodeALaw(sample int16) byte {
	magnitude, mask := int(sample), byte(0xD5)
	if magnitude < 0 {
		magnitude, mask = ^magnitude, 0x55
	}
	if magnitude < 256 {
		return byte(magnitude>>4) ^ mask
	}
	segment := bits.Len(uint(magnitude)) - 8
	step := magnitude >> (segment + 3) & 0x0F
	return (byte(segment<<4) | byte(step)) ^ mask
}

func decodeALaw(b byte) int16 {
	b ^= 0x55
	magnitude := int(b&0x0F)<<4 + 8
	if segment := b >> 4 & 7; segment > 0 {
		magnitude = (magnitude + 0x100) << (segment - 1)
	}
	if b&0x80 != 0 {
		return int16(magnitude)
	}
	return int16(-magnitude)
}
