package routing

import (
	"strings"
	"testing"
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

func TestDemoDataIsValid(t *testing.T) { table(t) }

func TestTableRefuses(t *testing.T) {
	route := func(edit func(*Route)) func(*Data) { return func(d *Data) { edit(&d.Routes[0]) } }
	did := func(edit func(*DID)) func(*Data) { return func(d *Data) { edit(&d.DIDs[0]) } }
	entry := func(edit func(*Screening)) func(*Data) { return func(d *Data) { edit(&d.Screening[0]) } }
	tests := []struct {
		want string
		edit func(*Data)
	}{
		{"name", trunk("unicom", func(k *Trunk) { k.Name = "a b" })},
		{"name", trunk("unicom", func(k *Trunk) { k.Name = strings.Repeat("x", 4096) })},
		{"endpoint", trunk("unicom", func(k *Trunk) { k.Endpoint = "x/../y" })},
		{"is also that of trunk", trunk("unicom", func(k *Trunk) { k.Endpoint = "trunktelecom" })},
		{"address", trunk("unicom", func(k *Trunk) { k.Address = "" })},
		{"address", trunk("unicom", func(k *Trunk) { k.Address = "a\nb" })},
		{"secret", trunk("unicom", func(k *Trunk) { k.Register = true })},
		{"secret", trunk("unicom", func(k *Trunk) { k.Secret = "a;b" })},
		{"hosts", trunk("unicom", func(k *Trunk) { k.Hosts = []string{"ok", "not ok"} })},
		{"limit", trunk("unicom", func(k *Trunk) { k.Limit = -1 })},
		{"caller_id.mode", trunk("unicom", func(k *Trunk) { k.CallerID.Mode = "loud" })},
		{"caller_id.number", trunk("unicom", func(k *Trunk) { k.CallerID = CallerIDRule{Mode: CallerIDFixed} })},
		{"caller_id.number", trunk("unicom", func(k *Trunk) { k.CallerID.Number = "1&x" })},
		{"carrier", trunk("unicom", func(k *Trunk) { k.Carrier = "\x00" })},
		{"is given twice", func(d *Data) { d.Trunks = append(d.Trunks, d.Trunks[0]) }},
		{"is not a trunk", route(func(r *Route) { r.Trunks = []string{"nobody"} })},
		{"given twice", route(func(r *Route) { r.Trunks = []string{"unicom", "unicom"} })},
		{"trunks", route(func(r *Route) { r.Trunks = nil })},
		{"prefix", route(func(r *Route) { r.Prefix = "+86" })},
		{"class", route(func(r *Route) { r.Class = phone.ClassPremium })},
		{"class", route(func(r *Route) { r.Class = phone.ClassEmergency })},
		{"strip", route(func(r *Route) { r.Strip = 21 })},
		{"add", route(func(r *Route) { r.Add = "500&PJSIP/x" })},
		{"from", route(func(r *Route) { r.From = 25 * time.Hour })},
		{"to", route(func(r *Route) { r.To = -1 })},
		{"days", route(func(r *Route) { r.Days = []time.Weekday{7} })},
		{"cost", route(func(r *Route) { r.Cost = -1 })},
		{"number", did(func(d *DID) { d.Number = "x" })},
		{"trunk", did(func(d *DID) { d.Trunk = "nobody" })},
		{"to", did(func(d *DID) { d.To = phone.Number{} })},
		{"to", did(func(d *DID) { d.To = num("110") })},
		{"direction", entry(func(s *Screening) { s.Direction = "up" })},
		{"verdict", entry(func(s *Screening) { s.Verdict = "perhaps" })},
		{"pattern", entry(func(s *Screening) { s.Pattern = "" })},
		{"pattern", entry(func(s *Screening) { s.Pattern = "1*2" })},
		{"pattern", entry(func(s *Screening) { s.Pattern = strings.Repeat("1", 4096) })},
		{"pattern", entry(func(s *Screening) { s.Pattern = "１１０" })},
		{"reason", entry(func(s *Screening) { s.Reason = "" })},
		{"by", entry(func(s *Screening) { s.By = "" })},
		{"scope", entry(func(s *Screening) { s.Scope = "a\nb" })},
		{"expires", entry(func(s *Screening) { s.Expires = noon.Add(-time.Hour) })},
	}
	for _, tt := range tests {
		data := DemoData("a", "b", noon)
		tt.edit(&data)
		_, err := NewTable(data)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tt.want) || len(err.Error()) > 400 {
			t.Errorf("want %q, got %v", tt.want, err)
		}
	}
}

