package calls

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// batches is a store that remembers what it was given, and refuses while down.
type batches struct {
	Store
	mu   sync.Mutex
	down bool
	got  [][]Record
}

func (b *batches) SaveRecords(_ context.Context, rs []Record) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.down {
		return errors.New("disk full")
	}
	b.got = append(b.got, rs)
	return nil
}

func (b *batches) setDown(down bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.down = down
}

func (b *batches) saved() map[CallID]Outcome {
	b.mu.Lock()
	defer b.mu.Unlock()
	last := map[CallID]Outcome{}
	for _, batch := range b.got {
		for _, r := range batch {
			last[r.ID] = r.Outcome
		}
	}
	return last
}

// journalTest runs a Journal on a store, in a bubble of its own time.
func journalTest(t *testing.T, test func(t *testing.T, j *Journal, b *batches)) {
	synctest.Test(t, func(t *testing.T) {
		b := &batches{}
		j := NewJournal(b, slog.New(slog.DiscardHandler))
		var run sync.WaitGroup
		run.Go(func() { j.Run(t.Context()) })
		test(t, j, b)
		j.Close()
		run.Wait()
		if n := j.Waiting(); n > 0 && !b.down {
			t.Errorf("%d records left behind", n)
		}
	})
}

func TestJournalGathersOneTransaction(t *testing.T) {
	journalTest(t, func(t *testing.T, j *Journal, b *batches) {
		for i := range 20 {
			id := CallID(fmt.Sprint(i))
			j.Write(Record{ID: id})
			j.Write(Record{ID: id, Outcome: OutcomeAnswered})
		}
		time.Sleep(gatherTime)
		synctest.Wait()
		if len(b.got) != 1 || len(b.got[0]) != 20 {
			t.Fatalf("%d transactions, want one of 20 records", len(b.got))
		}
		for id, outcome := range b.saved() {
			if outcome != OutcomeAnswered {
				t.Errorf("call %s: an old version was written", id)
			}
		}
	})
}

func TestJournalFlushDoesNotWait(t *testing.T) {
	journalTest(t, func(t *testing.T, j *Journal, b *batches) {
		began := time.Now()
		for i := range 3 * batchSize {
			j.Write(Record{ID: CallID(fmt.Sprint(i))})
		}
		if err := j.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(b.saved()); n != 3*batchSize {
			t.Errorf("%d records after Flush, want %d", n, 3*batchSize)
		}
		if took := time.Since(began); took > 3*gatherTime {
			t.Errorf("Flush took %s", took)
		}
	})
}

func TestJournalTriesAgain(t *testing.T) {
	journalTest(t, func(t *testing.T, j *Journal, b *batches) {
		b.setDown(true)
		j.Write(Record{ID: "a"})
		time.Sleep(gatherTime)
		synctest.Wait()
		j.Write(Record{ID: "a", Outcome: OutcomeBusy})
		b.setDown(false)
		time.Sleep(retryPause + gatherTime)
		synctest.Wait()
		if got := b.saved()["a"]; got != OutcomeBusy {
			t.Errorf("after the database is back: outcome %q, want %q", got, OutcomeBusy)
		}
	})
}

func TestJournalFlushGivesUpWithItsContext(t *testing.T) {
	journalTest(t, func(t *testing.T, j *Journal, b *batches) {
		b.setDown(true)
		j.Write(Record{ID: "a"})
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		if err := j.Flush(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Flush: %v", err)
		}
	})
}

func TestJournalCloseWritesTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &batches{}
		j := NewJournal(b, slog.New(slog.DiscardHandler))
		for i := range batchSize + 1 {
			j.Write(Record{ID: CallID(fmt.Sprint(i))})
		}
		j.Close()
		j.Run(t.Context())
		if n := len(b.saved()); n != batchSize+1 {
			t.Errorf("%d records written, want %d", n, batchSize+1)
		}
	})
}
