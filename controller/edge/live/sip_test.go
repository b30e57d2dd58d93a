package live_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"bellhop/controller/access"
	"bellhop/controller/edge/live"
)

const register = "REGISTER sip:bellhop SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bK1\r\nAuthorization: Digest response=\"5ecre7\"\r\nContent-Length: 0\r\n\r\n"

// fakeSwitch is a SIP WebSocket server that hands out what it gets.
type fakeSwitch struct {
	*httptest.Server
	sockets chan *websocket.Conn
	speaks  []string // subprotocols
}

func newFakeSwitch(t *testing.T) *fakeSwitch {
	f := &fakeSwitch{sockets: make(chan *websocket.Conn, 10), speaks: []string{"sip"}}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: f.speaks})
		if err != nil {
			return
		}
		f.sockets <- conn
	}))
	t.Cleanup(f.Server.Close)
	return f
}

// next returns the socket of the next phone.
func (f *fakeSwitch) next(t *testing.T) *websocket.Conn {
	t.Helper()
	select {
	case c := <-f.sockets:
		t.Cleanup(func() { c.CloseNow() })
		return c
	case <-time.After(patience):
		t.Fatal("nobody dials the switch")
		return nil
	}
}

// doorHouse is a house with a door for SIP.
type doorHouse struct {
	*house
	door *live.SIPDoor
	log  *notes
}

// notes is a log that can be read.
type notes struct {
	mu   sync.Mutex
	text strings.Builder
}

func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(p)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.String()
}

func newDoor(t *testing.T, url string) *doorHouse {
	h := &doorHouse{house: newHouse(t), log: &notes{}}
	h.door = live.NewSIPDoor(live.SIPOptions{
		Admission: h.admission(), URL: url, Permission: access.CallsRead, MaxPerLogin: 2,
		Log: slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	stop := h.serve(h.door)
	t.Cleanup(func() {
		if err := h.door.Close(); err != nil {
			t.Error(err)
		}
		stop()
		if n := h.door.Stats().Clients; n != 0 {
			t.Errorf("%d phones left", n)
		}
	})
	return h
}

func (h *doorHouse) phone(t *testing.T, header http.Header) *websocket.Conn {
	t.Helper()
	conn, _, _, err := h.dial(header, "sip")
	if err != nil {
		t.Fatal(err)
	}
	conn.SetReadLimit(-1)
	t.Cleanup(func() { conn.CloseNow() })
	if conn.Subprotocol() != "sip" {
		t.Fatalf("the door speaks %q", conn.Subprotocol())
	}
	return conn
}

// empty waits until no phone is connected.
func (h *doorHouse) empty(t *testing.T) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	late := time.After(patience)
	for h.door.Stats().Clients > 0 {
		select {
		case <-tick.C:
		case <-late:
			t.Fatal("phones are left")
		}
	}
}

func send(t *testing.T, c *websocket.Conn, kind websocket.MessageType, message string) {
	t.Helper()
	if err := c.Write(t.Context(), kind, []byte(message)); err != nil {
		t.Error(err)
	}
}

func expect(t *testing.T, c *websocket.Conn, kind websocket.MessageType, message string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if k, m, err := c.Read(ctx); err != nil || k != kind || string(m) != message {
		t.Fatalf("got %v %.100q %v", k, m, err)
	}
}

// closed returns how c is closed.
func closed(t *testing.T, c *websocket.Conn) websocket.CloseError {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	_, _, err := c.Read(ctx)
	end, ok := errors.AsType[websocket.CloseError](err)
	if !ok {
		t.Fatalf("cut off without a goodbye: %v", err)
	}
	return end
}

func TestMessagesPassAsTheyAre(t *testing.T) {
	f := newFakeSwitch(t)
	h := newDoor(t, f.URL)
	phone := h.phone(t, request("anna"))
	asterisk := f.next(t)
	asterisk.SetReadLimit(-1)
	long := strings.TrimSuffix(register, "\r\n") + "X: " + strings.Repeat("长", 20<<10) + "\r\n\r\n"
	for _, m := range []struct {
		kind    websocket.MessageType
		message string
	}{
		{websocket.MessageText, register}, {websocket.MessageBinary, register}, {websocket.MessageText, long},
		{websocket.MessageText, "\r\n\r\n"}, {websocket.MessageText, "\r\n"},
		{websocket.MessageText, "SIP/2.0 486 Busy Here\r\nTo: x\r\n\r\n"},
	} {
		go send(t, phone, m.kind, m.message)
		expect(t, asterisk, m.kind, m.message)
		go send(t, asterisk, m.kind, m.message)
		expect(t, phone, m.kind, m.message)
	}
	if err := phone.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Error(err)
	}
	if end := closed(t, asterisk); end.Code != websocket.StatusNormalClosure {
		t.Errorf("the switch's side was closed with %d %q", end.Code, end.Reason)
	}
	if s := h.door.Stats(); s.Frames != 12 || s.Bytes == 0 {
		t.Errorf("%+v", s)
	}
	if log := h.log.String(); strings.Contains(log, "5ecre7") || !strings.Contains(log, "browser phone connected") {
		t.Error(log)
	}
}

