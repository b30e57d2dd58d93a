package store

import (
	"time"

	"bellhop/controller/acd"
)

type visitRow struct {
	ID          string `gorm:"primaryKey"`
	Call        string `gorm:"column:call_id"`
	Queue       string
	Number      string
	Name        string
	Room        string
	VIP         int `gorm:"column:vip"`
	Entered     instant
	Left        instant `gorm:"column:left_at"`
	How         acd.Leaving
	Account     string
	Offers      int
	Talk        span
	Hold        span
	WrapUp      span
	Transferred bool
	Outcome     string
	Note        string
	By          string `gorm:"column:changed_by"`
}

func (visitRow) TableName() string       { return "visits" }
func (r visitRow) key() (string, string) { return "id", r.ID }

func toVisitRow(v acd.Visit) visitRow {
	return visitRow{
		ID: v.ID, Call: v.Call, Queue: v.Queue, Number: v.Number, Name: v.Name, Room: v.Room, VIP: v.VIP,
		Entered: instant(v.Entered), Left: instant(v.Left), How: v.How, Account: v.Account, Offers: v.Offers,
		Talk: span(v.Talk), Hold: span(v.Hold), WrapUp: span(v.WrapUp),
		Transferred: v.Transferred, Outcome: v.Outcome, Note: v.Note, By: v.By,
	}
}

func (r visitRow) model() acd.Visit {
	return acd.Visit{
		ID: r.ID, Call: r.Call, Queue: r.Queue, Number: r.Number, Name: r.Name, Room: r.Room, VIP: r.VIP,
		Entered: time.Time(r.Entered), Left: time.Time(r.Left), How: r.How, Account: r.Account, Offers: r.Offers,
		Talk: time.Duration(r.Talk), Hold: time.Duration(r.Hold), WrapUp: time.Duration(r.WrapUp), Transferred: r.Transferred,
		Outcome: r.Outcome, Note: r.Note, By: r.By,
	}
}

type spanRow struct {
	ID      string `gorm:"primaryKey"`
	Account string
	State   acd.WorkState
	Reason  string
	Begin   instant `gorm:"column:begins"`
	End     instant `gorm:"column:ends"`
	Forced  string  `gorm:"column:forced_by"`
}

func (spanRow) TableName() string       { return "agent_spans" }
func (r spanRow) key() (string, string) { return "id", r.ID }

func toSpanRow(s acd.Span) spanRow {
	return spanRow{
		ID: s.ID, Account: s.Account, State: s.State, Reason: s.Reason,
		Begin: instant(s.Begin), End: instant(s.End), Forced: s.Forced,
	}
}

func (r spanRow) model() acd.Span {
	return acd.Span{
		ID: r.ID, Account: r.Account, State: r.State, Reason: r.Reason,
		Begin: time.Time(r.Begin), End: time.Time(r.End), Forced: r.Forced,
	}
}

type callbackRow struct {
	Visit    string `gorm:"primaryKey"`
	Queue    string
	Number   string
	Name     string
	Room     string
	Stay     string
	Language string
	VIP      int `gorm:"column:vip"`
	Entered  instant
	Tries    int
	Next     instant `gorm:"column:next_try"`
}

func (callbackRow) TableName() string       { return "callbacks" }
func (r callbackRow) key() (string, string) { return "visit", r.Visit }

func toCallbackRow(c acd.Callback) callbackRow {
	return callbackRow{
		Visit: c.Visit, Queue: c.Queue, Number: c.Number, Name: c.Name, Room: c.Room, Stay: c.Stay,
		Language: c.Language, VIP: c.VIP, Entered: instant(c.Entered), Tries: c.Tries, Next: instant(c.Next),
	}
}

func (r callbackRow) model() acd.Callback {
	return acd.Callback{
		Visit: r.Visit, Queue: r.Queue, Number: r.Number, Name: r.Name, Room: r.Room, Stay: r.Stay,
		Language: r.Language, VIP: r.VIP, Entered: time.Time(r.Entered), Tries: r.Tries, Next: time.Time(r.Next),
	}
}
