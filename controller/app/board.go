package app

import (
	"context"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/edge/live"
	"bellhop/controller/edge/rest"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
	"bellhop/controller/routing"
)

// board puts the house as it is now into the live feed: calls and their
// extensions at once, everything else when it is told or a second later.
type board struct {
	house    *hotel.Service
	routing  *routing.Service
	exchange *calls.Exchange
	desk     *acd.Desk
	alerts   rest.Alerts
	online   func() (sw, database bool)

	calls, extensions, trunks, seats, queues, callers, parked, alarms, status *live.Topic
}

// topics makes the topics of the feed, each with the permission that it needs.
func (b *board) topics(f *live.Feed) {
	b.calls = f.Topic("calls", live.TopicOptions{Permission: access.CallsRead, Covers: coversCall})
	b.extensions = f.Topic("extensions", live.TopicOptions{Permission: access.HotelRead, Covers: coversExtension})
	b.trunks = f.Topic("trunks", live.TopicOptions{Permission: access.CallsRead})
	b.seats = f.Topic("seats", live.TopicOptions{Permission: access.FeedRead})
	b.queues = f.Topic("queues", live.TopicOptions{Permission: access.FeedRead, Covers: coversQueue})
	b.callers = f.Topic("callers", live.TopicOptions{Permission: access.FeedRead, Covers: coversCaller})
	b.parked = f.Topic("parked", live.TopicOptions{Permission: access.FeedRead})
	b.alarms = f.Topic("alerts", live.TopicOptions{Permission: access.CallsRead})
	b.status = f.Topic("status", live.TopicOptions{})
}

func coversExtension(who access.Principal, _ string, value any) bool {
	e, ok := value.(extensionView)
	return ok && who.Reach.Covers(e.Department, e.Floor, "")
}

func coversQueue(who access.Principal, name string, _ any) bool { return coversQueueNamed(who, name) }

func coversCaller(who access.Principal, _ string, value any) bool {
	c, ok := value.(callerView)
	return ok && coversQueueNamed(who, c.Queue)
}

func coversQueueNamed(who access.Principal, queue string) bool {
	return access.Reach{Queues: who.Reach.Queues}.Covers("", "", queue)
}

// coversCall lets a call be seen by whoever may see one of its parties.
func coversCall(who access.Principal, _ string, value any) bool {
	c, ok := value.(callView)
	if !ok {
		return false
	}
	reach := access.Reach{Departments: who.Reach.Departments, Floors: who.Reach.Floors}
	if len(reach.Departments) == 0 && len(reach.Floors) == 0 {
		return true
	}
	for _, at := range c.places {
		if reach.Covers(at.department, at.floor, "") {
			return true
		}
	}
	return false
}

// changed is told of every change of a live call; it does not wait.
func (b *board) changed(l calls.Live, over bool) {
	if over {
		b.calls.Drop(string(l.ID))
	} else {
		b.calls.Set(string(l.ID), b.call(l))
	}
	d := b.house.Directory()
	mine := b.byExtension()
	for _, number := range extensionsOf(l) {
		b.extension(d, number, mine)
	}
}

// call is a call with the places of its parties, by which it is seen or not.
func (b *board) call(l calls.Live) callView {
	v := viewCall(l)
	d := b.house.Directory()
	for _, number := range extensionsOf(l) {
		v.places = append(v.places, placeOf(d, number))
	}
	return v
}

// extensionsOf lists the extensions that take part in a call.
func extensionsOf(l calls.Live) []string {
	all := []string{}
	for _, p := range append([]calls.Party{l.From, l.To}, partiesOf(l)...) {
		if p.Extension != "" {
			all = append(all, p.Extension)
		}
	}
	for _, leg := range l.Legs {
		all = append(all, leg.Number) // who has left the call: the lamp goes out
	}
	return all
}

func partiesOf(l calls.Live) []calls.Party {
	var all []calls.Party
	for _, p := range l.Parties {
		all = append(all, p.Party)
	}
	return all
}

