package acd

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"bellhop/controller/kit/fault"
)

// SignOn seats an account at the phones of an extension. Doing it again at the
// same extension changes nothing. Errors: fault.Invalid (no such extension),
// fault.Conflict (somebody else sits there, or the account sits elsewhere).
func (d *Desk) SignOn(ctx context.Context, account, name, extension, by string) error {
	if account == "" {
		return fault.Field("account", "is empty")
	}
	if err := checkShort("name", name); err != nil {
		return err
	}
	if a, known := d.Rings(extension); !known || len(a.Rings) == 0 {
		return fault.Field("extension", "%q has no phone", extension)
	}
	now := d.lock()
	defer d.unlock()
	if s := d.seats[account]; s != nil {
		if s.Extension == extension {
			return nil
		}
		return fault.New(fault.Conflict, "%s is signed on at %s already: sign off there first", account, s.Extension)
	}
	if s := d.seatAt(extension); s != nil {
		return fault.New(fault.Conflict, "%s is signed on at %s", s.Account, extension)
	}
	p := d.profiles[account]
	p.Account, p.Name = account, cmp.Or(name, p.Name, account)
	next, _ := Next(Seat{Profile: p, Extension: extension}, Event{Kind: SignOn, At: now})
	s := &seat{Seat: next}
	d.sit(s, now)
	if d.online(s) {
		d.happen(s, Event{Kind: PhoneOnline, At: now})
	}
	for _, l := range d.Switchboard.Live() { // the agent may sit down in mid-call
		d.Changed(l, false)
	}
	d.takeChanges(now)
	d.match(now)
	d.Log.InfoContext(ctx, "acd: signed on", "account", account, "extension", extension, "by", by)
	return nil
}

// SignOff frees the seat; during a call it takes effect when that is over. The
// reason says which.
func (d *Desk) SignOff(ctx context.Context, account, by string) (string, error) {
	return d.choose(ctx, account, SignedOff, "", by)
}

// SetState makes an agent Ready, or Paused for a reason; during a call it takes
// effect when that is over. Ready pulls the next caller at once, and ends wrap-up
// and NotResponding. The reason returned is for the audit and the screen.
func (d *Desk) SetState(ctx context.Context, account string, to WorkState, reason, by string) (string, error) {
	if to != Ready && to != Paused {
		return "", fault.Field("state", "may be %q or %q", Ready, Paused)
	}
	return d.choose(ctx, account, to, reason, by)
}

// Force does the same at somebody else's wish, SignedOff included; who forced it
// stands in the seat and its spans.
func (d *Desk) Force(ctx context.Context, account string, to WorkState, by, reason string) (string, error) {
	if to != Ready && to != Paused && to != SignedOff {
		return "", fault.Field("state", "may be %q, %q or %q", Ready, Paused, SignedOff)
	}
	if by == "" {
		return "", fault.Field("by", "is empty: who forces a state is written down")
	}
	return d.choose(ctx, account, to, reason, by)
}

func (d *Desk) choose(ctx context.Context, account string, to WorkState, reason, by string) (string, error) {
	if err := checkShort("reason", reason); err != nil {
		return "", err
	}
	now := d.lock()
	defer d.unlock()
	s := d.seats[account]
	if s == nil {
		return "", fault.New(fault.NotFound, "%s is not signed on", account)
	}
	if by == account {
		by = ""
	}
	before := s.State
	e := Event{Kind: map[WorkState]EventKind{Ready: MarkReady, Paused: Pause, SignedOff: SignOff}[to], At: now, Reason: reason, By: by}
	if !d.happen(s, e) {
		return "", fault.New(fault.Conflict, "%s cannot become %s now", account, to)
	}
	why := fmt.Sprintf("%s after %s", s.State, before)
	if s.State != to {
		why = fmt.Sprintf("%s when %s is over", to, s.State)
	}
	if by != "" {
		why = "forced by " + by + ": " + why
	}
	if reason != "" {
		why += " (" + reason + ")"
	}
	for _, o := range d.match(now) {
		if o.Accounts[0] == account {
			why += "; takes " + o.Call + " of " + o.Queue + ": " + o.Reason
		}
	}
	d.wakeAbandoned(now)
	d.Log.InfoContext(ctx, "acd: state", "account", account, "why", why)
	return why, nil
}

// maxText bounds what people write into reasons and notes, in characters.
const maxText = 200

func checkShort(field, text string) error {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return fault.Field(field, "must be valid UTF-8 without NUL characters")
	}
	if utf8.RuneCountInString(text) > maxText {
		return fault.Field(field, "must have at most %d characters", maxText)
	}
	return nil
}
