package acd

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const sec = time.Second

// visit is one that entered at noon.
func visit(how Leaving, wait time.Duration, change ...func(*Visit)) Visit {
	v := Visit{Call: "c", Queue: "operator", Entered: noon, Left: noon.Add(wait), How: how}
	for _, c := range change {
		c(&v)
	}
	return v
}

func by(account string, talk time.Duration) func(*Visit) {
	return func(v *Visit) { v.Account, v.Talk, v.Hold, v.WrapUp = account, talk, 10*sec, 5*sec }
}

func target() Target { return Target{Within: 12 * sec, Share: 0.9, Short: 5 * sec} }

func someVisits() []Visit {
	return []Visit{
		visit(Answered, 4*sec, by("li", 60*sec)), visit(Answered, 12*sec, by("li", 120*sec)),
		visit(Answered, 15*sec, by("wang", 30*sec), func(v *Visit) { v.Transferred = true }), visit(Answered, 40*sec, by("li", 0)),
		visit(Abandoned, 3*sec), visit(Abandoned, 5*sec), visit(Abandoned, 12*sec), visit(Abandoned, 60*sec),
		visit(Flowed, 90*sec), visit(Flowed, 0),
		visit(Resumed, 20*sec), visit(Lost, 7*sec), {Entered: noon},
	}
}

func TestCount(t *testing.T) {
	f := Count(someVisits(), target())
	f.waits = nil
	want := Figures{
		Offered: 10, Answered: 4, AnsweredInTarget: 2, Abandoned: 4, ShortAbandoned: 1, Overflowed: 2,
		AbandonedAfterTarget: 1, Open: 1, Lost: 1, Wait: 71 * sec, LongestWait: 90 * sec,
		Talk: 210 * sec, Hold: 40 * sec, WrapUp: 20 * sec, MedianWait: 12 * sec, P95Wait: 40 * sec,
		AnsweredIn10: 1, AnsweredIn20: 3, Transfers: 1,
	}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("\n got %+v\nwant %+v", f, want)
	}
	if f.ASA() != 17750*time.Millisecond || f.AHT() != 67500*time.Millisecond {
		t.Error(f.ASA(), f.AHT())
	}
	if r, ok := f.AbandonRate(); !ok || r != 3./9 {
		t.Error(r)
	}
	if r, ok := f.RawAbandonRate(); !ok || r != 0.4 {
		t.Error(r)
	}
	if r, ok := f.TransferRate(); !ok || r != 0.25 {
		t.Error(r)
	}
}

func TestServiceLevel(t *testing.T) {
	f := Count(someVisits(), target())
	for formula, want := range map[Formula]float64{
		"": 2. / 7, FormulaDefault: 2. / 7, FormulaStrict: 2. / 8, FormulaOffered: 2. / 10,
		FormulaThreshold: 2. / 5, FormulaAnswered: 2. / 4, FormulaLenient: 5. / 8,
	} {
		if got, ok := f.ServiceLevel(formula); !ok || got != want {
			t.Errorf("%s: %v %v, want %v", formula, got, ok, want)
		}
	}
	if _, ok := f.ServiceLevel("a/b"); ok {
		t.Error("an unknown formula has a value")
	}
	for _, formula := range Formulas() {
		if got, ok := (Figures{}).ServiceLevel(formula); ok {
			t.Errorf("%s of nothing is %v", formula, got)
		}
	}
}

func TestFormulasHaveNamesAndWords(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range Formulas() {
		text := f.Text(target())
		if f.Name() == "" || seen[f.Name()] || seen[text] || !strings.Contains(text, "answered") {
			t.Errorf("%s: %q %q", f, f.Name(), text)
		}
		seen[f.Name()], seen[text] = true, true
	}
	if got, want := Formula("").Text(target()), "answered within 12s / (answered + abandoned − abandoned within less than 5s)"; got != want {
		t.Errorf("%q", got)
	}
	if Formula("").Name() != "SL-1" || Formula("a/b").Name() != "" || Formula("a/b").Text(target()) != "" {
		t.Error("names of the default or of an unknown formula")
	}
}

// anyVisits are visits of a day of two queues and a few calls.
func anyVisits(t *rapid.T) []Visit {
	hows := []Leaving{Answered, Answered, Abandoned, Flowed, Resumed, Lost}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Visit {
		v := visit(rapid.SampledFrom(hows).Draw(t, "how"), time.Duration(rapid.IntRange(0, 60).Draw(t, "wait"))*sec)
		v.Entered = noon.Add(time.Duration(rapid.IntRange(0, 24*3600).Draw(t, "entered")) * sec)
		v.Left = v.Entered.Add(v.Left.Sub(noon))
		v.Call = rapid.StringMatching("[abc]").Draw(t, "call")
		v.Account = rapid.SampledFrom([]string{"li", "wang"}).Draw(t, "account")
		v.Talk = time.Duration(rapid.IntRange(0, 600).Draw(t, "talk")) * sec
		return v
	}), 0, 40).Draw(t, "visits")
}

