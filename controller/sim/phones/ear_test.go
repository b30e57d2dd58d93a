package phones

import (
	"math"
	"math/rand/v2"
	"testing"
)

// mix returns n encoded samples of tones at once.
func mix(codec Codec, n int, tones ...int) []byte {
	out := make([]byte, n)
	for i := range out {
		var sum float64
		for _, hz := range tones {
			sum += toneLevel / 2 * math.Sin(2*math.Pi*float64(hz)*float64(i)/sampleRate)
		}
		out[i] = codec.Encode(int16(sum))
	}
	return out
}

func TestEarTellsTonesApart(t *testing.T) {
	noise := make([]byte, sampleRate)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = ULaw.Encode(int16(random.IntN(16000) - 8000))
	}
	for _, tc := range []struct {
		name  string
		codec Codec
		audio []byte
		hz    int
		want  bool
	}{
		{"the tone itself", ALaw, mix(ALaw, 2000, 1000), 1000, true},
		{"µ-law too", ULaw, mix(ULaw, 2000, 425), 425, true},
		{"slightly off", ALaw, mix(ALaw, 2000, 1005), 1000, true},
		{"50 Hz off", ALaw, mix(ALaw, 2000, 1050), 1000, false},
		{"an octave off", ALaw, mix(ALaw, 2000, 500), 1000, false},
		{"among four others", ALaw, mix(ALaw, 2000, 300, 500, 700, 900, 1100), 700, true},
		{"not among four", ALaw, mix(ALaw, 2000, 300, 500, 700, 900), 1200, false},
		{"too short", ALaw, mix(ALaw, 1500, 1000), 1000, false},
		{"silence", ALaw, mix(ALaw, 8000), 1000, false},
		{"noise", ULaw, noise, 1000, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var e ear
			heard, stop := e.listen(tc.hz)
			defer stop()
			for start := 0; start < len(tc.audio); start += frameSamples {
				e.feed(tc.codec, tc.audio[start:min(start+frameSamples, len(tc.audio))])
			}
			if got := closed(heard); got != tc.want {
				t.Errorf("heard %d Hz = %t, want %t", tc.hz, got, tc.want)
			}
		})
	}
}

func TestEarNeedsOneUnbrokenRun(t *testing.T) {
	var e ear
	heard, stop := e.listen(1000)
	defer stop()
	for range 4 { // 4 x 160 ms of tone, silence between
		e.feed(ALaw, mix(ALaw, 4*earBlock, 1000))
		e.feed(ALaw, mix(ALaw, earBlock))
	}
	if closed(heard) {
		t.Error("pieces of 160 ms passed for 200 ms")
	}
}

func TestLevel(t *testing.T) {
	for _, tc := range []struct {
		name     string
		audio    []byte
		min, max float64
	}{
		{"a sent tone", toneLoop(ALaw, 1000), -16, -14},
		{"silence", toneLoop(ALaw, 0), SilenceLevel, earFloor - 10},
	} {
		var e ear
		e.feed(ALaw, tc.audio)
		if got := decibels(e.total()); got < tc.min || got > tc.max {
			t.Errorf("%s: %.1f dBFS, want %.0f to %.0f", tc.name, got, tc.min, tc.max)
		}
	}
}

func TestToneLoopHasNoSeam(t *testing.T) {
	loop := toneLoop(ULaw, 440)
	var e ear
	heard, stop := e.listen(440)
	defer stop()
	e.feed(ULaw, loop[len(loop)-800:])
	e.feed(ULaw, loop[:800])
	if !closed(heard) {
		t.Error("440 Hz not heard across the seam")
	}
}
