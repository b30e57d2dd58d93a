package acd

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// desk builds a queue "operator" served by li, wang and zhao, who are all ready;
// zhao is idle for longest.
func desk(change ...func(s *Situation)) Situation {
	s := Situation{
		Queues: []Queue{{
			Name: "operator", Strategy: LongestIdle, Members: []string{"li", "wang", "zhao"},
			RingTime: 15 * time.Second, VIPBonus: 2 * time.Minute,
		}},
		Seats: []Seat{
			{Profile: Profile{Account: "li"}, State: Ready, IdleSince: ago1(60)},
			{Profile: Profile{Account: "wang"}, State: Ready, IdleSince: ago1(120)},
			{Profile: Profile{Account: "zhao"}, State: Ready, IdleSince: ago1(200)},
		},
		Callers: []Caller{{Call: "c1", Queue: "operator", Entered: ago1(10)}},
	}
	for _, c := range change {
		c(&s)
	}
	return s
}

// ago1 is so many seconds before noon.
func ago1(seconds int) time.Time { return noon.Add(-time.Duration(seconds) * time.Second) }

// told writes offers as "call→account,account" for short comparisons.
func told(offers []Offer) string {
	var out []string
	for _, o := range offers {
		out = append(out, o.Call+"→"+strings.Join(o.Accounts, ","))
	}
	return strings.Join(out, " ")
}

