package rest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"bellhop/controller/access"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

func TestLogIn(t *testing.T) {
	b := newBench(t)
	b.account(access.Person{Login: "li", Name: "李小龙", Roles: []access.Role{access.RoleOperator}, Extension: "8001"})
	r := b.send("POST", "/session", `{"login":"LI","password":"`+goodPassword+`"}`, "Authorization", "", "User-Agent", "Firefox").is(200)
	var s gen.Session
	r.into(&s)
	if s.Account.Login != "li" || s.Account.Name != "李小龙" || s.Account.Extension != "8001" || s.MustChange || s.Csrf == "" ||
		s.IdleSeconds != 1800 || !s.Ends.Equal(epoch.Add(12*time.Hour)) || len(s.Permissions) == 0 {
		t.Errorf("session %+v", s)
	}
	c, err := http.ParseSetCookie(r.header.Get("Set-Cookie"))
	must(t, err)
	if c.Name != cookieName || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" || c.Secure {
		t.Errorf("cookie %+v", c)
	}
	page := browser{b, cookieName + "=" + c.Value, s}
	var again gen.Session
	page.send("GET", "/session", "").is(200).into(&again)
	if again.Csrf != s.Csrf || again.Account.Id != s.Account.Id {
		t.Errorf("after a reload %+v", again)
	}
	page.send("GET", "/rooms", "").is(200)
	out := page.send("DELETE", "/session", "").is(204)
	if gone, err := http.ParseSetCookie(out.header.Get("Set-Cookie")); err != nil || gone.MaxAge >= 0 || gone.Value != "" {
		t.Errorf("the cookie stays: %+v, %v", gone, err)
	}
	page.send("GET", "/session", "").problem(fault.Unauthorized)
	for _, text := range []string{b.log.String(), fmt.Sprint(b.trail())} {
		if strings.Contains(text, c.Value) || strings.Contains(text, s.Csrf) || strings.Contains(text, goodPassword) {
			t.Error("a secret of the login shows in the log or the trail")
		}
	}
}

func TestCookieOverTLSOnly(t *testing.T) {
	b := newBenchWith(t, func(p *Parts) { p.Secure = true })
	b.account(access.Person{Login: "li", Name: "Li", Roles: []access.Role{access.RoleOperator}})
	r := b.send("POST", "/session", `{"login":"li","password":"`+goodPassword+`"}`, "Authorization", "").is(200)
	if c, err := http.ParseSetCookie(r.header.Get("Set-Cookie")); err != nil || !c.Secure {
		t.Errorf("cookie %+v, %v", c, err)
	}
}

// TestLogInTellsNothing: unknown name, wrong password and disabled account look the
// same, and each is in the trail.
func TestLogInTellsNothing(t *testing.T) {
	b := newBench(t)
	b.account(access.Person{Login: "li", Name: "Li", Roles: []access.Role{access.RoleOperator}})
	off := b.account(access.Person{Login: "off", Name: "Off", Roles: []access.Role{access.RoleOperator}})
	must(t, b.accounts.Disable(t.Context(), access.System("test"), off.ID))
	rows := len(b.trail())
	var first gen.Problem
	for i, body := range []string{
		`{"login":"nobody","password":"` + goodPassword + `"}`, `{"login":"li","password":"wrong"}`,
		`{"login":"off","password":"` + goodPassword + `"}`,
	} {
		r := b.send("POST", "/session", body, "Authorization", "")
		p := r.problem(fault.Unauthorized)
		if p.RequestId = ""; i == 0 {
			first = p
		}
		if fmt.Sprint(p) != fmt.Sprint(first) || r.header.Get("Set-Cookie") != "" {
			t.Errorf("%s is told apart: %+v", body, p)
		}
	}
	told := b.trail()[rows:]
	if len(told) != 3 {
		t.Fatalf("%d rows of three refused logins", len(told))
	}
	for _, r := range told {
		if r.What != "login.failed" || r.Where != "127.0.0.1" {
			t.Errorf("row %+v", r)
		}
	}
}

func TestLogInIsThrottled(t *testing.T) {
	b := newBench(t)
	b.account(access.Person{Login: "li", Name: "Li", Roles: []access.Role{access.RoleOperator}})
	guess := func() reply {
		return b.send("POST", "/session", `{"login":"li","password":"guess"}`, "Authorization", "")
	}
	var r reply
	for range 20 {
		if r = guess(); r.status == http.StatusTooManyRequests {
			break
		}
		r.problem(fault.Unauthorized)
	}
	r.problem(fault.TooMany)
	wait, err := time.ParseDuration(r.header.Get("Retry-After") + "s")
	if err != nil || wait < time.Second {
		t.Fatalf("Retry-After %q", r.header.Get("Retry-After"))
	}
	right := `{"login":"li","password":"` + goodPassword + `"}`
	b.send("POST", "/session", right, "Authorization", "").problem(fault.TooMany)
	b.wall.Add(int64(wait))
	b.send("POST", "/session", right, "Authorization", "").is(200)
}

