package routing

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// Each row dials from room 1206 (class international) unless it names another.
func TestOutside(t *testing.T) {
	tests := []struct {
		from, dialled string
		class         phone.Class
		attempts      string // trunk:digits
		cause         calls.Cause
		reason        string
	}{
		{"", "61238888", phone.ClassLocal, "unicom:61238888 telecom:61238888", 0, "'local' and so on by unicom, telecom"},
		{"", "075561238888", phone.ClassLocal, "unicom:61238888 telecom:61238888", 0, "own-area"},
		{"", "02061238888", phone.ClassNational, "unicom:02061238888 telecom:02061238888", 0, "national"},
		{"", "+862061238888", phone.ClassNational, "unicom:02061238888 telecom:02061238888", 0, ""},
		{"", "13800138000", phone.ClassMobile, "unicom:13800138000 telecom:13800138000", 0, "'mobile'"},
		{"", "013800138000", phone.ClassMobile, "unicom:013800138000 telecom:013800138000", 0, "'far-mobile'"},
		{"", "0085221234567", phone.ClassRegional, "telecom:0085221234567 unicom:0085221234567", 0, "'regional'"},
		{"", "0014155550123", phone.ClassInternational, "telecom:0014155550123 unicom:0014155550123", 0, ""},
		{"", "10086", phone.ClassService, "telecom:10086 unicom:10086", 0, ""},
		{"", "96110", phone.ClassService, "telecom:96110 unicom:96110", 0, "never screened"},
		{"", "4001234567", phone.ClassShared, "unicom:4001234567 telecom:4001234567", 0, ""},
		{"", "8008101234", phone.ClassFree, "telecom:8008101234 unicom:8008101234", 0, ""},
		{"", "16812345", "", "", calls.CauseBarred, "premium numbers are never called"},
		{"", "00881612345678", "", "", calls.CauseBarred, "premium numbers are never called"},
		{"", "4000001234", "", "", calls.CauseBarred, "entry 's3'"},
		{"", "12110", "", "", calls.CauseUnallocated, "text messages only"},
		{"", "6123888812", "", "", calls.CauseUnallocated, "no such number"},
		{"", "0205", "", "", calls.CauseInvalid, "incomplete"},
		{"", "1790902061238888", "", "", calls.CauseUnallocated, "carrier selection"},
		{"1301", "61238888", phone.ClassLocal, "unicom:61238888 telecom:61238888", 0, "class 'local' allows local"},
		{"1301", "13800138000", "", "", calls.CauseBarred, "class 'local' does not allow mobile"},
		{"1101", "13800138000", phone.ClassMobile, "unicom:13800138000 telecom:13800138000", 0, "class of every guest"},
		{"1101", "0014155550123", "", "", calls.CauseBarred, "class 'national' does not allow international"},
		{"1102", "61238888", "", "", calls.CauseBarred, "room 1102 is vacant"},
		{"1102", "10086", "", "", calls.CauseBarred, "room 1102 is vacant"},
		{"8901", "61238888", "", "", calls.CauseBarred, "class 'internal' does not allow local"},
		{"8101", "61238888", phone.ClassLocal, "unicom:61238888 telecom:61238888", 0, ""},
	}
	for _, tt := range tests {
		if tt.from == "" {
			tt.from = "1206"
		}
		d := Decide(Call{From: num(tt.from), Dialled: tt.dialled}, house(t), table(t), noon)
		if d.Class != tt.class || attempts(d) != tt.attempts || d.Cause != tt.cause || (tt.cause != 0) != (d.Kind == KindReject) {
			t.Errorf("%s dials %s: got %s %s %q %s %q", tt.from, tt.dialled, d.Kind, d.Class, attempts(d), d.Cause, d.Texts())
		}
		says(t, d, tt.reason)
	}
}

func attempts(d Decision) string {
	var all []string
	for _, a := range d.Attempts {
		all = append(all, a.Trunk+":"+a.Digits.String())
	}
	return strings.Join(all, " ")
}

