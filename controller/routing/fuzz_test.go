package routing

import (
	"strings"
	"testing"
)

// Whatever a phone or a carrier sends, a decision is made, says why in clean
// text, and dials nothing but digits.
func FuzzDecide(f *testing.F) {
	for _, s := range []string{"110", "1206", "500&PJSIP/x", "１１０", "\x00", strings.Repeat("9", 4096), "+8613800138000", "*55#"} {
		f.Add(s, s, s, "1206", "")
		f.Add(s, s, s, "", "unicom")
	}
	h, tab := house(f), table(f)
	f.Fuzz(func(t *testing.T, dialled, shown, name, from, trunk string) {
		c := Call{Dialled: dialled, Shown: shown, ShownName: name, Trunk: trunk}
		_ = c.From.UnmarshalText([]byte(from))
		d := Decide(c, h, tab, noon)
		if d.Kind == "" || len(d.Reasons) == 0 {
			t.Errorf("no decision: %+v", d)
		}
		for _, r := range d.Texts() {
			if strings.ContainsAny(r, "\x00\r\n&") || len(r) > 300 {
				t.Errorf("reason %q", r)
			}
		}
		for _, a := range d.Attempts {
			if strings.Trim(a.Digits.String(), "0123456789") != "" || a.Digits.IsZero() {
				t.Errorf("sends %q", a.Digits)
			}
		}
		if strings.ContainsAny(d.CallerID.Name+d.CallerID.Number, "\x00\r\n\"<>") {
			t.Errorf("shows %+v", d.CallerID)
		}
	})
}
