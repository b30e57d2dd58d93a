package faults_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"bellhop/controller/edge/rest/gen"
	"bellhop/test/house"
)

// deskTalk is a talk of a caller with an agent of the desk.
type deskTalk struct {
	*talk
	agent *agent
}

// TestControllerIsKilledUnderTheQueue is the issue's own figure: 10 callers wait
// and 5 talk at the desk; one more waits and gives up, one more talks and ends,
// while the controller is dead. The agents have SIP phones.
func TestControllerIsKilledUnderTheQueue(t *testing.T) {
	h := open(t, house.Options{Process: true, Staff: true})
	agents := staffed(t, h, "8100", "8101", "8102", "8200", "8201", "8202")
	talks := deskTalks(t, h, agents)
	line := queueUp(t, h, 11)
	before := standing(t, h)
	all := watch(plainTalks(talks), time.Second)
	hearMusic(t, line)

	h.Kill(t)
	ending, stay := talks[0], talks[1:]
	ending.part(t)
	gaveUp := line[3]
	gaveUp.leave(t)
	line = slices.Delete(line, 3, 4)
	worst := watch(plainTalks(stay), 2*time.Second)
	if worst < 0.8*all {
		t.Errorf("a talking call got only %.0f packets a second without the controller, before it got %.0f", worst, all)
	}
	hearMusic(t, line)
	t.Logf("without the controller: %d talks go on (worst %.0f packets/s, before %.0f), %d callers hear music", len(stay), worst, all, len(line))

	h.launched = time.Now()
	h.Launch(t)
	keptPlaces(t, h, before, line, len(stay))
	allHear(t, plainTalks(stay))
	hearMusic(t, line)
	served := serveInOrder(t, h, agents, ending, stay, line)
	last := served[len(served)-6:]
	if flow := watch(plainTalks(last), 1500*time.Millisecond); flow < 0.8*all {
		t.Errorf("a caller who was served after the restart got only %.0f packets a second", flow)
	}
	for _, k := range last {
		k.hangup(t)
	}
	took := checkEmpty(t, h)
	t.Logf("0 channels, 0 bridges, 0 live calls, 0 open records %s after the last hang-up", took.Round(time.Millisecond))
	checkDesk(t, h, append(slices.Clone(talks), served...), gaveUp)
	unchangedVisits(t, h)
}

// deskTalks lets a caller talk with each agent.
func deskTalks(t testing.TB, h *hotel, agents []*agent) (talks []*deskTalk) {
	t.Helper()
	for n := range agents {
		room := fmt.Sprintf("11%02d", n+2)
		k := dial(t, room, h.phone(t, room), "8888")
		talks = append(talks, takes(t, h, agents, k, n))
	}
	return talks
}

// takes lets the agent whose phone is rung answer, who must see the caller.
func takes(t testing.TB, h *hotel, agents []*agent, k *talk, n int) *deskTalk {
	t.Helper()
	who, call := rung(t, h, agents)
	if call.CallerNumber() != k.from {
		t.Fatalf("%s rings for %s, it is the turn of %s", who.extension, call.CallerNumber(), k.from)
	}
	k.in = call
	try(t, "ring", call.Ring())
	return &deskTalk{k.answer(t, n), who}
}

func plainTalks(all []*deskTalk) (talks []*talk) {
	for _, k := range all {
		talks = append(talks, k.talk)
	}
	return talks
}

// queueUp lets rooms call the desk one after the other; all agents are busy.
func queueUp(t testing.TB, h *hotel, n int) (line []*talk) {
	t.Helper()
	for i := range n {
		room := roomNumbers()[21+i]
		k := dial(t, room, h.phone(t, room), "8888")
		try(t, "the queue answers", k.out.WaitAnswered(patience(t)))
		k.answered = time.Now()
		line = append(line, k)
	}
	h.Until(t, "all stand in the queue", func() bool { return len(standing(t, h)) == n })
	return line
}

// waiting is a caller in the queue, as the live feed shows it.
type waiting struct {
	Number   string
	Entered  time.Time
	Position int
	Ringing  []string
}

// standing lists who waits for the desk, first to be served first.
func standing(t testing.TB, h *hotel) []waiting {
	t.Helper()
	all := topic[waiting](t, h, "callers")
	return slices.SortedFunc(maps.Values(all), func(a, b waiting) int { return cmp.Compare(a.Position, b.Position) })
}

