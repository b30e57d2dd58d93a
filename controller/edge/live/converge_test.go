package live_test

import (
	"fmt"
	"maps"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"pgregory.net/rapid"

	"bellhop/controller/access"
	"bellhop/controller/edge/live"
)

// screen is a page that follows the feed: it shows what it was told, keeps its
// place, and comes back with it.
type screen struct {
	h     *feedHouse
	login string

	mu    sync.Mutex
	view  map[string]map[string]item
	seq   map[string]uint64
	fault error

	epoch string
	b     *browser
	done  chan struct{}
}

var followed = []string{"calls", "extensions"}

func newScreen(h *feedHouse, login string) *screen {
	return &screen{h: h, login: login, view: map[string]map[string]item{}, seq: map[string]uint64{}}
}

// connect opens the feed, with the place kept or without.
func (s *screen) connect(resume bool) {
	s.b = s.h.browser(s.login)
	wish := subscribe{"subscribe": followed}
	if resume {
		wish["since"], wish["epoch"] = maps.Clone(s.seq), s.epoch
	}
	s.epoch = s.b.epoch
	s.b.say(wish)
	s.done = make(chan struct{})
	go s.follow(s.b, s.done)
}

func (s *screen) follow(b *browser, done chan struct{}) {
	defer close(done)
	for {
		f, err := b.read()
		if err != nil {
			return
		}
		s.apply(f)
	}
}

func (s *screen) apply(f frame) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Topic == "" {
		return
	}
	view := s.view[f.Topic]
	switch {
	case f.All != nil:
		view = map[string]item{}
		s.view[f.Topic] = view
	case view == nil:
		s.fault = fmt.Errorf("changes of nothing: %+v", f)
		return
	case f.Seq < s.seq[f.Topic]:
		s.fault = fmt.Errorf("number %d after %d", f.Seq, s.seq[f.Topic])
	}
	maps.Copy(view, f.All)
	for k, v := range f.Set {
		if v == view[k] {
			s.fault = fmt.Errorf("told what it knows: %s", k)
		}
		view[k] = v
	}
	for _, k := range f.Drop {
		if _, has := view[k]; !has {
			s.fault = fmt.Errorf("told of %s, which it never saw", k)
		}
		delete(view, k)
	}
	s.seq[f.Topic] = f.Seq
}

// leave breaks the connection off.
func (s *screen) leave() {
	_ = s.b.CloseNow()
	<-s.done
	s.b = nil
}

func (s *screen) alive() bool {
	select {
	case <-s.done:
		return false
	default:
		return true
	}
}

// TestEveryClientConverges is invariant I11: whatever changes and however clients
// stall, break off and come back, in the end they show what there is, and at no
// time anything beyond their reach.
func TestEveryClientConverges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rapid.Check(undated{t}, func(r *rapid.T) {
			withFeed(r, func(o *live.Options) { o.History = 6 }, func(h *feedHouse) { converge(r, h) })
		})
	})
}

// undated is a test without a deadline: the bubble's clock knows none.
type undated struct{ *testing.T }

// Deadline returns none.
func (undated) Deadline() (time.Time, bool) { return time.Time{}, false }

