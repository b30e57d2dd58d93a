package store

import (
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/kit/phone"
)

// Rows mirror the tables of sql/*/00005_desk.sql.

type queueRow struct {
	Name       string `gorm:"primaryKey"`
	Title      string
	Number     number
	Strategy   acd.Strategy
	Members    list[string]
	Ladder     list[stepRow]
	RingTime   span
	WrapUp     span
	MissLimit  int
	VIPBonus   span `gorm:"column:vip_bonus"`
	MaxWaiting int
	Overflow   list[acd.Overflow]
	Announce   object[acd.Announce]
	Resume     span
	Target     object[acd.Target]
	EarlyMedia bool
}

// stepRow is one step of a ladder, in JSON.
type stepRow struct {
	After  time.Duration
	Skills []skillRow
}

// skillRow is one skill: a list, unlike a map, can be checked for broken text.
type skillRow struct {
	Name  string
	Level int
}

func (queueRow) TableName() string       { return "queues" }
func (r queueRow) key() (string, string) { return "name", r.Name }

func toQueueRow(q acd.Queue) queueRow {
	return queueRow{
		Name: q.Name, Title: q.Title, Number: number(q.Number), Strategy: q.Strategy, Members: q.Members,
		Ladder:   each(q.Ladder, func(s acd.Step) stepRow { return stepRow{s.After, toSkillRows(s.Skills)} }),
		RingTime: span(q.RingTime), WrapUp: span(q.WrapUp), MissLimit: q.MissLimit, VIPBonus: span(q.VIPBonus),
		MaxWaiting: q.MaxWaiting, Overflow: q.Overflow, Announce: object[acd.Announce]{q.Announce},
		Resume: span(q.Resume), Target: object[acd.Target]{q.Target}, EarlyMedia: q.EarlyMedia,
	}
}

func (r queueRow) model() acd.Queue {
	return acd.Queue{
		Name: r.Name, Title: r.Title, Number: phone.Number(r.Number), Strategy: r.Strategy, Members: r.Members,
		Ladder:   each(r.Ladder, func(s stepRow) acd.Step { return acd.Step{After: s.After, Skills: skillsOf(s.Skills)} }),
		RingTime: time.Duration(r.RingTime), WrapUp: time.Duration(r.WrapUp), MissLimit: r.MissLimit,
		VIPBonus: time.Duration(r.VIPBonus), MaxWaiting: r.MaxWaiting, Overflow: r.Overflow,
		Announce: r.Announce.Of, Resume: time.Duration(r.Resume), Target: r.Target.Of, EarlyMedia: r.EarlyMedia,
	}
}

type profileRow struct {
	Account string `gorm:"primaryKey"`
	Name    string
	Skills  list[skillRow]
	VIP     bool `gorm:"column:vip"`
	Weight  int
}

func (profileRow) TableName() string       { return "agent_profiles" }
func (r profileRow) key() (string, string) { return "account", r.Account }

func toProfileRow(p acd.Profile) profileRow {
	return profileRow{Account: p.Account, Name: p.Name, Skills: toSkillRows(p.Skills), VIP: p.VIP, Weight: p.Weight}
}

func (r profileRow) model() acd.Profile {
	return acd.Profile{Account: r.Account, Name: r.Name, Skills: skillsOf(r.Skills), VIP: r.VIP, Weight: r.Weight}
}

type seatRow struct {
	Profile   profileRow `gorm:"embedded"`
	Extension string
	State     acd.WorkState
	Reason    string
	Forced    string    `gorm:"column:forced_by"`
	Then      choiceRow `gorm:"embedded;embeddedPrefix:then_"`
	Away      bool
	Since     instant
	SignedOn  instant
	IdleSince instant
	Calls     int
	Talk      span
	Missed    int
	Call      string `gorm:"column:call_id"`
}

type choiceRow struct {
	State  acd.WorkState
	Reason string
	By     string
}

func (seatRow) TableName() string       { return "seats" }
func (r seatRow) key() (string, string) { return r.Profile.key() }

func toSeatRow(s acd.Seat) seatRow {
	return seatRow{
		Profile: toProfileRow(s.Profile), Extension: s.Extension, State: s.State, Reason: s.Reason,
		Forced: s.Forced, Then: choiceRow(s.Then), Away: s.Away,
		Since: instant(s.Since), SignedOn: instant(s.SignedOn), IdleSince: instant(s.IdleSince),
		Calls: s.Calls, Talk: span(s.Talk), Missed: s.Missed, Call: s.Call,
	}
}

func (r seatRow) model() acd.Seat {
	return acd.Seat{
		Profile: r.Profile.model(), Extension: r.Extension, State: r.State, Reason: r.Reason,
		Forced: r.Forced, Then: acd.Choice(r.Then), Away: r.Away,
		Since: time.Time(r.Since), SignedOn: time.Time(r.SignedOn), IdleSince: time.Time(r.IdleSince),
		Calls: r.Calls, Talk: time.Duration(r.Talk), Missed: r.Missed, Call: r.Call,
	}
}

type pulseRow struct {
	One string `gorm:"primaryKey"`
	At  instant
}

func (pulseRow) TableName() string       { return "desk_pulse" }
func (r pulseRow) key() (string, string) { return "one", r.One }
