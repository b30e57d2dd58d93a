package rest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"bellhop/controller/access"
	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
)

// secretText is in every field of the samples that takes a secret.
const secretText = "Geheim-4711-geheim"

// sample is a request that is carried out if it comes after those before it.
type sample struct {
	id, path, body string
	object         string // in the trail
}

// samples has one for each operation that changes something, but for the desk's.
func (b *bench) samples() []sample {
	b.t.Helper()
	d := b.house.Directory()
	device := d.Devices()[0].ID
	stay := d.Stays()[0]
	free := only(d.Rooms(), func(r hotel.Room) bool { _, taken := d.StayIn(r.Number); return !taken })
	property := string(b.send("GET", "/property", "").is(200).body)
	trunk := b.routes.Table().Trunks()[0].Name
	b.live.live = []calls.Live{{Record: record(1), Phase: calls.PhaseTalking}}
	list := []sample{
		{"putProperty", "/property", property, "property"},
		{"putFloor", "/floors/77", `{"order":77}`, "77"},
		{"putRoom", "/rooms/7701", `{"floor":"77"}`, "7701"},
		{"putExtension", "/extensions/8777", `{"kind":"staff","name":"x"}`, "8777"},
		{"setForward", "/extensions/8777/forward", `{"to":"8002","when":"always"}`, "8777"},
		{"clearForward", "/extensions/8777/forward", "", "8777"},
		{"setMonitored", "/extensions/8777/monitored", `{"on":true}`, "8777"},
		{"setDoNotDisturb", "/extensions/8777/do-not-disturb", `{"on":true}`, "8777"},
		{"createDevice", "/devices", `{"extension":"8777","kind":"sip","label":"x"}`, "devices"},
		{"relabelDevice", "/devices/" + device, `{"label":"y"}`, device},
		{"rotateDevice", "/devices/" + device + "/rotate", "", device},
		{"deleteDevice", "/devices/" + device, "", device},
		{"putGroup", "/groups/g9", `{"members":["8777"]}`, "g9"},
		{"deleteGroup", "/groups/g9", "", "g9"},
		{"putClass", "/classes/c9", `{"allow":["internal"]}`, "c9"},
		{"deleteClass", "/classes/c9", "", "c9"},
		{"importHouse", "/import?dry_run=true", "number,kind,room,floor\n9801,room,9801,98\n", "import"},
		{"checkIn", "/stays", fmt.Sprintf(`{"room":%q,"guests":[{"name":"王"}]}`, free[0].Number), ""},
		{"changeStay", "/stays/" + stay.ID, fmt.Sprintf(`{"class":%q}`, d.Property().GuestClass), stay.ID},
		{"changeGuest", "/stays/" + stay.ID + "/guests/" + stay.Guests[0].ID, `{"vip":2}`, stay.ID + " " + stay.Guests[0].ID},
		{"moveStay", "/stays/" + stay.ID + "/move", fmt.Sprintf(`{"to":%q}`, free[1].Number), stay.ID},
		{"checkOut", "/stays/" + stay.ID + "/check-out", "", stay.ID},
		{"hangUp", "/live-calls/" + string(record(1).ID), "", string(record(1).ID)},
		{"putTrunk", "/trunks/t9", `{"address":"sip.example.net:5060","register":true,"username":"hotel","secret":"` + secretText + `","enabled":true}`, "t9"},
		{"deleteTrunk", "/trunks/t9", "", "t9"},
		{"createRoute", "/routes", `{"prefix":"00","trunks":["` + trunk + `"]}`, "routes"},
		{"putRoute", "/routes/r9", `{"prefix":"01","trunks":["` + trunk + `"]}`, "r9"},
		{"deleteRoute", "/routes/r9", "", "r9"},
		{"putDID", "/dids/02155556666", `{"to":"1206"}`, "02155556666"},
		{"deleteDID", "/dids/02155556666", "", "02155556666"},
		{"createScreening", "/screening", `{"direction":"inbound","pattern":"0755*","verdict":"refuse","reason":"骚扰"}`, "screening"},
		{"putScreening", "/screening/s9", `{"direction":"inbound","pattern":"0756*","verdict":"flag","reason":"x"}`, "s9"},
		{"deleteScreening", "/screening/s9", "", "s9"},
		{"createToken", "/tokens", `{"name":"x","scopes":["read"]}`, "tokens"},
		{"revokeToken", "/tokens/" + b.spareToken(), "", ""},
		{"deleteExtension", "/extensions/8777", "", "8777"},
		{"deleteRoom", "/rooms/7701", "", "7701"},
		{"deleteFloor", "/floors/77", "", "77"},
	}
	return append(list, b.accountSamples()...)
}

