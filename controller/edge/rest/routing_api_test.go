package rest

import (
	"strings"
	"testing"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

func TestTrunks(t *testing.T) {
	b := newBench(t)
	body := `{"address":"sip.example.net:5060","register":true,"username":"hotel","secret":"geheim-4711","enabled":true,"hosts":["192.0.2.0/24"],"limit":8,"caller_id":{"mode":"main"}}`
	r := b.send("PUT", "/trunks/mobile", body).is(200)
	var k gen.Trunk
	r.into(&k)
	if !k.HasSecret || k.Endpoint == "" || k.Limit != 8 {
		t.Errorf("trunk %+v", k)
	}
	b.send("PUT", "/trunks/mobile", strings.Replace(body, `"secret":"geheim-4711",`, "", 1)).is(200)
	if kept, _ := b.routes.Table().Trunk("mobile"); kept.Secret != "geheim-4711" {
		t.Error("a change without secret lost it")
	}
	for _, text := range []string{string(r.body), string(b.send("GET", "/trunks", "").is(200).body), b.log.String()} {
		if strings.Contains(text, "geheim") {
			t.Errorf("the secret shows in %s", text)
		}
	}
	b.send("PUT", "/trunks/mobile", `{"address":"a b","enabled":true}`).problem(fault.Invalid)
	b.send("DELETE", "/trunks/mobile", "").is(204)
	used := b.routes.Table().Data().Routes[0].Trunks[0]
	b.send("DELETE", "/trunks/"+used, "").problem(fault.Conflict)
}

func TestRoutes(t *testing.T) {
	b := newBench(t)
	trunk := b.routes.Table().Trunks()[0].Name
	var made gen.Route
	b.send("POST", "/routes", `{"prefix":"00","trunks":["`+trunk+`"],"from":"22:00","to":"06:30","days":["sat","sun"],"cost":"0.15","order":3}`).is(201).into(&made)
	if made.Id == "" || made.From != "22:00" || made.To != "06:30" || made.Cost != "0.15" || len(made.Days) != 2 || made.Days[0] != "sat" {
		t.Errorf("route %+v", made)
	}
	var plain gen.Route
	b.send("PUT", "/routes/"+made.Id, `{"trunks":["`+trunk+`"]}`).is(200).into(&plain)
	if plain.Id != made.Id || plain.From != "" || plain.Cost != "0" || len(plain.Days) != 0 {
		t.Errorf("replaced route %+v", plain)
	}
	b.send("POST", "/routes", `{"trunks":["none"]}`).problem(fault.Invalid)
	b.send("POST", "/routes", `{"trunks":["`+trunk+`"],"from":"25:00","to":"06:00"}`).problem(fault.Invalid)
	b.send("POST", "/routes", `{"trunks":["`+trunk+`"],"from":"08:00"}`).problem(fault.Invalid)
	b.send("POST", "/routes", `{"trunks":["`+trunk+`"],"cost":"-1"}`).problem(fault.Invalid)
	b.send("DELETE", "/routes/"+made.Id, "").is(204)
	b.send("DELETE", "/routes/"+made.Id, "").problem(fault.NotFound)
}

func TestDIDs(t *testing.T) {
	b := newBench(t)
	b.send("PUT", "/dids/02155556666", `{"to":"1206","label":"suite"}`).is(200)
	var page gen.DIDPage
	b.send("GET", "/dids", "").is(200).into(&page)
	if len(page.Items) == 0 {
		t.Error("no numbers listed")
	}
	b.send("DELETE", "/dids/02155556666", "").is(204)
	b.send("DELETE", "/dids/02155556666", "").problem(fault.NotFound)
}

func TestScreening(t *testing.T) {
	b := newBench(t)
	var made gen.Screening
	b.send("POST", "/screening", `{"direction":"inbound","pattern":"0755*","verdict":"refuse","reason":"骚扰电话"}`).is(201).into(&made)
	if made.Id == "" || made.By != "root" || !made.Created.Equal(epoch) {
		t.Errorf("entry %+v: who and when must be ours, not the client's", made)
	}
	for _, pattern := range []string{"110", "11?", "1*", "120"} {
		p := b.send("POST", "/screening", `{"direction":"outbound","pattern":"`+pattern+`","verdict":"refuse","reason":"x"}`)
		if pattern == "110" || pattern == "120" {
			p.problem(fault.Invalid)
		}
	}
	b.send("PUT", "/screening/"+made.Id, `{"direction":"inbound","pattern":"0755*","verdict":"flag","reason":"x"}`).is(200)
	b.send("DELETE", "/screening/"+made.Id, "").is(204)
}

func TestExplain(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		from, dialled, action string
		allowed               bool
	}{
		{"1206", "110", "emergency", true},
		{"1206", "1101", "extension", true},
		{"1206", "0", "operator", true},
		{"1206", "4711", "reject", false},
	} {
		var e gen.Explanation
		b.send("GET", "/routing/explain?from="+c.from+"&dialled="+c.dialled, "").is(200).into(&e)
		if e.Action != c.action || e.Allowed != c.allowed || len(e.Reasons) == 0 {
			t.Errorf("%s → %s: %+v, want %s", c.from, c.dialled, e, c.action)
		}
		if c.action == "emergency" && len(e.Trunks) == 0 {
			t.Error("an emergency call without a way out")
		}
	}
	b.send("GET", "/routing/explain?from=4711&dialled=110", "").problem(fault.Invalid)
	b.send("GET", "/routing/explain?from=1206", "").problem(fault.Invalid)
	b.send("GET", "/routing/explain?from=1206&dialled=500%26PJSIP/x", "").problem(fault.Invalid)
	b.send("GET", "/routing/explain?from=1206&dialled=110&at=now", "").problem(fault.Invalid)
}