func TestMatch(t *testing.T) {
	add := func(c ...Caller) func(*Situation) {
		return func(s *Situation) { s.Callers = append(s.Callers, c...) }
	}
	queue := func(change func(q *Queue)) func(*Situation) {
		return func(s *Situation) { change(&s.Queues[0]) }
	}
	seat := func(i int, change func(*Seat)) func(*Situation) {
		return func(s *Situation) { change(&s.Seats[i]) }
	}
	caller := func(change func(*Caller)) func(*Situation) {
		return func(s *Situation) { change(&s.Callers[0]) }
	}
	strategy := func(st Strategy) func(*Situation) { return queue(func(q *Queue) { q.Strategy = st }) }
	only := func(accounts ...string) func(*Situation) {
		return func(s *Situation) {
			s.Seats = slices.DeleteFunc(s.Seats, func(x Seat) bool { return !slices.Contains(accounts, x.Account) })
		}
	}
	english := func(q *Queue) {
		q.Ladder = []Step{{After: 30 * time.Second}, {Skills: map[string]int{"english": 5}}}
	}
	speaks := func(n int) func(*Seat) { return func(x *Seat) { x.Skills = map[string]int{"english": n} } }
	vip := func(x *Seat) { x.VIP = true }
	c2 := Caller{Call: "c2", Queue: "operator", Entered: ago1(20)}

	for name, c := range map[string]struct {
		change []func(*Situation)
		want   string
		reason string // of the first offer
	}{
		"longest idle":         {nil, "c1→zhao", "longest idle: free for 3m20s"},
		"who waits longest":    {[]func(*Situation){add(c2), only("li")}, "c2→li", "longest idle"},
		"ties by call":         {[]func(*Situation){add(Caller{Call: "c0", Queue: "operator", Entered: ago1(10)}), only("li")}, "c0→li", ""},
		"several at once":      {[]func(*Situation){add(c2)}, "c2→zhao c1→wang", ""},
		"only ready seats":     {[]func(*Situation){seat(2, func(x *Seat) { x.State = Paused }), seat(1, func(x *Seat) { x.State = NotResponding })}, "c1→li", ""},
		"nobody ready":         {[]func(*Situation){only()}, "", ""},
		"members only":         {[]func(*Situation){queue(func(q *Queue) { q.Members = []string{"li", "nobody"} })}, "c1→li", ""},
		"no second offer":      {[]func(*Situation){caller(func(c *Caller) { c.Ringing = []string{"zhao"} })}, "", ""},
		"ringing seat is busy": {[]func(*Situation){caller(func(c *Caller) { c.Ringing = []string{"zhao"} }), add(c2)}, "c2→wang", ""},
		"malice changes nothing": {[]func(*Situation){
			add(c2), only("li"), caller(func(c *Caller) { c.Malice = true }),
		}, "c2→li", ""},
		"queue that is gone": {[]func(*Situation){caller(func(c *Caller) { c.Queue = "gone" })}, "", ""},

		"fewest calls":        {[]func(*Situation){strategy(FewestCalls), seat(0, func(x *Seat) { x.Calls = 1 }), seat(1, func(x *Seat) { x.Calls = 2 }), seat(2, func(x *Seat) { x.Calls = 3 })}, "c1→li", "fewest calls: 1 call since sign-on"},
		"least talk":          {[]func(*Situation){strategy(LeastTalk), seat(0, func(x *Seat) { x.Talk = time.Hour }), seat(2, func(x *Seat) { x.Talk = time.Minute })}, "c1→wang", "least talk: 0s since sign-on"},
		"linear":              {[]func(*Situation){strategy(Linear)}, "c1→li", "linear"},
		"round robin":         {[]func(*Situation){strategy(RoundRobin), func(s *Situation) { s.Turn = map[string]string{"operator": "li"} }}, "c1→wang", "round robin: next free after li"},
		"round robin wraps":   {[]func(*Situation){strategy(RoundRobin), func(s *Situation) { s.Turn = map[string]string{"operator": "zhao"} }}, "c1→li", ""},
		"round robin, unseen": {[]func(*Situation){strategy(RoundRobin), func(s *Situation) { s.Turn = map[string]string{"operator": "left"} }}, "c1→li", ""},
		"sticky":              {[]func(*Situation){strategy(Sticky), caller(func(c *Caller) { c.Last = "li" })}, "c1→li", "sticky: spoke with this caller last"},
		"sticky, busy":        {[]func(*Situation){strategy(Sticky), caller(func(c *Caller) { c.Last = "gone" })}, "c1→zhao", "longest idle"},

		"sticky, just missed": {[]func(*Situation){strategy(Sticky), caller(func(c *Caller) { c.Last, c.Missed = "li", map[string]time.Time{"li": ago1(5)} })}, "c1→zhao", ""},

		"ring all":           {[]func(*Situation){strategy(RingAll)}, "c1→li,wang,zhao", "ring all: 3 seats"},
		"ring all adds":      {[]func(*Situation){strategy(RingAll), caller(func(c *Caller) { c.Ringing = []string{"wang"} }), seat(1, func(x *Seat) { x.State = Alerting }), seat(2, func(x *Seat) { x.State = Talking })}, "c1→li", "ring all: 1 seat"},
		"ring all, VIP seat": {[]func(*Situation){strategy(RingAll), seat(1, vip), caller(func(c *Caller) { c.VIP = 1 })}, "c1→wang,li,zhao", ""},

		"skills":           {[]func(*Situation){queue(english), seat(0, speaks(5)), seat(2, speaks(4))}, "c1→li", "english 5, asked 5"},
		"skills of nobody": {[]func(*Situation){queue(english)}, "", ""},
		"ladder loosens":   {[]func(*Situation){queue(english), caller(func(c *Caller) { c.Entered = ago1(30) })}, "c1→zhao", ""},

		"each its own step": {[]func(*Situation){queue(english), seat(0, speaks(5)), add(
			Caller{Call: "c2", Queue: "operator", Entered: ago1(40)}, Caller{Call: "c3", Queue: "operator", Entered: ago1(5)})},
			"c2→zhao c1→li", ""},
		"the ladder is the own queue's": {[]func(*Situation){queue(english), func(s *Situation) {
			s.Queues = append(s.Queues, Queue{Name: "desk", Members: []string{"wang"}, Ladder: []Step{{Skills: map[string]int{"french": 1}}}})
			s.Queues[0].Members = []string{"li", "zhao"}
			s.Seats[0].Skills = map[string]int{"french": 1}
			s.Seats[2].Skills = map[string]int{"english": 5}
			s.Callers = append(s.Callers, Caller{Call: "c0", Queue: "desk", Also: []string{"operator"}, Entered: ago1(15)})
		}}, "c0→li c1→zhao", ""},

		"VIP counts":      {[]func(*Situation){only("li"), add(Caller{Call: "v", Queue: "operator", Entered: noon, VIP: 2})}, "v→li", "VIP 2 counts as +240 s"},
		"VIP is no trump": {[]func(*Situation){only("li"), caller(func(c *Caller) { c.Entered = ago1(250) }), add(Caller{Call: "v", Queue: "operator", Entered: noon, VIP: 2})}, "c1→li", ""},
		"VIP seat first":  {[]func(*Situation){seat(0, vip), caller(func(c *Caller) { c.VIP = 1 })}, "c1→li", "seat for VIP callers"},
		"VIP seat kept": {[]func(*Situation){
			only("li"), seat(0, vip), caller(func(c *Caller) { c.Entered = ago1(900) }), add(Caller{Call: "v", Queue: "operator", Entered: noon, VIP: 1}),
		}, "v→li", ""},
		"VIP seat serves all": {[]func(*Situation){only("li"), seat(0, vip)}, "c1→li", ""},
		"VIP has missed it": {[]func(*Situation){
			only("li", "wang"), seat(0, vip), caller(func(c *Caller) { c.Entered = ago1(900) }),
			add(Caller{Call: "v", Queue: "operator", Entered: noon, VIP: 1, Missed: map[string]time.Time{"li": ago1(20)}}),
		}, "c1→wang v→li", ""},
		"VIP has missed it, and it is kept": {[]func(*Situation){
			only("li", "wang"), seat(0, vip), caller(func(c *Caller) { c.Entered = ago1(900) }),
			add(Caller{Call: "c2", Queue: "operator", Entered: ago1(800)},
				Caller{Call: "v", Queue: "operator", Entered: noon, VIP: 1, Missed: map[string]time.Time{"li": ago1(20)}}),
		}, "c1→wang v→li", ""},
		"VIP seat missed goes to others": {[]func(*Situation){
			only("li", "wang"), seat(0, vip),
			add(Caller{Call: "v", Queue: "operator", Entered: ago1(20), VIP: 1, Missed: map[string]time.Time{"li": ago1(20)}}),
		}, "v→wang c1→li", ""},

		"missed":           {[]func(*Situation){caller(func(c *Caller) { c.Missed = map[string]time.Time{"zhao": ago1(29)} })}, "c1→wang", ""},
		"missed long ago":  {[]func(*Situation){caller(func(c *Caller) { c.Missed = map[string]time.Time{"zhao": ago1(30)} })}, "c1→zhao", ""},
		"missed, but only": {[]func(*Situation){only("zhao"), caller(func(c *Caller) { c.Missed = map[string]time.Time{"zhao": ago1(5)} })}, "c1→zhao", "missed this caller 5s ago"},

		"overflow": {[]func(*Situation){func(s *Situation) {
			s.Queues = append(s.Queues, Queue{Name: "desk", Strategy: Linear, Members: []string{"zhao", "li"}})
			s.Queues[0].Members = []string{"wang"}
			s.Seats[1].State = Talking
			s.Callers[0].Also = []string{"gone", "desk"}
		}}, "c1→zhao", "linear: first free from the top; overflow to desk"},
		"own queue before overflow": {[]func(*Situation){func(s *Situation) {
			s.Queues = append(s.Queues, Queue{Name: "desk", Members: []string{"zhao"}})
			s.Queues[0].Members = []string{"wang"}
			s.Callers[0].Also = []string{"desk"}
		}}, "c1→wang", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := Match(desk(c.change...), noon)
			if told(got) != c.want {
				t.Fatalf("offers %q, want %q", told(got), c.want)
			}
			if len(got) > 0 && !strings.Contains(got[0].Reason, c.reason) {
				t.Errorf("reason %q lacks %q", got[0].Reason, c.reason)
			}
		})
	}
}

