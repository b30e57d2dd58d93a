package rest

import (
	"context"
	"log/slog"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/hotel/sheet"
	"bellhop/controller/kit/clock"
	"bellhop/controller/routing"
)

// Hotel is the house and the operations on it: hotel.Service.
type Hotel interface {
	Directory() *hotel.Directory
	Do(ctx context.Context, op hotel.Op) (reason string, err error)
}

// Routing is the table of trunks, routes and lists: routing.Service.
type Routing interface {
	Table() *routing.Table
	Do(ctx context.Context, op routing.Op) (reason string, err error)
}

// Records finds call records: calls.Store.
type Records interface {
	Records(ctx context.Context, f calls.Filter) (rs []calls.Record, next string, err error)
	Record(ctx context.Context, id calls.CallID) (calls.Record, error)
}

// LiveCalls shows and ends calls under way: calls.Exchange.
type LiveCalls interface {
	Live() []calls.Live
	Hangup(ctx context.Context, id calls.CallID) error
	// Online reports whether the switch can reach a phone or trunk.
	Online(endpoint string) bool
}

// Alert is an emergency call as the front desk sees it.
type Alert struct {
	Call    calls.CallID
	At      time.Time
	From    calls.Party
	Guest   string
	Dialled string
	Ended   time.Time // zero: still on
}

// Alerts lists emergency calls, newest first.
type Alerts interface {
	Alerts(ctx context.Context) ([]Alert, error)
}

// Tokens makes, checks and revokes tokens: access.Tokens.
type Tokens interface {
	Check(ctx context.Context, secret string) (access.Token, error)
	List(ctx context.Context) ([]access.Token, error)
	Create(ctx context.Context, by access.Token, name string, scopes []access.Scope, expires time.Time) (access.Token, string, error)
	Revoke(ctx context.Context, id string) error
}

// Reply is what a request was answered.
type Reply struct {
	Status int
	Header map[string]string
	Body   []byte
}

// Replies remembers what requests with an Idempotency-Key were answered.
type Replies interface {
	// Remember claims key. It returns the reply when this very request was
	// answered before, fault.Conflict when the key belongs to another request
	// or to one that is not answered yet.
	Remember(ctx context.Context, key, scope, fingerprint string, now time.Time) (*Reply, error)
	SaveReply(ctx context.Context, key, scope string, r Reply) error
	// Forget gives the key free: the request failed without effect.
	Forget(ctx context.Context, key, scope string) error
}

// Parts are what the API serves; each is required.
type Parts struct {
	Hotel   Hotel
	Import  func(ctx context.Context, s *sheet.Sheet, dryRun bool) (sheet.Report, error) // sheet.Import into the hotel
	Routing Routing
	Records Records
	Calls   LiveCalls
	Alerts  Alerts
	Tokens  Tokens
	Replies Replies
	Health  *Health
	Metrics *Metrics // nil: /metrics is not served
	Log     *slog.Logger
	Now     clock.Clock
	Version string
	Started time.Time
}
