package app

import (
	"cmp"
	"context"
	"log/slog"
	"strings"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/phone"
	"bellhop/controller/routing"
)

// guide answers calls: it asks routing.Decide where a call goes and does it.
type guide struct {
	house    *hotel.Service
	routing  *routing.Service
	clock    clock.Clock
	log      *slog.Logger
	alerts   *alerts
	exchange *calls.Exchange
	desk     *acd.Desk
	plan     plan
}

// plan says what answers the feature numbers.
type plan map[string]func(ctx context.Context, s *calls.Session, rest string) error

// features is the house's plan of feature numbers.
func (g *guide) features() plan {
	return plan{
		"*8":  g.pickup,
		"*43": g.testTone,
	}
}

// Caller says who is behind an offered leg.
func (g *guide) Caller(o calls.Offer) (calls.Party, calls.Direction) {
	d := g.house.Directory()
	if e, _, ok := d.Caller(o.Endpoint); ok {
		return partyOf(d, e), calls.Internal
	}
	if _, ok := g.routing.Table().TrunkOf(o.Endpoint); ok {
		return calls.Party{Number: o.CallerID.Number, Name: o.CallerID.Name}, calls.Inbound
	}
	return calls.Party{Number: o.CallerID.Number}, calls.Internal
}

// partyOf describes an extension as it is now.
func partyOf(d *hotel.Directory, e hotel.Extension) calls.Party {
	p := calls.Party{Number: e.Number.String(), Extension: e.Number.String(), Name: e.Name, Room: e.Room}
	if stay, ok := d.StayIn(e.Room); ok && e.Room != "" {
		p.Stay = stay.ID
		if len(stay.Guests) > 0 {
			p.Name = stay.Guests[0].Name
		}
	}
	return p
}

