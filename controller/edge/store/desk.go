package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"bellhop/controller/acd"
	"bellhop/controller/kit/fault"
)

var _ acd.Store = (*Store)(nil)

// Queues returns all queues by name.
func (s *Store) Queues(ctx context.Context) ([]acd.Queue, error) {
	return deskRows(ctx, s, "read the queues", queueRow.model, "name")
}

// PutQueue inserts a queue or replaces the one with its name.
func (s *Store) PutQueue(ctx context.Context, q acd.Queue) error {
	return deskPut(ctx, s, "store a queue", toQueueRow(q))
}

// DropQueue deletes a queue; one that is not there is fine. Its visits stay.
func (s *Store) DropQueue(ctx context.Context, name string) error {
	return deskDrop[queueRow](ctx, s, "delete a queue", name)
}

// Profiles returns what the accounts can do at the desk.
func (s *Store) Profiles(ctx context.Context) ([]acd.Profile, error) {
	return deskRows(ctx, s, "read the agents' profiles", profileRow.model, "account")
}

// PutProfile inserts a profile or replaces the one of its account.
func (s *Store) PutProfile(ctx context.Context, p acd.Profile) error {
	return deskPut(ctx, s, "store an agent's profile", toProfileRow(p))
}

// Seats returns the agents that are signed on, longest first.
func (s *Store) Seats(ctx context.Context) ([]acd.Seat, error) {
	return deskRows(ctx, s, "read the seats", seatRow.model, "signed_on, account")
}

// PutSeat inserts a seat or replaces the one of its account.
func (s *Store) PutSeat(ctx context.Context, seat acd.Seat) error {
	return deskPut(ctx, s, "store a seat", toSeatRow(seat))
}

// DropSeat deletes a seat; one that is not there is fine.
func (s *Store) DropSeat(ctx context.Context, account string) error {
	return deskDrop[seatRow](ctx, s, "delete a seat", account)
}

// Callbacks returns the promises to call back, by the callers' places.
func (s *Store) Callbacks(ctx context.Context) ([]acd.Callback, error) {
	return deskRows(ctx, s, "read the callbacks", callbackRow.model, "entered, visit")
}

// PutCallback inserts a promise or replaces the one of its visit.
func (s *Store) PutCallback(ctx context.Context, c acd.Callback) error {
	return deskPut(ctx, s, "store a callback", toCallbackRow(c))
}

// DropCallback deletes a promise; one that is not there is fine.
func (s *Store) DropCallback(ctx context.Context, visit string) error {
	return deskDrop[callbackRow](ctx, s, "delete a callback", visit)
}

// Pulse returns when the desk last said that it was alive; zero if never.
func (s *Store) Pulse(ctx context.Context) (time.Time, error) {
	var at []time.Time
	err := s.view(ctx, "read the desk's pulse", func(tx *gorm.DB) error {
		load(tx, &at, func(r pulseRow) time.Time { return time.Time(r.At) }, "one")
		return tx.Error
	})
	if err != nil || len(at) == 0 {
		return time.Time{}, err
	}
	return at[0], nil
}

// PutPulse notes that the desk is alive.
func (s *Store) PutPulse(ctx context.Context, at time.Time) error {
	if at.IsZero() {
		return fault.Field("at", "of the desk's pulse is missing")
	}
	return deskPut(ctx, s, "store the desk's pulse", pulseRow{One: "1", At: instant(at)})
}

// deskRows reads a whole table of the desk.
func deskRows[R, M any](ctx context.Context, s *Store, what string, toModel func(R) M, order string) ([]M, error) {
	var ms []M
	err := s.view(ctx, what, func(tx *gorm.DB) error {
		load(tx, &ms, toModel, order)
		return tx.Error
	})
	return ms, err
}

// deskPut writes one row of the desk.
func deskPut[R keyed](ctx context.Context, s *Store, what string, row R) error {
	if column, key := row.key(); key == "" {
		return fault.Field(column, "is empty")
	}
	return s.update(ctx, what, func(tx *gorm.DB) error {
		upsert(tx, []R{row})
		return tx.Error
	})
}

// deskDrop deletes one row of the desk.
func deskDrop[R keyed](ctx context.Context, s *Store, what, key string) error {
	return s.update(ctx, what, func(tx *gorm.DB) error {
		var none []R
		change(tx, []string{key}, none, func(r R) R { return r })
		return tx.Error
	})
}
