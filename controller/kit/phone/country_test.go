package phone

import (
	"testing"

	"pgregory.net/rapid"
)

func TestClassifyChina(t *testing.T) {
	tests := []struct {
		dialled, area string
		class         Class
		canonical     string
		dial          string
	}{
		// emergency
		{"110", "21", ClassEmergency, "110", "110"},
		{"119", "21", ClassEmergency, "119", "119"},
		{"120", "21", ClassEmergency, "120", "120"},
		{"122", "21", ClassEmergency, "122", "122"},
		{"112", "21", ClassEmergency, "110", "110"},
		{"911", "21", ClassEmergency, "110", "110"},
		{"999", "10", ClassEmergency, "120", "120"},
		{"021110", "21", ClassEmergency, "110", "110"},
		{"0755119", "21", ClassEmergency, "0755119", "0755119"},
		{"010120", "21", ClassEmergency, "010120", "010120"},
		// local: eight digits in areas of two digits, seven or eight elsewhere
		{"61238888", "21", ClassLocal, "+862161238888", "61238888"},
		{"6123888", "21", "", "", ""},
		{"5123888", "793", ClassLocal, "+867935123888", "5123888"},
		{"26001234", "755", ClassLocal, "+8675526001234", "26001234"},
		{"61238888", "", ClassLocal, "61238888", "61238888"},
		{"11238888", "21", "", "", ""},
		{"91238888", "21", "", "", ""},
		{"02161238888", "21", ClassLocal, "+862161238888", "02161238888"},
		{"+862161238888", "21", ClassLocal, "+862161238888", "61238888"},
		{"008602161238888", "21", ClassLocal, "+862161238888", "61238888"},
		// national
		{"01065001234", "21", ClassNational, "+861065001234", "01065001234"},
		{"02065001234", "21", ClassNational, "+862065001234", "02065001234"},
		{"075526001234", "21", ClassNational, "+8675526001234", "075526001234"},
		{"07935123888", "21", ClassNational, "+867935123888", "07935123888"},
		{"+8675526001234", "21", ClassNational, "+8675526001234", "075526001234"},
		{"0106500123", "21", "", "", ""},    // Beijing has eight digits
		{"010650012345", "21", "", "", ""},  // nine
		{"0755960012345", "21", "", "", ""}, // no such
		{"075512345", "21", ClassNational, "+8675512345", "075512345"},
		{"02112345", "21", ClassService, "12345", "02112345"},
		// mobile
		{"13800138000", "21", ClassMobile, "+8613800138000", "13800138000"},
		{"013800138000", "21", ClassMobile, "+8613800138000", "013800138000"},
		{"+8613800138000", "21", ClassMobile, "+8613800138000", "13800138000"},
		{"008613800138000", "21", ClassMobile, "+8613800138000", "13800138000"},
		{"19912345678", "21", ClassMobile, "+8619912345678", "19912345678"},
		{"1380013800", "21", "", "", ""},
		{"138001380000", "21", "", "", ""},
		{"12800138000", "21", "", "", ""},
		// international and regional
		{"0014155550123", "21", ClassInternational, "+14155550123", "0014155550123"},
		{"+442079460123", "21", ClassInternational, "+442079460123", "00442079460123"},
		{"0085221234567", "21", ClassRegional, "+85221234567", "0085221234567"},
		{"0085321234567"[:13], "21", ClassRegional, "+85321234567", "0085321234567"},
		{"00886223456789", "21", ClassRegional, "+886223456789", "00886223456789"},
		{"008522123456", "21", "", "", ""},
		{"00881612345678", "21", ClassPremium, "+881612345678", "00881612345678"},
		{"0097912345678", "21", ClassPremium, "+97912345678", "0097912345678"},
		{"000123456789", "21", "", "", ""},
		{"0044207946012345678", "21", "", "", ""},
		{"00442", "21", "", "", ""},
		// service
		{"114", "21", ClassService, "114", "114"},
		{"10086", "21", ClassService, "10086", "10086"},
		{"10000", "21", ClassService, "10000", "10000"},
		{"11185", "21", ClassService, "11185", "11185"},
		{"12306", "21", ClassService, "12306", "12306"},
		{"12345", "21", ClassService, "12345", "12345"},
		{"95588", "21", ClassService, "95588", "95588"},
		{"96110", "21", ClassService, "96110", "96110"},
		{"962288", "21", ClassService, "962288", "962288"},
		{"10106666", "21", ClassService, "10106666", "10106666"},
		{"4001234567", "21", ClassShared, "+864001234567", "4001234567"},
		{"8008101234", "21", ClassFree, "+868008101234", "8008101234"},
		{"400123456", "21", "", "", ""},
		// paid lines and carrier selection
		{"16812345", "21", ClassPremium, "16812345", "16812345"},
		{"16812345678", "21", ClassPremium, "16812345678", "16812345678"},
		{"02116812345", "755", ClassPremium, "+862116812345", "02116812345"},
		{"02116812345", "21", ClassPremium, "+862116812345", "02116812345"},
		{"12590123", "21", ClassPremium, "12590123", "12590123"},
		{"1790902161238888", "21", "", "", ""},
		{"17951", "21", "", "", ""},
		// nonsense
		{"0", "21", "", "", ""},
		{"00", "21", "", "", ""},
		{"#", "21", "", "", ""},
		{"*55", "21", "", "", ""},
		{"138*0138000", "21", "", "", ""},
		{"00000000000000000000", "21", "", "", ""},
		{"99999999999999999999", "21", "", "", ""},
	}
	c := country(t, "CN")
	for _, tt := range tests {
		o := c.Classify(MustParse(tt.dialled), tt.area)
		if o.Class != tt.class || o.Canonical.String() != tt.canonical || o.Dial.String() != tt.dial {
			t.Errorf("%s in %s: got %q %s dial %s (%s), want %q %s dial %s", tt.dialled, tt.area,
				o.Class, o.Canonical, o.Dial, o.Reason, tt.class, tt.canonical, tt.dial)
		}
		if o.Reason == "" {
			t.Errorf("%s: no reason", tt.dialled)
		}
	}
}

