package calls

import (
	"cmp"
	"context"
	"errors"
	"time"

	"bellhop/controller/kit/fault"
)

// Part says how a served talk ended while the caller is still there.
type Part string

// The parts.
const (
	PartOver  Part = "over"  // nobody is left: the call is over
	PartLeft  Part = "left"  // by Leave: the caller hears music and waits for what comes next
	PartLost  Part = "lost"  // the agent's phone went away without a word (a page was reloaded)
	PartMoved Part = "moved" // transferred away from the desk and over now
)

// Served is the end of Session.Serve.
type Served struct {
	Part  Part
	Agent Party         // who answered
	Talk  time.Duration // of the agent, without Hold
	Hold  time.Duration
}

// serving is a served talk under way.
type serving struct {
	from  Phase // that the caller waited in
	agent LegID
	who   Party
	keep  bool
	since time.Time // when the agent's part began
	heard time.Time // since when somebody is held
	part  Part      // how it ends; empty while nothing but a hang-up can end it
	Served
	done bool // the agent's figures are complete
}

// Serve rings phones while the caller hears what it hears (music, ring-back), joins
// whoever answers first and lets them talk. Nobody answering is an *Unreached, with
// the caller untouched. answered is called when the talk begins. ctx bounds the
// ringing: a talk that has begun goes on to its end.
func (s *Session) Serve(ctx context.Context, ring Attempt, answered func(agent Party)) (Served, error) {
	before := s.Phase()
	r := &round{s: s, waiting: s.caller, quiet: true, Attempt: ring, out: map[LegID]Ring{}}
	won, err := r.run(ctx)
	if err != nil {
		s.enterPhase(before)
		return Served{}, err
	}
	if err := s.beginServing(s.ctx, won, before); err != nil {
		return Served{}, err
	}
	if answered != nil {
		answered(s.serving.who)
	}
	return s.endServing(s.talk(s.ctx))
}

// beginServing joins the caller with the leg that answered.
func (s *Session) beginServing(ctx context.Context, won LegID, before Phase) error {
	caller, agent := s.leg(s.caller), s.leg(won)
	if caller == nil {
		return errCallerGone
	}
	from := cmp.Or(caller.waits, s.resumed, PhaseQueued)
	if agent != nil {
		s.serving = &serving{from: from, agent: won, who: agent.party, keep: agent.keep, since: s.x.Clock()}
		s.tag(ctx, caller.ID, map[string]string{TagPhase: string(PhaseTalking), TagMusic: "", TagServe: string(from)})
		s.change(caller.ID, func(l *leg) { l.waits = "" })
		err := s.join(ctx, s.caller, won)
		if err == nil {
			return nil
		}
		if !errors.Is(err, errCallerGone) || s.parting(ctx) {
			return err
		}
		s.hangup(ctx, CauseNormal, won)
	}
	// The phone that answered went away before it was joined.
	if err := s.waitAgain(ctx, PartLost); err != nil {
		return err
	}
	s.serving = nil
	s.enterPhase(before)
	return &Unreached{CauseAbsent}
}

// waitAgain lets the caller of a served talk hear music, for part is over.
func (s *Session) waitAgain(ctx context.Context, part Part) error {
	l := s.leg(s.caller)
	if l == nil {
		return errCallerGone
	}
	from := cmp.Or(l.waits, s.resumed, PhaseQueued)
	if s.serving != nil {
		from = s.serving.from
		s.serving.part = part
	}
	s.tag(ctx, l.ID, map[string]string{TagPhase: string(from), TagMusic: "1", TagServe: ""})
	if s.bridge != "" {
		if err := s.x.Switch.Leave(ctx, s.bridge, l.ID); err != nil {
			return err
		}
	}
	s.change(l.ID, func(l *leg) { l.held, l.waits = false, from })
	if !l.up && !l.early {
		return nil
	}
	return unlessGone(s.playMusic(ctx, l.ID, true))
}