// TestLogInIsNeverReplayed: an Idempotency-Key must not give a session again.
func TestLogInIsNeverReplayed(t *testing.T) {
	b := newBench(t)
	b.account(access.Person{Login: "li", Name: "Li", Roles: []access.Role{access.RoleOperator}})
	var csrf [2]string
	for i := range csrf {
		var s gen.Session
		r := b.send("POST", "/session", `{"login":"li","password":"`+goodPassword+`"}`, "Authorization", "", keyHeader, someKey).is(200)
		if r.into(&s); r.header.Get("Set-Cookie") == "" {
			t.Error("no cookie")
		}
		csrf[i] = s.Csrf
	}
	if csrf[0] == csrf[1] {
		t.Error("the login was answered from memory")
	}
}

func TestMustChange(t *testing.T) {
	b := newBench(t)
	admin := b.as("chief", access.RoleSecurityAdmin)
	var made gen.AccountWithPassword
	admin.send("POST", "/accounts", `{"login":"wang","name":"王","roles":["operator"]}`).is(201).into(&made)
	page := b.logIn("wang", made.OneTimePassword)
	if !page.MustChange || len(page.Permissions) != 0 {
		t.Fatalf("session %+v", page.Session)
	}
	for route, o := range contractOf(t).operations {
		if o.id == "changePassword" || o.id == "logOut" || o.id == "getSession" || o.isPublic() {
			continue
		}
		if p := page.send(o.route.Method, samplePath(route), "").problem(fault.Forbidden); !strings.Contains(p.Detail, "password") {
			t.Errorf("%s: %q does not say what to do", route, p.Detail)
		}
	}
	page.send("GET", "/session", "").is(200)
	p := page.send("PUT", "/session/password", `{"old":"`+made.OneTimePassword+`","new":"short"}`).problem(fault.Invalid)
	if p.Field == "" {
		t.Errorf("problem without field: %+v", p)
	}
	page.send("PUT", "/session/password", `{"old":"`+made.OneTimePassword+`","new":"`+goodPassword+`"}`).is(204)
	page.send("GET", "/rooms", "").is(200)
	b.logIn("wang", goodPassword)
	for _, text := range []string{b.log.String(), fmt.Sprint(b.trail())} {
		if strings.Contains(text, made.OneTimePassword) {
			t.Error("the one-time password shows in the log or the trail")
		}
	}
}

func TestSecondFactor(t *testing.T) {
	b := newBench(t)
	page := b.as("li", access.RoleOperator)
	if p := page.send("POST", "/session/totp", `{"password":"wrong"}`).problem(fault.Invalid); p.Field != "password" {
		t.Errorf("field %q, want password", p.Field)
	}
	var key gen.SecondFactor
	page.send("POST", "/session/totp", `{"password":"`+goodPassword+`"}`).is(200).into(&key)
	code := func() string {
		c, err := totp.GenerateCode(key.Secret, epoch.Add(time.Duration(b.wall.Load())))
		must(t, err)
		return c
	}
	if !strings.HasPrefix(key.Url, "otpauth://totp/") {
		t.Errorf("url %q", key.Url)
	}
	page.send("PUT", "/session/totp", `{"code":"`+code()+`"}`).is(204)
	b.wall.Add(int64(time.Minute))
	body := `{"login":"li","password":"` + goodPassword + `"`
	if p := b.send("POST", "/session", body+`}`, "Authorization", "").problem(fault.Unauthorized); p.Field != "code" {
		t.Errorf("field %q, want code", p.Field)
	}
	if p := b.send("POST", "/session", body+`,"code":"000000"}`, "Authorization", "").problem(fault.Unauthorized); p.Field != "code" {
		t.Errorf("field %q, want code", p.Field)
	}
	if p := b.send("POST", "/session", `{"login":"li","password":"wrong","code":"000000"}`, "Authorization", "").problem(fault.Unauthorized); p.Field != "" {
		t.Error("a wrong password tells of the second factor")
	}
	var s gen.Session
	b.send("POST", "/session", body+`,"code":"`+code()+`"}`, "Authorization", "").is(200).into(&s)
	if !s.Account.Totp {
		t.Errorf("session %+v", s)
	}
	b.wall.Add(int64(time.Minute))
	page.send("DELETE", "/session/totp", `{"code":"`+code()+`"}`).is(204)
	b.logIn("li", goodPassword)
	if strings.Contains(fmt.Sprint(b.trail(), b.log.String()), key.Secret) {
		t.Error("the second factor's secret shows in the log or the trail")
	}
}

