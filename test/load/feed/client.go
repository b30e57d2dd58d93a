package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// client follows the extensions and shows them.
type client struct {
	conn *websocket.Conn

	mu     sync.Mutex
	view   map[string]extension
	delays []time.Duration // from each change
}

// frame is what a client understands of the feed.
type frame struct {
	All map[string]extension `json:"all"`
	Set map[string]extension `json:"set"`
}

// crowd is all clients that read.
type crowd struct {
	all   []*client
	group sync.WaitGroup
	began time.Time
}

// dial opens a feed and subscribes.
func dial(ctx context.Context, url string) (*client, error) {
	ctx, cancel := context.WithTimeout(ctx, dropLimit)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(url, "http"), nil)
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(-1)
	err = conn.Write(ctx, websocket.MessageText, []byte(`{"subscribe":["extensions"]}`))
	return &client{conn: conn, view: map[string]extension{}}, err
}

// connect opens n feeds.
func connect(ctx context.Context, url string, n int) (*crowd, error) {
	cs := &crowd{began: time.Now()}
	for range n {
		c, err := dial(ctx, url)
		if err != nil {
			return cs, err
		}
		cs.all = append(cs.all, c)
		cs.group.Go(func() { c.follow(ctx) })
	}
	return cs, nil
}

func (c *client) follow(ctx context.Context) {
	for {
		_, text, err := c.conn.Read(ctx)
		if err != nil {
			return
		}
		now := time.Now().UnixNano()
		var f frame
		if err := json.Unmarshal(text, &f); err != nil {
			return // it will not show what there is, and is counted
		}
		c.mu.Lock()
		for k, e := range f.All {
			c.view[k] = e
		}
		for k, e := range f.Set {
			c.view[k] = e
			c.delays = append(c.delays, time.Duration(now-e.At))
		}
		c.mu.Unlock()
	}
}

// untilAll waits until every client shows n objects.
func (cs *crowd) untilAll(ctx context.Context, n int) (time.Duration, error) {
	err := until(ctx, func() bool {
		for _, c := range cs.all {
			if c.shows() < n {
				return false
			}
		}
		return true
	})
	if err != nil {
		err = fmt.Errorf("not every client was told everything: %w", err)
	}
	return time.Since(cs.began), err
}

func (c *client) shows() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.view)
}

// untilShown waits until every client shows what there is.
func (cs *crowd) untilShown(ctx context.Context, truth []extension) error {
	return until(ctx, func() bool { return cs.wrong(truth) == 0 })
}

// wrong counts the clients that show anything else.
func (cs *crowd) wrong(truth []extension) (n int) {
	for _, c := range cs.all {
		if !c.right(truth) {
			n++
		}
	}
	return n
}

func (c *client) right(truth []extension) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range truth {
		if c.view[e.Number] != e {
			return false
		}
	}
	return len(c.view) == len(truth)
}

// delays returns all clients' delays in order of size.
func (cs *crowd) delays() []time.Duration {
	var all []time.Duration
	for _, c := range cs.all {
		all = append(all, c.delays...)
	}
	slices.Sort(all)
	return all
}

// leave closes all feeds and waits until nobody reads.
func (cs *crowd) leave() {
	for _, c := range cs.all {
		_ = c.conn.CloseNow()
	}
	cs.group.Wait()
}

// forget lets go of what the clients hold.
func (cs *crowd) forget() { cs.all = nil }