func converge(r *rapid.T, h *feedHouse) {
	h.floorKeeper("1")
	h.logins["1"] = withRight(h.logins["1"], access.CallsRead)
	truth := map[string]map[string]item{"calls": {}, "extensions": {}}
	topics := map[string]*live.Topic{"calls": h.calls, "extensions": h.extensions}
	screens := []*screen{newScreen(h, "anna"), newScreen(h, "1"), newScreen(h, "1")}
	for _, s := range screens {
		s.connect(false)
	}
	topic := rapid.SampledFrom(followed)
	key := rapid.SampledFrom([]string{"a", "b", "c", "d"})
	object := rapid.Custom(func(r *rapid.T) item {
		return item{rapid.SampledFrom([]string{"x", "y"}).Draw(r, "name"), rapid.SampledFrom([]string{"1", "2"}).Draw(r, "floor")}
	})
	one := func(r *rapid.T) *screen { return screens[rapid.IntRange(0, len(screens)-1).Draw(r, "screen")] }
	r.Repeat(map[string]func(*rapid.T){
		"set": func(r *rapid.T) {
			name, k, v := topic.Draw(r, "topic"), key.Draw(r, "key"), object.Draw(r, "object")
			truth[name][k] = v
			topics[name].Set(k, v)
		},
		"drop": func(r *rapid.T) {
			name, k := topic.Draw(r, "topic"), key.Draw(r, "key")
			delete(truth[name], k)
			topics[name].Drop(k)
		},
		"replace": func(r *rapid.T) {
			name := topic.Draw(r, "topic")
			truth[name] = rapid.MapOf(key, object).Draw(r, "objects")
			all := map[string]any{}
			for k, v := range truth[name] {
				all[k] = v
			}
			topics[name].Replace(all)
		},
		"stall":   func(r *rapid.T) { one(r).b.line.stall() },
		"go on":   func(r *rapid.T) { one(r).b.line.goOn() },
		"time":    func(r *rapid.T) { time.Sleep(time.Duration(rapid.IntRange(1, 3000).Draw(r, "ms")) * time.Millisecond) },
		"settled": func(*rapid.T) { synctest.Wait() },
		"come back": func(r *rapid.T) {
			s := one(r)
			s.leave()
			s.connect(rapid.Bool().Draw(r, "with place"))
		},
	})
	for _, s := range screens {
		s.b.line.goOn()
		synctest.Wait()
		if !s.alive() { // dropped for its slowness
			s.leave()
			s.connect(true)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		s.check(r, truth)
		s.leave()
	}
	synctest.Wait()
}

func withRight(who access.Principal, p access.Permission) access.Principal {
	who.Permissions = append(who.Permissions, p)
	return who
}

func (s *screen) check(r *rapid.T, truth map[string]map[string]item) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fault != nil {
		r.Error(s.fault)
	}
	for name, all := range truth {
		want := map[string]item{}
		for k, v := range all {
			if s.login == "anna" || name == "calls" || v.Floor == "1" {
				want[k] = v
			}
		}
		if !reflect.DeepEqual(s.view[name], want) {
			r.Errorf("%s sees of %s: %v\nthere is: %v", s.login, name, s.view[name], want)
		}
	}
}

// TestManyAtOnceOverRealSockets is for the race detector, and for TCP.
func TestManyAtOnceOverRealSockets(t *testing.T) {
	withFeed(t, nil, func(h *feedHouse) {
		server := httptest.NewServer(h.feed)
		defer server.Close()
		var clients, writers sync.WaitGroup
		for range 5 {
			clients.Go(func() {
				header := request("anna")
				header.Set("Origin", server.URL)
				conn, _, err := websocket.Dial(t.Context(), "ws"+strings.TrimPrefix(server.URL, "http"), &websocket.DialOptions{HTTPHeader: header})
				if err != nil {
					t.Error(err)
					return
				}
				defer conn.CloseNow()
				s := newScreen(h, "anna")
				b := &browser{Conn: conn, t: t}
				b.say(subscribe{"subscribe": followed})
				for began := time.Now(); s.fault == nil && s.view["calls"]["last"].Name == "" && time.Since(began) < patience; {
					f, err := b.read()
					if err != nil {
						t.Error(err)
						return
					}
					s.apply(f)
				}
				if s.fault != nil || len(s.view["calls"]) != 41 {
					t.Errorf("%v, %d objects", s.fault, len(s.view["calls"]))
				}
			})
		}
		for n := range 4 {
			writers.Go(func() {
				for i := range 300 {
					h.calls.Set(fmt.Sprint(n, i%10), item{Name: fmt.Sprint(i)})
					h.extensions.Set("x", item{Name: fmt.Sprint(n, i)})
					h.extensions.Drop("x")
				}
			})
		}
		writers.Wait()
		h.calls.Set("last", item{Name: "end"})
		clients.Wait()
	})
}
