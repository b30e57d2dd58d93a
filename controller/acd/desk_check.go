package acd

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// The bounds of a queue's settings.
const (
	maxName    = 32
	maxSteps   = 10
	maxMembers = 500
	minRing    = 5 * time.Second
	maxRing    = 5 * time.Minute
	maxWrapUp  = 30 * time.Minute
	maxWait    = time.Hour
	maxSkill   = 10
)

// checkQueue refuses a queue that cannot work, naming the field and the rule.
func checkQueue(q Queue, others map[string]Queue) error {
	if !regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,31}$`).MatchString(q.Name) {
		return fault.Field("name", "needs 1 to %d of a-z, 0-9, - and _", maxName)
	}
	if q.Title == "" {
		return fault.Field("title", "is empty")
	}
	if err := checkShort("title", q.Title); err != nil {
		return err
	}
	for _, o := range others {
		if o.Name != q.Name && !q.Number.IsZero() && o.Number == q.Number {
			return &fault.Error{Code: fault.Conflict, Field: "number", Message: "is the number of queue " + o.Name}
		}
	}
	strategies := []Strategy{RingAll, LongestIdle, FewestCalls, LeastTalk, RoundRobin, Linear, Random, Weighted, Sticky}
	if !slices.Contains(strategies, q.Strategy) {
		return fault.Field("strategy", "%q is none of %v", q.Strategy, strategies)
	}
	if err := checkMembers(q.Members); err != nil {
		return err
	}
	if err := checkTimes(q); err != nil {
		return err
	}
	if err := checkLadder(q.Ladder); err != nil {
		return err
	}
	if err := checkOverflow(q, others); err != nil {
		return err
	}
	return checkTarget(q.Target)
}

func checkMembers(members []string) error {
	if len(members) > maxMembers {
		return fault.Field("members", "may be at most %d", maxMembers)
	}
	for i, m := range members {
		if m == "" || slices.Contains(members[:i], m) {
			return fault.Field(fmt.Sprintf("members[%d]", i), "is empty or named twice")
		}
		if err := checkShort("members", m); err != nil {
			return err
		}
	}
	return nil
}

func checkTimes(q Queue) error {
	for _, t := range []struct {
		field            string
		value, low, high time.Duration
	}{
		{"ring_time", q.RingTime, minRing, maxRing},
		{"wrap_up", q.WrapUp, 0, maxWrapUp},
		{"vip_bonus", q.VIPBonus, 0, maxWait},
		{"resume", q.Resume, 0, maxWait},
		{"announce.every", q.Announce.Every, 0, maxWait},
		{"announce.reminder", q.Announce.Reminder, 0, maxWait},
	} {
		if t.value < t.low || t.value > t.high {
			return fault.Field(t.field, "must be between %s and %s", t.low, t.high)
		}
	}
	if q.MissLimit < 0 || q.MissLimit > 100 {
		return fault.Field("miss_limit", "must be between 0 and 100")
	}
	if q.MaxWaiting < 0 || q.MaxWaiting > 1000 {
		return fault.Field("max_waiting", "must be between 0 and 1000")
	}
	return nil
}

func checkLadder(ladder []Step) error {
	if len(ladder) > maxSteps {
		return fault.Field("ladder", "may have at most %d steps", maxSteps)
	}
	for i, s := range ladder {
		field := fmt.Sprintf("ladder[%d]", i)
		if s.After < 0 || s.After > maxWait || i > 0 && s.After <= ladder[i-1].After {
			return fault.Field(field+".after", "must grow from step to step, up to %s", maxWait)
		}
		if err := checkSkills(field+".skills", s.Skills); err != nil {
			return err
		}
	}
	return nil
}

func checkSkills(field string, skills map[string]int) error {
	for name, level := range skills {
		if name == "" || level < 1 || level > maxSkill {
			return fault.Field(field, "needs a name and a level from 1 to %d, not %q: %d", maxSkill, name, level)
		}
		if err := checkShort(field, name); err != nil {
			return err
		}
	}
	return nil
}

func checkOverflow(q Queue, others map[string]Queue) error {
	if len(q.Overflow) > maxSteps {
		return fault.Field("overflow", "may have at most %d steps", maxSteps)
	}
	for i, o := range q.Overflow {
		field := fmt.Sprintf("overflow[%d]", i)
		if o.After < 0 || o.After > maxWait || i > 0 && o.After < q.Overflow[i-1].After {
			return fault.Field(field+".after", "must not shrink from step to step, up to %s", maxWait)
		}
		switch o.Do {
		case ToQueue:
			if _, known := others[o.To]; !known || o.To == q.Name {
				return fault.Field(field+".to", "%q is not another queue", o.To)
			}
		case ToNumber:
			if _, err := phone.Parse(o.To); err != nil {
				return fault.Field(field+".to", "%q is not a number", o.To)
			}
		case ToCallback, ToGoodbye:
			if o.To != "" {
				return fault.Field(field+".to", "must be empty")
			}
		default:
			return fault.Field(field+".do", "may be %q, %q, %q or %q", ToQueue, ToNumber, ToCallback, ToGoodbye)
		}
	}
	return nil
}

func checkTarget(t Target) error {
	formulas := []Formula{FormulaDefault, FormulaStrict, FormulaOffered, FormulaThreshold, FormulaAnswered, FormulaLenient}
	switch {
	case t.Within <= 0 || t.Within > maxWait:
		return fault.Field("target.within", "must be more than 0 and at most %s", maxWait)
	case !(t.Share > 0 && t.Share <= 1):
		return fault.Field("target.share", "must be more than 0 and at most 1")
	case t.Short < 0 || t.Short > maxWait:
		return fault.Field("target.short", "must be between 0 and %s", maxWait)
	case !slices.Contains(formulas, t.Formula):
		return fault.Field("target.formula", "%q is none of %v", t.Formula, formulas)
	}
	return nil
}

func checkProfile(p Profile) error {
	if p.Account == "" {
		return fault.Field("account", "is empty")
	}
	for field, text := range map[string]string{"account": p.Account, "name": p.Name} {
		if err := checkShort(field, text); err != nil {
			return err
		}
	}
	if p.Weight < 0 || p.Weight > 100 {
		return fault.Field("weight", "must be between 0 and 100")
	}
	return checkSkills("skills", p.Skills)
}