func TestClassifyAmerica(t *testing.T) {
	tests := []struct {
		dialled   string
		class     Class
		canonical string
	}{
		{"911", ClassEmergency, "911"},
		{"933", ClassEmergency, "933"},
		{"112", ClassEmergency, "911"},
		{"5550123", ClassLocal, "+14155550123"},
		{"4155550123", ClassLocal, "+14155550123"},
		{"14155550123", ClassLocal, "+14155550123"},
		{"+14155550123", ClassLocal, "+14155550123"},
		{"12125550123", ClassNational, "+12125550123"},
		{"2125550123", ClassNational, "+12125550123"},
		{"18005550123", ClassFree, "+18005550123"},
		{"19005550123", ClassPremium, "+19005550123"},
		{"12129765555", ClassPremium, "+12129765555"},
		{"14165550123", ClassRegional, "+14165550123"},
		{"18095550123", ClassInternational, "+18095550123"},
		{"8765550123", ClassInternational, "+18765550123"},
		{"411", ClassService, "411"},
		{"988", ClassService, "988"},
		{"011862161238888", ClassInternational, "+862161238888"},
		{"01114155550123", ClassLocal, "+14155550123"},
		{"1234567", "", ""},
		{"0", "", ""},
		{"11155550123", "", ""},
	}
	c := country(t, "US")
	for _, tt := range tests {
		o := c.Classify(MustParse(tt.dialled), "415")
		if o.Class != tt.class || o.Canonical.String() != tt.canonical {
			t.Errorf("%s: got %q %s (%s), want %q %s", tt.dialled, o.Class, o.Canonical, o.Reason, tt.class, tt.canonical)
		}
	}
}

