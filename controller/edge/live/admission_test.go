package live_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/edge/live"
)

func TestWhoMayOpenASocket(t *testing.T) {
	from := func(login string, origins ...string) http.Header {
		return http.Header{"X-Login": {login}, "Origin": origins}
	}
	tests := []struct {
		name   string
		header http.Header
		status int
		says   string
	}{
		{"own page", from("anna", "http://bellhop"), 101, ""},
		{"own page, other case", from("anna", "HTTPS://BellHop"), 101, ""},
		{"listed page", from("anna", "https://desk.hotel.example"), 101, ""},
		{"program", from("program"), 101, ""},
		{"program with a page of ours", from("program", "http://bellhop"), 101, ""},
		{"program in a foreign page", from("program", "https://evil.example"), 403, "origin"},
		{"foreign page", from("anna", "https://evil.example"), 403, "origin"},
		{"foreign port", from("anna", "http://bellhop:8080"), 403, "origin"},
		{"suffix", from("anna", "http://bellhop.evil.example"), 403, "origin"},
		{"listed by another scheme", from("anna", "http://desk.hotel.example"), 403, "origin"},
		{"user trick", from("anna", "http://bellhop@evil.example"), 403, "origin"},
		{"scheme trick", from("anna", "file://bellhop"), 403, "origin"},
		{"sandboxed page", from("anna", "null"), 403, "origin"},
		{"empty", from("anna", ""), 403, "origin"},
		{"two", from("anna", "http://bellhop", "https://evil.example"), 403, "origin"},
		{"login without a page", from("anna"), 403, "Origin header is missing"},
		{"nobody", from("nobody", "http://bellhop"), 401, "log in first"},
		{"no right", from("guest", "http://bellhop"), 403, "feed.read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				withFeed(t, nil, func(h *feedHouse) {
					h.logins["guest"] = access.Principal{Kind: access.KindAccount, ID: "9", Login: "guest"}
					h.logins["program"] = access.Principal{Kind: access.KindToken, ID: "t1", Permissions: []access.Permission{access.FeedRead}}
					if tt.status == 101 {
						conn, _, _, err := h.dial(tt.header)
						if err != nil {
							t.Fatal(err)
						}
						conn.CloseNow()
						synctest.Wait()
						return
					}
					status, body := h.refused(tt.header)
					if status != tt.status || !strings.Contains(body, tt.says) {
						t.Errorf("%d %s", status, body)
					}
					if s := h.feed.Stats(); s.Refused != 1 || s.Opened != 0 {
						t.Errorf("%+v", s)
					}
				})
			})
		})
	}
}

func TestLimitsOfClients(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, func(o *live.Options) { o.MaxClients, o.MaxPerLogin = 3, 2 }, func(h *feedHouse) {
			h.logins["bert"], h.logins["cleo"] = operator("bert"), operator("cleo")
			first := h.browser("anna")
			defer h.browser("anna").CloseNow()
			if status, body := h.refused(request("anna")); status != 429 || !strings.Contains(body, "this login has 2") {
				t.Errorf("%d %s", status, body)
			}
			defer h.browser("bert").CloseNow()
			if status, body := h.refused(request("cleo")); status != 429 || !strings.Contains(body, "3 sockets are open") {
				t.Errorf("%d %s", status, body)
			}
			first.CloseNow()
			synctest.Wait()
			defer h.browser("anna").CloseNow() // the place is free again
		})
	})
}

func TestARevokedLoginLosesItsFeedWithinFiveSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			h.logins["bert"] = operator("bert")
			b, deaf, other := h.browser("anna"), h.browser("anna"), h.browser("bert")
			defer b.CloseNow()
			defer deaf.CloseNow()
			defer other.CloseNow()
			b.say(subscribe{"subscribe": []string{"calls"}})
			b.expect(frame{Topic: "calls", Seq: 1, All: map[string]item{}})
			go func() { // the other one reads on
				for {
					if _, err := other.read(); err != nil {
						return
					}
				}
			}()
			h.revoke("anna")
			deaf.line.stall()
			began := time.Now()
			if end := b.ended(); end.Code != live.StatusLoginEnded || end.Reason != "the login has ended" {
				t.Errorf("closed with %d %q", end.Code, end.Reason)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("after %s", took)
			}
			time.Sleep(5*time.Second - time.Since(began))
			if s := h.feed.Stats(); s.Clients != 1 || s.Revoked != 2 {
				t.Errorf("%+v", s)
			}
		})
	})
}
