package live_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"bellhop/controller/access"
	"bellhop/controller/edge/live"
	"bellhop/controller/kit/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const patience = 20 * time.Second

// house serves one handler. Its connections are pipes without any buffer, so that
// it runs on synctest's clock and a client that does not read stalls at once.
type house struct {
	t       rapid.TB
	calls   chan net.Conn
	closed  chan struct{}
	mu      sync.Mutex
	logins  map[string]access.Principal // by the header X-Login
	revoked map[string]bool
}

func newHouse(t rapid.TB) *house {
	return &house{
		t: t, calls: make(chan net.Conn), closed: make(chan struct{}), revoked: map[string]bool{},
		logins: map[string]access.Principal{"anna": operator("anna")},
	}
}

// operator may read the feed and all floors, but not the trunks.
func operator(login string) access.Principal {
	return access.Principal{Kind: access.KindAccount, ID: "7", Login: login, Permissions: []access.Permission{access.FeedRead, access.CallsRead}}
}

// serve runs h until the returned function is called.
func (h *house) serve(handler http.Handler) (stop func()) {
	server := &http.Server{Handler: handler, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(h)
	}()
	return func() {
		_ = server.Close()
		<-done
	}
}

func (h *house) Accept() (net.Conn, error) {
	select {
	case c := <-h.calls:
		return c, nil
	case <-h.closed:
		return nil, net.ErrClosed
	}
}

func (h *house) Close() error   { close(h.closed); return nil }
func (h *house) Addr() net.Addr { return &net.TCPAddr{} }

func (h *house) admission() live.Admission {
	return live.Admission{Authorize: h.authorize, Still: h.still, Origins: []string{"https://desk.hotel.example"}}
}

func (h *house) authorize(r *http.Request) (access.Principal, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	who, known := h.logins[r.Header.Get("X-Login")]
	if !known {
		return who, fault.New(fault.Unauthorized, "log in first")
	}
	return who, nil
}

func (h *house) still(who access.Principal) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.revoked[who.Login]
}

func (h *house) revoke(login string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.revoked[login] = true
}

// request is how a browser opens a socket.
func request(login string) http.Header {
	return http.Header{"X-Login": {login}, "Origin": {"http://bellhop"}}
}

// dial opens a socket; the connection can be stalled.
func (h *house) dial(header http.Header, protocols ...string) (*websocket.Conn, *stallable, *http.Response, error) {
	var line *stallable
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		near, far := net.Pipe()
		select {
		case h.calls <- far:
		case <-h.closed:
			return nil, net.ErrClosed
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		line = &stallable{Conn: near, open: make(chan struct{}), closed: make(chan struct{})}
		close(line.open)
		return line, nil
	}}
	defer transport.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	conn, res, err := websocket.Dial(ctx, "ws://bellhop/", &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: transport}, HTTPHeader: header, Subprotocols: protocols,
	})
	return conn, line, res, err
}

// refused opens a socket that must be refused, and returns status and problem.
func (h *house) refused(header http.Header, protocols ...string) (int, string) {
	h.t.Helper()
	conn, _, res, err := h.dial(header, protocols...)
	if err == nil {
		conn.CloseNow()
		h.t.Fatal("the socket was opened")
	}
	if res == nil {
		h.t.Fatal(err)
		return 0, ""
	}
	body, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(body)
}

// stallable is a connection whose reading end can stop to read.
type stallable struct {
	net.Conn
	mu     sync.Mutex
	open   chan struct{} // closed: reading goes on
	closed chan struct{}
	once   sync.Once
}

func (s *stallable) stall() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.open:
		s.open = make(chan struct{})
	default: // it is stalled
	}
}

func (s *stallable) goOn() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.open:
	default:
		close(s.open)
	}
}

func (s *stallable) Read(p []byte) (int, error) {
	s.mu.Lock()
	open := s.open
	s.mu.Unlock()
	select {
	case <-open:
	case <-s.closed:
	}
	return s.Conn.Read(p)
}

func (s *stallable) Close() error {
	s.once.Do(func() { close(s.closed) })
	return s.Conn.Close()
}

