package store

import (
	"time"

	"bellhop/controller/calls"
)

// Rows mirror the tables of sql/*/00003_calls.sql.

type recordRow struct {
	ID        calls.CallID `gorm:"primaryKey"`
	Path      calls.Path
	Direction calls.Direction
	From      partyRow `gorm:"embedded;embeddedPrefix:from_"`
	Dialled   string
	To        partyRow `gorm:"embedded;embeddedPrefix:to_"`
	Trunk     string
	Emergency bool
	Monitored bool
	Started   instant
	Answered  instant
	Ended     instant
	Talk      span // computed, to search by
	Outcome   calls.Outcome
	Cause     calls.Cause
	HungUpBy  string
	Reasons   list[string]
}

type partyRow struct {
	Number    string
	Name      string
	Extension string
	Room      string
	Stay      string
}

func (recordRow) TableName() string       { return "calls" }
func (r recordRow) key() (string, string) { return "id", string(r.ID) }

func toRecordRow(r calls.Record) recordRow {
	return recordRow{
		ID: r.ID, Path: r.Path, Direction: r.Direction, From: partyRow(r.From), Dialled: r.Dialled, To: partyRow(r.To),
		Trunk: r.Trunk, Emergency: r.Emergency, Monitored: r.Monitored,
		Started: instant(r.Started), Answered: instant(r.Answered), Ended: instant(r.Ended), Talk: span(r.Talk()),
		Outcome: r.Outcome, Cause: r.Cause, HungUpBy: r.HungUpBy,
		Reasons: append(list[string](nil), r.Reasons...), // a copy, because mendText may write to it
	}
}

// model leaves the legs to attachLegs.
func (r recordRow) model() calls.Record {
	return calls.Record{
		ID: r.ID, Path: r.Path, Direction: r.Direction, From: calls.Party(r.From), Dialled: r.Dialled, To: calls.Party(r.To),
		Trunk: r.Trunk, Emergency: r.Emergency, Monitored: r.Monitored,
		Started: time.Time(r.Started), Answered: time.Time(r.Answered), Ended: time.Time(r.Ended),
		Outcome: r.Outcome, Cause: r.Cause, HungUpBy: r.HungUpBy, Reasons: r.Reasons,
	}
}

type legRow struct {
	CallID   calls.CallID `gorm:"primaryKey"`
	Position int          `gorm:"primaryKey;autoIncrement:false"`
	ID       calls.LegID
	Endpoint string
	Number   string
	Role     string
	Started  instant
	Answered instant
	Ended    instant
	Cause    calls.Cause
}

func (legRow) TableName() string { return "call_legs" }

func toLegRow(call calls.CallID, position int, l calls.Leg) legRow {
	return legRow{
		CallID: call, Position: position, ID: l.ID, Endpoint: l.Endpoint, Number: l.Number, Role: l.Role,
		Started: instant(l.Started), Answered: instant(l.Answered), Ended: instant(l.Ended), Cause: l.Cause,
	}
}

func (r legRow) model() calls.Leg {
	return calls.Leg{
		ID: r.ID, Endpoint: r.Endpoint, Number: r.Number, Role: r.Role,
		Started: time.Time(r.Started), Answered: time.Time(r.Answered), Ended: time.Time(r.Ended), Cause: r.Cause,
	}
}
