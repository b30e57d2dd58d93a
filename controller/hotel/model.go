package hotel

import (
	"time"

	"bellhop/controller/kit/phone"
)

// Property is the hotel itself: what every other thing depends on.
type Property struct {
	Name        string
	TimeZone    string   // IANA name, e.g. Asia/Shanghai
	Country     string   // numbering profile, ISO 3166: CN, US, …
	AreaCode    string   // of the hotel's lines, without the trunk prefix
	MainNumber  string   // shown by default on calls to the outside
	Languages   []string // of prompts, first is the default: zh-CN, en
	AccessDigit string   // to get an outside line; empty: none needed
	Operator    phone.Number
	RoomToRoom  RoomPolicy
	VacantClass string        // class of service of a room nobody stays in
	GuestClass  string        // class of service of a room after check-in
	RingTime    time.Duration // how long a phone rings before "no answer"
	OverlapWait time.Duration // how long to wait for the next digit
}

// RoomPolicy says which rooms a guest may dial directly.
type RoomPolicy string

// The room-to-room policies.
const (
	RoomsAll   RoomPolicy = "all"
	RoomsGroup RoomPolicy = "group" // only rooms in a common group
	RoomsNone  RoomPolicy = "none"
)

// Floor is a storey or wing; rooms are listed by it.
type Floor struct {
	Name  string // key, as on the lift button
	Order int
}

// Room is a guest room; its phones are devices of the extension with its number.
type Room struct {
	Number string
	Floor  string
	Type   string // free text: king, twin, suite
}

// ExtensionKind says whose number it is.
type ExtensionKind string

// The kinds of extension.
const (
	KindRoom       ExtensionKind = "room"
	KindStaff      ExtensionKind = "staff"
	KindDepartment ExtensionKind = "department"
	KindService    ExtensionKind = "service" // rings its group, always allowed from rooms
	KindDesk       ExtensionKind = "desk"
	KindCorridor   ExtensionKind = "corridor" // public phone: may not call rooms
)

// Extension is an internal number with its rights.
type Extension struct {
	Number       phone.Number
	Kind         ExtensionKind
	Name         string // shown to the called party
	Room         string // KindRoom: the room it stands in
	Department   string
	Class        string // class of service by name; rooms: set by the stay
	Language     string
	DoNotDisturb bool
	ForwardTo    phone.Number // zero: no forward; rooms cannot forward
	ForwardWhen  ForwardWhen
	Monitored    bool // internal calls are kept in the call list (R95)
}

// ForwardWhen says when a call is forwarded.
type ForwardWhen string

// When to forward.
const (
	ForwardAlways   ForwardWhen = "always"
	ForwardBusy     ForwardWhen = "busy"
	ForwardNoAnswer ForwardWhen = "no_answer"
)

// DeviceKind tells a SIP phone from a browser.
type DeviceKind string

// The kinds of device.
const (
	DeviceSIP     DeviceKind = "sip"
	DeviceBrowser DeviceKind = "browser"
)

// Device is one phone of an extension; all devices of it ring together.
type Device struct {
	ID        string // extension, hyphen, ordinal: 1206-2
	Extension phone.Number
	Label     string // bedside, bathroom
	Kind      DeviceKind
	// Endpoint is the SIP user name: random, never the extension number.
	Endpoint string
	// HA1 is MD5(endpoint:realm:secret), RFC 7616 §3.4.2; the secret itself is
	// shown once and never stored.
	HA1 string
}

// Realm is the SIP digest realm of every device.
const Realm = "bellhop"

// Group is a set of extensions; an extension may be in any number of groups.
type Group struct {
	Name    string
	Number  phone.Number // dial it and all members ring; zero: none
	Members []phone.Number
	Pickup  bool // members may pick up each other's calls
}

// ClassOfService says which classes of number may be called.
type ClassOfService struct {
	Name  string
	Allow []phone.Class
}

// Guest is a person of a stay.
type Guest struct {
	ID       string // the PMS's reservation number, or ours
	Name     string
	Language string
	VIP      int // 0: none
}

// Stay is the time one or more guests spend in a room. Open while CheckedOut is zero.
type Stay struct {
	ID         string
	Room       string
	Guests     []Guest // in order of arrival; the first names the line
	Class      string  // class of service while it is open
	CheckedIn  time.Time
	CheckedOut time.Time
}
