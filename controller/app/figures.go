package app

import (
	"time"

	"bellhop/controller/edge/asterisk"
	"bellhop/controller/edge/rest"
)

// figures are what /metrics shows of the house.
func (a *App) figures() rest.Figures {
	return rest.Figures{
		CallsLive: func() int { return a.Exchange.Stats().Live },
		CallsEnded: func() map[string]int {
			ended := map[string]int{}
			for outcome, n := range a.Exchange.Stats().Outcomes {
				ended[string(outcome)] = n
			}
			return ended
		},
		SwitchConnected: func() bool { return a.sw.Stats().Connected },
		EventQueue:      func() int { return a.sw.Stats().Queue },
		Events:          func() map[string]int { return a.sw.Stats().Frames },
		Commands:        func() []rest.Command { return commandFigures(a.sw.Stats()) },
		RecordsWaiting:  func() int { return a.Exchange.Stats().Unwritten },
		PhonesOnline:    func() int { return a.Exchange.Stats().Online },
		CallersWaiting:  a.callersWaiting,
		SeatsByState:    a.seatsByState,
		Screens:         func() int { return a.feed.Stats().Clients },
		ScreensDropped:  func() int { return int(a.feed.Stats().Dropped) },
	}
}

func (a *App) callersWaiting() map[string]int {
	waiting := map[string]int{}
	for _, q := range a.Desk.Board().Queues {
		waiting[q.Name] = q.Waiting
	}
	return waiting
}

func (a *App) seatsByState() map[string]int {
	seats := map[string]int{}
	for _, s := range a.Desk.Board().Seats {
		seats[string(s.State)]++
	}
	return seats
}

// commandFigures lends the adapter's counters to /metrics.
func commandFigures(s asterisk.Stats) []rest.Command {
	var all []rest.Command
	for name, c := range s.Commands {
		f := rest.Command{Name: name, Count: c.Count, Total: c.Total, Errors: map[string]int{}, Under: map[time.Duration]int{}}
		for code, n := range c.Errors {
			f.Errors[string(code)] = n
		}
		sum := 0
		for i, bound := range asterisk.LatencyBounds() {
			sum += c.Under[i]
			f.Under[bound] = sum
		}
		all = append(all, f)
	}
	return all
}
