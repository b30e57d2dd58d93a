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
	busy    bool          // a batch is being written
	wake    chan struct{} // holds a token while there may be something to write
	hurry   chan struct{} // holds a token when somebody waits for it to be written
	idle    *sync.Cond
	closed  bool
}

const (
	batchSize  = 500
	gatherTime = 50 * time.Millisecond  // how long a record waits for company: one transaction costs more than ten rows
	retryPause = 500 * time.Millisecond // after a failed write
)

// NewJournal returns a Journal; Run makes it write.
func NewJournal(store Store, log *slog.Logger) *Journal {
	j := &Journal{
		store: store, log: log, pending: map[CallID]Record{},
		wake: make(chan struct{}, 1), hurry: make(chan struct{}, 1),
	}
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
	token(j.wake)
}

// token puts a token into a channel that holds at most one.
func token(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run writes until Close, and then what is left, once.
func (j *Journal) Run(ctx context.Context) {
	for over := false; !over; {
		<-j.wake
		j.pause(gatherTime)
		over = j.writeBatch(ctx)
	}
}

// writeBatch writes what waits, batchSize at most; true means it was the last.
func (j *Journal) writeBatch(ctx context.Context) (over bool) {
	batch, closed := j.take()
	var err error
	if len(batch) > 0 {
		err = j.store.SaveRecords(ctx, batch)
	}
	left := j.done(batch, err)
	if err != nil {
		j.log.Error("calls: records not written, will try again", "records", len(batch), "err", err)
		if closed {
			return true
		}
		j.pause(retryPause)
	}
	if left > 0 {
		token(j.wake)
	}
	return closed && left == 0
}

// pause waits, but not while somebody waits for the records.
func (j *Journal) pause(d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-j.hurry:
	}
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
	return batch, j.closed
}

// done puts a failed batch back unless a newer version came meanwhile, and
// returns how many records wait.
func (j *Journal) done(batch []Record, err error) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.busy = false
	if err != nil {
		for _, r := range batch {
			if _, newer := j.pending[r.ID]; !newer {
				j.pending[r.ID] = r
				j.order = append(j.order, r.ID)
			}
		}
	}
	if len(j.order) == 0 {
		j.idle.Broadcast()
	}
	return len(j.order)
}

// Flush waits until everything that was written before is in the database.
func (j *Journal) Flush(ctx context.Context) error {
	token(j.hurry)
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
	token(j.hurry)
	token(j.wake)
}
