package rest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// fromQueue reads a queue and checks what the desk cannot: that its members are
// people. The desk checks the rest.
func (s *server) fromQueue(name string, in gen.QueueInput) (acd.Queue, error) {
	if in.Name != "" && in.Name != name {
		return acd.Queue{}, fault.Field("name", "is another than in the address")
	}
	for i, account := range in.Members {
		if _, err := s.Accounts.Get(account); err != nil {
			return acd.Queue{}, fault.Field(fmt.Sprintf("members.%d", i), "%q is not an account", account)
		}
	}
	q := acd.Queue{
		Name: name, Title: in.Title, Strategy: acd.Strategy(in.Strategy), Members: in.Members,
		RingTime: span(in.RingSeconds), WrapUp: span(in.WrapUpSeconds), MissLimit: in.MissLimit,
		VIPBonus: span(in.VipBonusSeconds), MaxWaiting: in.MaxWaiting, Resume: span(in.ResumeSeconds), EarlyMedia: in.EarlyMedia,
		Target: acd.Target{
			Within: span(in.Target.WithinSeconds), Share: in.Target.Share, Short: span(in.Target.ShortSeconds),
			Formula: acd.Formula(in.Target.Formula),
		},
		Announce: acd.Announce{
			Position: in.Announce.Position, Wait: in.Announce.Wait,
			Every: span(in.Announce.EverySeconds), Reminder: span(in.Announce.ReminderSeconds),
		},
		Ladder: each(in.Ladder, func(s gen.LadderStep) acd.Step { return acd.Step{After: span(s.AfterSeconds), Skills: s.Skills} }),
		Overflow: each(in.Overflow, func(o gen.OverflowStep) acd.Overflow {
			return acd.Overflow{After: span(o.AfterSeconds), Do: acd.OverflowKind(o.Do), To: o.To}
		}),
	}
	var err error
	if in.Number != "" {
		q.Number, err = number("number", in.Number)
	}
	return q, err
}

// span is a number of seconds as a duration.
func span(seconds int) time.Duration { return time.Duration(seconds) * time.Second }

// asAsked gives the field of a fault the name that it has in the API: members.0
// for members[0], after_seconds for after.
func asAsked(err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Field == "" {
		return err
	}
	named := *f
	named.Field = strings.NewReplacer("[", ".", "]", "").Replace(f.Field)
	if named.Field == "ring_time" {
		named.Field = "ring"
	}
	switch last := named.Field[strings.LastIndexByte(named.Field, '.')+1:]; last {
	case "ring", "wrap_up", "vip_bonus", "resume", "every", "reminder", "after", "within", "short":
		named.Field += "_seconds"
	}
	return &named
}
