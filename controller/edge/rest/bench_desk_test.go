package rest

import (
	"context"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/edge/store"
	"bellhop/controller/kit/fault"
)

// The parts that the controller has fit their ports.
var (
	_ Desk     = (*acd.Desk)(nil)
	_ DeskRows = acd.Store(nil)
	_ Verbs    = (*calls.Exchange)(nil)
)

// deskParts is what the bench has of the switchboard: stand-ins for the desk and
// the exchange that note what they are told, over the real rows.
type deskParts struct {
	desk  *standIn
	verbs *verbs
}

func (b *bench) fillDesk(parts *Parts) {
	b.desk, b.verbs = &standIn{newer: make(chan struct{})}, &verbs{}
	parts.Desk, parts.DeskRows, parts.Exchange = b.desk, b.store, b.verbs
	parts.SeatPhones, parts.DeskKeys = phones{}, deskKeys{b.store}
	parts.Rings = func(extension string) (calls.Attempt, bool) {
		if extension == "7999" {
			return calls.Attempt{}, false
		}
		return calls.Attempt{Rings: []calls.Ring{
			{Endpoint: "off-" + extension, Party: calls.Party{Extension: extension}},
			{Endpoint: "trunk-" + extension, Party: calls.Party{Extension: extension, Number: extension}}, // online, as the bench has it
		}}, true
	}
	parts.Malicious = func(number string) bool { return number == "13900000000" }
}

// deskKeys is the adapter that app will have, too.
type deskKeys struct{ *store.Store }

func (k deskKeys) DeskKeys(ctx context.Context, account string) ([]DeskKey, error) {
	keys, err := k.Store.DeskKeys(ctx, account)
	return each(keys, func(k store.DeskKey) DeskKey { return DeskKey(k) }), err
}

func (k deskKeys) PutDeskKeys(ctx context.Context, account string, keys []DeskKey) error {
	return k.Store.PutDeskKeys(ctx, account, each(keys, func(k DeskKey) store.DeskKey { return store.DeskKey(k) }))
}

type phones struct{}

func (phones) Issue(_ context.Context, extension string) (user, secret, realm string, err error) {
	return "dev-" + extension, "fresh", "bellhop", nil
}

// standIn is a desk that does as it is told at once.
type standIn struct {
	mu       sync.Mutex
	board    acd.Board
	profiles []acd.Profile
	newer    chan struct{}
	told     []string
	err      error
}

// tell notes what the desk was told, changes its board and shows it.
func (d *standIn) tell(change func(*acd.Board), format string, args ...any) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err != nil {
		return d.err
	}
	d.told = append(d.told, fmt.Sprintf(format, args...))
	d.board.Seats, d.board.Queues = slices.Clone(d.board.Seats), slices.Clone(d.board.Queues)
	change(&d.board)
	close(d.newer)
	d.newer = make(chan struct{})
	return nil
}

func nothing(*acd.Board) {}

func (d *standIn) last() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.told) == 0 {
		return ""
	}
	return d.told[len(d.told)-1]
}

func (d *standIn) Board() acd.Board { d.mu.Lock(); defer d.mu.Unlock(); return d.board }

func (d *standIn) Watch() (acd.Board, <-chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.board, d.newer
}

func (d *standIn) SignOn(_ context.Context, account, name, extension, by string) error {
	return d.tell(func(b *acd.Board) {
		b.Seats = slices.DeleteFunc(b.Seats, func(s acd.Seat) bool { return s.Account == account })
		b.Seats = append(b.Seats, acd.Seat{
			Profile: acd.Profile{Account: account, Name: name}, Extension: extension, State: acd.Ready, Since: epoch, SignedOn: epoch,
		})
	}, "sign on %s at %s by %s", account, extension, by)
}

func (d *standIn) SignOff(_ context.Context, account, by string) (string, error) {
	return "", d.tell(func(b *acd.Board) {
		b.Seats = slices.DeleteFunc(b.Seats, func(s acd.Seat) bool { return s.Account == account })
	}, "sign off %s by %s", account, by)
}

func (d *standIn) SetState(_ context.Context, account string, to acd.WorkState, reason, by string) (string, error) {
	return "", d.tell(d.setState(account, to, reason, ""), "%s %s for %q by %s", account, to, reason, by)
}

func (d *standIn) Force(_ context.Context, account string, to acd.WorkState, by, reason string) (string, error) {
	return "", d.tell(d.setState(account, to, reason, by), "force %s %s for %q by %s", account, to, reason, by)
}

func (d *standIn) setState(account string, to acd.WorkState, reason, by string) func(*acd.Board) {
	return func(b *acd.Board) {
		for i := range b.Seats {
			if s := &b.Seats[i]; s.Account == account && s.State.OnCall() {
				s.Then = acd.Choice{State: to, Reason: reason, By: by}
			} else if s.Account == account {
				s.State, s.Reason, s.Forced = to, reason, by
			}
		}
		b.Seats = slices.DeleteFunc(b.Seats, func(s acd.Seat) bool { return s.State == acd.SignedOff })
	}
}

func (d *standIn) Dial(_ context.Context, account, number string) (calls.CallID, error) {
	return "made.1", d.tell(nothing, "%s dials %s", account, number)
}

func (d *standIn) Callback(_ context.Context, account, visit string) (calls.CallID, error) {
	return "made.2", d.tell(nothing, "%s calls back %s", account, visit)
}

func (d *standIn) SetOutcome(_ context.Context, visit, outcome, note, account string) error {
	return d.tell(nothing, "outcome of %s %s %q by %s", visit, outcome, note, account)
}

