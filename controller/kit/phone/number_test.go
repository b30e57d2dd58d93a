package phone

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	good := []string{"1", "110", "1206", "*55", "#", "*", "+8613800138000", "12345678901234567890", "+1234567890123456789"}
	for _, s := range good {
		n, err := Parse(s)
		if err != nil || n.String() != s {
			t.Errorf("%q: got %q, %v", s, n, err)
		}
	}
	bad := []string{
		"", "+", "++1", "1+1", "+*", "+1#", "500&PJSIP/x", "110 ", " 110", "1 10", "1-10", "a", "１１０", "٣", "1\x00", "1\n",
		"${EXTEN}", "110@carrier", "sip:110", "tel:110", "123456789012345678901", strings.Repeat("1", 4096), "\xff",
	}
	for _, s := range bad {
		if n, err := Parse(s); err == nil || !n.IsZero() {
			t.Errorf("%q was accepted as %q", s, n)
		}
	}
}

func TestNumberText(t *testing.T) {
	var v struct{ N Number }
	if err := json.Unmarshal([]byte(`{"N":"1206"}`), &v); err != nil || v.N.String() != "1206" {
		t.Errorf("got %v, %v", v, err)
	}
	if b, err := json.Marshal(v); err != nil || string(b) != `{"N":"1206"}` {
		t.Errorf("got %s, %v", b, err)
	}
	if err := json.Unmarshal([]byte(`{"N":"500&PJSIP/x"}`), &v); err == nil {
		t.Error("hostile digits were read")
	}
	if err := json.Unmarshal([]byte(`{"N":""}`), &v); err != nil || !v.N.IsZero() {
		t.Errorf("got %v, %v", v, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "+", "110", "*55#", "+8613800138000", "500&PJSIP/x", "１１０", strings.Repeat("9", 4096)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Parse(s)
		if err != nil {
			if !n.IsZero() {
				t.Errorf("%q: an error and a number %q", s, n)
			}
			return
		}
		if n.String() != s || len(s) > MaxDigits || strings.Trim(s, "+0123456789*#") != "" || strings.LastIndex(s, "+") > 0 {
			t.Errorf("%q was accepted as %q", s, n)
		}
	})
}