// endServing says how a served talk ended.
func (s *Session) endServing(err error) (Served, error) {
	v := s.serving
	s.serving = nil
	v.finish(s.x.Clock())
	v.Part, v.Agent, v.Talk = cmp.Or(v.part, PartOver), v.who, v.Talk-v.Hold
	caller := s.leg(s.caller)
	if caller == nil && (v.Part == PartLeft || v.Part == PartLost) {
		v.Part = PartOver
	}
	if errors.Is(err, errCallerGone) {
		s.by("caller")
		err = nil
	}
	return v.Served, err
}

// Leave ends by's part of a served call and gives the caller back to whoever served
// it (Session.Serve returns PartLeft): the way into the parked lane. A phone that
// still rings refuses the call.
func Leave(by string) Verb {
	return func(ctx context.Context, s *Session) error {
		if l := s.legOf(by); l != nil && !l.up && !s.inTalk {
			return s.dismiss(ctx, l, "")
		}
		me, _, err := s.couple(by)
		if err != nil {
			return err
		}
		if s.serving == nil || s.serving.agent != me.ID {
			return fault.New(fault.Conflict, "the call is not served by %q", by)
		}
		s.serving.finish(s.x.Clock())
		if err := s.waitAgain(ctx, PartLeft); err != nil {
			return err
		}
		s.note(by + " left the call")
		s.hangup(ctx, CauseNormal, me.ID)
		s.change(me.ID, func(l *leg) { l.out = true })
		return nil
	}
}

// agentLeft follows up the end of a leg in a served talk; true when the caller
// waits for another agent.
func (s *Session) agentLeft(ctx context.Context, e Event, left int) bool {
	v := s.serving
	if v == nil || e.Leg != v.agent {
		return false
	}
	v.finish(s.x.Clock())
	if left > 1 {
		s.moved(ctx)
		return false
	}
	s.mu.Lock()
	ending := s.ending
	s.mu.Unlock()
	if !v.keep || !s.parted || ending || e.Cause == causeSwitchLost || s.leg(s.caller) == nil {
		return false
	}
	s.note(v.who.Number + " went away without a word")
	if err := s.waitAgain(ctx, PartLost); err != nil {
		s.log.Warn("calls: the caller cannot wait again", "err", err)
	}
	return true
}

// agentDone completes the agent's figures when its part is over.
func (s *Session) agentDone(id LegID) {
	if s.serving != nil && s.serving.agent == id {
		s.serving.finish(s.x.Clock())
	}
}

// agentBack makes the leg that took a recall the agent's.
func (s *Session) agentBack(id LegID) {
	if v := s.serving; v != nil {
		v.agent, v.since, v.done = id, s.x.Clock(), false
	}
}

// agentReplaced lets a supervisor serve in the place of the agent.
func (s *Session) agentReplaced(w *watch) {
	if v := s.serving; v != nil && v.agent == w.agent {
		v.finish(s.x.Clock())
		v.agent, v.keep = w.leg, w.keep
	}
}

// moved notes that a served call is the desk's no more.
func (s *Session) moved(ctx context.Context) {
	if v := s.serving; v != nil && v.part == "" {
		v.finish(s.x.Clock())
		v.part = PartMoved
		s.tag(ctx, s.caller, map[string]string{TagServe: ""})
	}
}

// count adds the time on hold, phase by phase; nil counts nothing.
func (v *serving) count(was, is Phase, now time.Time) {
	if v == nil || v.done {
		return
	}
	if is == PhaseHeld {
		v.heard = now
	} else if was == PhaseHeld {
		v.Hold += now.Sub(v.heard)
		v.heard = time.Time{}
	}
}

// finish completes the agent's figures, once.
func (v *serving) finish(now time.Time) {
	if v.done {
		return
	}
	v.done = true
	if !v.heard.IsZero() {
		v.Hold += now.Sub(v.heard)
		v.heard = time.Time{}
	}
	v.Talk += now.Sub(v.since)
}
