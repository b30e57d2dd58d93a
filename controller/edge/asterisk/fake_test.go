package asterisk

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// fakeARI is an ARI server that a test can break in ways a real one resists.
type fakeARI struct {
	*httptest.Server
	mu       sync.Mutex
	password string
	booted   string
	mark     string // BH_PROVISIONED
	sockets  []*websocket.Conn
	joined   chan *websocket.Conn
	requests []string // method and raw path, in order
	answer   func(w http.ResponseWriter, r *http.Request) bool
}

func newFakeARI(t *testing.T) *fakeARI {
	t.Helper()
	f := &fakeARI{password: "right", booted: "2026-11-21T03:00:00.000+0000", mark: "x", joined: make(chan *websocket.Conn, 100)}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(func() {
		f.drop()
		f.Close()
	})
	return f
}

func (f *fakeARI) options() Options {
	return Options{URL: f.URL + "/ari", User: "bellhop", Password: "right"}
}

func (f *fakeARI) serve(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.requests = append(f.requests, r.Method+" "+r.RequestURI)
	password, answer, booted, mark := f.password, f.answer, f.booted, f.mark
	f.mu.Unlock()
	if _, p, _ := r.BasicAuth(); p != password {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if answer != nil && answer(w, r) {
		return
	}
	switch {
	case strings.HasSuffix(r.URL.Path, "/events"):
		f.join(w, r)
	case strings.HasSuffix(r.URL.Path, "/asterisk/info"):
		fmt.Fprintf(w, `{"status":{"startup_time":%q,"last_reload_time":%q}}`, booted, booted)
	case strings.HasSuffix(r.URL.Path, "/asterisk/variable") && r.Method == http.MethodGet:
		_ = json.NewEncoder(w).Encode(map[string]string{"value": mark})
	case strings.HasSuffix(r.URL.Path, "/endpoints/PJSIP"):
		_, _ = io.WriteString(w, "[]")
	default:
		_, _ = io.WriteString(w, "{}")
	}
}

// join keeps the socket open until it is dropped, and reads so that pings are
// answered.
func (f *fakeARI) join(w http.ResponseWriter, r *http.Request) {
	socket, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	f.mu.Lock()
	f.sockets = append(f.sockets, socket)
	f.mu.Unlock()
	f.joined <- socket
	for {
		if _, _, err := socket.Read(r.Context()); err != nil {
			return
		}
	}
}

// drop cuts every event stream, as a crash does.
func (f *fakeARI) drop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.sockets {
		s.CloseNow()
	}
	f.sockets = nil
}

// set changes the fake under its lock.
func (f *fakeARI) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

func (f *fakeARI) seen() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.requests...)
}

// next waits for the next event stream.
func (f *fakeARI) next(t *testing.T) *websocket.Conn {
	t.Helper()
	select {
	case s := <-f.joined:
		return s
	case <-time.After(patience):
		t.Fatal("nobody connects")
		return nil
	}
}

func say(t *testing.T, s *websocket.Conn, message string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.Write(ctx, websocket.MessageText, []byte(message)); err != nil {
		t.Fatal(err)
	}
}
