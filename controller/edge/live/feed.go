package live

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"

	"github.com/coder/websocket"

	"bellhop/controller/access"
	"bellhop/controller/kit/clock"
)

// Options are what a feed needs. Admission and Log are required.
type Options struct {
	Admission
	Log     *slog.Logger
	Now     clock.Clock // default the system's
	Version string      // of the program, for the hello: a page of another version reloads

	MaxClients  int // in all; default 500
	MaxPerLogin int // default 8: some tabs of one browser
	History     int // changes that each topic remembers; default 1024
}

// Feed shows topics to clients over WebSockets. It is the http.Handler of
// GET /api/v1/feed.
type Feed struct {
	options Options
	lobby   *lobby
	start   string // differs with every start

	mu      sync.RWMutex
	topics  map[string]*Topic
	clients map[*client]struct{}
}

// New returns a feed without topics. It must be closed.
func New(o Options) *Feed {
	if o.Now == nil {
		o.Now = clock.System
	}
	o.History = max(1, cmp.Or(o.History, 1024))
	return &Feed{
		options: o, start: rand.Text(),
		lobby:  newLobby(o.Admission, cmp.Or(o.MaxClients, 500), cmp.Or(o.MaxPerLogin, 8), o.Log),
		topics: map[string]*Topic{}, clients: map[*client]struct{}{},
	}
}

// Topic adds an empty topic. A name that is taken returns the topic that has it.
func (f *Feed) Topic(name string, o TopicOptions) *Topic {
	f.mu.Lock()
	defer f.mu.Unlock()
	if t := f.topics[name]; t != nil {
		return t
	}
	t := &Topic{
		name: name, options: o, log: f.options.Log, changed: f.nudge,
		objects: map[string]*object{}, last: 1, ring: make([]change, f.options.History),
	}
	f.topics[name] = t
	return t
}

// topic returns nil for an unknown name.
func (f *Feed) topic(name string) *Topic {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.topics[name]
}

// nudge tells all clients that there may be news. It never waits.
func (f *Feed) nudge() {
	f.mu.RLock()
	defer f.mu.RUnlock()
	for c := range f.clients {
		select {
		case c.nudged <- struct{}{}:
		default: // it will look anyway
		}
	}
}

// ServeHTTP serves one client until it leaves or has to.
func (f *Feed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	who, leave, in := f.lobby.enter(w, r, access.FeedRead)
	if !in {
		return
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true}) // the lobby checked the origin
	if err != nil {                                                                         // the library has answered
		leave(err)
		return
	}
	c := newClient(f, who, conn)
	f.mu.Lock()
	f.clients[c] = struct{}{}
	f.mu.Unlock()
	why := c.serve()
	f.mu.Lock()
	delete(f.clients, c)
	f.mu.Unlock()
	f.options.Log.Debug("feed client left", "who", who.ID, "why", why)
	leave(why)
}

// epochOf names the conditions under which a number means something: this start
// of the process, and these rights of the client. Under others it gets everything.
func (f *Feed) epochOf(who access.Principal) string {
	who.Name, who.Login = "", ""                 // a new login of the same account sees the same
	text, _ := json.Marshal([]any{f.start, who}) // plain data: cannot fail
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// Stats returns the feed's figures.
func (f *Feed) Stats() Stats { return f.lobby.stats() }

// Close tells all clients to leave and waits until they are gone, about a second.
func (f *Feed) Close() error {
	f.lobby.close()
	return nil
}
