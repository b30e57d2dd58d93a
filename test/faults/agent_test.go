package faults_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/sim/phones"
)

// agent is somebody who is logged in and works at the desk with a SIP phone.
type agent struct {
	account, extension string
	phone              *phones.Phone
	cookie             *http.Cookie
	csrf               string
}

// staffed lets the demo's people sign on as operators, each at the phone of an
// extension; whoever is signed on serves the operator's queue.
func staffed(t testing.TB, h *hotel, extensions ...string) (all []*agent) {
	t.Helper()
	var page struct{ Items []gen.Account }
	h.Do(t, http.MethodGet, "/api/v1/accounts", nil, &page)
	ids := map[string]string{}
	for _, a := range page.Items {
		ids[a.Login] = a.Id
	}
	var queues struct{ Items []gen.Queue }
	h.Do(t, http.MethodGet, "/api/v1/queues", nil, &queues)
	q := queues.Items[0]
	q.Members = []string{}
	if status, text := h.Raw(t, http.MethodPut, "/api/v1/queues/"+q.Name, q); status != http.StatusOK {
		t.Fatalf("queue: status %d: %s", status, text)
	}
	people := []string{"operator1", "operator2", "supervisor", "frontdesk", "telecom", "manager"}
	for i, extension := range extensions {
		a := &agent{account: ids[people[i]], extension: extension, phone: h.phone(t, extension)}
		status, text := h.Raw(t, http.MethodPut, "/api/v1/accounts/"+a.account, gen.AccountInput{
			Login: people[i], Name: people[i], Roles: []gen.Role{"operator"}, Extension: extension,
		})
		if status != http.StatusOK {
			t.Fatalf("account: status %d: %s", status, text)
		}
		a.logIn(t, h, people[i])
		a.do(t, h, http.StatusOK, http.MethodPut, "/desk/seat", map[string]string{"extension": extension})
		all = append(all, a)
	}
	return all
}

// logIn gets the cookie of a login and what proves that a page of ours sends it.
func (a *agent) logIn(t testing.TB, h *hotel, login string) {
	t.Helper()
	text, err := json.Marshal(map[string]string{"login": login, "password": h.Passwords[login]})
	try(t, "login", err)
	res, err := http.Post(h.API+"/api/v1/session", "application/json", bytes.NewReader(text))
	try(t, "login", err)
	defer res.Body.Close()
	var session gen.Session
	try(t, "login", json.NewDecoder(res.Body).Decode(&session))
	if res.StatusCode != http.StatusOK || len(res.Cookies()) != 1 {
		t.Fatalf("%s cannot log in: status %d", login, res.StatusCode)
	}
	a.cookie, a.csrf = res.Cookies()[0], session.Csrf
}

// do asks the API as the agent.
func (a *agent) do(t testing.TB, h *hotel, status int, method, path string, body any) {
	t.Helper()
	text, err := json.Marshal(body)
	try(t, path, err)
	req, err := http.NewRequestWithContext(patience(t), method, h.API+"/api/v1"+path, bytes.NewReader(text))
	try(t, path, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-CSRF-Token", a.csrf)
	req.AddCookie(a.cookie)
	res, err := http.DefaultClient.Do(req)
	try(t, path, err)
	defer res.Body.Close()
	if res.StatusCode != status {
		t.Fatalf("%s %s: status %d, want %d", method, path, res.StatusCode, status)
	}
}

// rung waits until any of the agents' phones is called.
func rung(t testing.TB, h *hotel, agents []*agent) (who *agent, call *phones.Call) {
	t.Helper()
	h.Until(t, "an agent's phone is called", func() bool {
		for _, a := range agents {
			select {
			case call = <-a.phone.Incoming():
				who = a
				return true
			default:
			}
		}
		return false
	})
	return who, call
}

// topic reads the objects of a topic from the live feed, as they are now.
func topic[T any](t testing.TB, h *hotel, name string) map[string]T {
	t.Helper()
	ctx := patience(t)
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(h.API, "http")+"/api/v1/feed", &websocket.DialOptions{
		HTTPHeader: http.Header{"Authorization": {"Bearer " + h.Token}},
	})
	try(t, "feed", err)
	defer conn.CloseNow()
	conn.SetReadLimit(-1)
	try(t, "feed", conn.Write(ctx, websocket.MessageText, []byte(`{"subscribe":["`+name+`"]}`)))
	for {
		_, text, err := conn.Read(ctx)
		try(t, "feed", err)
		var frame struct {
			Topic   string
			Refused string
			All     map[string]T
		}
		try(t, "feed", json.Unmarshal(text, &frame))
		switch {
		case frame.Refused != "":
			t.Fatalf("feed: %s is refused: %s", name, frame.Refused)
		case frame.Topic == name:
			return frame.All
		}
	}
}

// visits lists all visits of callers to the desk, newest first.
func visits(t testing.TB, h *hotel) []gen.Visit {
	t.Helper()
	var page struct {
		Items []gen.Visit
		Next  string
	}
	if status := h.Do(t, http.MethodGet, "/api/v1/desk/visits?limit=200", nil, &page); status != http.StatusOK || page.Next != "" {
		t.Fatalf("visits: status %d, next %q", status, page.Next)
	}
	return page.Items
}
