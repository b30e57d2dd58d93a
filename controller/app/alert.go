package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/edge/rest"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
)

// alerts tells the front desk of emergency calls: the desk rings with room and
// number on the display, and the API lists them.
type alerts struct {
	house    *hotel.Service
	records  calls.Store
	exchange *calls.Exchange
	log      *slog.Logger
	ctx      context.Context // of the process: an alert outlives the call it is about
	stop     context.CancelFunc
	wg       sync.WaitGroup
}

// The desk rings this often and long before the alert is left to the screens.
const (
	alertRounds = 10
	alertRing   = 30 * time.Second
	alertPause  = 3 * time.Second // after a desk that is busy, refuses or is not registered
	alertTime   = 5 * time.Second // for one command in an emergency
)

// raise rings the desk; it does not wait.
func (a *alerts) raise(r calls.Record) {
	a.log.Error("EMERGENCY CALL", "call", r.ID, "dialled", r.Dialled, "extension", r.From.Extension, "room", r.From.Room, "guest", r.From.Name)
	a.wg.Go(func() {
		if !a.ring(r) {
			a.log.Error("app: nobody at the desk took the emergency alert", "call", r.ID)
		}
	})
}

// ring calls the desk until somebody answers; false: nobody did.
func (a *alerts) ring(r calls.Record) bool {
	for range alertRounds {
		err := a.exchange.Place(a.ctx, a.errand(r))
		if _, again := errors.AsType[*calls.Unreached](err); !again {
			return !fault.Is(err, fault.Unavailable) // somebody answered, however short
		}
		select {
		case <-a.ctx.Done():
			return false
		case <-time.After(alertPause):
		}
	}
	return false
}

// close gives up the alerts that still ring.
func (a *alerts) close() error {
	a.stop()
	a.wg.Wait()
	return nil
}

// errand is the call to the desk: the display shows number and room, and who
// answers hears it.
func (a *alerts) errand(r calls.Record) calls.Errand {
	house := a.house.Directory()
	name := fmt.Sprintf("SOS %s: %s %s", r.Dialled, r.From.Room, r.From.Name)
	e := calls.Errand{
		From: calls.Party{Name: "emergency alert"}, Dialled: house.Property().Operator.String(),
		Reason: fmt.Sprintf("emergency alert: %s dialled %s, call %s", r.From.Number, r.Dialled, r.ID),
		Ring:   calls.Attempt{Time: alertRing, When: calls.WhenAny},
		Answered: func(ctx context.Context, s *calls.Session) error {
			return s.Play(ctx, calls.Media{Language: "en", Prompts: []string{
				"beep", "digits:" + r.Dialled, "beep", "digits:" + r.From.Number, "beep", "digits:" + r.Dialled, "beep", "digits:" + r.From.Number,
			}})
		},
	}
	for _, desk := range house.Rings(house.Property().Operator) {
		if desk.Number.String() == r.From.Extension {
			continue
		}
		for _, d := range house.DevicesOf(desk.Number) {
			e.Ring.Rings = append(e.Ring.Rings, calls.Ring{
				Endpoint: d.Endpoint, CallerID: calls.CallerID{Number: r.From.Number, Name: name}, Party: partyOf(house, desk),
			})
		}
	}
	return e
}

// maxAlerts bounds the list; older ones are in the call records.
const maxAlerts = 200

// Alerts lists emergency calls, newest first.
func (a *alerts) Alerts(ctx context.Context) ([]rest.Alert, error) {
	records, _, err := a.records.Records(ctx, calls.Filter{Emergency: true, Limit: maxAlerts})
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "emergency calls cannot be read")
	}
	list := make([]rest.Alert, len(records))
	for i, r := range records {
		list[i] = rest.Alert{Call: r.ID, At: r.Started, From: r.From, Guest: r.From.Name, Dialled: r.Dialled, Ended: r.Ended}
	}
	return list, nil
}