func (b *bench) spareToken() string {
	made, _, err := b.tokens.Create(b.t.Context(), b.root, "spare", access.AllScopes(), epoch.AddDate(1, 0, 0))
	must(b.t, err)
	return made.ID
}

func (b *bench) accountSamples() []sample {
	b.t.Helper()
	li := b.account(access.Person{Login: "li", Name: "Li", Roles: []access.Role{access.RoleOperator}})
	login := b.logIn("li", goodPassword)
	id := b.accounts.Logins().List(login.Account.Id)[0].ID
	return []sample{
		{"createAccount", "/accounts", `{"login":"wang","name":"王","roles":["operator"]}`, ""},
		{"putAccount", "/accounts/" + li.ID, `{"login":"li","name":"Li Si","roles":["operator"]}`, ""},
		{"revokeLogin", "/logins/" + id, "", ""},
		{"resetPassword", "/accounts/" + li.ID + "/reset-password", "", ""},
	}
}

func (b *bench) carryOut(k *contract, s sample, headers ...string) reply {
	b.t.Helper()
	o := k.byID(b.t, s.id)
	if o.csv {
		headers = append(headers, "Content-Type", "text/csv")
	}
	return b.send(o.route.Method, s.path, s.body, headers...)
}

func (k *contract) byID(t testing.TB, id string) operation {
	t.Helper()
	for _, o := range k.operations {
		if o.id == id {
			return o
		}
	}
	t.Fatalf("no operation %s", id)
	return operation{}
}

// TestEveryChangeIsInTheTrail carries every operation out and looks for its row.
func TestEveryChangeIsInTheTrail(t *testing.T) {
	b, k := newBench(t), contractOf(t)
	samples := b.samples()
	shown := 0
	for _, s := range samples {
		before := len(b.trail())
		r := b.carryOut(k, s, headerCSRF, secretText, keyHeader, secretText+s.id)
		if r.status >= http.StatusBadRequest {
			t.Fatalf("%s: %d %s", s.id, r.status, r.body)
		}
		rows := b.trail()[before:]
		if len(rows) == 0 {
			t.Errorf("%s left no row", s.id)
			continue
		}
		row := rows[0]
		if row.Who != "token:"+b.root.ID || row.Where != "127.0.0.1" || row.Object == "" || s.object != "" && row.Object != s.object {
			t.Errorf("%s: row %+v", s.id, row)
		}
		own := strings.HasPrefix(row.What, "account.") || strings.HasPrefix(row.What, "login.")
		if !own && row.What != s.id {
			t.Errorf("%s is told as %s", s.id, row.What)
		}
		if row.Before != "" {
			shown++
		}
		if strings.HasPrefix(s.id, "create") && !own && (len(rows) != 2 || rows[1].What != s.id+".made" || rows[1].Object == s.object) {
			t.Errorf("%s: what was made is not told: %+v", s.id, rows)
		}
		if got := string(r.body); strings.Contains(got, "secret") && r.header.Get("Content-Type") == "application/json" {
			b.noSecretOf(s.id, r)
		}
	}
	if shown < 15 {
		t.Errorf("only %d rows say what was before", shown)
	}
	if text := fmt.Sprint(b.trail(), b.log.String()); strings.Contains(text, secretText) || strings.Contains(text, "bh_") || strings.Contains(text, goodPassword) {
		t.Error("a secret is in the trail or the log")
	}
	v, err := b.chain.Verify(t.Context())
	if err != nil || v.Broken != nil {
		t.Errorf("the chain: %+v, %v", v, err)
	}
}

// noSecretOf checks that a secret that was shown once is not in the trail.
func (b *bench) noSecretOf(id string, r reply) {
	b.t.Helper()
	var made gen.DeviceWithSecret
	r.into(&made)
	if made.Secret != "" && strings.Contains(fmt.Sprint(b.trail(), b.log.String()), made.Secret) {
		b.t.Errorf("%s: the secret is in the trail or the log", id)
	}
}

// TestEveryChangeHasASample keeps new operations from being forgotten here.
func TestEveryChangeHasASample(t *testing.T) {
	b, k := newBench(t), contractOf(t)
	var have []string
	for _, s := range b.samples() {
		have = append(have, s.id)
	}
	have = append(have, "logIn", "logOut", "changePassword", "beginSecondFactor", "confirmSecondFactor", "dropSecondFactor",
		"dropAccountSecondFactor") // session_api_test.go
	for route, o := range k.operations {
		tag := o.route.Operation.Tags[0]
		if o.changes() && !slices.Contains([]string{"desk", "supervisor", "queues"}, tag) && !slices.Contains(have, o.id) {
			t.Errorf("%s (%s) has no sample", route, o.id)
		}
	}
}

