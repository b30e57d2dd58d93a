package acd

import (
	"context"
	"time"
)

// Store keeps what the desk must not lose.
type Store interface {
	Queues(ctx context.Context) ([]Queue, error)
	PutQueue(ctx context.Context, q Queue) error
	DropQueue(ctx context.Context, name string) error
	Profiles(ctx context.Context) ([]Profile, error)
	PutProfile(ctx context.Context, p Profile) error
	// Seats are the agents that are signed on: they stay so over a restart.
	Seats(ctx context.Context) ([]Seat, error)
	PutSeat(ctx context.Context, s Seat) error
	DropSeat(ctx context.Context, account string) error
	// Visit returns one visit; fault.NotFound when there is none.
	Visit(ctx context.Context, id string) (Visit, error)
	// PutVisits creates or replaces visits by ID.
	PutVisits(ctx context.Context, vs ...Visit) error
	// Visits returns the visits that match, newest first.
	Visits(ctx context.Context, f VisitFilter) (vs []Visit, next string, err error)
	PutSpans(ctx context.Context, ss ...Span) error
	// Spans returns the spans that touch [f.From, f.To), of f.Account if set, oldest first.
	Spans(ctx context.Context, f VisitFilter) ([]Span, error)
	// Callbacks are the promises to call back that are not kept yet, first come first.
	Callbacks(ctx context.Context) ([]Callback, error)
	PutCallback(ctx context.Context, c Callback) error
	DropCallback(ctx context.Context, visit string) error
	// Pulse returns when the desk last said that it was alive; zero if never.
	Pulse(ctx context.Context) (time.Time, error)
	PutPulse(ctx context.Context, at time.Time) error
}
