package rest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

func TestProperty(t *testing.T) {
	b := newBench(t)
	var p gen.Property
	r := b.send("GET", "/property", "").is(200)
	r.into(&p)
	if p.TimeZone != "Asia/Shanghai" || p.Operator == "" || p.RingSeconds == 0 {
		t.Fatalf("property %+v", p)
	}
	changed := strings.Replace(string(r.body), fmt.Sprintf(`"ring_seconds":%d`, p.RingSeconds), `"ring_seconds":41`, 1)
	b.send("PUT", "/property", changed).is(200).into(&p)
	if p.RingSeconds != 41 || b.house.Directory().Property().RingTime.Seconds() != 41 {
		t.Errorf("ring time was not changed: %+v", p)
	}
	wrong := strings.Replace(string(r.body), "Asia/Shanghai", "Mars/Olympus", 1)
	if got := b.send("PUT", "/property", wrong).problem(fault.Invalid); !strings.Contains(got.Field, "time_zone") {
		t.Errorf("problem names %q, want the time zone: %s", got.Field, got.Detail)
	}
}

func TestFloorsAndRooms(t *testing.T) {
	b := newBench(t)
	b.send("PUT", "/floors/顶层", `{"order":99}`).is(200)
	b.send("PUT", "/rooms/9901", `{"floor":"顶层","type":"suite"}`).is(200)
	var room gen.Room
	b.send("GET", "/rooms/9901", "").is(200).into(&room)
	if room.Floor != "顶层" || room.Type != "suite" || room.Stay.Id != "" {
		t.Errorf("room %+v", room)
	}
	b.send("GET", "/extensions/9901", "").is(200) // came with the room
	b.send("DELETE", "/floors/顶层", "").problem(fault.Conflict)
	b.send("DELETE", "/rooms/9901", "").is(204)
	b.send("DELETE", "/rooms/9901", "").problem(fault.NotFound)
	b.send("DELETE", "/floors/顶层", "").is(204)
	b.send("PUT", "/rooms/9902", `{"floor":"nowhere"}`).problem(fault.Invalid)
	b.send("GET", "/rooms/9902", "").problem(fault.NotFound)
}

