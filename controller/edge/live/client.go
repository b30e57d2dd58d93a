package live

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"time"

	"github.com/coder/websocket"

	"bellhop/controller/access"
)

const (
	beatEvery = time.Second
	gather    = 10 * time.Millisecond // what changes meanwhile goes into the next frame together
)

// client is one browser that follows topics. Only serve's goroutine writes.
type client struct {
	*socket
	feed    *Feed
	who     access.Principal
	epoch   string
	nudged  chan struct{} // holds one token: there may be news
	wishes  chan wish
	rate    allowance // the reader's
	follows []follow  // in the order of the client's wish
	out     *bufio.Writer
	beats   uint64
}

// follow is a client's place in a topic.
type follow struct {
	topic   *Topic
	told    uint64 // number of the last change told; 0: nothing yet
	confirm bool   // the client asked and is owed an answer, news or not
}

func newClient(f *Feed, who access.Principal, conn *websocket.Conn) *client {
	life, end := context.WithCancelCause(f.lobby.life)
	return &client{
		socket: newSocket(life, end, conn), feed: f, who: who, epoch: f.epochOf(who),
		nudged: make(chan struct{}, 1), wishes: make(chan wish), out: bufio.NewWriter(io.Discard),
	}
}

// serve returns why the client is gone.
func (c *client) serve() error {
	c.group.Go(func() { c.read(maxWish, c.hear) })
	c.group.Go(c.ping)
	c.group.Go(func() { c.watch(func() bool { return c.feed.options.Still(c.who) }) })
	c.speak()
	c.close(context.Cause(c.life))
	return context.Cause(c.life)
}

// hear takes a message of the client and hands it to speak.
func (c *client) hear(kind websocket.MessageType, message []byte) error {
	if !c.rate.take(time.Now()) {
		return rude("more than %d messages at once, or one each %s", wishBurst, wishEvery)
	}
	w, err := parseWish(kind, message)
	if err != nil {
		return err
	}
	select {
	case c.wishes <- w:
	case <-c.life.Done():
	}
	return nil
}

// speak writes until the life is over.
func (c *client) speak() {
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	err := c.say(map[string]any{"hello": map[string]string{"epoch": c.epoch, "version": c.feed.options.Version}})
	for err == nil {
		select {
		case <-c.life.Done():
			return
		case <-beat.C:
			c.beats++
			err = c.say(beatFrame{c.beats, c.feed.options.Now()})
		case w := <-c.wishes:
			err = c.subscribe(w)
		case <-c.nudged:
			err = c.tell()
		}
	}
}

// subscribe follows the topics of a wish, and no others.
func (c *client) subscribe(w wish) error {
	before := c.follows
	c.follows = nil
	for _, name := range w.Subscribe {
		t := c.feed.topic(name)
		refused := ""
		switch {
		case t == nil:
			refused = "not_found"
		case t.options.Permission != "" && !c.who.Can(t.options.Permission):
			refused = "forbidden"
		}
		if refused != "" {
			if err := c.say(map[string]string{"topic": name, "refused": refused}); err != nil {
				return err
			}
			continue
		}
		c.follows = append(c.follows, c.place(t, w, before))
	}
	return c.tell()
}

// place returns where the client is in a topic: where it says, else where we know
// it to be, else nowhere.
func (c *client) place(t *Topic, w wish, before []follow) follow {
	if told, says := w.Since[t.name]; says {
		if w.Epoch != c.epoch {
			told = 0
		}
		return follow{topic: t, told: told, confirm: true}
	}
	for _, f := range before {
		if f.topic == t {
			return f
		}
	}
	return follow{topic: t}
}

// tell writes what is new, and rests a moment so that what follows at once goes
// out together.
func (c *client) tell() error {
	spoke := false
	for i := range c.follows {
		f := &c.follows[i]
		n := f.topic.since(f.told, c.who)
		f.told = n.seq
		if n.empty() && !f.confirm {
			continue
		}
		f.confirm, spoke = false, true
		if err := c.frame(n.write); err != nil {
			return err
		}
	}
	if spoke {
		select {
		case <-c.life.Done():
		case <-time.After(gather):
		}
	}
	return nil
}

// beatFrame shows that the feed lives, and the hotel's time.
type beatFrame struct {
	Beat uint64    `json:"beat"`
	At   time.Time `json:"at"`
}

// say writes a small frame.
func (c *client) say(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return c.frame(func(w *bufio.Writer) { _, _ = w.Write(text) })
}

// frame writes one frame and counts it.
func (c *client) frame(write func(*bufio.Writer)) error {
	var bytes counter
	err := c.stream(func(w io.Writer) error {
		c.out.Reset(io.MultiWriter(w, &bytes))
		write(c.out)
		return c.out.Flush()
	})
	if err == nil {
		c.feed.lobby.meter.wrote(int(bytes))
	}
	return err
}

// counter counts bytes.
type counter int

// Write counts p.
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
