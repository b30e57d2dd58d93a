package calls

import (
	"context"
	"maps"
	"slices"

	"bellhop/controller/kit/fault"
)

// Monitor is how a supervisor takes part in a call.
type Monitor string

// The ways to take part.
const (
	MonitorListen  Monitor = "listen"    // hears all, is heard by nobody
	MonitorWhisper Monitor = "whisper"   // is heard by the agent alone
	MonitorBarge   Monitor = "barge"     // three-way
	MonitorTake    Monitor = "take_over" // the agent is released
	MonitorOff     Monitor = "off"
)

// reason is how a way to take part reads in the record.
func (m Monitor) reason() string {
	switch m {
	case MonitorListen:
		return "listened to by "
	case MonitorWhisper:
		return "whispered to by "
	case MonitorBarge:
		return "barged into by "
	case MonitorTake:
		return "taken over by "
	}
	return ""
}

// Watch makes supervisor (the phones in ring, all of one extension) take part in
// the call with agent (an extension) in the way how; the first time the
// supervisor's phone is rung. From listening to barging and back no new leg is made.
// warn plays a short tone to the parties before a barge.
func Watch(agent string, supervisor Attempt, how Monitor, warn bool) Verb {
	return func(ctx context.Context, s *Session) error {
		if how.reason() == "" && how != MonitorOff {
			return fault.Field("how", "is none of listen, whisper, barge, take_over, off")
		}
		if len(supervisor.Rings) == 0 {
			return fault.Field("supervisor", "has no phone")
		}
		who := supervisor.Rings[0].Party
		if s.watch != nil && s.watch.who.Extension != who.Extension {
			return fault.New(fault.Conflict, "%s takes part in the call already", s.watch.who.Number)
		}
		if how == MonitorOff {
			s.endWatch(ctx)
			return nil
		}
		talker, err := s.talker(agent)
		if err != nil {
			return err
		}
		if s.legOf(who.Extension) != nil {
			return fault.New(fault.Conflict, "%s is a party of the call", who.Number)
		}
		s.note(how.reason() + who.Number)
		if s.watch == nil {
			return s.beginWatch(ctx, talker, supervisor, how, warn)
		}
		s.watch.agent, s.watch.how, s.watch.warn = talker.ID, how, warn
		if s.watch.leg == "" {
			return nil // it still rings
		}
		return s.arrange(ctx)
	}
}

// watch is a supervisor's part in a call.
type watch struct {
	agent LegID
	who   Party
	how   Monitor
	warn  bool
	keep  bool
	round *round // rings the supervisor; nil once answered
	leg   LegID  // the supervisor's; empty while it rings
	snoop LegID  // what it listens through; empty when it barges
}

// autoAnswer adds the header by which a browser phone of ours answers by itself.
func autoAnswer(h map[string]string) map[string]string {
	h = maps.Clone(h)
	if h == nil {
		h = map[string]string{}
	}
	h["Call-Info"] = "<sip:bellhop>;answer-after=0"
	return h
}

// beginWatch rings the supervisor.
func (s *Session) beginWatch(ctx context.Context, agent *leg, a Attempt, how Monitor, warn bool) error {
	a.Rings = slices.Clone(a.Rings)
	for i := range a.Rings {
		r := &a.Rings[i]
		r.Headers = autoAnswer(r.Headers)
		if r.CallerID == (CallerID{}) {
			r.CallerID = CallerID{Number: agent.party.Number, Name: agent.party.Name}
		}
	}
	r := &round{s: s, Attempt: a, out: map[LegID]Ring{}, quiet: true, role: roleSupervisor}
	s.watch = &watch{agent: agent.ID, who: a.Rings[0].Party, how: how, warn: warn, keep: a.Rings[0].Keep, round: r}
	if err := r.place(ctx); err != nil {
		s.watch = nil
		return err
	}
	for id := range r.out {
		s.change(id, func(l *leg) { l.monitor = how })
	}
	return nil
}

// stepWatch follows up what happens to the supervisor's part.
func (s *Session) stepWatch(ctx context.Context, e Event) {
	w := s.watch
	if w == nil {
		return
	}
	var err error
	switch {
	case w.round != nil && w.round.out[e.Leg].Endpoint != "":
		won := w.round.heed(e)
		if won != "" {
			w.round, w.leg = nil, won
			s.answered(won, e.At)
			err = s.arrange(ctx)
		} else if len(w.round.out) == 0 {
			s.note(w.who.Number + " was not reached to take part")
			s.watch = nil
		}
	case e.Kind == Started && e.Leg == w.snoop:
		err = s.listen(ctx)
	case e.Kind == Ended && (e.Leg == w.leg || e.Leg == w.agent || e.Leg == w.snoop && w.snoop != ""):
		s.endWatch(ctx)
	}
	if err != nil {
		s.log.Warn("calls: supervisor cannot take part", "how", w.how, "err", err)
		s.note("taking part failed: " + err.Error())
		s.endWatch(ctx)
	}
}

