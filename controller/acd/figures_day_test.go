package acd

import (
	"fmt"
	"slices"
	"sort"
	"testing"
	"time"
)

// busyDay is three thousand calls in ten hours for three queues and nine seats,
// with VIPs, missed rings, impatience, overflow and callers who ring again.
func busyDay(t testing.TB, seed uint64) *sim {
	s := Situation{Queues: []Queue{
		{
			Name: "operator", Strategy: LongestIdle, Members: []string{"a0", "a1", "a2", "a3", "a4"}, RingTime: 12 * sec, WrapUp: 6 * sec,
			MissLimit: 2, VIPBonus: 2 * time.Minute, Resume: time.Minute,
			Overflow: []Overflow{{After: 30 * sec, Do: ToQueue, To: "desk"}, {After: 50 * sec, Do: ToNumber, To: "13800138000"}},
		},
		{
			Name: "reservations", Strategy: Sticky, Members: []string{"a3", "a4", "a5", "a6"}, RingTime: 15 * sec, MissLimit: 3, VIPBonus: time.Minute,
			Ladder: []Step{{Skills: map[string]int{"english": 5}}, {After: 20 * sec, Skills: map[string]int{"english": 2}}, {After: time.Minute}},
		},
		{Name: "desk", Strategy: RingAll, Members: []string{"a7", "a8"}, RingTime: 20 * sec, WrapUp: 3 * sec, MissLimit: 2, Resume: 30 * sec},
	}}
	for i := range 9 {
		s.Seats = append(s.Seats, Seat{Profile: Profile{Account: fmt.Sprint("a", i), VIP: i == 4, Skills: map[string]int{"english": i}}})
	}
	m := newSim(t, seed, s)
	m.service = func() time.Duration { return 10*sec + m.exp(60*sec) }
	m.patience = func() time.Duration { return m.exp(100 * sec) }
	m.answer = func() time.Duration { return sec + m.exp(5*sec) }
	m.redial = func() (time.Duration, bool) { return m.exp(45 * sec), m.dice.IntN(3) == 0 }
	m.arrivals(3000, func() time.Duration { return m.exp(12 * sec) }, func(i int) Caller {
		c := Caller{Queue: []string{"operator", "operator", "reservations", "desk"}[m.dice.IntN(4)], Number: fmt.Sprint(1000 + i)}
		if m.dice.IntN(10) == 0 {
			c.VIP = 1 + m.dice.IntN(3)
		}
		if c.Queue == "reservations" {
			c.Last = fmt.Sprint("a", 3+m.dice.IntN(4))
		}
		return c
	})
	m.run()
	return m
}

// story is what the raw legs tell of one call.
type story struct {
	queue                  string
	entered, answered, end int64 // nanoseconds
	hasAnswer              bool
	fate                   string
	talk, wrap             int64
	agent                  string
}

// stories reads the legs, without visits, Count or any other code of the room.
func stories(legs []leg) map[string]*story {
	by := map[string]*story{}
	for _, l := range legs {
		ns := l.at.UnixNano()
		switch l.what {
		case "enter":
			if s := by[l.call]; s != nil {
				s.queue = l.queue // it was resumed before
				continue
			}
			by[l.call] = &story{queue: l.queue, entered: ns}
		case "resume":
			by[l.call] = &story{entered: by[l.of].entered}
			delete(by, l.of)
		case "answer":
			s := by[l.call]
			s.answered, s.hasAnswer, s.agent, s.fate = ns, true, l.agent, "answered"
			s.talk = l.talkedTo.UnixNano() - ns
			s.end = ns
		case "over":
			by[l.call].wrap = l.wrapUntil.UnixNano() - ns
		default:
			by[l.call].fate, by[l.call].end = l.what, ns
		}
	}
	return by
}

// tally counts stories the plain way, into the same shape as Figures.
func tally(all map[string]*story, in func(*story) bool, t Target) Figures {
	var f Figures
	var waits []float64
	for _, s := range all {
		if !in(s) {
			continue
		}
		f.Offered++
		w := s.end - s.entered
		if time.Duration(w) > f.LongestWait {
			f.LongestWait = time.Duration(w)
		}
		if s.hasAnswer {
			waits = append(waits, float64(w))
			f.Wait += time.Duration(w)
			f.Talk += time.Duration(s.talk)
			f.WrapUp += time.Duration(s.wrap)
			continue
		}
		if s.fate == "diverted" {
			f.Overflowed++
			continue
		}
		f.Abandoned++
		if w < int64(t.Short) {
			f.ShortAbandoned++
		}
		if w > int64(t.Within) {
			f.AbandonedAfterTarget++
		}
	}
	sort.Float64s(waits)
	upTo := func(limit time.Duration) int {
		return sort.SearchFloat64s(waits, float64(limit)+0.5)
	}
	f.Answered = len(waits)
	f.AnsweredInTarget, f.AnsweredIn10, f.AnsweredIn20 = upTo(t.Within), upTo(10*sec), upTo(20*sec)
	quantile := func(share float64) time.Duration {
		for i, w := range waits {
			if float64(i+1) >= share*float64(len(waits)) {
				return time.Duration(w)
			}
		}
		return 0
	}
	f.MedianWait, f.P95Wait = quantile(0.5), quantile(0.95)
	return f
}

