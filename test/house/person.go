package house

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"
)

// Person is somebody who is logged in.
type Person struct {
	Account string // its id
	house   *House
	cookie  *http.Cookie
	csrf    string
}

// LogIn logs one of the demo's people in; the house must have its staff.
func (h *House) LogIn(t testing.TB, login string) *Person {
	t.Helper()
	text, err := json.Marshal(map[string]string{"login": login, "password": h.Passwords[login]})
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Post(h.API+"/api/v1/session", "application/json", bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var session struct {
		Account struct{ ID string }
		CSRF    string
	}
	err = json.NewDecoder(res.Body).Decode(&session)
	if err != nil || res.StatusCode != http.StatusOK || len(res.Cookies()) != 1 {
		t.Fatalf("%s cannot log in: status %d, %v", login, res.StatusCode, err)
	}
	return &Person{Account: session.Account.ID, house: h, cookie: res.Cookies()[0], csrf: session.CSRF}
}

// Do asks the API as the person and insists on the status; body may be nil.
func (p *Person) Do(t testing.TB, status int, method, path string, body any) []byte {
	t.Helper()
	var text []byte
	var err error
	if body != nil {
		if text, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), Patience) // clean-ups ask too, after t.Context ended
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, p.house.API+"/api/v1"+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("X-CSRF-Token", p.csrf)
	req.AddCookie(p.cookie)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != status {
		t.Fatalf("%s %s: status %d, want %d: %s %v", method, path, res.StatusCode, status, answer, err)
	}
	return answer
}