func TestOfferNamesItsTurn(t *testing.T) {
	if q, a := (Offer{Queue: "operator", Accounts: []string{"li"}}).Turn(); q != "operator" || a != "li" {
		t.Error(q, a)
	}
	if q, _ := (Offer{Queue: "operator", Via: "desk", Accounts: []string{"li"}}).Turn(); q != "desk" {
		t.Error(q)
	}
}

// TestDiceAreFair draws with many seeds: Random is even, Weighted goes by weight.
func TestDiceAreFair(t *testing.T) {
	for strategy, want := range map[Strategy][3]float64{
		Random: {1. / 3, 1. / 3, 1. / 3}, Weighted: {0.1, 0.3, 0.6},
	} {
		s := desk(func(s *Situation) { s.Queues[0].Strategy = strategy })
		for i, weight := range []int{0, 3, 6} {
			s.Seats[i].Weight = weight
		}
		first := map[string]float64{}
		const draws = 6000
		for s.Seed = range uint64(draws) {
			first[Match(s, noon)[0].Accounts[0]]++
		}
		for i, account := range s.Queues[0].Members {
			if got := first[account] / draws; got < want[i]-0.03 || got > want[i]+0.03 {
				t.Errorf("%s rang %s first in %.3f of the draws, want %.3f", strategy, account, got, want[i])
			}
		}
	}
}

