package rest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bellhop/controller/access"
	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

func TestReachOfObjects(t *testing.T) {
	d := newBench(t).house.Directory()
	room := d.Rooms()[0]
	other := d.Rooms()[len(d.Rooms())-1]
	if room.Floor == other.Floor {
		t.Fatal("the demo hotel has one floor")
	}
	mine := access.Reach{Floors: []string{room.Floor}}
	inRoom := func(r hotel.Room) calls.Party {
		return calls.Party{Extension: d.ExtensionsIn(r.Number)[0].Number.String(), Room: r.Number}
	}
	outside := calls.Party{Number: "13800138000"}
	desk := hotel.Extension{Number: num(t, "8001"), Department: "desk"}
	queues := []acd.Queue{{Name: "operator", Members: []string{"a"}}, {Name: "vip", Members: []string{"b"}}}
	vip := access.Reach{Queues: []string{"vip"}}
	for name, c := range map[string]struct{ got, want bool }{
		"room":                      {coversRoom(mine, d, room.Number), true},
		"room elsewhere":            {coversRoom(mine, d, other.Number), false},
		"room that is not":          {coversRoom(mine, d, "none"), false},
		"its extension":             {coversNumber(mine, d, d.ExtensionsIn(room.Number)[0].Number), true},
		"extension elsewhere":       {coversNumber(mine, d, d.ExtensionsIn(other.Number)[0].Number), false},
		"extension of no floor":     {coversExtension(mine, d, desk), false},
		"department":                {coversExtension(access.Reach{Departments: []string{"desk"}}, d, desk), true},
		"other department":          {coversExtension(access.Reach{Departments: []string{"spa"}}, d, desk), false},
		"department and floor":      {coversExtension(access.Reach{Departments: []string{"desk"}, Floors: mine.Floors}, d, desk), false},
		"queues bind no extension":  {coversExtension(vip, d, desk), true},
		"caller":                    {coversCall(mine, d, calls.Record{From: inRoom(room), To: outside}), true},
		"called":                    {coversCall(mine, d, calls.Record{From: outside, To: inRoom(room)}), true},
		"between others":            {coversCall(mine, d, calls.Record{From: outside, To: inRoom(other)}), false},
		"rubbish as extension":      {coversCall(mine, d, calls.Record{From: calls.Party{Extension: "x&y"}}), false},
		"third party of live call":  {coversLive(mine, d, calls.Live{Parties: []calls.LiveParty{{Party: inRoom(room)}}}), true},
		"nobody of live call":       {coversLive(mine, d, calls.Live{Parties: []calls.LiveParty{{Party: outside}}}), false},
		"queue":                     {coversQueue(vip, "vip"), true},
		"other queue":               {coversQueue(vip, "operator"), false},
		"seat":                      {coversSeat(vip, queues, "b"), true},
		"seat of another queue":     {coversSeat(vip, queues, "a"), false},
		"seat of none":              {coversSeat(vip, queues, "c"), false},
		"any seat":                  {coversSeat(mine, queues, "c"), true},
		"room of then, not of now":  {coversParty(mine, d, calls.Party{Extension: inRoom(other).Extension, Room: room.Number}), true},
		"whole house is narrowed":   {narrowed(access.Reach{}), false},
		"one queue is narrowed":     {narrowed(vip), true},
		"unknown number, departed":  {coversNumber(mine, d, num(t, "4711")), false},
		"unknown number, unbounded": {coversNumber(access.Reach{}, d, num(t, "4711")), true},
	} {
		if c.got != c.want {
			t.Errorf("%s: %t, want %t", name, c.got, c.want)
		}
	}
}

func num(t testing.TB, s string) phone.Number {
	t.Helper()
	n, err := phone.Parse(s)
	must(t, err)
	return n
}

// TestReachOnlyNarrows: more in the lists never covers less, no list covers all.
func TestReachOnlyNarrows(t *testing.T) {
	d := newBench(t).house.Directory()
	rapid.Check(t, func(t *rapid.T) {
		e := rapid.SampledFrom(d.Extensions()).Draw(t, "extension")
		floors := rapid.SliceOfN(rapid.SampledFrom(d.Floors()), 1, 5).Draw(t, "floors")
		few, many := access.Reach{}, access.Reach{}
		for i, f := range floors {
			if many.Floors = append(many.Floors, f.Name); i == 0 {
				few.Floors = many.Floors
			}
		}
		if !coversExtension(access.Reach{}, d, e) {
			t.Fatal("the whole house leaves something out")
		}
		if coversExtension(few, d, e) && !coversExtension(many, d, e) {
			t.Fatalf("%v covers less than %v", many, few)
		}
	})
}

