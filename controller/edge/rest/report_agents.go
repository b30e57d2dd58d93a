package rest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
)

// ReportAgents computes the figures of each agent within reach from the visits that
// it answered and the states that it was in.
func (s *server) ReportAgents(ctx context.Context, r gen.ReportAgentsRequestObject) (gen.ReportAgentsResponseObject, error) {
	p, err := s.period(ctx, r.Params.From, r.Params.To, r.Params.Queue)
	if err != nil {
		return nil, err
	}
	agents, err := s.agentFigures(ctx, p)
	if err != nil {
		return nil, err
	}
	return gen.ReportAgents200JSONResponse{
		From: p.from, To: p.to, Formula: p.target.Formula.Text(p.target), Target: toTarget(p.target),
		Items: each(agents, func(a agentWork) gen.AgentFigures { return toAgent(a, p.target) }),
	}, nil
}

// agentWork is what an account did in a period.
type agentWork struct {
	account, name string
	figures       acd.Figures
	times         acd.Times
}

// agentFigures returns the agents by account. What they did is counted for the
// period's queue; what state they were in belongs to no queue.
func (s *server) agentFigures(ctx context.Context, p period) ([]agentWork, error) {
	visits, err := s.visitsIn(ctx, p)
	if err != nil {
		return nil, err
	}
	spans, err := s.DeskRows.Spans(plain(ctx), acd.VisitFilter{From: p.from, To: p.to})
	if err != nil {
		return nil, err
	}
	until := p.to
	if now := s.Now(); until.After(now) {
		until = now // a span that goes on has lasted until now, not longer
	}
	figures, times := acd.ByAccount(visits, p.target), acd.StateTimesByAccount(spans, p.from, until)
	names, reach, queues := s.agentNames(), actor(ctx).Reach, s.Desk.Queues()
	of := access.Reach{} // everybody
	if p.queue != "" {
		of.Queues = []string{p.queue}
	}
	var agents []agentWork
	for _, account := range slices.Sorted(maps.Keys(union(figures, times))) {
		serves := coversSeat(of, queues, account)
		if _, did := figures[account]; coversSeat(reach, queues, account) && (did || serves) {
			agents = append(agents, agentWork{account, cmp.Or(names[account], account), figures[account], times[account]})
		}
	}
	return agents, nil
}

// union returns the keys of both.
func union[A, B any](as map[string]A, bs map[string]B) map[string]bool {
	keys := map[string]bool{}
	for k := range as {
		keys[k] = true
	}
	for k := range bs {
		keys[k] = true
	}
	return keys
}

// agentNames returns the names of accounts, those of the seats before those of the
// people.
func (s *server) agentNames() map[string]string {
	names := map[string]string{}
	for _, a := range s.Accounts.List() {
		names[a.ID] = a.Name
	}
	for _, seat := range s.Desk.Board().Seats {
		names[seat.Account] = seat.Name
	}
	return names
}

func toAgent(a agentWork, t acd.Target) gen.AgentFigures {
	pauses := make(map[string]int, len(a.times.PausedFor))
	for reason, d := range a.times.PausedFor {
		pauses[reason] = seconds(d)
	}
	return gen.AgentFigures{
		Account: a.account, Name: a.name, Figures: toFigures(a.figures, t), States: toStates(a.times), Pauses: pauses,
		SignedOnSeconds: seconds(a.times.LoggedIn), Occupancy: share(a.times.Occupancy()),
	}
}

// toStates shows the time in each state, in seconds; reserved and alerting are one.
func toStates(t acd.Times) map[string]int {
	states := map[string]int{}
	for state, d := range map[acd.WorkState]time.Duration{
		acd.Offline: t.Offline, acd.Ready: t.Ready, acd.Alerting: t.Ringing, acd.Talking: t.Talking, acd.Holding: t.Holding,
		acd.WrapUp: t.WrapUp, acd.BusyOther: t.BusyOther, acd.NotResponding: t.NotResponding, acd.Paused: t.Paused,
	} {
		states[string(state)] = seconds(d)
	}
	return states
}
