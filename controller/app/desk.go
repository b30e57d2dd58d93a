package app

import (
	"cmp"
	"context"
	"errors"
	"math"
	"strconv"
	"strings"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/phone"
	"bellhop/controller/routing"
)

// openDesk plugs the switchboard in between the guide and the exchange.
func (a *App) openDesk(ctx context.Context) (err error) {
	g := a.guide
	a.Desk, err = acd.Open(ctx, acd.Settings{
		Store: a.store, Switchboard: a.Exchange, Clock: clock.System, Log: a.log, NewID: newID,
		Rings: g.seatPhones, Guest: g.guestFacts, Screened: g.malicious, Forward: g.forward, Say: saying,
		Record: a.store.Record, Zone: a.House.Directory().Location(),
	})
	g.desk = a.Desk
	if err == nil {
		a.life.onClose("desk rows", func() error { return a.Desk.Flush(context.WithoutCancel(ctx)) }) // after the last call
	}
	return err
}

// atDesk answers a call for the queue of a number; false when no queue has the
// number or nobody has signed on: then the desk's phones ring as any group.
func (g *guide) atDesk(ctx context.Context, s *calls.Session, number phone.Number) (bool, error) {
	q, ok := g.queueOf(ctx, number)
	if !ok {
		return false, nil
	}
	err := g.desk.Answer(ctx, s, q.Name)
	return !errors.Is(err, acd.ErrNobody), err
}

// queueOf finds the queue of a number. The operator's is made when the first
// operator has signed on.
func (g *guide) queueOf(ctx context.Context, number phone.Number) (acd.Queue, bool) {
	q, ok := g.desk.QueueOf(number)
	operator := g.house.Directory().Property().Operator
	if ok || number.IsZero() || number != operator || len(g.desk.Board().Seats) == 0 {
		return q, ok
	}
	q = acd.DefaultQueue(operator)
	if err := g.desk.PutQueue(ctx, q, "system"); err != nil {
		g.log.Warn("app: the operator's queue was not made", "err", err)
		return q, false
	}
	return q, true
}

// seatPhones are the phones of a seat, ringing together; browsers are kept when
// their page is loaded again.
func (g *guide) seatPhones(extension string) (calls.Attempt, bool) {
	house := g.house.Directory()
	n, err := phone.Parse(extension)
	e, ok := house.Extension(n)
	if err != nil || !ok {
		return calls.Attempt{}, false
	}
	a := calls.Attempt{Time: cmp.Or(house.Property().RingTime, defaultRingTime)}
	for _, v := range house.DevicesOf(n) {
		a.Rings = append(a.Rings, calls.Ring{
			Endpoint: v.Endpoint, Party: partyOf(house, e), Keep: v.Kind == hotel.DeviceBrowser,
		})
	}
	return a, true
}

// guestFacts is what the desk wants to know of a caller.
func (g *guide) guestFacts(p calls.Party) (f acd.GuestFacts) {
	d := g.house.Directory()
	if n, err := phone.Parse(p.Extension); err == nil {
		if e, ok := d.Extension(n); ok {
			f.Language = d.LanguageOf(e)
		}
	}
	if stay, ok := d.StayIn(p.Room); ok && p.Room != "" {
		for _, guest := range stay.Guests {
			f.VIP = max(f.VIP, guest.VIP)
		}
	}
	return f
}

// malicious reports whether an outside caller's number is listed as such.
func (g *guide) malicious(number string) bool {
	for _, k := range g.routing.Table().Trunks() {
		d := g.decide(routing.Call{Trunk: k.Name, Shown: number, Dialled: g.house.Directory().Property().MainNumber})
		return d.Flagged
	}
	return false
}

// forward sends a caller of a queue elsewhere, with the rights of the operator.
func (g *guide) forward(ctx context.Context, s *calls.Session, number string) error {
	operator := calls.Party{Extension: g.house.Directory().Property().Operator.String()}
	d, err := g.Resolve(s, calls.Diversion{By: operator, Number: number})
	if err != nil {
		return err
	}
	return s.Connect(ctx, d)
}

// saying finds the prompts for what a waiting caller is told. Until the Chinese
// prompts come (voice services) only English is spoken.
func saying(w acd.Saying) calls.Media {
	if !strings.HasPrefix(w.Language, "en") {
		return calls.Media{}
	}
	m := calls.Media{Language: "en"}
	switch w.What {
	case acd.SayPlace:
		if w.Position == 1 {
			m.Prompts = append(m.Prompts, "queue-youarenext")
		}
		if w.Wait > 0 {
			m.Prompts = append(m.Prompts, "queue-holdtime", "queue-less-than", "number:"+minutes(w), "queue-minutes")
		}
	case acd.SayHold:
		m.Prompts = []string{"queue-thankyou"}
	case acd.SaySorry:
		m.Prompts = []string{"all-circuits-busy-now", "please-try-call-later"}
	}
	return m
}

func minutes(w acd.Saying) string { return strconv.Itoa(int(math.Ceil(w.Wait.Minutes()))) }