func TestListsInPages(t *testing.T) {
	b := newBench(t)
	all := len(b.house.Directory().Rooms())
	seen, after, pages := map[string]bool{}, "", 0
	for {
		var page gen.RoomPage
		b.send("GET", "/rooms?limit=7&after="+after, "").is(200).into(&page)
		for _, r := range page.Items {
			if seen[r.Number] {
				t.Fatalf("room %s twice", r.Number)
			}
			seen[r.Number] = true
		}
		pages++
		if pages == 2 {
			b.send("DELETE", "/rooms/"+page.Items[len(page.Items)-1].Number, "") // the cursor's own room may go
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(seen) != all || pages != (all+6)/7 {
		t.Errorf("%d rooms in %d pages, want %d", len(seen), pages, all)
	}
	b.send("GET", "/rooms?limit=0", "").problem(fault.Invalid)
	b.send("GET", "/rooms?limit=501", "").problem(fault.Invalid)
	b.send("GET", "/rooms?limit=x", "").problem(fault.Invalid)
	b.send("GET", "/rooms?after=!!", "").problem(fault.Invalid)
	if p := b.send("GET", "/rooms?flor=1", "").problem(fault.Invalid); p.Field != "flor" {
		t.Errorf("an unknown filter is named %q", p.Field)
	}
	b.send("GET", "/rooms?floor=1&floor=2", "").problem(fault.Invalid)
}

func TestExtensions(t *testing.T) {
	b := newBench(t)
	b.send("PUT", "/extensions/8777", `{"kind":"staff","name":"工程部 值班"}`).is(200)
	b.send("PUT", "/extensions/8777/do-not-disturb", `{"on":true}`).is(204)
	b.send("PUT", "/extensions/8777/monitored", `{"on":true}`).is(204)
	b.send("PUT", "/extensions/8777/forward", `{"to":"8002","when":"no_answer"}`).is(204)
	var e gen.Extension
	b.send("GET", "/extensions/8777", "").is(200).into(&e)
	if !e.DoNotDisturb || !e.Monitored || e.ForwardTo != "8002" || e.ForwardWhen != "no_answer" || e.Name != "工程部 值班" {
		t.Errorf("extension %+v", e)
	}
	b.send("DELETE", "/extensions/8777/forward", "").is(204)
	b.send("PUT", "/extensions/1206/forward", `{"to":"8002","when":"always"}`).problem(fault.Invalid) // rooms cannot
	b.send("PUT", "/extensions/8777/forward", `{"to":"110","when":"always"}`).problem(fault.Invalid)
	b.send("PUT", "/extensions/8777/forward", `{"to":"500&PJSIP/x","when":"always"}`).problem(fault.Invalid)
	b.send("PUT", "/extensions/9999/do-not-disturb", `{"on":true}`).problem(fault.NotFound)
	var page gen.ExtensionPage
	b.send("GET", "/extensions?kind=staff&limit=500", "").is(200).into(&page)
	for _, e := range page.Items {
		if e.Kind != "staff" {
			t.Errorf("filter let %+v through", e)
		}
	}
	b.send("DELETE", "/extensions/8777", "").is(204)
}

func TestDevices(t *testing.T) {
	b := newBench(t)
	var made gen.DeviceWithSecret
	b.send("POST", "/devices", `{"extension":"1206","kind":"sip","label":"浴室"}`).is(201).into(&made)
	if len(made.Secret) < 24 || made.Device.Endpoint == "" || made.Realm != "bellhop" || strings.Contains(made.Device.Endpoint, "1206") {
		t.Fatalf("device %+v", made)
	}
	var again gen.DeviceWithSecret
	b.send("POST", "/devices/"+made.Device.Id+"/rotate", "").is(200).into(&again)
	if again.Secret == made.Secret || again.Device.Endpoint != made.Device.Endpoint {
		t.Error("rotating must change the secret and nothing else")
	}
	list := b.send("GET", "/devices?extension=1206", "").is(200)
	for _, secret := range []string{made.Secret, again.Secret, "ha1", "HA1"} {
		if strings.Contains(string(list.body), secret) {
			t.Errorf("the list shows %q", secret)
		}
		if strings.Contains(b.log.String(), secret) {
			t.Errorf("the log shows %q", secret)
		}
	}
	b.send("PATCH", "/devices/"+made.Device.Id, `{"label":"bed"}`).is(200)
	b.send("DELETE", "/devices/"+made.Device.Id, "").is(204)
	b.send("POST", "/devices/"+made.Device.Id+"/rotate", "").problem(fault.NotFound)
	b.send("POST", "/devices", `{"extension":"4711","kind":"sip","label":"x"}`).problem(fault.NotFound)
}

func TestGroupsAndClasses(t *testing.T) {
	b := newBench(t)
	b.send("PUT", "/groups/night", `{"number":"8999","members":["8002","1206"],"pickup":true}`).is(200)
	b.send("PUT", "/groups/night", `{"members":["4711"]}`).problem(fault.Invalid)
	b.send("DELETE", "/groups/night", "").is(204)
	b.send("PUT", "/classes/vip", `{"allow":["internal","mobile"]}`).is(200)
	b.send("PUT", "/classes/vip", `{"allow":["space"]}`).problem(fault.Invalid)
	b.send("DELETE", "/classes/vip", "").is(204)
	b.send("DELETE", "/classes/"+b.house.Directory().Property().GuestClass, "").problem(fault.Conflict)
}

func TestStays(t *testing.T) {
	b := newBench(t)
	var rooms gen.RoomPage
	b.send("GET", "/rooms?vacant=true&limit=2", "").is(200).into(&rooms)
	first, second := rooms.Items[0].Number, rooms.Items[1].Number
	var stay gen.Stay
	b.send("POST", "/stays", fmt.Sprintf(`{"room":%q,"guests":[{"id":"R1","name":"王小明","language":"zh-CN"},{"name":"Li"}]}`, first)).is(201).into(&stay)
	if stay.Room != first || len(stay.Guests) != 2 || stay.Guests[1].Id == "" || !stay.CheckedIn.Equal(epoch) {
		t.Fatalf("stay %+v", stay)
	}
	b.send("POST", "/stays", fmt.Sprintf(`{"room":%q,"guests":[{"name":"Other"}]}`, first)).problem(fault.Conflict)
	b.send("PATCH", "/stays/"+stay.Id+"/guests/R1", `{"vip":3}`).is(200).into(&stay)
	if stay.Guests[0].Vip != 3 || stay.Guests[0].Name != "王小明" {
		t.Errorf("guest %+v: only vip was to change", stay.Guests[0])
	}
	b.send("PATCH", "/stays/"+stay.Id+"/guests/R1", `{}`).problem(fault.Invalid)
	b.send("PATCH", "/stays/"+stay.Id, `{"class":"no such"}`).problem(fault.Invalid)
	b.send("POST", "/stays/"+stay.Id+"/move", fmt.Sprintf(`{"to":%q}`, second)).is(200).into(&stay)
	if stay.Room != second {
		t.Errorf("moved to %s, want %s", stay.Room, second)
	}
	b.send("POST", "/stays/"+stay.Id+"/check-out", `{"guest":"R1"}`).is(204)
	b.send("GET", "/stays/"+stay.Id, "").is(200)
	b.send("POST", "/stays/"+stay.Id+"/check-out", "").is(204)
	b.send("GET", "/stays/"+stay.Id, "").problem(fault.NotFound)
	if _, occupied := b.house.Directory().StayIn(second); occupied {
		t.Error("the room is still occupied")
	}
}

func TestImportAndExport(t *testing.T) {
	b := newBench(t)
	csv := "number,kind,room,floor,devices\n9801,room,9801,98,sip:bed\n"
	head := []string{"Content-Type", "text/csv"}
	before := b.state()
	var report gen.ImportReport
	b.send("POST", "/import?dry_run=true", csv, head...).is(200).into(&report)
	if !report.DryRun || report.RoomsAdded != 1 || len(report.Credentials) != 0 || len(report.Problems) != 0 || b.state() != before {
		t.Fatalf("dry run: %+v", report)
	}
	b.send("POST", "/import", csv, head...).is(200).into(&report)
	if report.DevicesAdded != 1 || len(report.Credentials) != 1 || report.Credentials[0].Secret == "" {
		t.Fatalf("import: %+v", report)
	}
	before = b.state()
	bad := "number,kind,room,floor\n9802,room,9802,98\nabc,room,x,98\n9803,spaceship,,\n"
	p := b.send("POST", "/import", bad, head...).problem(fault.Invalid)
	if len(p.Lines) < 2 || p.Lines[0].Line != 3 || b.state() != before {
		t.Errorf("faulty lines %+v; nothing may be stored", p.Lines)
	}
	b.send("POST", "/import", "number,kind,name\n8778,staff,\xb9\xa4\xb3\xcc\xb2\xbf\n", "Content-Type", "text/csv; charset=gb18030").is(200)
	if e, err := (&server{Parts: Parts{Hotel: b.house}}).extension("8778"); err != nil || e.Name != "工程部" {
		t.Errorf("GB18030 name is %q, %v", e.Name, err)
	}
	for name, c := range map[string][]string{
		"as JSON": {"{}", "Content-Type", "application/json"},
		"charset": {csv, "Content-Type", "text/csv; charset=utf-7"},
		"empty":   {"", "Content-Type", "text/csv"},
		"binary":  {"number\n\xff\xfe\x00", "Content-Type", "text/csv"},
		"huge":    {strings.Repeat("x", maxCSV+1), "Content-Type", "text/csv"},
	} {
		t.Run(name, func(t *testing.T) { b.send("POST", "/import", c[0], c[1:]...).problem(fault.Invalid) })
	}
	out := b.send("GET", "/export", "").is(http.StatusOK)
	if !strings.Contains(string(out.body), "9801") || out.header.Get("Content-Type") != "text/csv" {
		t.Errorf("export: %.200s", out.body)
	}
	before = b.state()
	b.send("POST", "/import", string(out.body), head...).is(200)
	if b.state() != before {
		t.Error("importing the export changed something")
	}
}
