package routing

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// anyHouse is the demo hotel with anything that an operator may set.
func anyHouse(t *rapid.T) *hotel.Directory {
	data := hotel.Demo(noon)
	p := &data.Property
	p.AccessDigit = rapid.SampledFrom([]string{"", "", "9"}).Draw(t, "access")
	p.RoomToRoom = rapid.SampledFrom([]hotel.RoomPolicy{hotel.RoomsAll, hotel.RoomsGroup, hotel.RoomsNone}).Draw(t, "policy")
	p.AreaCode = rapid.SampledFrom([]string{"755", "21", "10", ""}).Draw(t, "area")
	if rapid.Bool().Draw(t, "no desk") {
		p.Operator = phone.Number{}
	}
	if rapid.Bool().Draw(t, "empty house") {
		data.Stays = nil
	}
	for i := range data.Extensions {
		e := &data.Extensions[i]
		if e.Kind == hotel.KindStaff && rapid.Bool().Draw(t, "forward") {
			e.ForwardTo = num(rapid.SampledFrom([]string{"8888", "1206", "13800138000", "7001"}).Draw(t, "to"))
			e.ForwardWhen = rapid.SampledFrom([]hotel.ForwardWhen{hotel.ForwardAlways, hotel.ForwardBusy}).Draw(t, "when")
		}
		if e.Kind == hotel.KindRoom {
			e.DoNotDisturb = rapid.Bool().Draw(t, "dnd")
		}
	}
	d, err := hotel.NewDirectory(data)
	if err != nil {
		t.Skip(err)
	}
	return d
}

// anyTable has trunks, routes and lists of all sorts.
func anyTable(t *rapid.T) *Table {
	data := DemoData("127.0.0.1:5070", "127.0.0.1:5071", noon)
	for i := range data.Trunks {
		data.Trunks[i].Limit = rapid.IntRange(0, 3).Draw(t, "limit")
		data.Trunks[i].Enabled = rapid.Bool().Draw(t, "enabled")
		data.Trunks[i].CallerID.Mode = rapid.SampledFrom([]CallerIDMode{"", CallerIDExtension, CallerIDAnonymous}).Draw(t, "mode")
	}
	for i := range data.Routes {
		r := &data.Routes[i]
		r.Strip = rapid.IntRange(0, 20).Draw(t, "strip")
		r.Add = rapid.StringMatching(`[0-9]{0,10}`).Draw(t, "add")
		r.From = time.Duration(rapid.IntRange(0, 24).Draw(t, "from")) * time.Hour
		r.To = time.Duration(rapid.IntRange(0, 24).Draw(t, "to")) * time.Hour
	}
	data.Routes = data.Routes[:rapid.IntRange(0, len(data.Routes)).Draw(t, "routes")]
	for i := range rapid.IntRange(0, 8).Draw(t, "entries") {
		e := Screening{
			ID: fmt.Sprint("x", i), By: "test", Reason: "test", Created: noon,
			Direction: rapid.SampledFrom([]Direction{Inbound, Outbound}).Draw(t, "direction"),
			Verdict:   rapid.SampledFrom([]Verdict{Allow, Refuse, Limit, Flag}).Draw(t, "verdict"),
			Pattern:   rapid.StringMatching(`[0-9?]{1,12}\*?`).Draw(t, "pattern"),
			Scope:     rapid.SampledFrom([]string{"", "", "1206", "unicom", "operators"}).Draw(t, "scope"),
		}
		if checkScreening(reserved())(e) == nil {
			data.Screening = append(data.Screening, e)
		}
	}
	tab, err := NewTable(data, num("*55"), num("7009"))
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func anyCall(t *rapid.T) Call {
	dialled := rapid.StringMatching(rapid.SampledFrom([]string{
		`[0-9]{1,18}`, `9?0[0-9]{9,11}`, `9?00[1-9][0-9]{6,14}`, `9?1[3-9][0-9]{9}`, `9?[2-8][0-9]{6,7}`,
		`1[1-4](0[1-9]|10)`, `8[0-9]{3}`, `\*55[0-9]{0,4}`, `[0-9+*#&/ ]{0,24}`, `(95|96|12|10|11)[0-9]{1,4}`,
	}).Draw(t, "kind")).Draw(t, "dialled")
	return Call{
		From:  num(rapid.SampledFrom([]string{"", "1206", "1101", "1102", "1301", "8000", "8101", "8401", "8901", "9999"}).Draw(t, "from")),
		Trunk: rapid.SampledFrom([]string{"", "", "unicom", "other"}).Draw(t, "trunk"), Dialled: dialled,
		Shown: rapid.StringMatching(`(\+|00|0)?[0-9]{0,13}`).Draw(t, "shown"),
		More:  rapid.Bool().Draw(t, "more"), Forwarded: rapid.Bool().Draw(t, "forwarded"), Live: anyLive(t),
	}
}

func anyLive(t *rapid.T) Live {
	return Live{
		Trunks: map[string]int{
			"unicom":  rapid.IntRange(0, 4).Draw(t, "unicom"),
			"telecom": rapid.IntRange(0, 4).Draw(t, "telecom"),
		},
		Caller: rapid.IntRange(0, 6).Draw(t, "live"),
	}
}

func anyTime(t *rapid.T) time.Time {
	return noon.Add(time.Duration(rapid.IntRange(0, 14*24*60).Draw(t, "minute")) * time.Minute)
}

func TestEmergencyIsNeverBarred(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, tab := anyHouse(t), anyTable(t)
		c := anyCall(t)
		if c.From.IsZero() {
			c.Trunk = "" // a phone, though an unknown one
		}
		bare := rapid.SampledFrom([]string{"110", "119", "120", "122", "112", "911", "999"}).Draw(t, "number")
		c.Dialled = rapid.SampledFrom([]string{"", h.Property().AccessDigit}).Draw(t, "prefix") + bare
		d := Decide(c, h, tab, anyTime(t))
		if d.Kind == KindWait && c.More {
			c.More = false
			d = Decide(c, h, tab, anyTime(t))
		}
		if d.Kind != KindEmergency || len(d.Attempts) != len(tab.Trunks()) || !d.Alert {
			t.Fatalf("%s: %+v", c.Dialled, d)
		}
		for _, a := range d.Attempts {
			want := map[string]string{"112": "110", "911": "110", "999": "120"}[bare]
			if want == "" {
				want = bare
			}
			if a.Digits.String() != want {
				t.Fatalf("%s is sent as %s", c.Dialled, a.Digits)
			}
		}
	})
}

func TestEveryDecisionIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, tab, c, now := anyHouse(t), anyTable(t), anyCall(t), anyTime(t)
		d := Decide(c, h, tab, now)
		if again := Decide(c, h, tab, now); !reflect.DeepEqual(d, again) {
			t.Fatalf("not the same twice:\n%+v\n%+v", d, again)
		}
		if len(d.Reasons) == 0 {
			t.Fatalf("no reason: %+v", d)
		}
		for _, r := range d.Reasons {
			if r.Code == "" || r.Text == "" || len(r.Text) > 300 || strings.ContainsAny(r.Text, "\n\r") {
				t.Fatalf("bad reason %+v", r)
			}
		}
		soundKind(t, c, d)
		if d.Kind == KindTrunk {
			soundAttempts(t, h, tab, c, d)
		}
	})
}

func soundKind(t *rapid.T, c Call, d Decision) {
	switch d.Kind {
	case KindExtension, KindGroup, KindOperator:
		if len(d.Targets) == 0 || len(d.Attempts) > 0 {
			t.Fatalf("nobody rings: %+v", d)
		}
	case KindTrunk:
		if len(d.Attempts) == 0 || len(d.Targets) > 0 {
			t.Fatalf("no way out: %+v", d)
		}
	case KindReject:
		if d.Cause == 0 || d.Tone == "" || len(d.Attempts) > 0 || len(d.Targets) > 0 {
			t.Fatalf("rejected but not: %+v", d)
		}
	case KindWait:
		if !c.More || d.Wait <= 0 {
			t.Fatalf("waits for nothing: %+v", d)
		}
	case KindFeature, KindEmergency:
	default:
		t.Fatalf("no kind: %+v", d)
	}
}

// soundAttempts checks every call that leaves the house.
func soundAttempts(t *rapid.T, h *hotel.Directory, tab *Table, c Call, d Decision) {
	from, known := h.Extension(c.From)
	_, occupied := h.StayIn(from.Room)
	class, _ := h.ClassOf(from)
	switch {
	case !known:
		t.Fatalf("an unknown phone calls outside: %+v", d)
	case from.Kind == hotel.KindRoom && !occupied:
		t.Fatalf("a vacant room calls outside: %+v", d)
	case c.Trunk != "" || c.Forwarded:
		t.Fatalf("outside to outside: %+v", d)
	case d.Class == "" || d.Class == phone.ClassPremium || !class.Allows(d.Class):
		t.Fatalf("class %q: %+v", d.Class, d)
	}
	for _, a := range d.Attempts {
		k, ok := tab.Trunk(a.Trunk)
		if !ok || !k.Enabled || k.Limit > 0 && c.Live.Trunks[k.Name] >= k.Limit || a.Endpoint != k.Endpoint || a.Preempt {
			t.Fatalf("trunk %+v takes %+v with %v", k, a, c.Live)
		}
		if _, err := phone.Parse(a.Digits.String()); err != nil || strings.ContainsAny(a.Digits.String(), "+*#") {
			t.Fatalf("sends %q", a.Digits)
		}
		if n := a.CallerID.Number; n != "" {
			if _, err := phone.Parse(n); err != nil {
				t.Fatalf("shows %q", n)
			}
		}
	}
}

// An inbound call never leaves the house, whatever its carrier sends.
func TestInboundStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCall(t)
		c.From, c.Trunk = phone.Number{}, "unicom"
		if d := Decide(c, anyHouse(t), anyTable(t), anyTime(t)); len(d.Attempts) > 0 || d.Kind == KindTrunk || d.Kind == KindEmergency {
			t.Fatalf("%+v", d)
		}
	})
}

// The tree finds exactly the patterns that match letter by letter.
func TestPatternsAgreeWithTheObvious(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var tree patterns
		var all []*Screening
		for range rapid.IntRange(1, 20).Draw(t, "n") {
			e := &Screening{Pattern: rapid.StringMatching(`[01?]{0,4}\*?`).Draw(t, "pattern")}
			if e.Pattern == "" {
				continue
			}
			all = append(all, e)
			tree.put(e)
		}
		digits := rapid.StringMatching(`[012]{1,5}`).Draw(t, "digits")
		want := 0
		for _, e := range all {
			if obvious(e.Pattern, digits) {
				want++
			}
		}
		if got := tree.find(digits, 0, nil); len(got) != want {
			t.Fatalf("%s: %d found, %d match", digits, len(got), want)
		}
	})
}

func obvious(p, s string) bool {
	switch {
	case p == "*":
		return true
	case p == "" || s == "":
		return p == s
	}
	return (p[0] == '?' || p[0] == s[0]) && obvious(p[1:], s[1:])
}