// TestReachOverTheAPI: somebody bound to a floor sees and changes only that.
func TestReachOverTheAPI(t *testing.T) {
	b := newBench(t)
	d := b.house.Directory()
	in, out := b.stayOn(""), hotel.Stay{}
	home, _ := d.Room(in.Room)
	out = b.stayOn(home.Floor)
	inExt, outExt := d.ExtensionsIn(in.Room)[0].Number, d.ExtensionsIn(out.Room)[0].Number
	device := d.DevicesOf(outExt)[0].ID
	b.live.live = []calls.Live{
		{Record: calls.Record{ID: "mine.1", From: calls.Party{Extension: inExt.String(), Room: in.Room}, Started: epoch}},
		{Record: calls.Record{ID: "theirs.1", From: calls.Party{Extension: outExt.String(), Room: out.Room}, Started: epoch}},
	}
	var saved []calls.Record
	for i := range 30 {
		r := record(i)
		r.From = calls.Party{Extension: outExt.String(), Room: out.Room}
		if i == 3 {
			r.From = calls.Party{Extension: inExt.String(), Room: in.Room}
		}
		saved = append(saved, r)
	}
	must(t, b.store.SaveRecords(t.Context(), saved))
	page := b.asPerson(access.Person{Login: "floor", Name: "Floor", Reach: access.Reach{Floors: []string{home.Floor}},
		Roles: []access.Role{access.RoleFrontDesk, access.RoleTelecom}})
	rows := len(b.trail())
	before := b.state()

	for _, path := range []string{"/rooms?limit=500", "/extensions?limit=500", "/devices?limit=500", "/stays?limit=500", "/live-calls", "/calls", "/calls.csv"} {
		text := string(page.send("GET", path, "").is(200).body)
		if !strings.Contains(text, in.Room) && !strings.Contains(text, "mine.1") || strings.Contains(text, `"`+out.Room+`"`) ||
			strings.Contains(text, outExt.String()) || strings.Contains(text, "theirs.1") || strings.Contains(text, device) {
			t.Errorf("%s shows what is elsewhere, or not what is here: %.600s", path, text)
		}
	}
	var found gen.CallPage
	page.send("GET", "/calls?limit=5", "").is(200).into(&found)
	if len(found.Items) != 1 || found.Items[0].Id != "c0003.1" {
		t.Errorf("records %+v", found)
	}
	unknown := func(s string) string { // names what is not there
		return strings.NewReplacer(out.Room, "7998", outExt.String(), "7998", out.ID, "none", "theirs.1", "none", "c0004.1", "none").Replace(s)
	}
	for _, c := range []struct{ method, path, body string }{
		{"GET", "/rooms/" + out.Room, ""}, {"DELETE", "/rooms/" + out.Room, ""},
		{"GET", "/extensions/" + outExt.String(), ""}, {"DELETE", "/extensions/" + outExt.String(), ""},
		{"PUT", "/extensions/" + outExt.String() + "/do-not-disturb", `{"on":true}`},
		{"PUT", "/extensions/" + outExt.String() + "/monitored", `{"on":true}`},
		{"PATCH", "/devices/" + device, `{"label":"x"}`}, {"POST", "/devices/" + device + "/rotate", ""},
		{"GET", "/stays/" + out.ID, ""}, {"PATCH", "/stays/" + out.ID, `{"class":"x"}`},
		{"POST", "/stays/" + out.ID + "/check-out", ""}, {"POST", "/stays/" + out.ID + "/move", fmt.Sprintf(`{"to":%q}`, in.Room)},
		{"GET", "/calls/c0004.1", ""}, {"DELETE", "/live-calls/theirs.1", ""},
	} {
		p := page.send(c.method, c.path, c.body).problem(fault.NotFound)
		q := page.send(c.method, unknown(c.path), c.body).problem(fault.NotFound)
		if unknown(p.Detail) != q.Detail {
			t.Errorf("%s %s tells that it is there: %q, not %q", c.method, c.path, p.Detail, q.Detail)
		}
	}
	for _, c := range []struct{ method, path, body string }{
		{"PUT", "/rooms/" + out.Room, fmt.Sprintf(`{"floor":%q}`, home.Floor)},
		{"PUT", "/rooms/9999", fmt.Sprintf(`{"floor":%q}`, floorOf(d, out))},
		{"PUT", "/extensions/" + outExt.String(), fmt.Sprintf(`{"kind":"room","room":%q}`, in.Room)},
		{"PUT", "/extensions/8777", `{"kind":"staff"}`},
		{"POST", "/stays/" + in.ID + "/move", fmt.Sprintf(`{"to":%q}`, out.Room)},
		{"POST", "/stays", fmt.Sprintf(`{"room":%q,"guests":[{"name":"x"}]}`, out.Room)},
		{"POST", "/devices", fmt.Sprintf(`{"extension":%q,"kind":"sip","label":"x"}`, outExt)},
		{"POST", "/import", "number,kind\n"}, {"GET", "/export", ""},
	} {
		head := []string{}
		if c.path == "/import" {
			head = []string{"Content-Type", "text/csv"}
		}
		page.send(c.method, c.path, c.body, head...).problem(fault.Forbidden)
	}
	page.send("GET", "/routing/explain?from="+outExt.String()+"&dialled=110", "").problem(fault.Invalid)
	if b.state() != before {
		t.Error("something beyond reach was changed")
	}
	for _, r := range b.trail()[rows:] {
		if strings.Contains(" "+out.Room+" "+outExt.String()+" "+out.ID+" "+device+" theirs.1 ", " "+r.Object+" ") && !strings.HasPrefix(r.What, "put") {
			t.Errorf("the trail tells of a change: %+v", r)
		}
	}
	page.send("PUT", "/extensions/"+inExt.String()+"/do-not-disturb", `{"on":true}`).is(204)
	page.send("PATCH", "/stays/"+in.ID+"/guests/"+in.Guests[0].ID, `{"vip":1}`).is(200)
	page.send("DELETE", "/live-calls/mine.1", "").is(http.StatusNoContent)
}

func floorOf(d *hotel.Directory, s hotel.Stay) string {
	room, _ := d.Room(s.Room)
	return room.Floor
}

// stayOn returns an open stay that is not on the floor named, whose room has a phone.
func (b *bench) stayOn(notOn string) hotel.Stay {
	b.t.Helper()
	d := b.house.Directory()
	for _, s := range d.Stays() {
		es := d.ExtensionsIn(s.Room)
		if floorOf(d, s) != notOn && len(es) > 0 && len(d.DevicesOf(es[0].Number)) > 0 {
			return s
		}
	}
	b.t.Fatal("no such stay in the demo hotel")
	return hotel.Stay{}
}
