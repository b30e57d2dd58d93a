package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"syscall"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/edge/live"
)

// dropLimit is how long a client may stall.
const dropLimit = 10 * time.Second

// extension is an object as the wall of extensions shows it.
type extension struct {
	Number  string `json:"number"`
	Room    string `json:"room"`
	Floor   string `json:"floor"`
	State   string `json:"state"`
	Guest   string `json:"guest"`
	Changes int    `json:"changes"`
	At      int64  `json:"at"` // ns since 1970: when it changed
}

// result is everything that was measured.
type result struct {
	plan
	delays      []time.Duration // from each change to each client, in order of size
	snapshot    time.Duration   // until all clients had everything for the first time
	changes     int             // made
	wrong       int             // clients that do not show what there is in the end
	dropped     int             // stalled clients cut off
	joinTime    time.Duration   // until the last of them had joined
	dropTime    time.Duration   // from then until the last of them was
	processor   time.Duration   // of all, while changes were made
	took        time.Duration   // for the changes
	memory      [4]memory       // empty, clients there, after the changes, clients gone
	stats       live.Stats
	loadAverage string
}

// memory is what the process holds after a collection.
type memory struct {
	heap, stacks uint64 // bytes
	goroutines   int
}

func remember() memory {
	runtime.GC()
	runtime.GC() // what has a finalizer goes with the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return memory{m.HeapAlloc, m.StackInuse, runtime.NumGoroutine()}
}

// measure runs the plan.
func measure(ctx context.Context, p plan) (r *result, err error) {
	r = &result{plan: p, loadAverage: loadAverage()}
	feed := live.New(live.Options{
		Log: slog.New(slog.DiscardHandler), MaxClients: p.clients + p.stalled, MaxPerLogin: p.clients + p.stalled,
		Admission: live.Admission{
			Authorize: func(*http.Request) (access.Principal, error) {
				return access.Principal{Kind: access.KindToken, ID: "load", Permissions: []access.Permission{access.FeedRead}}, nil
			},
			Still: func(access.Principal) bool { return true },
		},
	})
	server := httptest.NewServer(feed)
	defer server.Close()
	defer func() { err = errors.Join(err, feed.Close()) }()
	topic := feed.Topic("extensions", live.TopicOptions{})
	truth := make([]extension, p.objects)
	for i := range truth {
		number := fmt.Sprint(1000 + i)
		truth[i] = extension{Number: number, Room: number, Floor: number[:2], State: "idle", Guest: "王小明 Wang Xiaoming"}
		topic.Set(number, truth[i])
	}
	r.memory[0] = remember()
	clients, err := connect(ctx, server.URL, p.clients)
	defer clients.leave()
	if err != nil {
		return r, err
	}
	if r.snapshot, err = clients.untilAll(ctx, p.objects); err != nil {
		return r, err
	}
	r.memory[1] = remember()
	if err := r.load(ctx, server.URL, feed, topic, truth); err != nil {
		return r, err
	}
	if err := clients.untilShown(ctx, truth); err != nil {
		r.wrong = clients.wrong(truth)
	}
	r.memory[2] = remember()
	clients.leave()
	if err := until(ctx, func() bool { return feed.Stats().Clients == 0 }); err != nil {
		return r, err
	}
	r.delays = clients.delays()
	clients.forget()
	r.memory[3] = remember()
	r.stats = feed.Stats()
	return r, nil
}

// load makes the changes while stalled clients join.
func (r *result) load(ctx context.Context, url string, feed *live.Feed, topic *live.Topic, truth []extension) error {
	began, used := time.Now(), processorTime()
	var group sync.WaitGroup
	var stallErr error
	group.Go(func() { stallErr = r.stall(ctx, url, feed) })
	tick := time.NewTicker(time.Second / time.Duration(r.rate))
	defer tick.Stop()
	for time.Since(began) < r.length && ctx.Err() == nil {
		<-tick.C
		for due := int(time.Since(began) * time.Duration(r.rate) / time.Second); r.changes < due; r.changes++ { // a late tick catches up
			e := &truth[rand.IntN(len(truth))]
			e.Changes++
			e.State = []string{"idle", "ringing", "talking"}[e.Changes%3]
			e.At = time.Now().UnixNano()
			topic.Set(e.Number, *e)
		}
	}
	r.took, r.processor = time.Since(began), processorTime()-used
	group.Wait()
	return errors.Join(stallErr, ctx.Err())
}

// stall lets clients join that never read, and waits until they are cut off.
func (r *result) stall(ctx context.Context, url string, feed *live.Feed) error {
	if r.stalled == 0 {
		return nil
	}
	began := time.Now()
	for range r.stalled {
		c, err := dial(ctx, url)
		if err != nil {
			return err
		}
		defer c.conn.CloseNow()
	}
	r.joinTime, began = time.Since(began), time.Now()
	gone := func() bool {
		r.dropped = int(feed.Stats().Dropped)
		return r.dropped >= r.stalled
	}
	if err := until(ctx, gone); err != nil && ctx.Err() != nil {
		return err
	}
	r.dropTime = time.Since(began)
	return nil
}

// until waits for a condition, somewhat longer than a stalled client may stay.
func until(ctx context.Context, condition func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, 2*dropLimit)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !condition() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("waited in vain: %w", ctx.Err())
		}
	}
	return nil
}

// processorTime is what the process has used.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// percentile of durations in order of size.
func percentile(all []time.Duration, p float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	return all[min(len(all)-1, int(p/100*float64(len(all))))]
}
