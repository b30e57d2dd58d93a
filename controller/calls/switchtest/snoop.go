package switchtest

import (
	"context"
	"slices"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// Snoop opens a leg that listens to another and ends with it.
func (f *Fake) Snoop(_ context.Context, id, on calls.LegID, whisper calls.Whisper) error {
	return f.do("snoop", on, func(*fakeLeg) error {
		if f.legs[id] != nil {
			return fault.New(fault.Conflict, "leg %s exists", id)
		}
		f.legs[id] = &fakeLeg{placed: true, snoops: on, whisper: whisper, LegState: calls.LegState{
			Leg: id, Ours: true, Up: true, Snoop: true, Created: f.Clock(), Offer: calls.Offer{Endpoint: string(on)},
		}}
		f.emit(calls.Event{Kind: calls.Started, Leg: id})
		return nil
	})
}

// unsnoop ends what listens to a leg that is gone; f.mu is held.
func (f *Fake) unsnoop(on calls.LegID) {
	for _, l := range f.legs {
		if l.snoops == on {
			f.end(l, calls.CauseNormal)
		}
	}
}

// Hears reports whether ear hears what mouth says: in one bridge, by a leg that
// snoops on mouth's talk, or by one that whispers to ear.
func (f *Fake) Hears(ear, mouth calls.LegID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, in := range f.bridges {
		for _, other := range in {
			s := f.legs[other]
			switch {
			case slices.Contains(in, ear) && (other == mouth || s.snoops != "" && f.talks(s.snoops, mouth)),
				slices.Contains(in, mouth) && s.snoops == ear && s.whisper == calls.WhisperLeg:
				return f.legs[ear].Up && f.legs[mouth].Up
			}
		}
	}
	return false
}

// talks reports whether mouth is heard by who snoops on a leg: it is the leg, or
// in its bridge. f.mu is held.
func (f *Fake) talks(leg, mouth calls.LegID) bool {
	if leg == mouth {
		return true
	}
	for _, in := range f.bridges {
		if slices.Contains(in, leg) && slices.Contains(in, mouth) {
			return true
		}
	}
	return false
}

// HasMusic reports whether a leg hears music on hold.
func (f *Fake) HasMusic(id calls.LegID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	l := f.legs[id]
	return l != nil && l.music
}
