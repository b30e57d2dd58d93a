package switchtest

import (
	"fmt"
	"maps"
	"slices"

	"bellhop/controller/calls"
)

// Script sets how the phone or line behind an endpoint behaves when called.
func (f *Fake) Script(endpoint string, b Behaviour) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.phones[endpoint] = b
}

// Fail makes every later command of that name fail, or every playback that begins
// with a prompt ("prompt ss-noservice"); nil lets it work again.
func (f *Fake) Fail(command string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail[command] = err
}

// Call lets a phone dial; the leg is offered to the controller.
func (f *Fake) Call(endpoint, dialled string) calls.LegID {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seq++
	id := calls.LegID(fmt.Sprintf("in-%d", f.seq))
	l := &fakeLeg{claimable: true, LegState: calls.LegState{
		Leg: id, Created: f.Clock(),
		Offer: calls.Offer{Endpoint: endpoint, CallerID: calls.CallerID{Number: endpoint}, Dialled: dialled},
	}}
	f.legs[id] = l
	f.emit(calls.Event{Kind: calls.Offered, Leg: id, Offer: &l.Offer})
	return id
}

// Emergency lets a phone dial an emergency number: the switch itself dials it.
func (f *Fake) Emergency(endpoint, dialled string) calls.LegID {
	id := f.Call(endpoint, dialled)
	f.mu.Lock()
	defer f.mu.Unlock()
	l := f.legs[id]
	l.claimable, l.Emergency = false, true
	f.emit(calls.Event{Kind: calls.Emergency, Leg: id, Offer: &l.Offer})
	return id
}

// Unclaimed lets the dialplan take a call that nobody claimed in time.
func (f *Fake) Unclaimed(id calls.LegID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.legs[id].claimable = false
}

// PickUp answers a leg that rings at a phone.
func (f *Fake) PickUp(id calls.LegID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if l := f.legs[id]; l != nil && !l.Up {
		l.halt()
		l.Up, l.answered = true, f.Clock()
		f.emit(calls.Event{Kind: calls.Answered, Leg: id})
	}
}

// HangUp lets the phone behind a leg hang up.
func (f *Fake) HangUp(id calls.LegID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if l := f.legs[id]; l != nil {
		f.end(l, calls.CauseNormal)
	}
}

// Press lets the phone behind a leg send a key.
func (f *Fake) Press(id calls.LegID, key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.emit(calls.Event{Kind: calls.Digit, Leg: id, Digit: key})
}

// Refer lets the phone behind a leg ask for a transfer, to a number or to the
// party of its second call.
func (f *Fake) Refer(id calls.LegID, number string, second calls.LegID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.emit(calls.Event{Kind: calls.Transfer, Leg: id, To: number, Other: second})
}

// Find returns the legs that are connected to an endpoint, oldest first.
func (f *Fake) Find(endpoint string) []calls.LegID {
	f.mu.Lock()
	defer f.mu.Unlock()
	var found []calls.LegID
	for _, id := range slices.Sorted(maps.Keys(f.legs)) {
		if f.legs[id].Offer.Endpoint == endpoint {
			found = append(found, id)
		}
	}
	return found
}

// Hear reports whether two answered legs are in one bridge.
func (f *Fake) Hear(a, b calls.LegID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, in := range f.bridges {
		if slices.Contains(in, a) && slices.Contains(in, b) {
			return f.legs[a].Up && f.legs[b].Up
		}
	}
	return false
}

// Heard returns what was played to a leg so far.
func (f *Fake) Heard(id calls.LegID) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if l := f.legs[id]; l != nil {
		return slices.Clone(l.heard)
	}
	return nil
}

// Headers returns the SIP headers that a placed leg carries.
func (f *Fake) Headers(id calls.LegID) map[string]string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if l := f.legs[id]; l != nil {
		return maps.Clone(l.headers)
	}
	return nil
}

// Told returns what a transferring phone was told.
func (f *Fake) Told(id calls.LegID) []calls.TransferState {
	f.mu.Lock()
	defer f.mu.Unlock()
	if l := f.legs[id]; l != nil {
		return slices.Clone(l.transfers)
	}
	return nil
}

// Signalled reports whether a caller was sent ring-back and early media.
func (f *Fake) Signalled(id calls.LegID) (ring, progress bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if l := f.legs[id]; l != nil {
		return l.ring, l.progress
	}
	return false, false
}

// Left returns how many legs and non-empty bridges exist.
func (f *Fake) Left() (legs, bridges int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, in := range f.bridges {
		if len(in) > 0 {
			bridges++
		}
	}
	return len(f.legs), bridges
}

// Commands returns how often each command was given.
func (f *Fake) Commands() map[string]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.commands)
}
