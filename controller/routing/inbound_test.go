package routing

import (
	"slices"
	"strings"
	"testing"

	"bellhop/controller/calls"
	"bellhop/controller/hotel"
)

func TestInbound(t *testing.T) {
	const desk = "8000 8001 8002"
	tests := []struct {
		trunk, dialled string
		kind           Kind
		targets        string
		reason         string
	}{
		{"unicom", "075588886666", KindOperator, desk, "is for 8888"},
		{"unicom", "88886666", KindOperator, desk, "is for 8888"},
		{"unicom", "+8675588886666", KindOperator, desk, "is for 8888"},
		{"unicom", "8675588886666", KindOperator, desk, "is for 8888"},
		{"telecom", "75588881206", KindExtension, "1206", "is for 1206"},
		{"telecom", "88888333", KindGroup, "8300 8301", ""},
		{"telecom", "88888500", KindExtension, "8500", ""},
		{"telecom", "88889999", KindOperator, desk, "not listed"},
		{"telecom", "13800138000", KindOperator, desk, "not listed"}, // no way through to outside
		{"telecom", "110", KindOperator, desk, "not listed"},
		{"telecom", "1206", KindOperator, desk, "not listed"},
		{"telecom", "", KindOperator, desk, "no number of ours"},
		{"telecom", "s&PJSIP/x", KindOperator, desk, "no number of ours"},
		{"elsewhere", "88886666", KindReject, "", "no trunk of ours"},
	}
	for _, tt := range tests {
		d := Decide(Call{Trunk: tt.trunk, Dialled: tt.dialled, Shown: "13800138000"}, house(t), table(t), noon)
		if d.Kind != tt.kind || !slices.Equal(d.Targets, nums(tt.targets)) || len(d.Attempts) > 0 {
			t.Errorf("%s for %s: got %s %v %q", tt.trunk, tt.dialled, d.Kind, d.Targets, d.Texts())
		}
		says(t, d, tt.reason)
	}
}

func TestInboundTargets(t *testing.T) {
	did := func(to, trunk string) func(*Data) {
		return func(d *Data) {
			d.DIDs = append(d.DIDs, DID{Number: "88887777", To: num(to), Trunk: trunk})
		}
	}
	tests := []struct {
		name   string
		edit   func(*Data)
		house  func(*hotel.Data)
		kind   Kind
		target string
	}{
		{"occupied room", did("1301", ""), nil, KindExtension, "1301"},
		{"vacant room", did("1102", ""), nil, KindOperator, "8000 8001 8002"},
		{"do not disturb", did("1301", ""), ext("1301", func(e *hotel.Extension) { e.DoNotDisturb = true }), KindOperator, "8000 8001 8002"},
		{"gone extension", did("5555", ""), nil, KindOperator, "8000 8001 8002"},
		{"outside number", did("13800138000", ""), nil, KindOperator, "8000 8001 8002"},
		{"forwarding staff", did("8101", ""), ext("8101", func(e *hotel.Extension) {
			e.ForwardTo, e.ForwardWhen = num("8102"), hotel.ForwardAlways
		}), KindExtension, "8102"},
		{"feature", did("*55", ""), nil, KindFeature, ""},
		{"of this trunk", did("1301", "unicom"), nil, KindExtension, "1301"},
		{"of another trunk", did("1301", "telecom"), nil, KindOperator, "8000 8001 8002"},
	}
	for _, tt := range tests {
		edits := []func(*hotel.Data){}
		if tt.house != nil {
			edits = append(edits, tt.house)
		}
		d := Decide(Call{Trunk: "unicom", Dialled: "075588887777"}, house(t, edits...), table(t, tt.edit), noon)
		if d.Kind != tt.kind || !slices.Equal(d.Targets, nums(tt.target)) {
			t.Errorf("%s: got %s %v %q", tt.name, d.Kind, d.Targets, d.Texts())
		}
	}
}

func TestInboundTrunk(t *testing.T) {
	c := Call{Trunk: "unicom", Dialled: "88886666", Shown: "13800138000", Live: Live{Trunks: map[string]int{"unicom": 20}}}
	if d := Decide(c, house(t), table(t), noon); d.Kind != KindReject || d.Cause != calls.CauseNoCircuit {
		t.Errorf("full trunk: %+v", d)
	}
	c.Shown = "110"
	if d := Decide(c, house(t), table(t), noon); d.Kind != KindOperator {
		t.Errorf("the police call back on a full trunk: %+v", d)
	}
	off := table(t, trunk("unicom", func(k *Trunk) { k.Enabled = false }))
	if d := Decide(Call{Trunk: "unicom", Dialled: "88886666"}, house(t), off, noon); d.Kind != KindReject {
		t.Errorf("trunk that is off: %+v", d)
	}
}