// byExtension finds the live call of each extension; one that talks comes first.
func (b *board) byExtension() map[string]*calls.Live {
	mine := map[string]*calls.Live{}
	up := map[string]bool{}
	for _, l := range b.exchange.Live() {
		for _, p := range l.Parties {
			e := p.Party.Extension
			if e != "" && p.Monitor == "" && (mine[e] == nil || p.Up && !up[e]) {
				mine[e], up[e] = &l, p.Up
			}
		}
	}
	return mine
}

func (b *board) extension(d *hotel.Directory, number string, mine map[string]*calls.Live) {
	n, err := phone.Parse(number)
	if err != nil {
		return
	}
	e, ok := d.Extension(n)
	if !ok {
		return
	}
	b.extensions.Set(number, viewExtension(d, e, mine[number], b.reachable(d, n)))
}

// reachable reports whether a phone of the extension is registered; an extension
// without phones is a service and always there.
func (b *board) reachable(d *hotel.Directory, n phone.Number) bool {
	devices := d.DevicesOf(n)
	for _, v := range devices {
		if b.exchange.Online(v.Endpoint) {
			return true
		}
	}
	return len(devices) == 0
}

// sweepEvery is how late the board may be about what nobody tells it.
const sweepEvery = time.Second

// run keeps the board true until ctx ends.
func (b *board) run(ctx context.Context) error {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		_, house := b.house.Watch()
		desk, news := b.desk.Watch()
		b.showDesk(desk)
		select {
		case <-ctx.Done():
			return nil
		case <-news:
			continue
		case <-house:
		case <-tick.C:
		}
		b.sweep(ctx)
	}
}

// sweep shows everything; what looks as before is no change to anybody.
func (b *board) sweep(ctx context.Context) {
	d, mine := b.house.Directory(), b.byExtension()
	extensions := map[string]any{}
	for _, e := range d.Extensions() {
		number := e.Number.String()
		extensions[number] = viewExtension(d, e, mine[number], b.reachable(d, e.Number))
	}
	b.extensions.Replace(extensions)
	live := map[string]any{}
	for _, l := range b.exchange.Live() {
		live[string(l.ID)] = b.call(l)
	}
	b.calls.Replace(live)
	b.showTrunks()
	b.showAlerts(ctx)
	sw, database := b.online()
	b.status.Set("system", statusView{Switch: sw, Database: database, Live: len(live)})
}

func (b *board) showTrunks() {
	used, _ := b.exchange.Load("")
	all := map[string]any{}
	for _, k := range b.routing.Table().Trunks() {
		if k.Enabled {
			all[k.Name] = trunkView{Name: k.Name, Online: b.exchange.Online(k.Endpoint), Used: used[k.Name], Limit: k.Limit}
		}
	}
	b.trunks.Replace(all)
}

func (b *board) showAlerts(ctx context.Context) {
	alerts, err := b.alerts.Alerts(ctx)
	if err != nil {
		return // the database: status says so
	}
	all := map[string]any{}
	for _, a := range alerts {
		if a.Ended.IsZero() {
			all[string(a.Call)] = alertView{
				Call: string(a.Call), At: a.At, From: viewParty(a.From), Guest: a.Guest, Dialled: a.Dialled, Ended: a.Ended,
			}
		}
	}
	b.alarms.Replace(all)
}

// showDesk shows queues, seats, waiting callers and the parked lane.
func (b *board) showDesk(desk acd.Board) {
	seats, queues, callers, parked := map[string]any{}, map[string]any{}, map[string]any{}, map[string]any{}
	for _, s := range desk.Seats {
		seats[s.Account] = viewSeat(s)
	}
	position, longest := map[string]int{}, map[string]time.Time{}
	for _, c := range desk.Callers {
		position[c.Queue]++
		callers[c.Call] = viewCaller(c, position[c.Queue])
		if t, ok := longest[c.Queue]; !ok || c.Entered.Before(t) {
			longest[c.Queue] = c.Entered
		}
	}
	for _, q := range desk.Queues {
		queues[q.Name] = viewQueue(q, longest[q.Name])
	}
	for _, p := range desk.Parked {
		parked[p.Call] = viewParked(p)
	}
	b.seats.Replace(seats)
	b.queues.Replace(queues)
	b.callers.Replace(callers)
	b.parked.Replace(parked)
}