// hearMusic fails unless each caller who waits hears something now.
func hearMusic(t testing.TB, line []*talk) {
	t.Helper()
	ctx := patience(t)
	var all errgroup.Group
	for _, k := range line {
		all.Go(func() error {
			for {
				level, err := k.out.Level(ctx, 200*time.Millisecond)
				if err != nil {
					return fmt.Errorf("%s hears no music: %w", k.from, err)
				}
				if level > -50 {
					return nil
				}
			}
		})
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
}

// keptPlaces waits until the callers are in the line again, and fails unless all
// have the place and the time that they had.
func keptPlaces(t testing.TB, h *hotel, before []waiting, line []*talk, talking int) {
	t.Helper()
	h.Until(t, "talks and callers are adopted", func() bool {
		n := 0
		for _, c := range live(t, h) {
			if c.Phase == "talking" {
				n++
			}
		}
		return n == talking && len(standing(t, h)) == len(line)
	})
	t.Logf("%d talks and %d waiting callers adopted %s after the start", talking, len(line), time.Since(h.launched).Round(time.Millisecond))
	entered := map[string]time.Time{}
	for _, w := range before {
		entered[w.Number] = w.Entered
	}
	for i, w := range standing(t, h) {
		if w.Number != line[i].from || w.Position != i+1 || !w.Entered.Equal(entered[w.Number]) {
			t.Errorf("place %d: %+v, want %s, who entered %s", i+1, w, line[i].from, entered[line[i].from])
		}
	}
}

// serveInOrder lets the agents become free one after the other; the callers must
// be answered as they came. The first agent became free without the controller.
func serveInOrder(t testing.TB, h *hotel, agents []*agent, freed *deskTalk, stay []*deskTalk, line []*talk) (served []*deskTalk) {
	t.Helper()
	first := takes(t, h, agents, line[0], 0)
	t.Logf("the agent who became free meanwhile is with the first caller %s after the start", time.Since(h.launched).Round(time.Millisecond))
	if first.agent != freed.agent {
		t.Errorf("%s answered the first caller, free was %s", first.agent.extension, freed.agent.extension)
	}
	served = append(served, first)
	busy := append(slices.Clone(stay), first)
	var slowest time.Duration
	for i, k := range line[1:] {
		busy[i].hangup(t)
		next := takes(t, h, agents, k, i+1)
		slowest = max(slowest, next.answered.Sub(busy[i].ended))
		if next.agent != busy[i].agent {
			t.Errorf("%s answered %s, free was %s", next.agent.extension, k.from, busy[i].agent.extension)
		}
		next.hear(t)
		served, busy = append(served, next), append(busy, next)
	}
	t.Logf("%d callers answered in their order, the next at most %s after an agent became free", len(line), slowest.Round(time.Millisecond))
	return served
}

// checkDesk fails unless each call has one record and one visit, true to what the
// phones saw.
func checkDesk(t testing.TB, h *hotel, talks []*deskTalk, gaveUp *talk) {
	t.Helper()
	byNumber := map[string]gen.Visit{}
	h.Until(t, "all visits are complete", func() bool {
		for _, v := range visits(t, h) {
			byNumber[v.Number] = v
			if v.Left.IsZero() || v.How == "answered" && v.TalkSeconds == 0 { // rows are written a moment later
				return false
			}
		}
		return true
	})
	if all := visits(t, h); len(all) != len(talks)+1 {
		t.Errorf("%d visits, want %d", len(all), len(talks)+1)
	}
	var worst, worstVisit time.Duration
	for _, k := range talks {
		worst = max(worst, checkRecord(t, h, k.talk, wants{"controller", "answered", 16}))
		worstVisit = max(worstVisit, checkVisit(t, byNumber[k.from], k.talk, "answered", k.agent.Account))
	}
	worst = max(worst, checkRecord(t, h, gaveUp, wants{"controller", "answered", 16})) // by the music
	waited := &talk{from: gaveUp.from, started: gaveUp.started, answered: gaveUp.ended, ended: gaveUp.ended}
	worstVisit = max(worstVisit, checkVisit(t, byNumber[gaveUp.from], waited, "abandoned", ""))
	t.Logf("%d records at most %s off, %d visits at most %s off", len(talks)+1, worst.Round(time.Millisecond), len(byNumber), worstVisit.Round(time.Millisecond))
}

// checkVisit compares a visit with what the phones saw; it returns the worst deviation.
func checkVisit(t testing.TB, v gen.Visit, k *talk, how gen.Leaving, account string) (worst time.Duration) {
	t.Helper()
	if v.How != how || v.Account != account || v.Queue != "operator" || v.Room != k.from {
		t.Errorf("visit of %s: %+v, want %s by %s", k.from, v, how, account)
	}
	talked := time.Duration(v.TalkSeconds+v.HoldSeconds) * time.Second
	for _, moment := range []struct {
		name      string
		got, seen time.Duration
	}{
		{"entered", v.Entered.Sub(k.started), 0}, {"left", v.Left.Sub(k.answered), 0},
		{"talk", talked, k.ended.Sub(k.answered).Round(time.Second)},
	} {
		off := (moment.got - moment.seen).Abs()
		worst = max(worst, off)
		if off > exact {
			t.Errorf("visit of %s: %s is %s off: %+v", k.from, moment.name, off, v)
		}
	}
	return worst
}

// unchangedVisits restarts the controller once more: records and visits stay as
// they are, and the agents are still signed on.
func unchangedVisits(t testing.TB, h *hotel) {
	t.Helper()
	wasVisits, wasRecords := visits(t, h), records(t, h, url.Values{})
	h.Kill(t)
	h.StartProcess(t)
	reconciled(t, h)
	unchanged(t, wasVisits, visits(t, h))
	unchanged(t, wasRecords, records(t, h, url.Values{}))
	h.Until(t, "all agents are ready again", func() bool {
		ready := 0
		for _, s := range topic[gen.Seat](t, h, "seats") {
			if s.State == "ready" {
				ready++
			}
		}
		return ready == 6
	})
}

// unchanged fails for each row that is not as it was.
func unchanged[T any](t testing.TB, before, after []T) {
	t.Helper()
	if len(before) != len(after) {
		t.Errorf("%d rows after a second restart, %d before", len(after), len(before))
		return
	}
	for i := range before {
		if was, is := fmt.Sprintf("%+v", before[i]), fmt.Sprintf("%+v", after[i]); was != is {
			t.Errorf("a second restart changed\n%s\n%s", was, is)
		}
	}
}