func TestAccessDigit(t *testing.T) {
	nine := func(d *hotel.Data) { d.Property.AccessDigit = "9" }
	tests := []struct {
		dialled, attempts string
		cause             calls.Cause
		prompt            string
	}{
		{"961238888", "unicom:61238888 telecom:61238888", 0, ""},
		{"913800138000", "unicom:13800138000 telecom:13800138000", 0, ""},
		{"90014155550123", "telecom:0014155550123 unicom:0014155550123", 0, ""},
		{"13800138000", "", calls.CauseUnallocated, PromptNeedAccess},
		{"9", "", calls.CauseInvalid, PromptIncomplete},
		{"1101", "", 0, ""},
		{"8888", "", 0, ""},
	}
	for _, tt := range tests {
		d := Decide(Call{From: num("1206"), Dialled: tt.dialled}, house(t, nine), table(t), noon)
		if attempts(d) != tt.attempts || d.Cause != tt.cause || d.Prompt != tt.prompt {
			t.Errorf("%s: got %s %q %s %s %q", tt.dialled, d.Kind, attempts(d), d.Cause, d.Prompt, d.Texts())
		}
	}
}

func TestFailover(t *testing.T) {
	full := func(counts map[string]int) Live { return Live{Trunks: counts} }
	tests := []struct {
		name     string
		live     Live
		edits    []func(*Data)
		attempts string
		cause    calls.Cause
	}{
		{"all free", Live{}, nil, "unicom:61238888 telecom:61238888", 0},
		{"cheap one full", full(map[string]int{"unicom": 20}), nil, "telecom:61238888", 0},
		{"one line left", full(map[string]int{"unicom": 19, "telecom": 30}), nil, "unicom:61238888", 0},
		{"all full", full(map[string]int{"unicom": 20, "telecom": 31}), nil, "", calls.CauseNoCircuit},
		{"one off", Live{}, []func(*Data){trunk("unicom", func(k *Trunk) { k.Enabled = false })}, "telecom:61238888", 0},
		{"no limit", full(map[string]int{"unicom": 5000}), []func(*Data){trunk("unicom", func(k *Trunk) { k.Limit = 0 })},
			"unicom:61238888 telecom:61238888", 0},
		{"no route", Live{}, []func(*Data){func(d *Data) { d.Routes = nil }}, "", calls.CauseNoRoute},
		{"kept off a trunk", Live{}, []func(*Data){listed(Outbound, "6123*", Refuse, "unicom")}, "telecom:61238888", 0},
		{"caller has two calls", Live{Caller: 2}, nil, "", calls.CauseNoCircuit},
	}
	for _, tt := range tests {
		d := Decide(Call{From: num("1206"), Dialled: "61238888", Live: tt.live}, house(t), table(t, tt.edits...), noon)
		if attempts(d) != tt.attempts || d.Cause != tt.cause {
			t.Errorf("%s: got %q %s %q", tt.name, attempts(d), d.Cause, d.Texts())
		}
	}
}

func TestRouteWindows(t *testing.T) {
	hour := func(h int) time.Duration { return time.Duration(h) * time.Hour }
	weekdays := []time.Weekday{1, 2, 3, 4, 5}
	tests := []struct {
		name     string
		from, to int
		days     []time.Weekday
		at       string // day and hour
		want     bool
	}{
		{"always", 0, 0, nil, "Sat 12:00", true},
		{"inside", 8, 18, nil, "Sat 08:00", true},
		{"end is outside", 8, 18, nil, "Sat 18:00", false},
		{"before", 8, 18, nil, "Sat 07:59", false},
		{"to midnight", 18, 24, nil, "Sat 23:59", true},
		{"over midnight, late", 21, 7, nil, "Sat 23:00", true},
		{"over midnight, early", 21, 7, nil, "Sun 06:59", true},
		{"over midnight, day", 21, 7, nil, "Sun 12:00", false},
		{"weekday", 0, 0, weekdays, "Fri 12:00", true},
		{"weekend", 0, 0, weekdays, "Sat 12:00", false},
		{"Friday's night reaches into Saturday", 21, 7, weekdays, "Sat 03:00", true},
		{"Sunday's night is no weekday's", 21, 7, weekdays, "Mon 03:00", false},
	}
	for _, tt := range tests {
		at, err := time.Parse("Mon 15:04", tt.at)
		if err != nil {
			t.Fatal(err)
		}
		sunday := time.Date(2026, 11, 22, at.Hour(), at.Minute(), 0, 0, time.UTC)
		day := slices.Index([]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}, tt.at[:3])
		r := Route{From: hour(tt.from), To: hour(tt.to), Days: tt.days}
		if got := r.validAt(sunday.AddDate(0, 0, day)); got != tt.want {
			t.Errorf("%s: %s is %v", tt.name, tt.at, got)
		}
	}
}