// TestMergeIsCount: figures of parts add up to the figures of the whole, medians too.
func TestMergeIsCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vs := anyVisits(t)
		cut := rapid.IntRange(0, len(vs)).Draw(t, "cut")
		whole := Count(vs, target())
		if parts := Merge(Count(vs[:cut], target()), Merge(), Count(vs[cut:], target())); !reflect.DeepEqual(whole, parts) {
			t.Fatalf("\n%+v\n%+v", whole, parts)
		}
		var steps []Figures
		for _, i := range Intervals(vs, target(), 30*time.Minute, time.UTC) {
			steps = append(steps, i.Figures)
		}
		if parts := Merge(steps...); !reflect.DeepEqual(whole, parts) {
			t.Fatalf("by intervals\n%+v\n%+v", whole, parts)
		}
		answered := 0
		for _, f := range ByAccount(vs, target()) {
			answered += f.Answered
		}
		if answered != whole.Answered {
			t.Fatalf("%d answered, %d by accounts", whole.Answered, answered)
		}
		for _, formula := range Formulas() {
			if sl, ok := whole.ServiceLevel(formula); ok && (sl < 0 || sl > 1 || math.IsNaN(sl)) {
				t.Fatalf("%s: %v", formula, sl)
			}
		}
	})
}

func TestByAccount(t *testing.T) {
	got := ByAccount(someVisits(), target())
	if len(got) != 2 || got["li"].Answered != 3 || got["li"].Talk != 180*sec || got["wang"].Transfers != 1 {
		t.Errorf("%+v", got)
	}
}

func TestPerCallCountsACallOnce(t *testing.T) {
	at := func(call, queue string, entered, left int, how Leaving) Visit {
		return Visit{Call: call, Queue: queue, Entered: noon.Add(time.Duration(entered) * sec), Left: noon.Add(time.Duration(left) * sec), How: how, Offers: 1}
	}
	vs := []Visit{
		at("c1", "desk", 30, 40, Answered), at("c1", "operator", 0, 30, Flowed),
		at("c2", "operator", 0, 5, Answered), at("c2", "desk", 50, 99, Abandoned),
		at("c3", "operator", 0, 9, Flowed), at("c3", "desk", 9, 20, Abandoned),
		at("old", "operator", 0, 9, Resumed), at("new", "operator", 0, 60, Answered),
	}
	f := Count(PerCall(vs), target())
	if f.Offered != 4 || f.Answered != 3 || f.Abandoned != 1 || f.Overflowed != 0 {
		t.Errorf("%+v", f)
	}
	if f.Wait != (40+5+60)*sec || f.LongestWait != 60*sec {
		t.Errorf("waits %v, longest %v", f.Wait, f.LongestWait)
	}
	if queues := Count(vs, target()); queues.Offered != 7 {
		t.Errorf("per queue %d offered", queues.Offered)
	}
	if vs[0].Queue != "desk" || vs[0].Call != "c1" {
		t.Error("PerCall sorted its argument")
	}
}

func TestStateTimes(t *testing.T) {
	at := func(s int) time.Time { return noon.Add(time.Duration(s) * sec) }
	spans := []Span{
		{Account: "li", State: Ready, Begin: at(-100), End: at(50)},
		{Account: "li", State: Alerting, Begin: at(50), End: at(60)},
		{Account: "li", State: Talking, Begin: at(60), End: at(100)},
		{Account: "li", State: Holding, Begin: at(100), End: at(110)},
		{Account: "li", State: WrapUp, Begin: at(110), End: at(120)},
		{Account: "li", State: Paused, Reason: "tea", Begin: at(120), End: at(150)},
		{Account: "li", State: Paused, Begin: at(150), End: at(160)},
		{Account: "li", State: SignedOff, Begin: at(160), End: at(170)},
		{Account: "wang", State: BusyOther, Begin: at(170), End: at(180)},
		{Account: "wang", State: NotResponding, Begin: at(180)},
		{Account: "wang", State: Offline, Begin: at(300), End: at(400)},
	}
	got := StateTimes(spans, noon, at(200))
	want := Times{
		LoggedIn: 190 * sec, Ready: 50 * sec, Ringing: 10 * sec, Talking: 40 * sec, Holding: 10 * sec, WrapUp: 10 * sec,
		BusyOther: 10 * sec, NotResponding: 20 * sec, Paused: 40 * sec, PausedFor: map[string]time.Duration{"tea": 30 * sec, "": 10 * sec},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	if o, ok := got.Occupancy(); !ok || o != 60./110 {
		t.Error("occupancy", o)
	}
	if u, ok := got.Utilisation(); !ok || u != 60./190 {
		t.Error("utilisation", u)
	}
	if _, ok := (Times{}).Occupancy(); ok {
		t.Error("occupancy of nothing")
	}
	if one := StateTimesByAccount(spans, noon, at(200)); one["wang"].LoggedIn != 30*sec || one["li"].Paused != 40*sec {
		t.Errorf("%+v", one)
	}
}