// TestFiguresOfABusyDay: the figures from visits equal those from raw legs, per
// queue, per agent, per half hour and overall, and so does every service level.
func TestFiguresOfABusyDay(t *testing.T) {
	for seed := range uint64(3) {
		m := busyDay(t, seed)
		raw := stories(m.legs)
		compare := func(what string, got Figures, in func(*story) bool) {
			want := tally(raw, in, target())
			got.waits = nil
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
				t.Errorf("seed %d, %s\n got %+v\nwant %+v", seed, what, got, want)
			}
			compareLevels(t, got, want)
		}
		compare("overall", Count(PerCall(m.visits), target()), func(*story) bool { return true })
		for _, q := range m.Queues {
			vs := slices.DeleteFunc(slices.Clone(m.visits), func(v Visit) bool { return v.Queue != q.Name })
			compare(q.Name, Count(vs, target()), func(s *story) bool { return s.queue == q.Name })
		}
		accounts := ByAccount(m.visits, target())
		for _, s := range m.Seats {
			compare(s.Account, accounts[s.Account], func(x *story) bool { return x.agent == s.Account })
		}
		for _, i := range Intervals(m.visits, target(), 30*time.Minute, zone(t, "Asia/Shanghai")) {
			compare(i.From.String(), i.Figures, func(s *story) bool { return s.entered >= i.From.UnixNano() && s.entered < i.To.UnixNano() })
		}
		m.checkDay(t, raw)
	}
}

// compareLevels computes SL-1 to SL-6 and the rates once more, by their texts.
func compareLevels(t *testing.T, got, want Figures) {
	t.Helper()
	at, a, b, s, f := float64(want.AnsweredInTarget), float64(want.Answered), float64(want.Abandoned), float64(want.ShortAbandoned), float64(want.Overflowed)
	late := float64(want.AbandonedAfterTarget)
	for formula, level := range map[Formula]float64{
		FormulaDefault: at / (a + b - s), FormulaStrict: at / (a + b), FormulaOffered: at / (a + b + f),
		FormulaThreshold: at / (a + late), FormulaAnswered: at / a, FormulaLenient: (at + b - late) / (a + b),
	} {
		if sl, ok := got.ServiceLevel(formula); ok && sl != level {
			t.Errorf("%s: %v, want %v", formula, sl, level)
		}
	}
	if r, ok := got.AbandonRate(); ok && r != (b-s)/(a+b+f-s) {
		t.Errorf("abandon rate %v", r)
	}
}

// checkDay holds that the day was busy enough to prove something, and that spans
// and visits agree on the time of handling.
func (m *sim) checkDay(t *testing.T, raw map[string]*story) {
	t.Helper()
	f := Count(m.visits, target())
	f.waits = nil
	resumed, reoffered, vips := 0, 0, 0
	for _, v := range m.visits {
		resumed += one(v.How == Resumed)
		reoffered += one(v.Offers > 1 && v.Queue != "desk")
		vips += one(v.VIP > 0)
	}
	if f.Offered < 3000 || f.Abandoned < 100 || f.ShortAbandoned < 10 || f.Overflowed < 5 || resumed < 20 || reoffered < 50 || vips < 200 || f.Open > 0 || f.Lost > 0 {
		t.Errorf("a dull day: %+v, resumed %d, rung again %d, VIP %d", f, resumed, reoffered, vips)
	}
	if f.Offered != len(raw) || len(m.Callers) > 0 {
		t.Errorf("%d offered, %d in the legs, %d still wait", f.Offered, len(raw), len(m.Callers))
	}
	times := StateTimes(m.spans, noon, m.now)
	if times.Talking != f.Talk || times.WrapUp != f.WrapUp {
		t.Errorf("spans: talk %v, wrap-up %v; visits: %v, %v", times.Talking, times.WrapUp, f.Talk, f.WrapUp)
	}
	if sum := times.Ready + times.Ringing + times.Handling() + times.NotResponding; times.LoggedIn != m.now.Sub(noon)*time.Duration(len(m.Seats)) || times.LoggedIn != sum {
		t.Errorf("logged in %v, states add up to %v", times.LoggedIn, sum)
	}
	for _, s := range m.Seats {
		if s.State != Ready {
			t.Errorf("after the day: %+v", s)
		}
	}
	t.Logf("%d calls, %d answered, %d in target, %d abandoned, %d overflowed, %d resumed, ASA %v, median %v, p95 %v",
		f.Offered, f.Answered, f.AnsweredInTarget, f.Abandoned, f.Overflowed, resumed, f.ASA(), f.MedianWait, f.P95Wait)
}

// TestTheSameSeedIsTheSameDay: nothing in the room depends on chance or on maps.
func TestTheSameSeedIsTheSameDay(t *testing.T) {
	a, b := busyDay(t, 7), busyDay(t, 7)
	if fmt.Sprintf("%+v", a.visits) != fmt.Sprintf("%+v", b.visits) {
		t.Error("two runs of one seed differ")
	}
}
