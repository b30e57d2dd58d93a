package acd

import (
	"slices"
	"strconv"
	"time"
)

// reason says in words why these seats: for the audit line, the report and the
// operator's screen.
func (m *matcher) reason(p *place, seats []int, via string, fresh bool) string {
	s := &m.Seats[seats[0]]
	rules := p.rules
	if via != "" {
		rules = &m.Queues[m.queue(via)]
	}
	m.text = m.text[:0]
	if p.all {
		m.say("ring all: ", plural(len(seats), "seat"))
	} else {
		m.say(m.whyFirst(rules, p, s))
	}
	if p.VIP > 0 && p.rules.VIPBonus > 0 {
		extra := p.EffectiveWait(p.rules.VIPBonus, m.now) - m.now.Sub(p.Entered)
		m.say("; VIP ", strconv.Itoa(p.VIP), " counts as +", strconv.Itoa(int(extra/time.Second)), " s")
	}
	if p.VIP > 0 && s.VIP {
		m.say("; seat for VIP callers")
	}
	if p.step >= 0 {
		m.saySkills(p.rules.Ladder[p.step], s)
	}
	if via != "" {
		m.say("; overflow to ", via)
	}
	if !fresh {
		m.say("; missed this caller ", ago(m.now.Sub(p.Missed[s.Account])), " ago, but nobody else may")
	}
	return string(m.text)
}

func (m *matcher) say(parts ...string) {
	for _, part := range parts {
		m.text = append(m.text, part...)
	}
}

func (m *matcher) saySkills(asked Step, s *Seat) {
	m.skills = m.skills[:0]
	for skill := range asked.Skills {
		m.skills = append(m.skills, skill)
	}
	slices.Sort(m.skills)
	for _, skill := range m.skills {
		m.say("; ", skill, " ", strconv.Itoa(s.Skills[skill]), ", asked ", strconv.Itoa(asked.Skills[skill]))
	}
}

// whyFirst says why s is the first of the free seats.
func (m *matcher) whyFirst(q *Queue, p *place, s *Seat) string {
	switch q.Strategy {
	case FewestCalls:
		return "fewest calls: " + plural(s.Calls, "call") + " since sign-on"
	case LeastTalk:
		return "least talk: " + ago(s.Talk) + " since sign-on"
	case RoundRobin:
		if last := m.Turn[q.Name]; last != "" {
			return "round robin: next free after " + last
		}
		return "round robin: first free"
	case Linear, RingAll:
		return "linear: first free from the top"
	case Random:
		return "random"
	case Weighted:
		return "random by weight: " + strconv.Itoa(max(s.Weight, 1))
	case Sticky:
		if p.Last == s.Account {
			return "sticky: spoke with this caller last"
		}
	case LongestIdle:
	default:
		return "first free member"
	}
	if s.idleSince().IsZero() {
		return "longest idle"
	}
	return "longest idle: free for " + ago(m.now.Sub(s.idleSince()))
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

func ago(d time.Duration) string { return max(d, 0).Truncate(time.Second).String() }
