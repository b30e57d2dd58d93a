package store

import (
	"time"

	"bellhop/controller/kit/phone"
	"bellhop/controller/routing"
)

// Rows mirror the tables of sql/*/00002_routing.sql.

type trunkRow struct {
	Name     string `gorm:"primaryKey"`
	Endpoint string
	Carrier  string
	Address  string
	Register bool
	Username string
	Secret   string
	Hosts    list[string]
	Limit    int         `gorm:"column:call_limit"`
	CallerID callerIDRow `gorm:"embedded;embeddedPrefix:caller_id_"`
	Enabled  bool
	Order    int `gorm:"column:position"`
}

type callerIDRow struct {
	Mode   routing.CallerIDMode
	Number string
}

func (trunkRow) TableName() string       { return "trunks" }
func (r trunkRow) key() (string, string) { return "name", r.Name }

func toTrunkRow(t routing.Trunk) trunkRow {
	return trunkRow{
		Name: t.Name, Endpoint: t.Endpoint, Carrier: t.Carrier, Address: t.Address, Register: t.Register,
		Username: t.Username, Secret: t.Secret, Hosts: t.Hosts, Limit: t.Limit,
		CallerID: callerIDRow(t.CallerID), Enabled: t.Enabled, Order: t.Order,
	}
}

func (r trunkRow) model() routing.Trunk {
	return routing.Trunk{
		Name: r.Name, Endpoint: r.Endpoint, Carrier: r.Carrier, Address: r.Address, Register: r.Register,
		Username: r.Username, Secret: r.Secret, Hosts: r.Hosts, Limit: r.Limit,
		CallerID: routing.CallerIDRule(r.CallerID), Enabled: r.Enabled, Order: r.Order,
	}
}

type routeRow struct {
	ID     string `gorm:"primaryKey"`
	Prefix string
	Class  phone.Class
	Trunks list[string]
	Strip  int
	Add    string `gorm:"column:add_front"`
	From   span   `gorm:"column:from_time"`
	To     span   `gorm:"column:to_time"`
	Days   list[time.Weekday]
	Cost   int64
	Order  int `gorm:"column:position"`
}

func (routeRow) TableName() string       { return "routes" }
func (r routeRow) key() (string, string) { return "id", r.ID }

func toRouteRow(m routing.Route) routeRow {
	return routeRow{
		ID: m.ID, Prefix: m.Prefix, Class: m.Class, Trunks: m.Trunks, Strip: m.Strip, Add: m.Add,
		From: span(m.From), To: span(m.To), Days: m.Days, Cost: m.Cost, Order: m.Order,
	}
}

func (r routeRow) model() routing.Route {
	return routing.Route{
		ID: r.ID, Prefix: r.Prefix, Class: r.Class, Trunks: r.Trunks, Strip: r.Strip, Add: r.Add,
		From: time.Duration(r.From), To: time.Duration(r.To), Days: r.Days, Cost: r.Cost, Order: r.Order,
	}
}

type didRow struct {
	Number string `gorm:"primaryKey"`
	Trunk  string
	To     number `gorm:"column:to_number"`
	Label  string
}

func (didRow) TableName() string       { return "dids" }
func (r didRow) key() (string, string) { return "number", r.Number }

func toDIDRow(d routing.DID) didRow {
	return didRow{Number: d.Number, Trunk: d.Trunk, To: number(d.To), Label: d.Label}
}

func (r didRow) model() routing.DID {
	return routing.DID{Number: r.Number, Trunk: r.Trunk, To: phone.Number(r.To), Label: r.Label}
}

type screeningRow struct {
	ID        string `gorm:"primaryKey"`
	Direction routing.Direction
	Pattern   string
	Scope     string
	Verdict   routing.Verdict
	Reason    string
	By        string `gorm:"column:listed_by"`
	Created   instant
	Expires   instant
}

func (screeningRow) TableName() string       { return "screening" }
func (r screeningRow) key() (string, string) { return "id", r.ID }

func toScreeningRow(s routing.Screening) screeningRow {
	return screeningRow{
		ID: s.ID, Direction: s.Direction, Pattern: s.Pattern, Scope: s.Scope, Verdict: s.Verdict,
		Reason: s.Reason, By: s.By, Created: instant(s.Created), Expires: instant(s.Expires),
	}
}

func (r screeningRow) model() routing.Screening {
	return routing.Screening{
		ID: r.ID, Direction: r.Direction, Pattern: r.Pattern, Scope: r.Scope, Verdict: r.Verdict,
		Reason: r.Reason, By: r.By, Created: time.Time(r.Created), Expires: time.Time(r.Expires),
	}
}