func (d *standIn) Park(_ context.Context, account, call, note, whom string) error {
	return d.tell(nothing, "%s parks %s %q for %q", account, call, note, whom)
}

func (d *standIn) Pull(_ context.Context, account, call string) (string, error) {
	return "", d.tell(nothing, "%s pulls %s", account, call)
}

func (d *standIn) Queues() []acd.Queue {
	return each(d.Board().Queues, func(q acd.QueueState) acd.Queue { return q.Queue })
}

func (d *standIn) PutQueue(_ context.Context, q acd.Queue, by string) error {
	return d.tell(func(b *acd.Board) {
		b.Queues = slices.DeleteFunc(b.Queues, func(o acd.QueueState) bool { return o.Name == q.Name })
		b.Queues = append(b.Queues, acd.QueueState{Queue: q})
	}, "put queue %+v by %s", q, by)
}

func (d *standIn) DropQueue(_ context.Context, name, by string) error {
	if !slices.ContainsFunc(d.Queues(), func(q acd.Queue) bool { return q.Name == name }) {
		return fault.New(fault.NotFound, "there is no queue %q", name)
	}
	return d.tell(func(b *acd.Board) {
		b.Queues = slices.DeleteFunc(b.Queues, func(o acd.QueueState) bool { return o.Name == name })
	}, "drop queue %s by %s", name, by)
}

func (d *standIn) Profiles() []acd.Profile { return d.profiles }

func (d *standIn) PutProfile(_ context.Context, p acd.Profile, by string) error {
	return d.tell(nothing, "put profile %+v by %s", p, by)
}

// verbs notes what is done in calls. A verb that is tried in a call without parties
// says itself for whom it was: its name and its error are noted.
type verbs struct {
	mu   sync.Mutex
	done []string
	err  error
}

func (v *verbs) Do(ctx context.Context, id calls.CallID, verb calls.Verb) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.err != nil {
		return v.err
	}
	name := runtime.FuncForPC(reflect.ValueOf(verb).Pointer()).Name()
	v.done = append(v.done, fmt.Sprintf("%s: %s: %v", id, name, verb(ctx, &calls.Session{})))
	return nil
}

// did returns what was done since it was last asked.
func (v *verbs) did() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	all := strings.Join(v.done, "\n")
	v.done = nil
	return all
}

// house is a desk at work: an operator and a colleague who are signed on, a
// supervisor who is not, and live calls.
type house struct {
	*bench
	op, other, boss       browser
	opID, otherID, bossID string
}

func newHouse(b *bench) house {
	h := house{bench: b}
	h.op = b.asPerson(access.Person{Login: "op", Name: "Operator Li", Roles: []access.Role{access.RoleOperator}, Extension: "8002"})
	h.other = b.asPerson(access.Person{Login: "other", Name: "Operator Wang", Roles: []access.Role{access.RoleOperator}, Extension: "8001"})
	h.boss = b.asPerson(access.Person{Login: "boss", Name: "Supervisor Chen", Roles: []access.Role{access.RoleSupervisor}, Extension: "8401"})
	h.opID, h.otherID, h.bossID = h.op.Account.Id, h.other.Account.Id, h.boss.Account.Id
	must(b.t, b.desk.PutQueue(b.t.Context(), acd.Queue{
		Name: "operator", Title: "总机", Strategy: acd.LongestIdle, Members: []string{h.opID, h.otherID}, RingTime: 20 * time.Second,
		Target: acd.Target{Within: 12 * time.Second, Share: 0.9, Short: 5 * time.Second, Formula: acd.FormulaDefault},
	}, "test"))
	h.op.send("PUT", "/desk/seat", `{}`).is(200)
	h.other.send("PUT", "/desk/seat", `{}`).is(200)
	h.live.live = []calls.Live{
		talk("mine", party("8002"), outsider("13800138000")),
		talk("second", party("8002"), party("1206")),
		talk("theirs", party("8001"), outsider("13700137000")),
		talk("rooms", party("1206"), party("1301")),
		talk("line", party("1205"), outsider("13600136000")),
		talk("lines", outsider("1"), outsider("2")),
		emergency(talk("help", party("1207"), outsider("119"))),
		emergency(talk("myhelp", party("8002"), outsider("110"))),
	}
	return h
}

func talk(id string, parties ...calls.LiveParty) calls.Live {
	c := calls.Live{Record: calls.Record{ID: calls.CallID(id), Started: epoch}, Phase: "talking"}
	for i, p := range parties {
		p.Leg = calls.LegID(fmt.Sprintf("%s-%d", id, i))
		c.Parties = append(c.Parties, p)
	}
	return c
}

func emergency(c calls.Live) calls.Live { c.Emergency = true; return c }

func party(extension string) calls.LiveParty {
	return calls.LiveParty{Party: calls.Party{Extension: extension, Number: extension}, Up: true, Since: epoch}
}

func outsider(number string) calls.LiveParty {
	return calls.LiveParty{Party: calls.Party{Number: number}, Up: true, Since: epoch}
}

func monitor(p calls.LiveParty, how calls.Monitor) calls.LiveParty { p.Monitor = how; return p }

// saw fails unless the one thing that was done holds all of what.
func (h house) saw(what ...string) {
	h.t.Helper()
	did := h.verbs.did()
	for _, w := range what {
		if !strings.Contains(did, w) {
			h.t.Errorf("done %q, want %q in it", did, w)
		}
	}
	if len(what) == 0 && did != "" {
		h.t.Errorf("done %q, want nothing", did)
	}
}
