package acd_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
)

// TestAnyDay lets callers and agents do what they like, by seed, restarts in
// between: nobody is forgotten, no agent has two callers, every row is closed.
func TestAnyDay(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			inHouse(t, func(t *testing.T, h *house) {
				h.queue(func(q *acd.Queue) {
					q.WrapUp, q.MaxWaiting = 5*time.Second, 12
					q.Strategy = []acd.Strategy{acd.LongestIdle, acd.RingAll, acd.RoundRobin, acd.Sticky}[seed%4]
				})
				day := &anyDay{h: h, dice: rand.New(rand.NewPCG(seed, 1))}
				h.signOn("op1", "op2", "op3")
				for range 250 {
					day.step()
					day.check()
				}
				day.end()
			})
		})
	}
}

type anyDay struct {
	h    *house
	dice *rand.Rand
	seq  int
}

var dayOps = [...]string{"op1", "op2", "op3"}

// step does one thing; what does not fit at the moment is refused, which is fine.
func (d *anyDay) step() {
	h, ctx := d.h, d.h.t.Context()
	op := dayOps[d.dice.IntN(3)]
	board := h.desk.Board()
	switch n := d.dice.IntN(20); {
	case n < 7:
		d.seq++
		h.sw.Call(fmt.Sprint("g", 100+d.seq), "8888")
	case n < 9:
		if legs := d.guests(); len(legs) > 0 {
			h.sw.HangUp(legs[d.dice.IntN(len(legs))])
		}
	case n < 12:
		for _, leg := range h.sw.Find(op) {
			h.sw.HangUp(leg)
		}
	case n == 12:
		_, _ = h.desk.SetState(ctx, who(op), []acd.WorkState{acd.Ready, acd.Paused}[d.dice.IntN(2)], "", who(op))
	case n == 13:
		h.sw.Script(op, switchtest.Behaviour{Rings: 2 * time.Second, Silent: d.dice.IntN(4) == 0})
	case n == 14:
		for _, s := range board.Seats {
			if s.State == acd.Talking {
				_ = h.desk.Park(ctx, s.Account, s.Call, "note", "")
			}
		}
	case n == 15 && len(board.Parked) > 0:
		_, _ = h.desk.Pull(ctx, who(op), board.Parked[0].Call)
	case n == 16 && len(board.Callers) > 0:
		_, _ = h.desk.Pull(ctx, who(op), board.Callers[0].Call)
	case n == 17:
		h.plug(op, d.dice.IntN(3) > 0)
	case n == 18:
		if _, err := h.desk.SignOff(ctx, who(op), who(op)); err != nil {
			h.signOn(op)
		}
	case n == 19 && d.dice.IntN(4) == 0:
		h.kill()
		h.start()
	}
	h.rest(time.Duration(d.dice.IntN(4000)) * time.Millisecond)
}

// guests returns the callers' legs.
func (d *anyDay) guests() (legs []calls.LegID) {
	for i := range d.seq {
		legs = append(legs, d.h.sw.Find(fmt.Sprint("g", 101+i))...)
	}
	return legs
}

// check looks at what must hold at any time.
func (d *anyDay) check() {
	d.h.t.Helper()
	for _, op := range dayOps {
		talks := 0
		for _, leg := range d.h.sw.Find(op) {
			for _, guest := range d.guests() {
				if d.h.sw.Hear(leg, guest) {
					talks++
				}
			}
		}
		if talks > 1 {
			d.h.t.Fatalf("%s has %d callers\n%s", op, talks, d.tell(op))
		}
	}
}

// tell describes the calls and the seat of an operator.
func (d *anyDay) tell(op string) (text string) {
	for _, l := range d.h.x.Live() {
		for _, p := range l.Parties {
			if p.Party.Extension == op {
				text += fmt.Sprintf("%s %s since %s: %q\n", l.ID, l.Phase, p.Since.Format("04:05.000"), l.Reasons)
			}
		}
	}
	for _, s := range d.h.desk.Board().Seats {
		if s.Extension == op {
			text += fmt.Sprintf("%+v\n", s)
		}
	}
	return text + time.Now().Format("04:05.000")
}

// end lets the day end: agents come to work, and everybody is served.
func (d *anyDay) end() {
	h := d.h
	h.t.Helper()
	for _, op := range dayOps {
		h.sw.Script(op, switchtest.Behaviour{Rings: time.Second})
		h.plug(op, true)
		_ = h.desk.SignOn(h.t.Context(), who(op), "", op, who(op))
		_, err := h.desk.SetState(h.t.Context(), who(op), acd.Ready, "", who(op))
		h.ok(err)
	}
	for range 200 {
		h.rest(10 * time.Second)
		for _, guest := range d.guests() {
			for _, op := range append(dayOps[:], "classic") {
				for _, leg := range h.sw.Find(op) {
					if h.sw.Hear(guest, leg) {
						h.sw.HangUp(guest)
					}
				}
			}
		}
		if len(d.guests()) == 0 {
			break
		}
	}
	h.empty()
	h.rest(10 * time.Second)
	for _, op := range dayOps {
		h.state(who(op), acd.Ready)
	}
	answered := 0
	for _, v := range h.visits("") {
		if v.Left.IsZero() || v.How == "" || v.How == acd.Answered && v.Talk == 0 || v.Left.Before(v.Entered) {
			h.t.Errorf("visit %+v", v)
		}
		if v.How == acd.Answered {
			answered++
		}
	}
	if answered < 10 {
		h.t.Errorf("only %d visits were answered: the day was too dull", answered)
	}
	d.spans()
}

// spans fails unless each agent's spans follow each other.
func (d *anyDay) spans() {
	d.h.t.Helper()
	for _, op := range dayOps {
		spans, err := d.h.rows.Spans(d.h.t.Context(), acd.VisitFilter{Account: who(op)})
		d.h.ok(err)
		for i := 1; i < len(spans); i++ {
			if spans[i-1].End.IsZero() || spans[i-1].End.After(spans[i].Begin) {
				d.h.t.Errorf("span %+v\nthen %+v", spans[i-1], spans[i])
			}
		}
	}
}
