package acd

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func strategies() []Strategy {
	return []Strategy{RingAll, LongestIdle, FewestCalls, LeastTalk, RoundRobin, Linear, Random, Weighted, Sticky, "unknown"}
}

// anyDesk is a desk of any shape, also an ill one: members that do not exist,
// callers of queues that are gone.
func anyDesk(t *rapid.T) Situation {
	draw := func(max int, label string) int { return rapid.IntRange(0, max).Draw(t, label) }
	account := func() string { return fmt.Sprint("a", draw(7, "account")) }
	queue := func() string { return fmt.Sprint("q", draw(3, "queue")) }
	s := Situation{Seed: rapid.Uint64().Draw(t, "seed"), Turn: map[string]string{"q0": account()}}
	for i := range 3 {
		q := Queue{
			Name: fmt.Sprint("q", i), Strategy: rapid.SampledFrom(strategies()).Draw(t, "strategy"),
			RingTime: 10 * time.Second, VIPBonus: time.Duration(draw(2, "bonus")) * time.Minute,
		}
		for range draw(6, "members") {
			q.Members = append(q.Members, account())
		}
		for range draw(2, "steps") {
			q.Ladder = append(q.Ladder, Step{
				After:  time.Duration(draw(4, "after")) * 20 * time.Second,
				Skills: map[string]int{"english": draw(3, "level")},
			})
		}
		s.Queues = append(s.Queues, q)
	}
	states := []WorkState{Ready, Ready, Ready, Talking, Paused, NotResponding, WrapUp, Offline}
	for i := range draw(7, "seats") {
		s.Seats = append(s.Seats, Seat{
			Profile: Profile{
				Account: fmt.Sprint("a", i), Skills: map[string]int{"english": draw(3, "english")},
				VIP: draw(3, "vip seat") == 0, Weight: draw(3, "weight"),
			},
			State: rapid.SampledFrom(states).Draw(t, "state"), IdleSince: ago1(draw(100, "idle")), Calls: draw(3, "calls"),
		})
	}
	for i := range draw(9, "callers") {
		c := Caller{
			Call: fmt.Sprint("c", i), Queue: queue(), Entered: ago1(draw(100, "waited")), VIP: draw(2, "vip"),
			Last: account(), Malice: draw(4, "malice") == 0, Missed: map[string]time.Time{},
		}
		for range draw(2, "missed") {
			c.Missed[account()] = ago1(draw(40, "missed ago"))
		}
		for range draw(2, "also") {
			c.Also = append(c.Also, queue())
		}
		if draw(3, "rings") == 0 {
			c.Ringing = []string{account()}
		}
		s.Callers = append(s.Callers, c)
	}
	return s
}

// facts answers questions about a situation by looking at everything: the slow
// and obvious counterpart of the matcher.
type facts struct {
	Situation
	queues  map[string]Queue
	seats   map[string]Seat
	callers map[string]Caller
}

func factsOf(s Situation) facts {
	f := facts{s, map[string]Queue{}, map[string]Seat{}, map[string]Caller{}}
	for _, q := range s.Queues {
		f.queues[q.Name] = q
	}
	for _, x := range s.Seats {
		f.seats[x.Account] = x
	}
	for _, c := range s.Callers {
		f.callers[c.Call] = c
	}
	return f
}

// eligible says whether an account may serve c, whatever c has missed.
func (f facts) eligible(c Caller, account string) bool {
	seat, ok := f.seats[account]
	if !ok || seat.State != Ready || f.rung(account) {
		return false
	}
	for _, name := range append([]string{c.Queue}, c.Also...) {
		if slices.Contains(f.queues[name].Members, account) {
			return f.skilled(c, seat)
		}
	}
	return false
}

func (f facts) skilled(c Caller, seat Seat) bool {
	ladder := slices.Clone(f.queues[c.Queue].Ladder)
	slices.SortStableFunc(ladder, func(a, b Step) int { return int(a.After - b.After) })
	ok := true
	for _, step := range ladder {
		if step.After <= noon.Sub(c.Entered) {
			ok = seat.Skills["english"] >= step.Skills["english"]
		}
	}
	return ok
}

func (f facts) rung(account string) bool {
	return slices.ContainsFunc(f.Callers, func(c Caller) bool { return slices.Contains(c.Ringing, account) })
}

func (f facts) justMissed(c Caller, account string) bool {
	at, ok := c.Missed[account]
	return ok && noon.Sub(at) < 2*f.queues[c.Queue].RingTime
}

func (f facts) counts(c Caller) time.Duration {
	return noon.Sub(c.Entered) + time.Duration(c.VIP)*f.queues[c.Queue].VIPBonus
}

// TestOffersAreFair holds what every set of offers must keep.
func TestOffersAreFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyDesk(t)
		f, offers := factsOf(s), Match(s, noon)
		taken, got := map[string]string{}, map[string]Offer{}
		for _, o := range offers {
			c := f.callers[o.Call]
			if _, twice := got[o.Call]; twice || len(o.Accounts) == 0 || o.Reason == "" || o.Queue != c.Queue {
				t.Fatalf("bad offer %+v", o)
			}
			got[o.Call] = o
			if ringAll := f.queues[c.Queue].Strategy == RingAll; !ringAll && (len(o.Accounts) > 1 || len(c.Ringing) > 0) {
				t.Fatalf("%+v rings one seat too many", o)
			}
			for _, account := range o.Accounts {
				if other, twice := taken[account]; twice {
					t.Fatalf("%s rings for %s and %s", account, other, o.Call)
				}
				taken[account] = o.Call
				if !f.eligible(c, account) {
					t.Fatalf("%s may not serve %+v", account, c)
				}
			}
		}
		f.checkWaiting(t, got, taken)
	})
}