func TestMatchLeavesTheSituationAlone(t *testing.T) {
	s, same := bigDesk(200, 40, 2), bigDesk(200, 40, 2)
	Match(s, noon)
	if !reflect.DeepEqual(s, same) {
		t.Error("Match altered its argument")
	}
}

func TestOrderAndPositions(t *testing.T) {
	s := desk(func(s *Situation) {
		s.Callers = append(s.Callers,
			Caller{Call: "c2", Queue: "desk", Entered: ago1(50)},
			Caller{Call: "c3", Queue: "operator", Entered: ago1(30)},
			Caller{Call: "v", Queue: "operator", Entered: ago1(1), VIP: 1, Ringing: []string{"li"}})
	})
	ordered := Order(s.Queues, s.Callers, noon)
	var calls []string
	for _, c := range ordered {
		calls = append(calls, c.Call)
	}
	if want := []string{"v", "c2", "c3", "c1"}; !slices.Equal(calls, want) {
		t.Errorf("order %v, want %v", calls, want)
	}
	if got, want := Positions(ordered), map[string]int{"v": 1, "c2": 1, "c3": 2, "c1": 3}; !reflect.DeepEqual(got, want) {
		t.Errorf("positions %v, want %v", got, want)
	}
}

func TestEffectiveWaitNeverOverflows(t *testing.T) {
	c := Caller{Entered: noon.Add(-time.Hour), VIP: 1 << 40}
	if got := c.EffectiveWait(time.Hour, noon); got <= 0 {
		t.Errorf("%v", got)
	}
	c.VIP = -3
	if got := c.EffectiveWait(time.Hour, noon); got != time.Hour {
		t.Errorf("a negative VIP level counts: %v", got)
	}
}

func TestRung(t *testing.T) {
	q := Queue{Ladder: []Step{{After: time.Minute}, {After: 10 * time.Second}, {After: 10 * time.Second}}}
	for waited, want := range map[time.Duration]int{
		-time.Second: -1, 0: -1, 9 * time.Second: -1, 10 * time.Second: 2, 59 * time.Second: 2, time.Minute: 0, time.Hour: 0,
	} {
		if got := q.Rung(waited); got != want {
			t.Errorf("after %v: step %d, want %d", waited, got, want)
		}
	}
}