// Answer runs a call from its first digit to its end.
func (g *guide) Answer(ctx context.Context, s *calls.Session) error {
	call := g.callOf(s)
	if call.Trunk != "" {
		s.Mark(func(r *calls.Record) { r.Trunk = call.Trunk })
	}
	d := g.decide(call)
	if grown, ok := g.overlap(ctx, s, call, d); ok {
		d = grown
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	s.Note(d.Texts()...)
	g.mark(s, d)
	if d.Alert {
		g.alerts.raise(s.Record())
	}
	switch d.Kind {
	case routing.KindReject:
		return g.refuse(s, d)
	case routing.KindFeature:
		return g.plan[d.Number.String()](ctx, s, d.Rest)
	}
	if taken, err := g.atDesk(ctx, s, d.Number); taken {
		return err
	}
	return s.Connect(ctx, g.destination(s.From, d))
}

// callOf describes the session to routing.
func (g *guide) callOf(s *calls.Session) routing.Call {
	call := routing.Call{Dialled: s.Offer.Dialled, Shown: s.Offer.CallerID.Number, ShownName: s.Offer.CallerID.Name}
	if t, ok := g.routing.Table().TrunkOf(s.Offer.Endpoint); ok {
		call.Trunk = t.Name
	}
	if s.From.Extension != "" {
		call.From, _ = phone.Parse(s.From.Extension)
	}
	call.Live = g.load(s.ID, s.From.Extension)
	return call
}

func (g *guide) load(without calls.CallID, extension string) routing.Live {
	trunks, callers := g.exchange.Load(without)
	return routing.Live{Trunks: trunks, Caller: callers[extension]}
}

func (g *guide) decide(c routing.Call) routing.Decision {
	return routing.Decide(c, g.house.Directory(), g.routing.Table(), g.clock())
}

// Overlap dialling: digits after the INVITE, from phones and gateways that dial
// digit by digit. Each may take this long in all.
const overlapLimit = 30 * time.Second

// overlap collects more digits for a number that goes nowhere yet but may grow.
// Phones that dial en bloc never come here: their numbers are complete.
func (g *guide) overlap(ctx context.Context, s *calls.Session, call routing.Call, d routing.Decision) (routing.Decision, bool) {
	incomplete := d.Kind == routing.KindReject && (d.Cause == calls.CauseInvalid || d.Cause == calls.CauseUnallocated)
	if !incomplete || call.From.IsZero() {
		return d, false
	}
	call.More = true
	d = g.decide(call)
	if d.Kind != routing.KindWait || s.Progress(ctx) != nil {
		return d, false
	}
	ctx, cancel := context.WithTimeout(ctx, overlapLimit)
	defer cancel()
	for d.Kind == routing.KindWait {
		key, err := s.Gather(ctx, d.Wait)
		if err != nil {
			return d, false
		}
		call.Dialled += strings.TrimSuffix(key, "#")
		call.More = key != "" && !strings.HasSuffix(key, "#") && len(call.Dialled) < phone.MaxDigits
		d = g.decide(call)
	}
	s.Mark(func(r *calls.Record) { r.Dialled = call.Dialled })
	return d, true
}

// mark writes what the decision knows into the record.
func (g *guide) mark(s *calls.Session, d routing.Decision) {
	monitored := g.monitored(s.From.Extension)
	for _, t := range d.Targets {
		monitored = monitored || g.monitored(t.String())
	}
	s.Mark(func(r *calls.Record) {
		if len(d.Attempts) > 0 {
			r.Direction = calls.Outbound
		}
		r.Emergency = d.Kind == routing.KindEmergency
		r.Monitored = r.Direction == calls.Internal && monitored
		if r.Direction == calls.Inbound && d.CallerID.Number != "" {
			r.From.Number, r.From.Name = d.CallerID.Number, d.CallerID.Name
		}
	})
}

func (g *guide) monitored(extension string) bool {
	n, err := phone.Parse(extension)
	if err != nil {
		return false
	}
	e, ok := g.house.Directory().Extension(n)
	return ok && e.Monitored
}

// Resolve says where a party's transfer or forward goes, with that party's rights.
func (g *guide) Resolve(s *calls.Session, v calls.Diversion) (calls.Destination, error) {
	call := routing.Call{
		Dialled: v.Number, Forwarded: v.Forward, Trunk: s.Record().Trunk, Live: g.load(s.ID, v.By.Extension),
	}
	call.From, _ = phone.Parse(v.By.Extension)
	d := g.decide(call)
	s.Note(d.Texts()...)
	switch d.Kind {
	case routing.KindReject:
		return calls.Destination{}, g.refuse(s, d)
	case routing.KindFeature, routing.KindWait:
		return calls.Destination{}, &calls.Reject{Cause: calls.CauseInvalid, Reason: "not to a feature"}
	}
	if v.Forward { // the phone that is rung sees who calls, not who forwards
		return g.destination(s.Record().From, d), nil
	}
	return g.destination(v.By, d), nil
}

// Emergency is told of an emergency call that the switch dialled itself.
func (g *guide) Emergency(r calls.Record) { g.alerts.raise(r) }

// refuse explains a rejection: in words where the prompts of the language are
// there, else by a tone; a busy phone gives its own.
func (g *guide) refuse(s *calls.Session, d routing.Decision) error {
	r := &calls.Reject{Cause: d.Cause, Reason: "refused: " + d.Cause.String()}
	if s.From.Extension == "" || d.Cause == calls.CauseBusy {
		return r
	}
	r.Media = explanation(d.Prompt, g.language(s))
	return r
}

func (g *guide) language(s *calls.Session) string {
	n, _ := phone.Parse(s.From.Extension)
	d := g.house.Directory()
	e, ok := d.Extension(n)
	if !ok {
		return ""
	}
	return d.LanguageOf(e)
}

// explanation picks what a refused caller hears. Until the Chinese prompts come
// (voice services), a Chinese guest hears the information tone.
func explanation(prompt, language string) calls.Media {
	if !strings.HasPrefix(language, "en") {
		return calls.Media{Tone: "info"}
	}
	switch prompt {
	case routing.PromptWrongNumber, routing.PromptIncomplete, routing.PromptNeedAccess:
		return calls.Media{Prompts: []string{"cannot-complete-as-dialed", "check-number-dial-again"}, Language: "en"}
	case routing.PromptLinesBusy:
		return calls.Media{Prompts: []string{"all-circuits-busy-now", "please-try-call-later"}, Language: "en"}
	case routing.PromptBarred, routing.PromptDial110:
		return calls.Media{Prompts: []string{"cannot-complete-as-dialed"}, Language: "en"}
	}
	return calls.Media{Tone: "info"}
}

// destination turns a decision into phones and lines to ring.
func (g *guide) destination(by calls.Party, d routing.Decision) calls.Destination {
	if len(d.Attempts) > 0 {
		return g.lines(d)
	}
	to := calls.Destination{To: calls.Party{Number: d.Number.String()}}
	to.Attempts = append(to.Attempts, g.phones(by, d, d.Targets, calls.WhenAny))
	if len(d.Busy) > 0 {
		to.Attempts = append(to.Attempts, g.phones(by, d, d.Busy, calls.WhenBusy))
	}
	if len(d.NoAnswer) > 0 {
		to.Attempts = append(to.Attempts, g.phones(by, d, d.NoAnswer, calls.WhenNoAnswer))
	}
	return to
}

// phones rings all devices of the extensions together.
func (g *guide) phones(by calls.Party, d routing.Decision, targets []phone.Number, when calls.When) calls.Attempt {
	house := g.house.Directory()
	a := calls.Attempt{When: when, Time: cmp.Or(house.Property().RingTime, defaultRingTime)}
	for _, n := range targets {
		e, _ := house.Extension(n)
		id := d.CallerID
		if id == (calls.CallerID{}) {
			id = callerID(house, by, e)
		}
		for _, device := range house.DevicesOf(n) {
			a.Rings = append(a.Rings, calls.Ring{Endpoint: device.Endpoint, CallerID: id, Party: partyOf(house, e)})
		}
	}
	return a
}

const defaultRingTime = 45 * time.Second

// callerID is what a phone of ours shows of a caller of ours.
func callerID(house *hotel.Directory, by calls.Party, to hotel.Extension) calls.CallerID {
	n, _ := phone.Parse(by.Extension)
	from, ok := house.Extension(n)
	if !ok {
		return strangerID(house, by)
	}
	name, _ := house.CallerName(from, to)
	return calls.CallerID{Number: by.Number, Name: name}
}

// strangerID is what a phone of ours shows of an outside caller for whom routing
// chose nothing: never what is no number, and never a number of ours.
func strangerID(house *hotel.Directory, by calls.Party) calls.CallerID {
	n, err := phone.Parse(by.Number)
	_, extension := house.Extension(n)
	_, group := house.GroupByNumber(n)
	if err != nil || extension || group {
		return calls.CallerID{Name: hiddenCaller} // with none at all the switch would show the stranger's
	}
	return calls.CallerID{Number: n.String(), Name: by.Name}
}

// hiddenCaller is the name of an outside caller who shows no number, or a false one.
const hiddenCaller = "外线 Outside"

// lineTime is how long a call to the outside may ring: carriers end it sooner.
const lineTime = 120 * time.Second

func (g *guide) lines(d routing.Decision) calls.Destination {
	to := calls.Destination{To: calls.Party{Number: d.Number.String()}}
	for _, a := range d.Attempts {
		if a.Preempt {
			g.freeLine(a.Trunk)
		}
		to.Attempts = append(to.Attempts, calls.Attempt{
			When: calls.WhenLineFails, Time: lineTime, Trunk: a.Trunk,
			Rings: []calls.Ring{{
				Endpoint: a.Endpoint, Number: a.Digits.String(), CallerID: a.CallerID,
				Party: calls.Party{Number: d.Number.String()},
			}},
		})
	}
	return to
}

// freeLine ends one call on a trunk that is not an emergency call.
func (g *guide) freeLine(trunk string) {
	for _, c := range g.exchange.Live() {
		if c.Trunk == trunk && !c.Emergency {
			ctx, cancel := context.WithTimeout(context.Background(), alertTime)
			defer cancel()
			if err := g.exchange.Hangup(ctx, c.ID); err == nil {
				g.log.Warn("app: a call was ended to free a line for an emergency call", "trunk", trunk, "call", c.ID)
				return
			}
		}
	}
}