// checkWaiting holds that nobody waits who could be served, that callers are
// served in order, and that VIP seats are kept.
func (f facts) checkWaiting(t *rapid.T, got map[string]Offer, taken map[string]string) {
	for _, c := range f.Callers {
		if _, served := got[c.Call]; served || len(c.Ringing) > 0 {
			continue
		}
		for account, seat := range f.seats {
			call, rings := taken[account]
			if !f.eligible(c, account) {
				continue
			}
			if !rings {
				t.Fatalf("%s waits while %s is free", c.Call, account)
			}
			other := f.callers[call]
			if seat.VIP && c.VIP > 0 && other.VIP == 0 {
				t.Fatalf("VIP %s waits while VIP seat %s rings for %s", c.Call, account, call)
			}
			keepsVIP := seat.VIP && other.VIP > 0 && c.VIP == 0
			if f.counts(c) > f.counts(other) && !keepsVIP && !f.justMissed(c, account) {
				t.Fatalf("%s counts %v and waits, %s counts %v and rings at %s", c.Call, f.counts(c), call, f.counts(other), account)
			}
		}
	}
	for call, o := range got {
		c := f.callers[call]
		for _, account := range o.Accounts {
			for other := range f.seats {
				if _, rings := taken[other]; f.justMissed(c, account) && !f.justMissed(c, other) && !rings && f.eligible(c, other) {
					t.Fatalf("%s just missed %s and rings, %s is free", account, call, other)
				}
			}
		}
	}
}

// TestMatchIsDeterministic: the same situation gives the same offers, and the
// order in which callers are listed does not matter.
func TestMatchIsDeterministic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyDesk(t)
		first := Match(s, noon)
		s.Callers = rapid.Permutation(s.Callers).Draw(t, "callers")
		if again := Match(s, noon); !reflect.DeepEqual(first, again) {
			t.Fatalf("%v, then %v", first, again)
		}
	})
}

// TestMatcherForgets: memory that is used again changes nothing, neither in this
// match nor in what the one before returned.
func TestMatcherForgets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var used Matcher
		var before, want []Offer
		for range rapid.IntRange(2, 5).Draw(t, "matches") {
			s := anyDesk(t)
			got, fresh := used.Match(s, noon), Match(s, noon)
			if !reflect.DeepEqual(got, fresh) {
				t.Fatalf("used %v, fresh %v", got, fresh)
			}
			if !reflect.DeepEqual(before, want) {
				t.Fatalf("an earlier answer became %v, was %v", before, want)
			}
			before, want = got, fresh
		}
	})
}

// TestOrderIsKeptWithinAQueue: of two callers alike, who entered first rings first.
func TestOrderIsKeptWithinAQueue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyDesk(t)
		for i := range s.Callers {
			c := &s.Callers[i]
			*c = Caller{Call: c.Call, Queue: c.Queue, Entered: c.Entered}
		}
		for i := range s.Queues {
			s.Queues[i].Ladder = nil
		}
		got := map[string]bool{}
		for _, o := range Match(s, noon) {
			got[o.Call] = true
		}
		for _, a := range s.Callers {
			for _, b := range s.Callers {
				if a.Queue == b.Queue && a.Entered.Before(b.Entered) && got[b.Call] && !got[a.Call] {
					t.Fatalf("%s overtook %s", b.Call, a.Call)
				}
			}
		}
	})
}

// TestNobodyStarves: every caller is served within a bound that depends on the
// traffic alone, whatever mix of VIPs arrives. One seat serves a call in 10 s and
// one arrives every 10 s: who has waited for the greatest bonus precedes all
// newcomers, and those before it then leave one by one.
func TestNobodyStarves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const step = 10 * time.Second
		vip := rapid.IntRange(0, 4)
		s := desk()
		s.Seats, s.Callers = s.Seats[:1], nil
		ahead := rapid.IntRange(0, 20).Draw(t, "already waiting")
		for i := range ahead {
			s.Callers = append(s.Callers, Caller{Call: fmt.Sprint("old", i), Queue: "operator", Entered: noon, VIP: vip.Draw(t, "vip")})
		}
		greatest := 4 * s.Queues[0].VIPBonus
		bound := greatest + time.Duration(ahead+1)*step + greatest
		for i := range 200 {
			now := noon.Add(time.Duration(i) * step)
			s.Callers = append(s.Callers, Caller{Call: fmt.Sprint("c", i), Queue: "operator", Entered: now, VIP: vip.Draw(t, "vip")})
			offers := Match(s, now)
			if len(offers) != 1 {
				t.Fatalf("%d offers for one seat", len(offers))
			}
			s.Callers = slices.DeleteFunc(s.Callers, func(c Caller) bool { return c.Call == offers[0].Call })
			for _, c := range s.Callers {
				if waited := now.Sub(c.Entered); waited > bound {
					t.Fatalf("%s has waited %v, bound %v", c.Call, waited, bound)
				}
			}
		}
	})
}
