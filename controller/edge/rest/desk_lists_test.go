package rest

import (
	"strings"
	"testing"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

func TestVisits(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	must(t, b.store.PutVisits(t.Context(),
		acd.Visit{ID: "a", Call: "c1", Queue: "operator", Number: "138", Entered: epoch, Left: epoch.Add(40 * time.Second), How: acd.Abandoned},
		acd.Visit{ID: "b", Call: "c2", Queue: "operator", Number: "139", Entered: epoch.Add(1), Left: epoch.Add(9 * time.Second), How: acd.Answered, Account: h.opID},
		acd.Visit{ID: "c", Call: "c3", Queue: "reservations", Number: "138", Entered: epoch.Add(2)}))
	var page gen.VisitPage
	for query, want := range map[string]string{
		"": "cba", "?how=abandoned": "a", "?account=" + h.opID: "b", "?queue=reservations": "c", "?number=138": "ca", "?limit=2": "cb",
		"?from=2026-05-01T02:00:01Z": "",
	} {
		h.op.send("GET", "/desk/visits"+query, "").is(200).into(&page)
		got := ""
		for _, v := range page.Items {
			got += v.Id
		}
		if got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	h.op.send("GET", "/desk/visits?how=abandoned", "").into(&page)
	if v := page.Items[0]; v.WaitSeconds != 40 || v.Number != "138" {
		t.Errorf("visit %+v", v)
	}
	for query, field := range map[string]string{
		"?how=bored": "how", "?from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z": "to", "?after=%21": "after", "?limit=0": "limit",
	} {
		if p := h.op.send("GET", "/desk/visits"+query, "").problem(fault.Invalid); p.Field != field {
			t.Errorf("%s: field %q, want %q", query, p.Field, field)
		}
	}
	narrow := b.asPerson(access.Person{Login: "narrow", Name: "n", Roles: []access.Role{access.RoleOperator}, Reach: access.Reach{Queues: []string{"operator"}}})
	narrow.send("GET", "/desk/visits", "").is(200).into(&page)
	if len(page.Items) != 2 {
		t.Errorf("within reach: %+v", page.Items)
	}
	narrow.send("GET", "/desk/visits?queue=reservations", "").problem(fault.Forbidden)
	narrow.send("PUT", "/desk/visits/c/outcome", `{"outcome":"not_needed"}`).problem(fault.NotFound)

	var v gen.Visit
	h.op.send("PUT", "/desk/visits/a/outcome", `{"outcome":"called_back","note":"all well"}`).is(200).into(&v)
	if v.Outcome != "called_back" || v.By != h.opID || b.desk.last() != `outcome of a called_back "all well" by `+h.opID {
		t.Errorf("visit %+v, told %q", v, b.desk.last())
	}
	h.op.send("PUT", "/desk/visits/none/outcome", `{"outcome":"called_back"}`).problem(fault.NotFound)
	if p := h.op.send("PUT", "/desk/visits/a/outcome", `{"outcome":"forgotten"}`).problem(fault.Invalid); p.Field != "outcome" {
		t.Errorf("problem %+v", p)
	}
	b.desk.err = fault.New(fault.Conflict, "the visit was answered")
	h.op.send("PUT", "/desk/visits/b/outcome", `{"outcome":"called_back"}`).problem(fault.Conflict)
}

func TestCallersAndGuestCard(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	in := func(id, number, name string, at time.Duration) calls.Record {
		return calls.Record{ID: calls.CallID(id), Direction: calls.Inbound, From: calls.Party{Number: number, Name: name}, Dialled: "075588886666",
			Started: epoch.Add(at), Outcome: calls.OutcomeAbandoned}
	}
	must(t, b.store.SaveRecords(t.Context(), []calls.Record{
		in("c1", "13800138000", "Zhao", 0), in("c2", "13900000000", "", time.Minute), in("c3", "138001380001", "longer", 2*time.Minute),
		{ID: "c4", Direction: calls.Outbound, From: calls.Party{Number: "1206", Extension: "1206", Room: "1206"}, Dialled: "13800138000",
			Started: epoch.Add(3 * time.Minute), Outcome: calls.OutcomeAnswered},
	}))
	must(t, b.store.PutVisits(t.Context(), acd.Visit{ID: "v1", Call: "c1", Queue: "operator", Number: "13800138000", Entered: epoch.Add(5 * time.Second), How: acd.Abandoned}))
	var page gen.CallerPage
	h.op.send("GET", "/desk/callers", "").is(200).into(&page)
	if len(page.Items) != 3 || page.Items[0].Call != "c3" || page.Items[2].Visit != "v1" || page.Items[2].Name != "Zhao" || page.Items[1].Visit != "" {
		t.Errorf("callers %+v", page.Items)
	}
	h.op.send("GET", "/desk/callers?number=13900&limit=1", "").is(200).into(&page)
	if len(page.Items) != 1 || page.Items[0].Number != "13900000000" {
		t.Errorf("callers %+v", page.Items)
	}

	var card gen.GuestCard
	h.op.send("GET", "/desk/guest?extension=1206", "").is(200).into(&card)
	if card.Room != "1206" || len(card.Guests) == 0 || card.Guests[0].Vip != 2 || card.Guests[0].Language != "zh-CN" || !card.Stay.CheckedIn.Equal(epoch) || card.Malice {
		t.Errorf("card %+v", card)
	}
	if len(card.LastCalls) != 1 || card.LastCalls[0].Number != "13800138000" || card.LastCalls[0].Direction != "outbound" {
		t.Errorf("last calls %+v", card.LastCalls)
	}
	card = gen.GuestCard{}
	h.op.send("GET", "/desk/guest?number=13800138000", "").is(200).into(&card)
	if card.Name != "Zhao" || card.Room != "" || len(card.LastCalls) != 2 || card.LastCalls[0].Call != "c4" || card.Guests == nil {
		t.Errorf("card %+v", card)
	}
	h.op.send("GET", "/desk/guest?number=13900000000", "").is(200).into(&card)
	if !card.Malice {
		t.Error("a listed caller is not marked")
	}
	h.op.send("GET", "/desk/guest?number=1206", "").is(200).into(&card)
	if card.Extension != "1206" {
		t.Errorf("an extension by number: %+v", card)
	}
	h.op.send("GET", "/desk/guest?extension=7777", "").problem(fault.NotFound)
	for query, field := range map[string]string{"": "extension", "?extension=1206&number=1": "number", "?number=1x": "number"} {
		if p := h.op.send("GET", "/desk/guest"+query, "").problem(fault.Invalid); p.Field != field {
			t.Errorf("%s: field %q, want %q", query, p.Field, field)
		}
	}
	narrow := b.asPerson(access.Person{Login: "narrow", Name: "n", Roles: []access.Role{access.RoleOperator}, Reach: access.Reach{Floors: []string{"13"}}})
	narrow.send("GET", "/desk/guest?extension=1206", "").problem(fault.NotFound)
	narrow.send("GET", "/desk/guest?number=1206", "").problem(fault.NotFound)
}

func TestDeskKeys(t *testing.T) {
	h := newHouse(newBench(t))
	var keys gen.DeskKeys
	h.op.send("GET", "/desk/keys", "").is(200).into(&keys)
	if keys.Keys == nil || len(keys.Keys) != 0 {
		t.Errorf("keys %+v", keys)
	}
	const two = `{"keys":[{"key":"2","label":"大堂","number":"8000","action":"dial"},{"key":"1","label":"Taxi","number":"96103","action":"transfer"}]}`
	h.op.send("PUT", "/desk/keys", two).is(200)
	h.op.send("GET", "/desk/keys", "").is(200).into(&keys)
	if len(keys.Keys) != 2 || keys.Keys[0] != (gen.DeskKey{Key: "2", Label: "大堂", Number: "8000", Action: "dial"}) {
		t.Errorf("keys %+v", keys)
	}
	h.other.send("GET", "/desk/keys", "").is(200).into(&keys)
	if len(keys.Keys) != 0 {
		t.Errorf("another's keys %+v", keys)
	}
	for body, field := range map[string]string{
		strings.Replace(two, `"key":"1"`, `"key":"2"`, 1):                "keys.1.key",
		strings.Replace(two, `96103`, `1+`, 1):                           "keys.1.number",
		strings.Replace(two, `"dial"`, `"sing"`, 1):                      "keys.0.action",
		`{"keys":[` + strings.Repeat(`{"key":"1"},`, 70) + `{}]}`:        "keys",
		`{"keys":[{"key":"1","label":"","number":"1","action":"dial"}]}`: "keys.0.label",
	} {
		if p := h.op.send("PUT", "/desk/keys", body).problem(fault.Invalid); p.Field != field {
			t.Errorf("%.60s: field %q, want %q", body, p.Field, field)
		}
	}
}

const someQueue = `{"name":"reservations","title":"预订","number":"8600","strategy":"sticky","members":["ID"],"ring_seconds":15,"wrap_up_seconds":10,
	"ladder":[{"after_seconds":0,"skills":{"en":5}}],"overflow":[{"after_seconds":60,"do":"queue","to":"operator"}],
	"announce":{"position":true,"wait":false,"every_seconds":30,"reminder_seconds":0},
	"target":{"within_seconds":20,"share":0.8,"short_seconds":5,"formula":"at/(a+b)"},"early_media":true}`

func TestQueues(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	body := strings.Replace(someQueue, "ID", h.opID, 1)
	var q gen.Queue
	h.boss.send("PUT", "/queues/reservations", body).is(200).into(&q)
	if q.Number != "8600" || q.Ladder[0].Skills["en"] != 5 || q.Overflow[0].To != "operator" || !q.Announce.Position || q.Target.Formula != "at/(a+b)" {
		t.Errorf("queue %+v", q)
	}
	var page gen.QueuePage
	h.op.send("GET", "/queues", "").is(200).into(&page)
	if len(page.Items) != 2 || page.Items[1].Name != "reservations" || page.Items[1].WrapUpSeconds != 10 || page.Items[0].Ladder == nil {
		t.Errorf("queues %+v", page.Items)
	}
	for change, field := range map[string]string{
		`"name":"reservations"=>"name":"other"`: "name", `"ID"=>"nobody"`: "members.0", `"sticky"=>"fair"`: "strategy",
		`"8600"=>"86+0"`: "number", `"en":5=>"en":11`: "ladder.0.skills.en", `0.8=>1.8`: "target.share",
		`"position":true,=>`: "announce.position", `"queue"=>"elsewhere"`: "overflow.0.do",
	} {
		from, to, _ := strings.Cut(change, "=>")
		if p := h.boss.send("PUT", "/queues/reservations", strings.Replace(strings.Replace(someQueue, from, to, 1), "ID", h.opID, 1)).problem(fault.Invalid); p.Field != field {
			t.Errorf("%s: field %q (%s), want %q", change, p.Field, p.Detail, field)
		}
	}
	for told, field := range map[string]string{
		"ring_time": "ring_seconds", "overflow[1].after": "overflow.1.after_seconds", "members[3]": "members.3", "target.within": "target.within_seconds", "title": "title",
	} {
		b.desk.err = fault.Field(told, "is wrong")
		if p := h.boss.send("PUT", "/queues/reservations", body).problem(fault.Invalid); p.Field != field {
			t.Errorf("the desk's %s is shown as %q, want %q", told, p.Field, field)
		}
	}
	b.desk.err = nil
	h.op.send("PUT", "/queues/reservations", body).problem(fault.Forbidden)
	h.op.send("DELETE", "/queues/reservations", "").problem(fault.Forbidden)
	h.boss.send("DELETE", "/queues/none", "").problem(fault.NotFound)
	h.boss.send("DELETE", "/queues/reservations", "").is(204)
	b.desk.err = fault.New(fault.Conflict, "queue operator still has callers")
	h.boss.send("DELETE", "/queues/operator", "").problem(fault.Conflict)
}

func TestProfiles(t *testing.T) {
	b := newBench(t)
	h := newHouse(b)
	b.desk.profiles = []acd.Profile{{Account: h.opID, Name: "Li", Skills: map[string]int{"en": 3}}, {Account: h.bossID}}
	var page gen.ProfilePage
	h.boss.send("GET", "/profiles", "").is(200).into(&page)
	if len(page.Items) != 2 {
		t.Errorf("profiles %+v", page.Items)
	}
	for _, p := range page.Items {
		if p.Skills == nil {
			t.Errorf("profile %+v", p)
		}
	}
	var p gen.Profile
	h.boss.send("PUT", "/profiles/"+h.opID, `{"account":"`+h.opID+`","skills":{"日本語":7},"vip":true,"weight":3}`).is(200).into(&p)
	if p.Name != "Operator Li" || p.Skills["日本語"] != 7 || !p.Vip || p.Weight != 3 {
		t.Errorf("profile %+v", p)
	}
	h.boss.send("PUT", "/profiles/nobody", `{}`).problem(fault.NotFound)
	if got := h.boss.send("PUT", "/profiles/"+h.opID, `{"account":"x"}`).problem(fault.Invalid); got.Field != "account" {
		t.Errorf("problem %+v", got)
	}
	if got := h.boss.send("PUT", "/profiles/"+h.opID, `{"skills":{"en":0}}`).problem(fault.Invalid); got.Field != "skills.en" {
		t.Errorf("problem %+v", got)
	}
	h.op.send("PUT", "/profiles/"+h.opID, `{}`).problem(fault.Forbidden)
}
