package routing

import (
	"time"

	"bellhop/controller/kit/phone"
)

// DemoData returns two trunks to carriers at the given addresses (host[:port]),
// with routes, numbers and lists that suit hotel.Demo.
func DemoData(unicom, telecom string, now time.Time) Data {
	return Data{
		Trunks: []Trunk{
			{
				Name: "unicom", Endpoint: "trunkunicom", Carrier: "联通 unicom", Address: unicom,
				Limit: 20, CallerID: CallerIDRule{Mode: CallerIDMain}, Enabled: true, Order: 1,
			},
			{
				Name: "telecom", Endpoint: "trunktelecom", Carrier: "电信 telecom", Address: telecom, Limit: 30,
				CallerID: CallerIDRule{Mode: CallerIDExtension, Number: "07558888"}, Enabled: true, Order: 2,
			},
		},
		Routes:    demoRoutes(),
		DIDs:      demoDIDs(),
		Screening: demoScreening(now),
	}
}

// demoRoutes take the cheap carrier first; costs are micro-yuan a minute.
func demoRoutes() []Route {
	cheap, dear := []string{"unicom", "telecom"}, []string{"telecom", "unicom"}
	const night, morning = 21 * time.Hour, 7 * time.Hour
	return []Route{
		{ID: "local", Class: phone.ClassLocal, Trunks: cheap, Cost: 60_000},
		{ID: "service", Class: phone.ClassService, Trunks: dear},
		{ID: "free", Class: phone.ClassFree, Trunks: dear},
		{ID: "shared", Class: phone.ClassShared, Trunks: cheap, Cost: 60_000},
		{ID: "mobile", Prefix: "1", Class: phone.ClassMobile, Trunks: cheap, Cost: 80_000},
		{ID: "far-mobile", Prefix: "01", Class: phone.ClassMobile, Trunks: cheap, Cost: 120_000},
		{ID: "national", Prefix: "0", Class: phone.ClassNational, Trunks: cheap, Cost: 150_000},
		{ID: "national-night", Prefix: "0", Class: phone.ClassNational, Trunks: dear, Cost: 90_000, From: night, To: morning},
		{ID: "own-area", Prefix: "0755", Class: phone.ClassLocal, Trunks: cheap, Strip: 4, Cost: 60_000},
		{ID: "regional", Prefix: "00", Class: phone.ClassRegional, Trunks: dear, Cost: 800_000},
		{ID: "international", Prefix: "00", Class: phone.ClassInternational, Trunks: dear, Cost: 2_000_000},
	}
}

func demoDIDs() []DID {
	did := func(number, to, label string) DID {
		return DID{Number: number, To: phone.MustParse(to), Label: label}
	}
	return []DID{
		did("075588886666", "8888", "总机 main number"),
		did("075588888000", "8000", "前台 front desk"),
		did("075588888500", "8500", "中餐厅 restaurant"),
		did("075588888333", "8333", "保安部 security"),
		did("075588881206", "1206", "房间 room 1206"),
		did("075588881301", "1301", "房间 room 1301"),
	}
}

func demoScreening(now time.Time) []Screening {
	entry := func(id string, d Direction, pattern string, v Verdict, reason string) Screening {
		return Screening{ID: id, Direction: d, Pattern: pattern, Verdict: v, Reason: reason, By: "demo", Created: now}
	}
	month := entry("s4", Inbound, "075526000???", Flag, "骚扰电话 complaint of a guest")
	month.Expires = now.AddDate(0, 1, 0)
	return []Screening{
		entry("s1", Inbound, "075583000000", Refuse, "推销 sales calls"),
		entry("s2", Inbound, "0085230000000", Limit, "只转总机 operator only"),
		entry("s3", Outbound, "400000????", Refuse, "冒充订房热线 false booking line"),
		month,
	}
}
