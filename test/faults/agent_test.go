package faults_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/sim/phones"
	"bellhop/test/house"
)

// agent is somebody who is logged in and works at the desk with a SIP phone.
type agent struct {
	*house.Person
	extension string
	phone     *phones.Phone
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
		status, text := h.Raw(t, http.MethodPut, "/api/v1/accounts/"+ids[people[i]], gen.AccountInput{
			Login: people[i], Name: people[i], Roles: []gen.Role{"operator"}, Extension: extension,
		})
		if status != http.StatusOK {
			t.Fatalf("account: status %d: %s", status, text)
		}
		a := &agent{Person: h.LogIn(t, people[i]), extension: extension, phone: h.phone(t, extension)}
		a.Do(t, http.StatusOK, http.MethodPut, "/desk/seat", map[string]string{"extension": extension})
		all = append(all, a)
	}
	return all
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