// TestBrokenTrail: without the chain the house is not administered; guests and
// calls are served, and the log cries.
func TestBrokenTrail(t *testing.T) {
	b, k := newBench(t), contractOf(t)
	samples := b.samples()
	samples = append(samples,
		sample{"putQueue", "/queues/q9", `{"title":"q","strategy":"linear","members":[],"ring_seconds":10,"target":{"within_seconds":12,"share":0.9,"short_seconds":5,"formula":"at/a"}}`, ""},
		sample{"deleteQueue", "/queues/q9", "", ""},
		sample{"putProfile", "/profiles/a9", `{"skills":{}}`, ""})
	rows := len(b.trail())
	b.rows.broken.Store(true)
	for _, s := range samples {
		if s.id == "revokeLogin" {
			continue // of a login that the samples before ended
		}
		if !k.byID(t, s.id).administers() {
			continue
		}
		before := b.state()
		key := []string{keyHeader, someKey}
		if k.byID(t, s.id).tellsItself() {
			key = nil
		}
		r := b.carryOut(k, s, key...)
		if r.problem(fault.Unavailable); b.state() != before {
			t.Errorf("%s was carried out", s.id)
		}
		if !k.byID(t, s.id).tellsItself() {
			b.carryOut(k, s, keyHeader, someKey).problem(fault.Unavailable) // the key is free: nothing was done
		}
	}
	if b.state() == "" || len(b.trail()) != rows {
		t.Error("rows in a broken chain")
	}
	b.send("PUT", "/extensions/1206/do-not-disturb", `{"on":true}`).is(204)
	b.send("DELETE", "/live-calls/"+string(record(1).ID), "").is(204)
	if text := b.log.String(); !strings.Contains(text, "missing in the audit trail") || !strings.Contains(text, "operation=hangUp") {
		t.Error("the log is silent")
	}
	b.send("POST", "/session", `{"login":"li","password":"wrong"}`, "Authorization", "").problem(fault.Unavailable)
	b.rows.broken.Store(false)
	b.send("PUT", "/floors/77", `{"order":77}`).is(200)
	b.send("POST", "/devices", `{"extension":"1206","kind":"sip","label":"x"}`, keyHeader, someKey).is(201)
}

func TestRefusedChanges(t *testing.T) {
	b := newBench(t)
	rows := len(b.trail())
	b.send("PUT", "/rooms/9902", `{"floor":"nowhere"}`).problem(fault.Invalid)
	told := b.trail()[rows:]
	if len(told) != 2 || told[1].What != "putRoom.failed" || !strings.HasPrefix(told[1].Reason, "invalid: ") {
		t.Errorf("rows %+v", told)
	}
	rows = len(b.trail())
	b.send("PUT", "/extensions/9999/do-not-disturb", `{"on":true}`).problem(fault.NotFound)
	b.send("PUT", "/floors/9", `{"order":"x"}`).problem(fault.Invalid) // not even understood
	b.send("GET", "/rooms", "").is(200)
	noRow(t, b.trail()[rows:], "")
}

func TestRepliesFromMemoryAreNoChange(t *testing.T) {
	b := newBench(t)
	body := `{"extension":"1206","kind":"sip","label":"x"}`
	b.send("POST", "/devices", body, keyHeader, someKey).is(201)
	rows := len(b.trail())
	b.send("POST", "/devices", body, keyHeader, someKey).is(201)
	noRow(t, b.trail()[rows:], "")
}

// TestDialledDigitsAreNotTold: they may be somebody's PIN.
func TestDialledDigitsAreNotTold(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	c, _ := gin.CreateTestContext(httptest.NewRecorder())
	c.Set(bodyKey, []byte(`{"digits":"4711#","reason":"x"}`))
	asked := fmt.Sprint(askedFor(c, operation{}))
	if strings.Contains(asked, "4711") || !strings.Contains(asked, "hidden") || !strings.Contains(asked, "reason:x") {
		t.Errorf("the trail would hold %s", asked)
	}
	c.Set(bodyKey, []byte("number,name\n8001,4711\n"))
	if asked := fmt.Sprint(askedFor(c, operation{csv: true})); strings.Contains(asked, "4711") || !strings.Contains(asked, "sha256") {
		t.Errorf("the trail would hold %s", asked)
	}
}
