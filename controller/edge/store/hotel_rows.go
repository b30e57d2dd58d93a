package store

import (
	"time"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// Rows mirror the tables of sql/*/00001_hotel.sql. Where a row is made by a
// conversion, the compiler sees to it that no field is forgotten; for the others
// the round trip test does.

type propertyRow struct {
	ID          int `gorm:"primaryKey;autoIncrement:false"`
	Name        string
	TimeZone    string
	Country     string
	AreaCode    string
	MainNumber  string
	Languages   list[string]
	AccessDigit string
	Operator    number
	RoomToRoom  hotel.RoomPolicy
	VacantClass string
	GuestClass  string
	RingTime    span
	OverlapWait span
}

func (propertyRow) TableName() string     { return "property" }
func (propertyRow) key() (string, string) { return "id", "1" }

func toPropertyRow(p hotel.Property) propertyRow {
	return propertyRow{
		ID: 1, Name: p.Name, TimeZone: p.TimeZone, Country: p.Country, AreaCode: p.AreaCode,
		MainNumber: p.MainNumber, Languages: p.Languages, AccessDigit: p.AccessDigit,
		Operator: number(p.Operator), RoomToRoom: p.RoomToRoom,
		VacantClass: p.VacantClass, GuestClass: p.GuestClass,
		RingTime: span(p.RingTime), OverlapWait: span(p.OverlapWait),
	}
}

func (r propertyRow) model() hotel.Property {
	return hotel.Property{
		Name: r.Name, TimeZone: r.TimeZone, Country: r.Country, AreaCode: r.AreaCode,
		MainNumber: r.MainNumber, Languages: r.Languages, AccessDigit: r.AccessDigit,
		Operator: phone.Number(r.Operator), RoomToRoom: r.RoomToRoom,
		VacantClass: r.VacantClass, GuestClass: r.GuestClass,
		RingTime: time.Duration(r.RingTime), OverlapWait: time.Duration(r.OverlapWait),
	}
}

type floorRow struct {
	Name  string `gorm:"primaryKey"`
	Order int    `gorm:"column:position"`
}

func (floorRow) TableName() string       { return "floors" }
func (r floorRow) key() (string, string) { return "name", r.Name }
func toFloorRow(f hotel.Floor) floorRow  { return floorRow(f) }
func (r floorRow) model() hotel.Floor    { return hotel.Floor(r) }

type roomRow struct {
	Number string `gorm:"primaryKey"`
	Floor  string
	Type   string
}

func (roomRow) TableName() string       { return "rooms" }
func (r roomRow) key() (string, string) { return "number", r.Number }
func toRoomRow(m hotel.Room) roomRow    { return roomRow(m) }
func (r roomRow) model() hotel.Room     { return hotel.Room(r) }

type extensionRow struct {
	Number       number `gorm:"primaryKey"`
	Kind         hotel.ExtensionKind
	Name         string
	Room         string
	Department   string
	Class        string
	Language     string
	DoNotDisturb bool
	ForwardTo    number
	ForwardWhen  hotel.ForwardWhen
	Monitored    bool
}

func (extensionRow) TableName() string { return "extensions" }
func (r extensionRow) key() (string, string) {
	return "number", phone.Number(r.Number).String()
}

func toExtensionRow(e hotel.Extension) extensionRow {
	return extensionRow{
		Number: number(e.Number), Kind: e.Kind, Name: e.Name, Room: e.Room, Department: e.Department,
		Class: e.Class, Language: e.Language, DoNotDisturb: e.DoNotDisturb,
		ForwardTo: number(e.ForwardTo), ForwardWhen: e.ForwardWhen, Monitored: e.Monitored,
	}
}

func (r extensionRow) model() hotel.Extension {
	return hotel.Extension{
		Number: phone.Number(r.Number), Kind: r.Kind, Name: r.Name, Room: r.Room, Department: r.Department,
		Class: r.Class, Language: r.Language, DoNotDisturb: r.DoNotDisturb,
		ForwardTo: phone.Number(r.ForwardTo), ForwardWhen: r.ForwardWhen, Monitored: r.Monitored,
	}
}

type deviceRow struct {
	ID        string `gorm:"primaryKey"`
	Extension number
	Label     string
	Kind      hotel.DeviceKind
	Endpoint  string
	HA1       string `gorm:"column:ha1"`
}

func (deviceRow) TableName() string       { return "devices" }
func (r deviceRow) key() (string, string) { return "id", r.ID }

func toDeviceRow(d hotel.Device) deviceRow {
	return deviceRow{
		ID: d.ID, Extension: number(d.Extension), Label: d.Label, Kind: d.Kind, Endpoint: d.Endpoint, HA1: d.HA1,
	}
}

func (r deviceRow) model() hotel.Device {
	return hotel.Device{
		ID: r.ID, Extension: phone.Number(r.Extension), Label: r.Label, Kind: r.Kind, Endpoint: r.Endpoint, HA1: r.HA1,
	}
}

type groupRow struct {
	Name    string `gorm:"primaryKey"`
	Number  number
	Members list[phone.Number]
	Pickup  bool
}

func (groupRow) TableName() string       { return "extension_groups" }
func (r groupRow) key() (string, string) { return "name", r.Name }

func toGroupRow(g hotel.Group) groupRow {
	return groupRow{Name: g.Name, Number: number(g.Number), Members: g.Members, Pickup: g.Pickup}
}

func (r groupRow) model() hotel.Group {
	return hotel.Group{Name: r.Name, Number: phone.Number(r.Number), Members: r.Members, Pickup: r.Pickup}
}

type classRow struct {
	Name  string `gorm:"primaryKey"`
	Allow list[phone.Class]
}

func (classRow) TableName() string       { return "classes_of_service" }
func (r classRow) key() (string, string) { return "name", r.Name }

func toClassRow(c hotel.ClassOfService) classRow {
	return classRow{Name: c.Name, Allow: c.Allow}
}

func (r classRow) model() hotel.ClassOfService {
	return hotel.ClassOfService{Name: r.Name, Allow: r.Allow}
}

type stayRow struct {
	ID         string `gorm:"primaryKey"`
	Room       string
	Guests     list[guestItem]
	Class      string
	CheckedIn  instant
	CheckedOut instant
}

// guestItem is a guest as written in the JSON list of a stay.
type guestItem struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Language string `json:"language"`
	VIP      int    `json:"vip"`
}

func (stayRow) TableName() string       { return "stays" }
func (r stayRow) key() (string, string) { return "id", r.ID }

func toStayRow(s hotel.Stay) stayRow {
	return stayRow{
		ID: s.ID, Room: s.Room, Class: s.Class, CheckedIn: instant(s.CheckedIn), CheckedOut: instant(s.CheckedOut),
		Guests: each(s.Guests, func(g hotel.Guest) guestItem { return guestItem(g) }),
	}
}

func (r stayRow) model() hotel.Stay {
	return hotel.Stay{
		ID: r.ID, Room: r.Room, Class: r.Class, CheckedIn: time.Time(r.CheckedIn), CheckedOut: time.Time(r.CheckedOut),
		Guests: each(r.Guests, func(g guestItem) hotel.Guest { return hotel.Guest(g) }),
	}
}