func TestEmergency(t *testing.T) {
	tests := []struct {
		country, dialled, access, send string
	}{
		{"CN", "110", "", "110"},
		{"CN", "110", "9", "110"},
		{"CN", "9110", "9", "110"},
		{"CN", "9911", "9", "110"},
		{"CN", "0119", "0", "119"},
		{"CN", "0021120", "0", "120"},
		{"CN", "110#", "", "110"},
		{"CN", "9110", "", ""},
		{"CN", "1101", "", ""},
		{"CN", "12110", "", ""},
		{"CN", "96110", "", ""},
		{"US", "911", "9", "911"},
		{"US", "9911", "9", "911"},
		{"US", "933", "", "933"},
		{"US", "110", "", ""},
	}
	for _, tt := range tests {
		e, ok := country(t, tt.country).Emergency(MustParse(tt.dialled), tt.access, "21")
		if ok != (tt.send != "") || e.Send != tt.send {
			t.Errorf("%s %s with access %q: got %q %v, want %q", tt.country, tt.dialled, tt.access, e.Send, ok, tt.send)
		}
	}
}

func TestDialForms(t *testing.T) {
	for _, c := range Countries() {
		for _, access := range []string{"", "0", "9"} {
			for _, f := range c.DialForms(access) {
				e, ok := c.Emergency(MustParse(f.Dialled), access, "21")
				if !ok || e.Send != f.Send {
					t.Errorf("%s: form %+v gives %+v %v", c.Code, f, e, ok)
				}
			}
		}
	}
}

func TestComplete(t *testing.T) {
	tests := []struct {
		dialled, area string
		want          State
	}{
		{"110", "21", Complete},
		{"120", "21", Complete},
		{"11", "21", Incomplete},
		{"114", "21", Ambiguous}, // 11???
		{"0", "21", Incomplete},
		{"00", "21", Incomplete},
		{"010", "21", Incomplete},
		{"01065001234", "21", Complete},
		{"0106500123", "21", Incomplete},
		{"6123888", "21", Incomplete},
		{"61238888", "21", Complete},
		{"6123888", "755", Ambiguous},
		{"61238888", "755", Complete},
		{"1380013800", "21", Incomplete},
		{"13800138000", "21", Complete},
		{"40012345", "21", Ambiguous}, // a 400 number has ten digits
		{"4001234567", "21", Complete},
		{"10086", "21", Complete},
		{"001415555012", "21", Incomplete},
		{"0014155550123", "21", Complete},
		{"0044207946012", "21", Ambiguous},
		{"0085221234567", "21", Complete},
		{"91", "21", Incomplete}, // 911
		{"92", "21", Impossible},
		{"*", "21", Impossible},
		{"611234567", "21", Impossible},
	}
	c := country(t, "CN")
	for _, tt := range tests {
		if got := c.Complete(MustParse(tt.dialled), tt.area); got != tt.want {
			t.Errorf("%s in %s: got %s, want %s", tt.dialled, tt.area, got, tt.want)
		}
	}
}

func TestFromCarrier(t *testing.T) {
	tests := []struct{ from, canonical string }{
		{"13800138000", "+8613800138000"},
		{"8613800138000", "+8613800138000"},
		{"013800138000", "+8613800138000"},
		{"+8613800138000", "+8613800138000"},
		{"862161238888", "+862161238888"},
		{"2161238888", "+862161238888"},
		{"61238888", "+862161238888"},
		{"0085221234567", "+85221234567"},
		{"110", "110"},
		{"021110", "110"},
	}
	c := country(t, "CN")
	for _, tt := range tests {
		if o := c.FromCarrier(MustParse(tt.from), "21"); o.Canonical.String() != tt.canonical {
			t.Errorf("%s: got %s (%s), want %s", tt.from, o.Canonical, o.Reason, tt.canonical)
		}
	}
}

