package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
)

var recordsOfAll = calls.Filter{}

// Four writers and six readers at once: nobody is told "locked", and no reader
// sees a record beside the legs of another version of it.
func TestReadersSeeWholeRecordsWhileOthersWrite(t *testing.T) {
	const rounds = 10
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		ok(t, s.SaveRecords(ctx, []calls.Record{version(0, 1)}))
		var writers, readers sync.WaitGroup
		written := make(chan struct{})
		for w := range 4 {
			writers.Go(func() {
				for n := range rounds {
					if err := s.SaveRecords(ctx, []calls.Record{version(w, n%5), version(w+4, n%3)}); err != nil {
						t.Error("write:", err)
						return
					}
				}
			})
		}
		for range 6 {
			readers.Go(func() { readUntil(ctx, t, s, written) })
		}
		writers.Wait()
		close(written)
		readers.Wait()
	})
}

// version is call w in a state that its legs and its cause tell alike.
func version(w, n int) calls.Record {
	r := calls.Record{ID: calls.CallID(fmt.Sprint("call", w)), Started: day, Cause: calls.Cause(n)}
	for i := range n {
		r.Legs = append(r.Legs, calls.Leg{ID: calls.LegID(fmt.Sprint(i)), Cause: calls.Cause(n)})
	}
	return r
}

func readUntil(ctx context.Context, t *testing.T, s *Store, written <-chan struct{}) {
	for {
		rs, _, err := s.Records(ctx, recordsOfAll)
		if err != nil || len(rs) == 0 {
			t.Errorf("read: %d records, %v", len(rs), err)
			return
		}
		for _, r := range rs {
			if len(r.Legs) != int(r.Cause) {
				t.Errorf("call %s has %d legs of a version with %d", r.ID, len(r.Legs), r.Cause)
				return
			}
		}
		select {
		case <-written:
			return
		default:
		}
	}
}

func TestCancelledWorkIsNotStoredAndTheStoreGoesOn(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		_, _, listErr := s.Records(cancelled, recordsOfAll)
		_, loadErr := s.LoadHotel(cancelled)
		for what, err := range map[string]error{
			"save": s.SaveRecords(cancelled, someRecords(1, 0)), "list": listErr, "load": loadErr,
			"apply": s.ApplyHotel(cancelled, hotel.Changes{Property: &hotel.Property{Name: "x"}}), "ping": s.Ping(cancelled),
		} {
			if !errors.Is(err, context.Canceled) || !fault.Is(err, fault.Unavailable) {
				t.Errorf("%s: got %v, want unavailable because cancelled", what, err)
			}
		}
		// Cancelled at many moments of a long write: all of it is stored, or nothing.
		for n := range 10 {
			ctx, stop := context.WithTimeout(t.Context(), time.Duration(n)*5*time.Millisecond)
			err := s.SaveRecords(ctx, someRecords(300, n*300))
			stop()
			rs, _, listErr := s.Records(soon(t), calls.Filter{From: day.Add(time.Duration(n*300) * time.Second), To: day.Add(time.Duration(n*300+300) * time.Second)})
			ok(t, listErr)
			if stored := len(rs); err == nil && stored != 300 || err != nil && stored != 0 && s.driver == SQLite || stored != 0 && stored != 300 {
				t.Fatalf("after %v there are %d of 300 records", err, stored)
			}
		}
		ok(t, s.Ping(soon(t)))
	})
}