func TestWhatIsNoSIPEndsThePhone(t *testing.T) {
	tests := map[string]struct {
		message string
		code    websocket.StatusCode
	}{
		"JSON":              {`{"subscribe":[]}`, websocket.StatusPolicyViolation},
		"nothing":           {"", websocket.StatusPolicyViolation},
		"HTTP":              {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", websocket.StatusPolicyViolation},
		"another version":   {"REGISTER sip:x SIP/3.0\r\nTo: x\r\n\r\n", websocket.StatusPolicyViolation},
		"no URI":            {"REGISTER x SIP/2.0\r\nTo: x\r\n\r\n", websocket.StatusPolicyViolation},
		"no end of headers": {"REGISTER sip:x SIP/2.0\r\nTo: x\r\n", websocket.StatusPolicyViolation},
		"no status":         {"SIP/2.0 OK 200\r\nTo: x\r\n\r\n", websocket.StatusPolicyViolation},
		"method of rubbish": {"REG\x00 sip:x SIP/2.0\r\nTo: x\r\n\r\n", websocket.StatusPolicyViolation},
		"blank lines":       {"\r\n\r\n\r\n", websocket.StatusPolicyViolation},
		"too large":         {register + strings.Repeat("x", 64<<10), websocket.StatusMessageTooBig},
	}
	f := newFakeSwitch(t)
	h := newDoor(t, f.URL)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			phone := h.phone(t, request("anna"))
			asterisk := f.next(t)
			go send(t, phone, websocket.MessageText, tt.message)
			if end := closed(t, phone); end.Code != tt.code || end.Reason == "" {
				t.Errorf("closed with %d %q", end.Code, end.Reason)
			}
			closed(t, asterisk) // and it was told nothing before
			h.empty(t)
		})
	}
	if n := h.door.Stats().Rude; n != uint64(len(tests)) {
		t.Errorf("%d rude phones", n)
	}
}

func TestWhoMayUseTheDoor(t *testing.T) {
	f := newFakeSwitch(t)
	h := newDoor(t, f.URL)
	h.logins["guest"] = access.Principal{Kind: access.KindAccount, Login: "guest", Permissions: []access.Permission{access.FeedRead}}
	evil := request("anna")
	evil.Set("Origin", "https://evil.example")
	for name, tt := range map[string]struct {
		header    http.Header
		protocols []string
		status    int
		says      string
	}{
		"foreign page": {evil, []string{"sip"}, 403, "origin"},
		"nobody":       {request("nobody"), []string{"sip"}, 401, "log in"},
		"no right":     {request("guest"), []string{"sip"}, 403, "calls.read"},
		"no protocol":  {request("anna"), nil, 400, "Sec-WebSocket-Protocol"},
		"another":      {request("anna"), []string{"mqtt", "sips"}, 400, "Sec-WebSocket-Protocol"},
	} {
		if status, body := h.refused(tt.header, tt.protocols...); status != tt.status || !strings.Contains(body, tt.says) {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	h.phone(t, request("anna"))
	h.phone(t, request("anna"))
	if status, _ := h.refused(request("anna"), "sip"); status != 429 {
		t.Errorf("a third phone of one login: %d", status)
	}
	for range 2 {
		f.next(t)
	}
	select {
	case <-f.sockets:
		t.Error("the switch was dialled for a phone that was refused")
	default:
	}
}

func TestWithoutASwitchThereIsNoDoor(t *testing.T) {
	f := newFakeSwitch(t)
	f.speaks = nil
	h := newDoor(t, f.URL)
	if status, body := h.refused(request("anna"), "sip"); status != 503 || !strings.Contains(body, "does not speak SIP") {
		t.Errorf("%d %s", status, body)
	}
	f.next(t)
	f.Server.Close()
	if status, body := h.refused(request("anna"), "sip"); status != 503 || strings.Contains(body, "127.0.0.1") {
		t.Errorf("%d %s", status, body)
	}
}

func TestTheSwitchDies(t *testing.T) {
	f := newFakeSwitch(t)
	h := newDoor(t, f.URL)
	phone := h.phone(t, request("anna"))
	f.next(t).CloseNow()
	if end := closed(t, phone); end.Code != websocket.StatusTryAgainLater || end.Reason != "the switch is gone" {
		t.Errorf("closed with %d %q", end.Code, end.Reason)
	}
}

func TestARevokedLoginLosesItsPhone(t *testing.T) {
	f := newFakeSwitch(t)
	h := newDoor(t, f.URL)
	phone := h.phone(t, request("anna"))
	asterisk := f.next(t)
	began := time.Now()
	h.revoke("anna")
	if end := closed(t, phone); end.Code != live.StatusLoginEnded {
		t.Errorf("closed with %d %q", end.Code, end.Reason)
	}
	closed(t, asterisk)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("after %s", took)
	}
}

func TestStoppingEndsPhones(t *testing.T) {
	f := newFakeSwitch(t)
	h := newDoor(t, f.URL)
	phone := h.phone(t, request("anna"))
	asterisk := f.next(t)
	go func() { _ = h.door.Close() }()
	if end := closed(t, phone); end.Code != websocket.StatusGoingAway {
		t.Errorf("closed with %d %q", end.Code, end.Reason)
	}
	closed(t, asterisk)
}
