package sheet

import (
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

const good = "\ufeffNumber,kind,name,room,floor,type,class,groups,devices\r\n" +
	"1501,room,,1501,15,king,,\"family, big;operators\",sip:bedside;sip:bathroom\r\n" +
	"1502,room,套房,,15,suite,,,sip:bedside\r\n" +
	"8000,desk,'=前台,,,,national,operators,sip:desk;browser:web\r\n" +
	",room,,1503,14,empty,,,\r\n" +
	"*55,service,叫醒,,,,,,\r\n,,,,,,,,\r\n"

func TestImport(t *testing.T) {
	s, store := demo(t)
	before := s.Directory()
	dry, err := Import(t.Context(), s, read(t, good), rand.Reader, true)
	if err != nil || s.Directory() != before || dry.Credentials != nil {
		t.Fatalf("dry run: %+v, %v", dry, err)
	}
	r, err := Import(t.Context(), s, read(t, good), rand.Reader, false)
	if err != nil {
		t.Fatal(err, r.Problems)
	}
	if got := fmt.Sprint(r.Lines, r.RoomsAdded, r.RoomsChanged, r.ExtensionsAdded, r.ExtensionsChanged, r.DevicesAdded,
		r.NewFloors, r.NewGroups, len(r.Credentials)); got != "5 3 0 3 1 4 [15] [family, big] 4" {
		t.Errorf("report is %s", got)
	}
	r.Credentials = nil
	if fmt.Sprint(r) != fmt.Sprint(dry) {
		t.Errorf("the dry run said %+v, the import %+v", dry, r)
	}
	d := store.d
	if e, _ := d.Extension(phone.MustParse("8000")); e.Name != "=前台" || e.Department != "front desk" {
		t.Errorf("8000 is %+v", e)
	}
	if e, _ := d.Extension(phone.MustParse("1502")); e.Room != "1502" || e.Name != "套房" {
		t.Errorf("1502 is %+v", e)
	}
	if g, _ := d.Group("operators"); len(g.Members) != 5 || g.Number != phone.MustParse("8888") {
		t.Errorf("operators are %+v", g)
	}
	if vs := d.DevicesOf(phone.MustParse("8000")); len(vs) != 2 || vs[1].Kind != hotel.DeviceBrowser {
		t.Errorf("devices of 8000 are %+v", vs)
	}
	if again, err := Import(t.Context(), s, read(t, good), rand.Reader, false); err != nil || again.RoomsAdded+again.DevicesAdded+again.ExtensionsChanged != 0 {
		t.Errorf("the second import does something: %+v, %v", again, err)
	}
}

// Each line is wrong in its own way; all are reported and nothing is imported.
func TestImportReportsEveryLine(t *testing.T) {
	lines := []struct{ line, column, rule string }{
		{"110,staff,,,,,,,,", "number", "emergency number (police)"},
		{"12,staff,,,,,,,,", "number", "beginning of the emergency number 120"},
		{"500&PJSIP/x,staff,,,,,,,,", "number", "digits"},
		{",staff,,,,,,,,", "number", "missing"},
		{"8601,ghost,,,,,,,,", "kind", "ghost"},
		{"8602,,,,,,,,,", "kind", "is missing"},
		{"8603,staff,,,,,gold,,,", "class", "gold"},
		{"8604,staff,,,,,,tlh,,", "language", "tlh"},
		{"8605,staff,,,,,,,no such thing,", "devices", "sip:bedside"},
		{"8606,staff,,,,,,,fax:desk,", "devices", "sip or browser"},
		{"8607,staff,\"a\x00b\",,,,,,,", "name", "control"},
		{"8608,staff,,,15,,,,,", "floor", "rooms only"},
		{"8609,staff,,,,,,,,maybe", "monitored", "yes nor no"},
		{"1601,room,,,,,,,,", "floor", "is missing"},
		{"1602,room,,,15,,local,,,", "class", "follows its stay"},
		{"1603,room,,a b,15,,,,,", "room", "letters"},
		{"8000,desk", "", "columns"},
		{"8001,desk,x\"y,,,,,,,", "", "quote"},
		{"8002,desk," + strings.Repeat("x", 1001) + ",,,,,,,", "name", "1,000"},
		{"8888,staff,,,,,,,,", "", "already an extension"},
		{"8610,staff,,,,,,,,", "", ""},
		{"8610,staff,,,,,,,,", "number", "line 22 already"},
		{"16041,room,,1604,15,a,,,,", "", ""},
		{"16042,room,,1604,15,b,,,,", "room", "not the same as in line 24"},
	}
	csv := "number,kind,name,room,floor,type,class,language,devices,monitored\n"
	for _, l := range lines {
		csv += l.line + "\n"
	}
	s, store := demo(t)
	before := store.d
	r, err := Import(t.Context(), s, read(t, csv), rand.Reader, false)
	if !fault.Is(err, fault.Invalid) || store.d != before || r.Credentials != nil {
		t.Fatalf("got %v", err)
	}
	for i, l := range lines {
		at := i + 2
		if l.line[:4] == "8888" {
			at = 0 // the extension is fine, it is the group that it collides with
		}
		found := slices.ContainsFunc(r.Problems, func(p Problem) bool {
			return p.Line == at && p.Column == l.column && strings.Contains(p.Rule, l.rule)
		})
		if l.rule != "" && !found && at != 0 {
			t.Errorf("line %d %q: no problem in column %q with %q", at, l.line, l.column, l.rule)
		}
		if l.rule == "" && slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Line == at }) {
			t.Errorf("line %d %q has a problem", at, l.line)
		}
	}
	for i, p := range r.Problems {
		if i > 0 && p.Line == r.Problems[i-1].Line {
			t.Errorf("line %d has a second problem that only follows from the first: %+v", p.Line, p)
		}
	}
	if t.Failed() {
		for _, p := range r.Problems {
			t.Log(p)
		}
	}
}

func TestImportCollision(t *testing.T) {
	s, _ := demo(t)
	r, err := Import(t.Context(), s, read(t, "number,kind\n8888,staff\n"), rand.Reader, true)
	if err != nil || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Rule, "group operators, number: 8888 is already an extension") {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestImportIntoAFailingStore(t *testing.T) {
	s, store := demo(t)
	store.fail = errDisk
	before := s.Directory()
	r, err := Import(t.Context(), s, read(t, good), rand.Reader, false)
	if !errors.Is(err, errDisk) || s.Directory() != before || r.Credentials != nil {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestImportWithoutColumnsLeavesThingsAlone(t *testing.T) {
	s, _ := demo(t)
	before := s.Directory().Data()
	r, err := Import(t.Context(), s, read(t, "number,name\n1206,行政套房\n"), rand.Reader, false)
	if err != nil || r.ExtensionsChanged != 1 {
		t.Fatal(r, err)
	}
	after := s.Directory().Data()
	for i, e := range before.Extensions {
		if e.Number == phone.MustParse("1206") {
			e.Name = "行政套房"
		}
		if after.Extensions[i] != e {
			t.Errorf("%+v became %+v", e, after.Extensions[i])
		}
	}
	if fmt.Sprint(before.Groups, before.Rooms, before.Stays) != fmt.Sprint(after.Groups, after.Rooms, after.Stays) {
		t.Error("more than the name was changed")
	}
}