// feedHouse is a house with a feed of three topics.
type feedHouse struct {
	*house
	feed                     *live.Feed
	calls, extensions, lines *live.Topic
}

// item is an object of the topics in these tests.
type item struct {
	Name  string `json:"name"`
	Floor string `json:"floor,omitempty"`
}

// withFeed runs a test with a feed, and sees that nothing is left of it.
func withFeed(t rapid.TB, change func(*live.Options), test func(h *feedHouse)) {
	h := &feedHouse{house: newHouse(t)}
	o := live.Options{Admission: h.admission(), Log: slog.New(slog.DiscardHandler), Version: "1.2.3"}
	if change != nil {
		change(&o)
	}
	h.feed = live.New(o)
	h.calls = h.feed.Topic("calls", live.TopicOptions{Permission: access.CallsRead})
	h.extensions = h.feed.Topic("extensions", live.TopicOptions{Covers: func(who access.Principal, _ string, v any) bool {
		return who.Reach.Covers("", v.(item).Floor, "")
	}})
	h.lines = h.feed.Topic("trunks", live.TopicOptions{Permission: access.LinesRead})
	stop := h.serve(h.feed)
	defer func() {
		if err := h.feed.Close(); err != nil {
			t.Error(err)
		}
		stop()
		if n := h.feed.Stats().Clients; n != 0 {
			t.Errorf("%d clients left", n)
		}
	}()
	test(h)
}

// frame is whatever the server says.
type frame struct {
	Topic   string             `json:"topic"`
	Seq     uint64             `json:"seq"`
	All     map[string]item    `json:"all"`
	Set     map[string]item    `json:"set"`
	Drop    []string           `json:"drop"`
	Refused string             `json:"refused"`
	Beat    uint64             `json:"beat"`
	At      time.Time          `json:"at"`
	Hello   *map[string]string `json:"hello"`
}

// browser is a client of the feed.
type browser struct {
	*websocket.Conn
	t     rapid.TB
	line  *stallable
	epoch string
}

func (h *feedHouse) browser(login string) *browser {
	h.t.Helper()
	conn, line, _, err := h.dial(request(login))
	if err != nil {
		h.t.Fatal(err)
	}
	conn.SetReadLimit(-1)
	b := &browser{Conn: conn, t: h.t, line: line}
	hello := b.any()
	if hello.Hello == nil || (*hello.Hello)["version"] != "1.2.3" {
		h.t.Fatalf("the first frame is not the hello: %+v", hello)
	}
	b.epoch = (*hello.Hello)["epoch"]
	return b
}

// say sends v as JSON.
func (b *browser) say(v any) {
	b.t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		b.t.Fatal(err)
	}
	b.send(websocket.MessageText, text)
}

func (b *browser) send(kind websocket.MessageType, message []byte) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := b.Write(ctx, kind, message); err != nil {
		b.t.Fatal(err)
	}
}

// any returns the next frame.
func (b *browser) any() frame {
	b.t.Helper()
	f, err := b.read()
	if err != nil {
		b.t.Fatal(err)
	}
	return f
}

func (b *browser) read() (f frame, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	kind, text, err := b.Conn.Read(ctx)
	if err != nil {
		return f, err
	}
	if kind != websocket.MessageText {
		return f, errors.New("not a text")
	}
	return f, json.Unmarshal(text, &f)
}

// next returns the next frame of a topic.
func (b *browser) next() frame {
	b.t.Helper()
	for {
		if f := b.any(); f.Topic != "" {
			return f
		}
	}
}

// silent sees that nothing but beats comes for two seconds.
func (b *browser) silent() {
	b.t.Helper()
	for range 2 {
		if f := b.any(); f.Beat == 0 {
			b.t.Fatalf("unexpected: %+v", f)
		}
	}
}

// ended reads until the server closes, and returns how.
func (b *browser) ended() websocket.CloseError {
	b.t.Helper()
	for {
		_, err := b.read()
		if closed, ok := errors.AsType[websocket.CloseError](err); ok {
			return closed
		}
		if err != nil {
			b.t.Fatalf("cut off without a goodbye: %v", err)
		}
	}
}
