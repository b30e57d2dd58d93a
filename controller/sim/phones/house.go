package phones

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// registerAtOnce is how many phones register at the same time.
const registerAtOnce = 16

// firstTone and toneStep give each phone of a house a tone of its own.
const (
	firstTone = 300
	toneStep  = 50
	toneCount = 60
)

// HousePhone is one phone of a house and the number that reaches it.
type HousePhone struct {
	Config
	Number string
}

// HouseConfig describes a house full of phones that live on their own.
type HouseConfig struct {
	Phones []HousePhone
	// Ring is how long a phone rings before it is answered, Talk how long the
	// caller stays on the line; 3 s and 10 s when zero.
	Ring, Talk time.Duration
	// CallsPerMinute is how many calls are begun between random phones, 0 for
	// none.
	CallsPerMinute float64
	// Operator is a number that people answer: every fourth call goes there, waits a
	// minute and talks for half a one. Empty: none does.
	Operator string
	// Logger receives what happens; nil is silence.
	Logger *slog.Logger
}

// House is a running house. Its counters may be read at any time.
type House struct {
	config HouseConfig
	log    *slog.Logger
	phones []*Phone // nil where registration failed

	placed, talked, failed atomic.Int64
}

// Counters returns how many calls the house has placed, how many of them were
// talked through and how many failed.
func (h *House) Counters() (placed, talked, failed int64) {
	return h.placed.Load(), h.talked.Load(), h.failed.Load()
}

// NewHouse starts and registers every phone. Phones that cannot register are
// logged and left out; it is an error when none could.
func NewHouse(ctx context.Context, cfg HouseConfig) (*House, error) {
	if len(cfg.Phones) == 0 {
		return nil, errors.New("house: no phones")
	}
	if cfg.Ring == 0 {
		cfg.Ring = 3 * time.Second
	}
	if cfg.Talk == 0 {
		cfg.Talk = 10 * time.Second
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	h := &House{config: cfg, log: cfg.Logger, phones: make([]*Phone, len(cfg.Phones))}
	if err := h.moveIn(ctx); err != nil {
		h.Close()
		return nil, err
	}
	return h, nil
}

// moveIn registers all phones, a few at a time.
func (h *House) moveIn(ctx context.Context) error {
	var (
		group sync.WaitGroup
		slots = make(chan struct{}, registerAtOnce)
		ready atomic.Int64
		last  atomic.Pointer[error]
	)
	for i := range h.config.Phones {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			group.Wait()
			return context.Cause(ctx)
		}
		group.Go(func() {
			defer func() { <-slots }()
			phone, err := h.install(ctx, i)
			if err != nil {
				last.Store(&err)
				h.log.Warn("phone not registered", "number", h.config.Phones[i].Number, "err", err)
				return
			}
			h.phones[i] = phone
			ready.Add(1)
		})
	}
	group.Wait()
	h.log.Info("phones registered", "ready", ready.Load(), "of", len(h.phones))
	if ready.Load() == 0 {
		return fmt.Errorf("house: no phone could register: %w", *last.Load())
	}
	return nil
}

func (h *House) tone(i int) int { return firstTone + i%toneCount*toneStep }

func (h *House) install(ctx context.Context, i int) (*Phone, error) {
	cfg := h.config.Phones[i].Config
	number := h.config.Phones[i].Number
	answer := AutoAnswer(h.config.Ring, 0, h.tone(i))
	cfg.Handle = func(ctx context.Context, c *Call) {
		h.log.Info("phone rings", "number", number, "from", c.CallerNumber(), "name", c.CallerName())
		answer(ctx, c)
	}
	if cfg.Logger == nil {
		cfg.Logger = h.log
	}
	// The phone outlives the context of its registration: Close ends it.
	phone, err := New(context.WithoutCancel(ctx), cfg)
	if err != nil {
		return nil, err
	}
	if err := phone.Register(ctx); err != nil {
		phone.Vanish()
		return nil, err
	}
	return phone, nil
}

// Run lets the phones call each other until ctx ends.
func (h *House) Run(ctx context.Context) {
	if h.config.CallsPerMinute <= 0 || len(h.config.Phones) < 2 {
		<-ctx.Done()
		return
	}
	var calls sync.WaitGroup
	defer calls.Wait()
	ticker := time.NewTicker(time.Duration(float64(time.Minute) / h.config.CallsPerMinute))
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			calls.Go(func() { h.chat(ctx) })
		case <-ctx.Done():
			return
		}
	}
}

// chat is one call between two random phones.
func (h *House) chat(ctx context.Context) {
	from := rand.IntN(len(h.phones))
	to := (from + 1 + rand.IntN(len(h.phones)-1)) % len(h.phones)
	caller, number := h.phones[from], h.config.Phones[to].Number
	if caller == nil || len(caller.Calls()) > 0 {
		return // not registered, or on the phone already
	}
	wait, talk := 2*h.config.Ring+10*time.Second, h.config.Talk
	human := h.placed.Add(1)%4 == 0 && h.config.Operator != ""
	if human {
		number, wait, talk = h.config.Operator, time.Minute, 30*time.Second
	}
	if err := h.talk(ctx, caller, number, h.tone(from), wait, talk); err != nil {
		if ctx.Err() == nil && !human { // that nobody is at the desk is no fault
			h.failed.Add(1)
			h.log.Info("call failed", "from", h.config.Phones[from].Number, "to", number, "err", err)
		}
		return
	}
	h.talked.Add(1)
	h.log.Info("call talked through", "from", h.config.Phones[from].Number, "to", number)
}

func (h *House) talk(ctx context.Context, caller *Phone, number string, tone int, wait, talk time.Duration) error {
	c, err := caller.Call(ctx, number)
	if err != nil {
		return err
	}
	defer func() {
		bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer cancel()
		caller.agent.warn("hang up", c.Hangup(bye))
	}()
	// Answered within the ringing time and a moment, or not at all.
	patience, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	if err := c.WaitAnswered(patience); err != nil {
		return err
	}
	c.SendTone(tone)
	c.pause(ctx, talk)
	return nil
}

// Close hangs up and unregisters every phone.
func (h *House) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), 2*farewell)
	defer cancel()
	var group sync.WaitGroup
	for _, phone := range h.phones {
		if phone == nil {
			continue
		}
		group.Go(func() {
			phone.agent.warn("unregister", phone.Unregister(ctx))
			phone.Close()
		})
	}
	group.Wait()
}

// Simulate runs a house until ctx ends and writes what happens to w, one line
// per event. That ctx ends is no error.
func Simulate(ctx context.Context, w io.Writer, cfg HouseConfig) error {
	cfg.Logger = slog.New(slog.NewTextHandler(w, nil))
	house, err := NewHouse(ctx, cfg)
	if err != nil {
		return err
	}
	defer house.Close()
	house.Run(ctx)
	placed, talked, failed := house.Counters()
	cfg.Logger.Info("house closes", "placed", placed, "talked", talked, "failed", failed)
	return nil
}