func TestPresentation(t *testing.T) {
	tests := []struct{ shown, display, back string }{
		{"13800138000", "13800138000", "13800138000"},
		{"+8613800138000", "13800138000", "13800138000"},
		{"8613800138000", "13800138000", "13800138000"},
		{"013800138000", "13800138000", "13800138000"},
		{"075561238888", "61238888", "61238888"},
		{"61238888", "61238888", "61238888"},
		{"2061238888", "02061238888", "02061238888"},
		{"+85221234567", "0085221234567", "0085221234567"},
		{"0014155550123", "0014155550123", "0014155550123"},
		{"95588", "95588", "95588"},
		{"110", "110", "110"},
		{"anonymous", "", ""},
		{"", "", ""},
		{"500&PJSIP/x", "", ""},
		{"8888", "", ""}, // nobody outside is our operator
		{"1206", "", ""},
		{"0", "", ""},
		{"123", "123", "123"},
		{"99887", "99887", ""},
	}
	for _, tt := range tests {
		d := Decide(Call{Trunk: "unicom", Dialled: "88886666", Shown: tt.shown}, house(t), table(t), noon)
		if d.CallerID.Number != tt.display || d.CallBack.String() != tt.back {
			t.Errorf("%q: got %q, call back %q", tt.shown, d.CallerID.Number, d.CallBack)
		}
	}
	nine := house(t, func(d *hotel.Data) { d.Property.AccessDigit = "9" })
	d := Decide(Call{Trunk: "unicom", Dialled: "88886666", Shown: "+8613800138000"}, nine, table(t), noon)
	if d.CallBack.String() != "913800138000" {
		t.Errorf("call back with access digit: %q", d.CallBack)
	}
	name := "Mal\x00lory\n\"<sip:x>\xff" + strings.Repeat("长", 100)
	d = Decide(Call{Trunk: "unicom", Dialled: "88886666", Shown: "1", ShownName: name}, house(t), table(t), noon)
	if got := d.CallerID.Name; !strings.HasPrefix(got, "Mallorysip:x长") || len(got) > maxName {
		t.Errorf("name %q", got)
	}
}

func TestInboundScreening(t *testing.T) {
	tests := []struct {
		name    string
		edits   []func(*Data)
		shown   string
		kind    Kind
		flagged bool
	}{
		{"nothing", nil, "13800138000", KindExtension, false},
		{"refuse", []func(*Data){listed(Inbound, "13800138000", Refuse, "")}, "+8613800138000", KindReject, false},
		{"refuse as written by another carrier", []func(*Data){listed(Inbound, "+8613800138000", Refuse, "")}, "013800138000", KindReject, false},
		{"limit", []func(*Data){listed(Inbound, "1380013*", Limit, "")}, "13800138000", KindOperator, false},
		{"flag", []func(*Data){listed(Inbound, "1380013????", Flag, "")}, "13800138000", KindExtension, true},
		{"outbound only", []func(*Data){listed(Outbound, "13800138000", Refuse, "")}, "13800138000", KindExtension, false},
		{"this trunk", []func(*Data){listed(Inbound, "13800138000", Refuse, "unicom")}, "13800138000", KindReject, false},
		{"other trunk", []func(*Data){listed(Inbound, "13800138000", Refuse, "telecom")}, "13800138000", KindExtension, false},
		{"this room", []func(*Data){listed(Inbound, "13800138000", Refuse, "1206")}, "13800138000", KindReject, false},
		{"its group", []func(*Data){listed(Inbound, "13800138000", Refuse, "family 1205-1206")}, "13800138000", KindReject, false},
		{"white list", []func(*Data){listed(Inbound, "1380013*", Refuse, ""), listed(Inbound, "13800138000", Allow, "")}, "13800138000", KindExtension, false},
		{"anti-fraud police", []func(*Data){listed(Inbound, "961???*", Refuse, "")}, "96110", KindExtension, false},
	}
	for _, tt := range tests {
		if tt.name == "anti-fraud police" {
			tt.edits = []func(*Data){listed(Inbound, "075596*", Refuse, "")}
			tt.shown = "075596110"
		}
		d := Decide(Call{Trunk: "unicom", Dialled: "88881206", Shown: tt.shown}, house(t), table(t, tt.edits...), noon)
		if d.Kind != tt.kind || d.Flagged != tt.flagged {
			t.Errorf("%s: got %s flagged %v %q", tt.name, d.Kind, d.Flagged, d.Texts())
		}
	}
}