func TestEmergencyNumbersCannotBeListed(t *testing.T) {
	for _, p := range []string{"110", "119", "120", "122", "112", "911", "999", "933", "988", "96110",
		"*", "1*", "11?", "1??", "???", "12*", "?1*", "9611*", "96???", "120*"} {
		for _, v := range []Verdict{Allow, Refuse, Limit, Flag} {
			data := DemoData("a", "b", noon)
			listed(Outbound, p, v, "")(&data)
			_, err := NewTable(data)
			if err == nil || !strings.Contains(err.Error(), "emergency numbers can never be listed") {
				t.Errorf("%s %s: got %v", v, p, err)
			}
		}
	}
	for _, p := range []string{"1101", "12???", "1380013*", "00*", "+852*", "95588", "400*", "0755????????"} {
		table(t, listed(Outbound, p, Refuse, ""))
	}
}

func TestOutboundScreening(t *testing.T) {
	tests := []struct {
		name  string
		edits []func(*Data)
		from  string
		ok    bool
	}{
		{"free", nil, "1206", true},
		{"refused", []func(*Data){listed(Outbound, "13800138000", Refuse, "")}, "1206", false},
		{"refused however dialled", []func(*Data){listed(Outbound, "+8613800138000", Refuse, "")}, "1206", false},
		{"refused by range", []func(*Data){listed(Outbound, "1380013????", Refuse, "")}, "1206", false},
		{"other range", []func(*Data){listed(Outbound, "1390013????", Refuse, "")}, "1206", true},
		{"inbound only", []func(*Data){listed(Inbound, "13800138000", Refuse, "")}, "1206", true},
		{"this room", []func(*Data){listed(Outbound, "138*", Refuse, "1206")}, "1206", false},
		{"other room", []func(*Data){listed(Outbound, "138*", Refuse, "1101")}, "1206", true},
		{"its group", []func(*Data){listed(Outbound, "138*", Refuse, "family 1205-1206")}, "1206", false},
		{"limit for a room", []func(*Data){listed(Outbound, "138*", Limit, "")}, "1206", false},
		{"limit for the desk", []func(*Data){listed(Outbound, "138*", Limit, "")}, "8000", true},
		{"flag", []func(*Data){listed(Outbound, "138*", Flag, "")}, "1206", true},
		{"narrow allow", []func(*Data){listed(Outbound, "138*", Refuse, ""), listed(Outbound, "13800138*", Allow, "")}, "1206", true},
		{"same allow", []func(*Data){listed(Outbound, "138*", Refuse, ""), listed(Outbound, "138*", Allow, "")}, "1206", true},
		{"wide allow", []func(*Data){listed(Outbound, "13800138000", Refuse, ""), listed(Outbound, "138*", Allow, "")}, "1206", false},
		{"allow of another room", []func(*Data){listed(Outbound, "138*", Refuse, ""), listed(Outbound, "138*", Allow, "1101")}, "1206", false},
		{"strict beats mild", []func(*Data){listed(Outbound, "13800138000", Flag, ""), listed(Outbound, "138*", Refuse, "")}, "1206", false},
	}
	for _, tt := range tests {
		for _, dialled := range []string{"13800138000", "+8613800138000", "008613800138000"} {
			d := Decide(Call{From: num(tt.from), Dialled: dialled}, house(t), table(t, tt.edits...), noon)
			if (d.Kind == KindTrunk) != tt.ok {
				t.Errorf("%s, %s: got %s %q", tt.name, dialled, d.Kind, d.Texts())
			}
		}
	}
}

func TestScreeningExpires(t *testing.T) {
	tab := table(t, listed(Outbound, "138*", Refuse, ""), func(d *Data) {
		d.Screening[len(d.Screening)-1].Expires = noon.Add(time.Hour)
	})
	c := Call{From: num("1206"), Dialled: "13800138000"}
	if d := Decide(c, house(t), tab, noon.Add(59*time.Minute)); d.Kind != KindReject {
		t.Errorf("in force: %s", d.Kind)
	}
	if d := Decide(c, house(t), tab, noon.Add(time.Hour)); d.Kind != KindTrunk {
		t.Errorf("expired: %s", d.Kind)
	}
}

func TestTableIsImmutable(t *testing.T) {
	data := DemoData("a", "b", noon)
	data.Trunks[0].Hosts = []string{"h"}
	tab, err := NewTable(data)
	if err != nil {
		t.Fatal(err)
	}
	data.Trunks[0].Hosts[0], data.Routes[0].Trunks[0] = "x", "x"
	got := tab.Data()
	got.Routes[0].Trunks[0] = "y"
	if again := tab.Data(); again.Trunks[0].Hosts[0] != "h" || again.Routes[0].Trunks[0] == "y" || again.Routes[0].Trunks[0] == "x" {
		t.Errorf("the table changed: %+v", again)
	}
}
