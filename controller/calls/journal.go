package calls

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Journal writes call records behind the calls: many in one transaction, again
// and again until the database takes them. What a crash takes from it, the
// switch's ledger gives back.
type Journal struct {
	store Store
	log   *slog.Logger

	mu      sync.Mutex
	pending map[CallID]Record
	order   []CallID
	busy    bool // a batch is being written
	wake    chan struct{}
	idle    *sync.Cond
	closed  bool
}

// The largest batch, and the pause after a failed write.
const (
	batchSize  = 500
	retryPause = 500 * time.Millisecond
)

// NewJournal returns a Journal; Run makes it write.
func NewJournal(store Store, log *slog.Logger) *Journal {
	j := &Journal{store: store, log: log, pending: map[CallID]Record{}, wake: make(chan struct{}, 1)}
	j.idle = sync.NewCond(&j.mu)
	return j
}

// Write takes the newest version of a record; it does not wait.
func (j *Journal) Write(r Record) {
	j.mu.Lock()
	if _, known := j.pending[r.ID]; !known {
		j.order = append(j.order, r.ID)
	}
	j.pending[r.ID] = r
	j.mu.Unlock()
	j.nudge()
}

func (j *Journal) nudge() {
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

// Run writes until Close, and then what is left, once.
func (j *Journal) Run(ctx context.Context) {
	for {
		batch, closed := j.take()
		if len(batch) == 0 {
			if closed {
				return
			}
			<-j.wake
			continue
		}
		err := j.store.SaveRecords(ctx, batch)
		j.done(batch, err)
		if err == nil {
			continue
		}
		j.log.Error("calls: records not written, will try again", "records", len(batch), "err", err)
		if closed {
			return
		}
		j.pause()
	}
}

// pause waits a moment after a failure, or until Close.
func (j *Journal) pause() {
	t := time.NewTimer(retryPause)
	defer t.Stop()
	<-t.C
}

// take returns the oldest waiting records.
func (j *Journal) take() (batch []Record, closed bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := min(len(j.order), batchSize)
	for _, id := range j.order[:n] {
		batch = append(batch, j.pending[id])
		delete(j.pending, id)
	}
	j.order = j.order[n:]
	j.busy = n > 0
	if n == 0 {
		j.idle.Broadcast()
	}
	return batch, j.closed
}

// done puts a failed batch back unless a newer version came meanwhile.
func (j *Journal) done(batch []Record, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.busy = false
	if err == nil {
		return
	}
	for _, r := range batch {
		if _, newer := j.pending[r.ID]; !newer {
			j.pending[r.ID] = r
			j.order = append(j.order, r.ID)
		}
	}
}

// Flush waits until everything that was written before is in the database.
func (j *Journal) Flush(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() { j.mu.Lock(); j.idle.Broadcast(); j.mu.Unlock() })
	defer stop()
	j.mu.Lock()
	defer j.mu.Unlock()
	for (len(j.order) > 0 || j.busy) && ctx.Err() == nil {
		j.idle.Wait()
	}
	return ctx.Err()
}

// Waiting returns how many records are not in the database yet.
func (j *Journal) Waiting() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.order)
}

// Close lets Run write what is left and return.
func (j *Journal) Close() {
	j.mu.Lock()
	j.closed = true
	j.mu.Unlock()
	j.nudge()
}