// arrange gives the supervisor's phone the part it shall have.
func (s *Session) arrange(ctx context.Context) error {
	w := s.watch
	s.change(w.leg, func(l *leg) { l.monitor = w.how })
	switch w.how {
	case MonitorBarge:
		return s.barge(ctx)
	case MonitorTake:
		return s.takeTalk(ctx)
	}
	if w.snoop == "" {
		if err := s.x.Switch.Leave(ctx, s.bridge, w.leg); err != nil { // heard by nobody from now
			return err
		}
	}
	s.unsnoop(ctx)
	whisper := WhisperNobody
	if w.how == MonitorWhisper {
		whisper = WhisperLeg
	}
	w.snoop = LegID(bridgePrefix + s.x.NewID())
	s.enter(&leg{up: true, Leg: Leg{ID: w.snoop, Endpoint: string(w.agent), Role: roleSnoop, Started: s.x.Clock()}})
	s.x.own(s, w.snoop)
	if err := s.x.Switch.Snoop(ctx, w.snoop, w.agent, whisper); err != nil {
		s.x.deliver(Event{Kind: Ended, Leg: w.snoop, At: s.x.Clock(), Cause: CauseTemporary})
		return err
	}
	return nil // listen follows when the switch shows the leg
}

// listen puts the supervisor together with what it listens through. Each has a
// bridge of its own: in one that was used before a whisper stays silent.
func (s *Session) listen(ctx context.Context) error {
	id := BridgeID(bridgePrefix + s.x.NewID())
	s.setAside(id)
	if err := s.x.Switch.CreateBridge(ctx, id); err != nil {
		return err
	}
	return s.x.Switch.Join(ctx, id, s.watch.snoop, s.watch.leg)
}

// warning is the tone that parties hear before a barge.
const warning = "beep"

func (s *Session) barge(ctx context.Context) error {
	w := s.watch
	if w.warn {
		for _, l := range s.talkers() {
			if err := s.x.Switch.Play(ctx, l.ID, PlayID(s.x.NewID()), Media{Prompts: []string{warning}}); err != nil {
				s.log.Info("calls: warning not played", "leg", l.ID, "err", err)
			}
		}
	}
	s.crowd = true
	if err := s.x.Switch.Join(ctx, s.bridge, w.leg); err != nil {
		return err
	}
	s.unsnoop(ctx)
	return nil
}

// takeTalk makes the supervisor a party in the place of the agent.
func (s *Session) takeTalk(ctx context.Context) error {
	w, agent := s.watch, s.leg(s.watch.agent)
	s.crowd = true
	if err := s.x.Switch.Join(ctx, s.bridge, w.leg); err != nil {
		return err
	}
	s.watch = nil
	s.unsnoopLeg(ctx, w.snoop)
	s.tag(ctx, w.leg, map[string]string{TagRole: ""})
	s.change(w.leg, func(l *leg) { l.Role, l.monitor = "called", "" })
	s.Mark(func(r *Record) { r.To = w.who })
	if agent != nil {
		s.hangup(ctx, CauseNormal, agent.ID)
		s.inherit(agent.ID, w.leg)
	}
	s.agentReplaced(w)
	s.save()
	return s.retrieve(ctx)
}

// endWatch lets the supervisor go.
func (s *Session) endWatch(ctx context.Context) {
	w := s.watch
	if w == nil {
		return
	}
	s.watch = nil
	if w.round != nil {
		w.round.giveUp(CauseNormal)
	}
	if w.leg != "" {
		s.hangup(ctx, CauseNormal, w.leg)
		s.change(w.leg, func(l *leg) { l.out = true })
	}
	s.unsnoopLeg(ctx, w.snoop)
}

func (s *Session) unsnoop(ctx context.Context) {
	s.unsnoopLeg(ctx, s.watch.snoop)
	s.watch.snoop = ""
}

func (s *Session) unsnoopLeg(ctx context.Context, id LegID) {
	if id != "" {
		s.hangup(ctx, CauseNormal, id)
	}
	if bridge := s.setAside(""); bridge != "" {
		s.x.bridges.destroy(ctx, bridge)
	}
}

// setAside notes the bridge in which the supervisor listens; it returns the one before.
func (s *Session) setAside(id BridgeID) BridgeID {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.aside
	s.aside = id
	return before
}