// At 22:00 hotel time, which is 14:00 UTC, the night route is cheaper.
func TestNightRoute(t *testing.T) {
	night := time.Date(2026, 11, 21, 14, 0, 0, 0, time.UTC)
	d := Decide(Call{From: num("1206"), Dialled: "02061238888"}, house(t), table(t), night)
	if attempts(d) != "telecom:02061238888 unicom:02061238888" {
		t.Errorf("got %q %q", attempts(d), d.Texts())
	}
}

func TestLongestPrefixWins(t *testing.T) {
	add := func(rs ...Route) func(*Data) { return func(d *Data) { d.Routes = append(d.Routes, rs...) } }
	both := []string{"unicom", "telecom"}
	tests := []struct {
		name  string
		edit  func(*Data)
		want  string
		digit string
	}{
		{"longer prefix though dearer", add(Route{ID: "x", Prefix: "020", Trunks: both[1:], Cost: 9e9}), "telecom:02061238888", "02061238888"},
		{"digits changed", add(Route{ID: "x", Prefix: "020", Trunks: both[1:], Strip: 1, Add: "17909"}), "telecom:179092061238888", "02061238888"},
		{"cheaper first", add(Route{ID: "x", Prefix: "0", Trunks: both[1:], Cost: 1}), "telecom:02061238888 unicom:02061238888", "02061238888"},
		{"same cost, lower order", add(Route{ID: "x", Prefix: "0", Trunks: both[1:], Cost: 150_000, Order: -1}), "telecom:02061238888 unicom:02061238888", "02061238888"},
		{"too long to send", add(Route{ID: "x", Prefix: "0014", Trunks: both[1:], Add: "1234567890"}), "", "0014155550123"},
		{"other class", add(Route{ID: "x", Prefix: "020", Class: phone.ClassMobile, Trunks: both[1:]}), "unicom:02061238888 telecom:02061238888", "02061238888"},
	}
	for _, tt := range tests {
		d := Decide(Call{From: num("1206"), Dialled: tt.digit}, house(t), table(t, tt.edit), noon)
		if attempts(d) != tt.want {
			t.Errorf("%s: got %q %q", tt.name, attempts(d), d.Texts())
		}
	}
}

func TestTrunkToTrunk(t *testing.T) {
	out := Call{From: num("8000"), Trunk: "unicom", Dialled: "13800138000"} // blind transfer of an outside caller
	if d := Decide(out, house(t), table(t), noon); d.Kind != KindReject || d.Cause != calls.CauseBarred {
		t.Errorf("transfer outside: %+v", d)
	}
	in := Call{From: num("8000"), Trunk: "unicom", Dialled: "1206"}
	if d := Decide(in, house(t), table(t), noon); d.Kind != KindExtension {
		t.Errorf("transfer to a room: %+v", d)
	}
	forward := Call{From: num("8101"), Dialled: "61238888", Forwarded: true}
	if d := Decide(forward, house(t), table(t), noon); d.Kind != KindReject {
		t.Errorf("forward by the phone itself: %+v", d)
	}
}

func TestCallerID(t *testing.T) {
	tests := []struct {
		rule CallerIDRule
		want string
	}{
		{CallerIDRule{}, "075588886666"},
		{CallerIDRule{Mode: CallerIDMain}, "075588886666"},
		{CallerIDRule{Mode: CallerIDFixed, Number: "88880000"}, "88880000"},
		{CallerIDRule{Mode: CallerIDExtension, Number: "07558888"}, "075588881206"},
		{CallerIDRule{Mode: CallerIDAnonymous}, ""},
	}
	for _, tt := range tests {
		tab := table(t, trunk("unicom", func(k *Trunk) { k.CallerID = tt.rule }))
		d := Decide(Call{From: num("1206"), Dialled: "61238888"}, house(t), tab, noon)
		if got := d.Attempts[0].CallerID; got.Number != tt.want || strings.Contains(got.Name, "东方") {
			t.Errorf("%+v shows %+v", tt.rule, got)
		}
	}
}