// TestLoginsEndAtOnce: revoked, disabled, re-roled, idle and over are 401 with the
// very next request.
func TestLoginsEndAtOnce(t *testing.T) {
	b := newBench(t)
	admin := b.as("chief", access.RoleSecurityAdmin)
	var logins gen.LoginPage
	page := b.as("li", access.RoleOperator)
	admin.send("GET", "/accounts/"+page.Account.Id+"/logins", "").is(200).into(&logins)
	if len(logins.Items) != 1 || logins.Items[0].Login != "li" || logins.Items[0].Current {
		t.Fatalf("logins %+v", logins)
	}
	page.send("DELETE", "/logins/"+logins.Items[0].Id, "").problem(fault.Forbidden)
	admin.send("DELETE", "/logins/"+logins.Items[0].Id, "").is(204)
	page.send("GET", "/rooms", "").problem(fault.Unauthorized)

	page = b.logIn("li", goodPassword)
	account := `{"login":"li","name":"Li","roles":["operator"],"disabled":%t}`
	admin.send("PUT", "/accounts/"+page.Account.Id, fmt.Sprintf(account, true)).is(200)
	page.send("GET", "/rooms", "").problem(fault.Unauthorized)
	admin.send("PUT", "/accounts/"+page.Account.Id, fmt.Sprintf(account, false)).is(200)

	page = b.logIn("li", goodPassword)
	admin.send("PUT", "/accounts/"+page.Account.Id, `{"login":"li","name":"Li","roles":["housekeeping"]}`).is(200)
	page.send("GET", "/rooms", "").problem(fault.Unauthorized)

	page = b.logIn("li", goodPassword)
	admin.send("POST", "/accounts/"+page.Account.Id+"/reset-password", "").is(200)
	page.send("GET", "/rooms", "").problem(fault.Unauthorized)

	b.wall.Add(int64(31 * time.Minute))
	admin.send("GET", "/accounts", "").problem(fault.Unauthorized)
}

func TestAccountsOverTheAPI(t *testing.T) {
	b := newBench(t)
	admin := b.as("chief", access.RoleSecurityAdmin)
	var made gen.AccountWithPassword
	admin.send("POST", "/accounts", `{"login":"Zhang.Li","name":"张丽","roles":["operator"],"reach":{"floors":["12"]},"extension":"8001"}`).is(201).into(&made)
	if a := made.Account; a.Login != "zhang.li" || a.Reach.Floors[0] != "12" || a.Extension != "8001" || !a.MustChange || len(made.OneTimePassword) < 8 {
		t.Fatalf("made %+v", made)
	}
	admin.send("POST", "/accounts", `{"login":"zhang.li","name":"x","roles":["operator"]}`).problem(fault.Conflict)
	admin.send("POST", "/accounts", `{"login":"x1","name":"x","roles":["system_admin","audit_admin"]}`).problem(fault.Invalid)
	admin.send("PUT", "/accounts/"+made.Account.Id, `{"login":"other","name":"x","roles":["operator"]}`).problem(fault.Invalid)
	admin.send("PUT", "/accounts/"+admin.Account.Id, `{"login":"chief","name":"x","roles":["security_admin"],"disabled":true}`).problem(fault.Conflict)
	admin.send("PUT", "/accounts/"+admin.Account.Id, `{"login":"chief","name":"x","roles":["operator"]}`).is(http.StatusForbidden)
	var page gen.AccountPage
	r := admin.send("GET", "/accounts", "").is(200)
	if r.into(&page); len(page.Items) != 2 || strings.Contains(string(r.body), "argon2") || strings.Contains(string(r.body), made.OneTimePassword) {
		t.Errorf("accounts %s", r.body)
	}
	admin.send("GET", "/accounts/none", "").problem(fault.NotFound)
	admin.send("GET", "/accounts/none/logins", "").problem(fault.NotFound)
	admin.send("DELETE", "/accounts/"+made.Account.Id+"/totp", "").problem(fault.Conflict)
	var roles gen.RolePage
	b.as("hk", access.RoleHousekeeping).send("GET", "/roles?limit=3", "").is(200).into(&roles)
	if len(roles.Items) != 3 || roles.Next == "" || len(roles.Items[0].Permissions) == 0 {
		t.Errorf("roles %+v", roles)
	}
}

func TestAuditOverTheAPI(t *testing.T) {
	b := newBench(t)
	b.send("PUT", "/floors/77", `{"order":77}`).is(200)
	b.send("DELETE", "/floors/77", "").is(204)
	auditor := b.as("audit", access.RoleAuditAdmin)
	var page gen.AuditPage
	auditor.send("GET", "/audit?object=77&limit=1", "").is(200).into(&page)
	if len(page.Items) != 1 || page.Next == "" || page.Items[0].What != "deleteFloor" || page.Items[0].Before == "" || page.Items[0].After != "" {
		t.Fatalf("newest row %+v", page)
	}
	var older gen.AuditPage
	auditor.send("GET", "/audit?object=77&limit=1&after="+page.Next, "").is(200).into(&older)
	if one := older.Items[0]; one.What != "putFloor" || one.Before != "" || one.After != `{"order":77}` || one.Who != "token:"+b.root.ID || one.Where != "127.0.0.1" {
		t.Errorf("row %+v", one)
	}
	auditor.send("GET", "/audit?from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z", "").problem(fault.Invalid)
	auditor.send("GET", "/audit?after=rubbish", "").problem(fault.Invalid)
	var v gen.AuditVerdict
	auditor.send("GET", "/audit/verify", "").is(200).into(&v)
	if !v.Ok || v.Rows == 0 || v.Message == "" {
		t.Errorf("verdict %+v", v)
	}
}
