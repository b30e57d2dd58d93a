package rest

import (
	"context"
	"io/fs"
	"log/slog"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/acd"
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
	Issue(ctx context.Context, by access.Principal, name string, scopes []access.Scope, expires time.Time) (access.Token, string, error)
	Revoke(ctx context.Context, id string) error
}

// Accounts keeps the people who log in, and writes its own audit rows:
// access.Accounts.
type Accounts interface {
	List() []access.Account
	Get(id string) (access.Account, error)
	Create(ctx context.Context, act access.Act, p access.Person) (made access.Account, oneTime string, err error)
	Put(ctx context.Context, act access.Act, id string, p access.Person) (access.Account, error)
	Disable(ctx context.Context, act access.Act, id string) error
	Enable(ctx context.Context, act access.Act, id string) error
	ResetPassword(ctx context.Context, act access.Act, id string) (oneTime string, err error)
	ResetTOTP(ctx context.Context, act access.Act, id string) error
	ChangePassword(ctx context.Context, act access.Act, old, fresh string) error
	EnrolTOTP(ctx context.Context, act access.Act, password string) (access.TOTPKey, error)
	ConfirmTOTP(ctx context.Context, act access.Act, code string) error
	RemoveTOTP(ctx context.Context, act access.Act, code string) error
}

// Logins begins, checks and ends login sessions: access.Logins.
type Logins interface {
	Begin(ctx context.Context, try access.Attempt) (access.Entry, error)
	Check(ctx context.Context, secret, from string) (access.Principal, error)
	CheckCSRF(p access.Principal, value string) error
	Current(p access.Principal) (access.Login, error)
	List(account string) []access.Login
	End(ctx context.Context, act access.Act) error
	Revoke(ctx context.Context, act access.Act, id string) error
}

// Audit is the audit chain: access.Chain.
type Audit interface {
	Append(ctx context.Context, row access.Audit) error
	// Do writes the row, then does; a failure of do gets a row of its own.
	Do(ctx context.Context, row access.Audit, do func(context.Context) error) error
	Verify(ctx context.Context) (access.Verdict, error)
	Find(ctx context.Context, f access.AuditFilter) (rows []access.Audit, next string, err error)
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

	Accounts Accounts
	Logins   Logins
	Audit    Audit
	Idle     time.Duration // after which a login ends if nothing comes; shown to the page
	Secure   bool          // browsers reach us over TLS: the cookie is for TLS only
	Web      fs.FS         // the browser pages; nil: none are served

	Desk       Desk
	DeskRows   DeskRows
	Exchange   Verbs
	SeatPhones SeatPhones
	DeskKeys   DeskKeys
	Rings      func(extension string) (calls.Attempt, bool) // its phones, as acd.Settings.Rings
	Malicious  func(number string) bool                     // a listed caller, as acd.Settings.Screened
}

// Desk brings callers to operators: acd.Desk. Who acts is an account's id.
type Desk interface {
	Board() acd.Board
	Watch() (acd.Board, <-chan struct{})
	SignOn(ctx context.Context, account, name, extension, by string) error
	SignOff(ctx context.Context, account, by string) (reason string, err error)
	SetState(ctx context.Context, account string, to acd.WorkState, reason, by string) (why string, err error)
	Force(ctx context.Context, account string, to acd.WorkState, by, reason string) (why string, err error)
	Dial(ctx context.Context, account, number string) (calls.CallID, error)
	Callback(ctx context.Context, account, visit string) (calls.CallID, error)
	SetOutcome(ctx context.Context, visit, outcome, note, account string) error
	Park(ctx context.Context, account, call, note, forWhom string) error
	Pull(ctx context.Context, account, call string) (reason string, err error)
	Queues() []acd.Queue
	PutQueue(ctx context.Context, q acd.Queue, by string) error
	DropQueue(ctx context.Context, name, by string) error
	Profiles() []acd.Profile
	PutProfile(ctx context.Context, p acd.Profile, by string) error
}

// DeskRows are what figures are computed from: acd.Store.
type DeskRows interface {
	Visit(ctx context.Context, id string) (acd.Visit, error)
	Visits(ctx context.Context, f acd.VisitFilter) (vs []acd.Visit, next string, err error)
	Spans(ctx context.Context, f acd.VisitFilter) ([]acd.Span, error)
}

// Verbs does things in live calls: calls.Exchange.
type Verbs interface {
	Do(ctx context.Context, id calls.CallID, verb calls.Verb) error
}

// SeatPhones gives the browser phone of an extension a fresh secret, and the
// extension such a phone if it has none.
type SeatPhones interface {
	Issue(ctx context.Context, extension string) (user, secret, realm string, err error)
}

// DeskKey is a one-touch key of an operator.
type DeskKey struct {
	Key    string // on the keyboard
	Label  string
	Number string
	Action string // dial, transfer, invite
}

// DeskKeys keeps the one-touch keys of accounts, in the order they were given.
type DeskKeys interface {
	DeskKeys(ctx context.Context, account string) ([]DeskKey, error)
	PutDeskKeys(ctx context.Context, account string, keys []DeskKey) error
}
