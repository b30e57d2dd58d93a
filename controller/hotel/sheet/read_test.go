package sheet

import (
	"crypto/rand"
	"strings"
	"testing"
	"unicode/utf8"

	"bellhop/controller/kit/fault"
)

func TestReadRefusesWholeFiles(t *testing.T) {
	for _, tt := range []struct{ name, csv, rule string }{
		{"empty", "", "is empty"},
		{"BOM only", "\ufeff", `column "" is none of`},
		{"unknown column", "number,secret\n", `column "secret" is none of`},
		{"no number", "kind,name\n", "column number is missing"},
		{"column twice", "number,name,Name\n", "twice"},
		{"semicolons", "number;kind\n", "none of"},
		{"UTF-16", "\xff\xfen\x00u\x00", "UTF-16"},
		{"GB18030", "number,name\n8000,\xb7\xbf\xbc\xe4\n", "line 2 is not UTF-8 (GB18030?)"},
		{"GB18030 header", "\xba\xc5\xc2\xeb\n", "none of"},
		{"too many lines", "number\n" + strings.Repeat("1\n", 10_001), "10000 lines"},
		{"too many broken lines", "number\n" + strings.Repeat("a\"\n", 10_001), "10000 lines"},
		{"too large", "number\n" + strings.Repeat(" ", 5<<20), "4 MiB"},
		{"huge quoted field", "number\n\"" + strings.Repeat("x\n", 3<<20), "4 MiB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(tt.csv))
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tt.rule) {
				t.Errorf("got %v, want %q", err, tt.rule)
			}
		})
	}
}

func TestReadGoesOnAfterABrokenLine(t *testing.T) {
	s := read(t, "number,kind\n1\"1,staff\n8601,staff\n8602,\"sta\"ff\n8603,staff\n8604,\"staff\n8605,staff\n")
	if len(s.lines) != 2 || len(s.problems) != 3 || s.problems[0].Line != 2 || s.problems[1].Line != 4 || s.problems[2].Line != 6 {
		t.Errorf("lines %v, problems %v", s.lines, s.problems)
	}
}

func TestFormulas(t *testing.T) {
	for _, s := range []string{"=1+1", "+86", "-1", "@x", "＝1", "'=1", "''=1", "'s Hertogenbosch", "'", "", "前台", "a=b"} {
		e := escape(s)
		if unescape(e) != s {
			t.Errorf("%q becomes %q becomes %q", s, e, unescape(e))
		}
		if strings.ContainsAny(e[:min(1, len(e))], "=+-@") {
			t.Errorf("%q is exported as the formula %q", s, e)
		}
	}
}

// FuzzImport reads and plans anything without a panic, and what it would import
// is always a hotel that keeps every rule.
func FuzzImport(f *testing.F) {
	f.Add(good)
	f.Add("number,kind,groups\n8000,desk,\"a;b;;a\"\n1,\"\n")
	f.Add("number,room,floor\n,1101,\n1101,1102,11\n")
	f.Add("number,kind,devices\n0,room,sip:\n*99,service,sip:x;sip:x\n")
	svc, _ := demo(f)
	f.Fuzz(func(t *testing.T, csv string) {
		s, err := Read(strings.NewReader(csv))
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		changes, report, err := plan(svc.Directory(), s, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range report.Problems {
			if p.Rule == "" || !utf8.ValidString(p.Rule) {
				t.Errorf("useless problem %+v", p)
			}
		}
		if len(report.Problems) > 0 {
			return
		}
		if _, err := svc.Directory().With(changes); err != nil {
			t.Errorf("a plan without problems is refused: %v", err)
		}
	})
}
