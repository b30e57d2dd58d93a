package phones

import "math"

// toneLevel is the amplitude of a sent tone: a quarter of full scale, so that
// three parties can be mixed without clipping.
const toneLevel = 8192

// toneLoop returns one second of a sine at hz, encoded; a whole number of
// periods fits, so it can be played round and round. Zero hz is silence.
func toneLoop(codec Codec, hz int) []byte {
	loop := make([]byte, sampleRate)
	for i := range loop {
		sample := toneLevel * math.Sin(2*math.Pi*float64(hz)*float64(i)/sampleRate)
		loop[i] = codec.Encode(int16(math.Round(sample)))
	}
	return loop
}

// goertzel measures one frequency in blocks of samples.
type goertzel struct{ coefficient float64 }

func newGoertzel(hz int) goertzel {
	return goertzel{2 * math.Cos(2*math.Pi*float64(hz)/sampleRate)}
}

// share returns how much of the block's energy lies at the frequency: near 1
// for that pure tone, near 0 for anything at least two blocks' width (50 Hz
// with 320 samples) away from it, and for silence.
func (g goertzel) share(block []int16) float64 {
	var s1, s2, energy float64
	for _, sample := range block {
		x := float64(sample)
		s1, s2 = x+g.coefficient*s1-s2, s1
		energy += x * x
	}
	if energy == 0 {
		return 0
	}
	power := s1*s1 + s2*s2 - g.coefficient*s1*s2
	return 2 * power / (energy * float64(len(block)))
}
