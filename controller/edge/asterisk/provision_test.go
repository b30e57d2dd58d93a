package asterisk

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

func testPlan() Plan {
	return Plan{
		Devices: []Device{testDevice("r1101", "1101"), testDevice("r1102", "1102")},
		Trunks:  []Trunk{{Endpoint: "t1", Address: "127.0.0.1:5080", Register: true, Username: "hotel", Secret: `p;a\s"s[]`}},
		Book: Book{
			Dial: map[string][]string{"1101": {"r1101"}, "8888": {"r1102", "r1101"}}, DIDs: map[string]string{"02112345678": "8888"},
			DIDDefault: "8888", Emergency: map[string]string{"9110": "110"}, TrunkOrder: []string{"t1"}, MainNumber: "02112345678",
		},
	}
}

func TestPlanRules(t *testing.T) {
	if err := testPlan().check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Plan){
		"endpoint with a line":  func(p *Plan) { p.Devices[0].Endpoint = "a]\n[b" },
		"endpoint twice":        func(p *Plan) { p.Devices[1] = p.Devices[0] },
		"trunk like a device":   func(p *Plan) { p.Trunks[0].Endpoint = "r1101" },
		"short ha1":             func(p *Plan) { p.Devices[0].HA1 = "abc" },
		"realm with a line":     func(p *Plan) { p.Devices[0].Realm = "x\ntype=y" },
		"unknown kind":          func(p *Plan) { p.Devices[0].Kind = "fax" },
		"language with a line":  func(p *Plan) { p.Devices[0].Language = "en\n" },
		"number that is a name": func(p *Plan) { p.Devices[0].Number = "1101&PJSIP/x" },
		"address with a line":   func(p *Plan) { p.Trunks[0].Address = "h\nx=y" },
		"host that is none":     func(p *Plan) { p.Trunks[0].Hosts = []string{"10.0.0.0/8", "a b"} },
		"secret with a line":    func(p *Plan) { p.Trunks[0].Secret = "a\nb" },
		"secret with a blank":   func(p *Plan) { p.Trunks[0].Secret = "a " },
		"register as nobody":    func(p *Plan) { p.Trunks[0].Username = "" },
		"dial to a string":      func(p *Plan) { p.Book.Dial["1"] = []string{"a&Local/x@y"} },
		"dial from a string":    func(p *Plan) { p.Book.Dial["1)"] = []string{"r1101"} },
		"did to nobody":         func(p *Plan) { p.Book.DIDs["1"] = "" },
		"emergency to a string": func(p *Plan) { p.Book.Emergency["110"] = "${SHELL(id)}" },
		"order of nothing":      func(p *Plan) { p.Book.TrunkOrder = []string{"t1:t2"} },
		"main number":           func(p *Plan) { p.Book.MainNumber = "none" },
	} {
		p := testPlan()
		spoil(&p)
		if err := p.check(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
}

func TestBootFilesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := testPlan()
		p.Devices[0].Name = rapid.String().Draw(t, "name")
		p.Trunks[0].Secret = strings.TrimSpace(rapid.StringOfN(rapid.RuneFrom(nil, ascii()...), 0, 100, -1).Draw(t, "secret"))
		if err := p.check(); err != nil {
			t.Fatal(err)
		}
		dir, err := os.MkdirTemp("", "boot")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		want := contentOf(p)
		if err := writeBoot(dir, want); err != nil {
			t.Fatal(err)
		}
		got, err := readBoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		if got.digest() != want.digest() {
			text, _ := os.ReadFile(filepath.Join(dir, bootObjects))
			t.Fatalf("read back differs:\n%s\n%v", text, got)
		}
	})
}

func TestNoNameInjectsALine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := calls.CallerID{Name: rapid.String().Draw(t, "name"), Number: rapid.String().Draw(t, "number")}
		id := callerID(c)
		if strings.ContainsAny(id, "\r\n;\\`$") || strings.Count(id, "<") > 1 || strings.Count(id, ">") > 1 || strings.Count(id, `"`) > 2 {
			t.Fatalf("%q becomes %q", c, id)
		}
		d := testDevice("r1", "1101")
		d.Name = c.Name
		text := objectsText(contentOf(Plan{Devices: []Device{d}}))
		if strings.Count(text, "\n[") != 3 || strings.Count(text, "\ntype = ") != 3 {
			t.Fatalf("%q makes\n%s", c.Name, text)
		}
	})
}