// Every spelling of a number is the same number, and the number that we would
// dial for it reaches it.
func TestSpellingsAgree(t *testing.T) {
	for _, cc := range []struct{ code, area string }{{"CN", "21"}, {"CN", "755"}, {"US", "415"}} {
		c := country(t, cc.code)
		rapid.Check(t, func(t *rapid.T) {
			n := anyNumber(t)
			o := c.Classify(n, cc.area)
			if o.Class == "" || o.Class == ClassEmergency || o.Class == ClassPremium {
				return
			}
			if back := c.Classify(o.Dial, cc.area); back.Canonical != o.Canonical || back.Class != o.Class {
				t.Fatalf("%s dials %s, which is %+v, not %+v", n, o.Dial, back, o)
			}
			for _, s := range c.Spellings(o, cc.area) {
				p, err := Parse(s)
				if err != nil {
					continue // longer than can be dialled
				}
				if again := c.FromCarrier(p, cc.area); again.Class != "" && again.Canonical != o.Canonical {
					if again = c.Classify(p, cc.area); again.Canonical != o.Canonical && s[0] == '+' {
						t.Fatalf("%s spelled %s is %+v, not %+v", n, s, again, o)
					}
				}
			}
		})
	}
}

// A complete number stays what it is; digits that can still become a number are
// never called impossible.
func TestCompleteAgreesWithClassify(t *testing.T) {
	c := country(t, "CN")
	rapid.Check(t, func(t *rapid.T) {
		n := anyNumber(t)
		if c.Classify(n, "21").Class == "" {
			return
		}
		d := n.String()
		for i := 1; i < len(d); i++ {
			p, err := Parse(d[:i])
			if err != nil || c.Classify(p, "21").Class == ClassEmergency {
				continue
			}
			if !c.Complete(p, "21").Wait() {
				t.Fatalf("%s begins %s but %s is %s", d, d[:i], d[:i], c.Complete(p, "21"))
			}
		}
	})
}

func anyNumber(t *rapid.T) Number {
	s := rapid.SampledFrom([]string{
		`[0-9]{1,18}`, `0[0-9]{9,11}`, `00[1-9][0-9]{6,14}`, `1[3-9][0-9]{9}`, `[2-8][0-9]{6,9}`,
		`\+86[0-9]{9,11}`, `\+[1-9][0-9]{7,14}`, `(95|96|12|10|11)[0-9]{1,4}`, `1?[2-9][0-9]{9}`,
	}).Draw(t, "kind")
	return MustParse(rapid.StringMatching(s).Draw(t, "number"))
}

func country(t testing.TB, code string) Country {
	t.Helper()
	c, err := ForCountry(code)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestZeroCountry(t *testing.T) {
	var c Country
	for _, s := range []string{"110", "0", "02161238888", "+1", "*"} {
		n := MustParse(s)
		if _, ok := c.Emergency(n, "9", "21"); ok || c.Classify(n, "21").Class != "" || c.Complete(n, "21") != Impossible {
			t.Errorf("%s means something in no country", s)
		}
	}
}

func TestUnknownCountry(t *testing.T) {
	if _, err := ForCountry("XX"); err == nil {
		t.Error("XX has a plan")
	}
}

func FuzzClassify(f *testing.F) {
	for _, s := range []string{"110", "1206", "02161238888", "+8613800138000", "0086", "+", "00", "*55", "1#", "96110"} {
		f.Add(s, "21", "CN")
	}
	f.Add("911", "415", "US")
	f.Fuzz(func(t *testing.T, s, area, code string) {
		c, err := ForCountry(code)
		n, perr := Parse(s)
		if err != nil || perr != nil {
			return
		}
		o := c.Classify(n, area)
		if o.Reason == "" {
			t.Errorf("%s: no reason", n)
		}
		if o.Class != "" && o.Class != ClassPremium && (o.Dial.IsZero() || o.Canonical.IsZero()) {
			t.Errorf("%s in %q: class %s but cannot be dialled", n, area, o.Class)
		}
		for _, out := range []Number{o.Dial, o.Canonical} {
			if _, err := Parse(out.String()); err != nil && !out.IsZero() {
				t.Errorf("%s gives %q", n, out)
			}
		}
		c.Complete(n, area)
		c.Spellings(o, area)
		c.FromCarrier(n, area)
		c.Emergency(n, "9", area)
	})
}

func BenchmarkClassify(b *testing.B) {
	c := country(b, "CN")
	n := MustParse("075526001234")
	b.ReportAllocs()
	for b.Loop() {
		c.Classify(n, "21")
	}
}
