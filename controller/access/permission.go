package access

import "slices"

// Permission is the right to do one thing.
type Permission string

// The permissions.
const (
	HotelRead     Permission = "hotel.read"     // rooms, extensions, stays, status
	HotelWrite    Permission = "hotel.write"    // rooms, extensions, devices, groups, classes
	StaysWrite    Permission = "stays.write"    // check-in, move, check-out, do-not-disturb
	LinesRead     Permission = "lines.read"     // trunks, routes, DIDs, screening
	LinesWrite    Permission = "lines.write"    //
	CallsRead     Permission = "calls.read"     // records, live calls, alerts
	CallsEnd      Permission = "calls.end"      // hang up any call
	DeskWork      Permission = "desk.work"      // sign on, take and handle calls
	DeskBarge     Permission = "desk.barge"     // an operator's 强插, 强拆 of extensions
	DeskListen    Permission = "desk.listen"    // a supervisor's listen, whisper
	DeskIntervene Permission = "desk.intervene" // barge from listening, take over, force release
	DeskForce     Permission = "desk.force"     // force states and sign-off
	DeskWatch     Permission = "desk.watch"     // the wallboard
	QueuesWrite   Permission = "queues.write"   // queues, skills
	ReportsRead   Permission = "reports.read"
	AccountsRead  Permission = "accounts.read"
	AccountsWrite Permission = "accounts.write" // accounts, roles, login sessions
	TokensWrite   Permission = "tokens.write"
	AuditRead     Permission = "audit.read"
	FeedRead      Permission = "feed.read" // the live feed; each topic asks for its own besides
)

// Reach bounds which objects a principal's permissions cover; an empty list is
// all of its kind.
type Reach struct {
	Departments []string
	Floors      []string
	Queues      []string
}

// Principal is who a request acts for: an account that logged in, or a token.
type Principal struct {
	Kind        PrincipalKind
	ID          string // of the account or token
	Handle      string // login of the account, name of the token
	Name        string
	Login       string // id of the login session; empty for tokens
	Extension   string // of the account, empty if it has none
	MustChange  bool   // nothing but the own password may be changed; Permissions is empty
	Permissions []Permission
	Reach       Reach
}

// PrincipalKind tells people from programs.
type PrincipalKind string

// The kinds of principal.
const (
	KindAccount PrincipalKind = "account"
	KindToken   PrincipalKind = "token"
)

// Can reports whether the principal holds p.
func (w Principal) Can(p Permission) bool { return slices.Contains(w.Permissions, p) }

// Who names the principal in the audit trail: an account by its login, which
// never changes, a token by its id.
func (w Principal) Who() string {
	switch w.Kind {
	case KindAccount:
		return "account:" + w.Handle
	case KindToken:
		return "token:" + w.ID
	}
	return "system"
}

// Covers reports whether an object is within reach; an empty property of the
// object is in nobody's narrowed reach.
func (r Reach) Covers(department, floor, queue string) bool {
	return within(r.Departments, department) && within(r.Floors, floor) && within(r.Queues, queue)
}

func within(list []string, one string) bool { return len(list) == 0 || slices.Contains(list, one) }