func TestDisplayNames(t *testing.T) {
	for in, want := range map[string]string{
		"东方先生": "东方先生", "O'Neil, Ann": "O'Neil Ann", "a\tb\nc": "a b c", `"x" <1>`: "x 1", "\xff": "", strings.Repeat("长", 200): strings.Repeat("长", maxName),
	} {
		if got := displayName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// pushes lists what a fake switch was told to change, without the query values.
func (f *fakeARI) pushes() (list []string) {
	for _, r := range f.seen() {
		if strings.Contains(r, "/config/dynamic/") || strings.HasPrefix(r, "POST /ari/asterisk/variable") {
			r, _, _ = strings.Cut(r, "&variable=BH_PROVISIONED")
			list = append(list, strings.Replace(r, "/ari/asterisk/config/dynamic/res_pjsip", "", 1))
		}
	}
	f.set(func() { f.requests = nil })
	return list
}

func TestOnlyDifferencesTravel(t *testing.T) {
	f := newFakeARI(t)
	p := NewProvisioner(switchTo(t, f.options()), t.TempDir())
	plan := testPlan()
	sync := func(boot bool) []string {
		t.Helper()
		_, err := p.Sync(t.Context(), plan, boot)
		must(t, err)
		return f.pushes()
	}
	first := sync(true)
	kindsOf := func(list []string) (kinds []string) {
		for _, r := range list {
			if kind := strings.Split(r, "/")[1]; strings.HasPrefix(r, "PUT ") && !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
		return kinds
	}
	if got := kindsOf(first); !slices.Equal(got, []string{"aor", "auth", "endpoint", "identify", "registration"}) {
		t.Errorf("pushed in the order %v", got)
	}
	if again := sync(false); len(again) != 0 {
		t.Errorf("the same plan again pushes %v", again)
	}
	plan.Devices[0].Name = "Ms Li"
	if got := sync(false); len(got) != 3 || got[1] != "PUT /endpoint/r1101" {
		t.Errorf("a new name pushes %v", got)
	}
	plan.Devices[0].Kind = DeviceBrowser
	if got := sync(false); !slices.Contains(got, "DELETE /endpoint/r1101") || !slices.Contains(got, "PUT /endpoint/r1101") {
		t.Errorf("a browser for a phone pushes %v", got)
	}
	plan.Devices = plan.Devices[1:]
	plan.Trunks = nil
	got := sync(false)
	for _, want := range []string{
		"DELETE /registration/t1", "DELETE /identify/t1", "DELETE /endpoint/r1101", "DELETE /endpoint/t1",
		"DELETE /auth/r1101", "DELETE /auth/t1", "DELETE /aor/r1101", "DELETE /aor/t1",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("deleting pushes %v, without %s", got, want)
		}
	}
	delete(plan.Book.Dial, "1101")
	if got := sync(false); len(got) != 3 || !strings.Contains(fmt.Sprint(got), "value=&variable=BH_DIAL_1101") {
		t.Errorf("a number that is gone pushes %v", got)
	}
}

func TestAPlanThatFailsIsPushedAgain(t *testing.T) {
	f := newFakeARI(t)
	p := NewProvisioner(switchTo(t, f.options()), t.TempDir())
	_, err := p.Sync(t.Context(), testPlan(), true)
	must(t, err)
	f.drop()
	f.set(func() { f.password = "changed" })
	plan := testPlan()
	plan.Devices[0].Name = "x"
	if _, err := p.Sync(t.Context(), plan, false); !fault.Is(err, fault.Unauthorized) {
		t.Fatalf("%v, want unauthorized", err)
	}
	f.set(func() { f.password = "right" })
	report, err := p.Sync(t.Context(), plan, false)
	must(t, err)
	if report.Pushed < len(contentOf(plan).objects) {
		t.Errorf("after a failure %d were pushed, want everything", report.Pushed)
	}
}

// ascii lists the printable characters.
func ascii() []*unicode.RangeTable {
	return []*unicode.RangeTable{{R16: []unicode.Range16{{Lo: ' ', Hi: '~', Stride: 1}}}}
}
