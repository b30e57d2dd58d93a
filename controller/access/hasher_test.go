package access

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"bellhop/controller/kit/fault"
)

func cheap() Cost { return Cost{Memory: 64, Passes: 1, Threads: 1} }

func TestHashMatchesItsPasswordOnly(t *testing.T) {
	h := newHasher(cheap())
	encoded, err := h.hash(t.Context(), "caf\u00e9 am Platz")
	if err != nil || !strings.HasPrefix(encoded, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatal(encoded, err)
	}
	if again, _ := h.hash(t.Context(), "caf\u00e9 am Platz"); again == encoded {
		t.Error("two hashes are the same: no salt")
	}
	for password, want := range map[string]bool{"caf\u00e9 am Platz": true, "cafe\u0301 am Platz": true, "cafe am Platz": false, "": false} {
		if same, weak, err := h.matches(t.Context(), password, encoded); err != nil || same != want || weak {
			t.Errorf("%q: %t, weak %t, %v", password, same, weak, err)
		}
	}
	stronger := newHasher(Cost{Memory: 128, Passes: 1, Threads: 1})
	if same, weak, err := stronger.matches(t.Context(), "caf\u00e9 am Platz", encoded); err != nil || !same || !weak {
		t.Errorf("with more memory: %t, weak %t, %v", same, weak, err)
	}
}

func TestBrokenHashesMatchNothing(t *testing.T) {
	h := newHasher(cheap())
	good, err := h.hash(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	for _, encoded := range []string{
		"", "x", "$$$$$", strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=64", "m=4294967295", 1), strings.Replace(good, "t=1", "t=0", 1), strings.Replace(good, "p=1", "p=0", 1),
		strings.Replace(good, "t=1", "t=1000000", 1), good[:strings.LastIndex(good, "$")+1], good + "!", h.decoy,
	} {
		if same, _, err := h.matches(t.Context(), "x", encoded); same || err != nil {
			t.Errorf("%q matches, %v", encoded, err)
		}
	}
}

// A flood waits outside: few hash at once, few more wait, the rest is sent away.
func TestHashersAreFew(t *testing.T) {
	h := newHasher(cheap())
	sentAway := int32(200 - cap(h.room))
	var inside, most, refused atomic.Int32
	var wg sync.WaitGroup
	gate := make(chan struct{})
	for range 200 {
		wg.Go(func() {
			err := h.work(t.Context(), func() {
				now := inside.Add(1)
				for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
				}
				<-gate
				inside.Add(-1)
			})
			if fault.Is(err, fault.TooMany) && refused.Add(1) == sentAway {
				close(gate)
			}
		})
	}
	wg.Wait()
	if int(most.Load()) != cap(h.seats) || refused.Load() != sentAway {
		t.Errorf("%d at once, %d refused", most.Load(), refused.Load())
	}
	for range cap(h.seats) {
		h.seats <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := h.work(ctx, func() { t.Error("worked without a seat") }); !fault.Is(err, fault.Unavailable) {
		t.Error(err)
	}
}

func BenchmarkHash(b *testing.B) {
	h := newHasher(DefaultCost())
	for b.Loop() {
		_, _ = h.hash(b.Context(), "correct horse battery")
	}
}

// A user who does not exist costs the same work as a wrong password.
func TestNobodyCostsAsMuchAsSomebody(t *testing.T) {
	h := newHasher(DefaultCost())
	cost, salt, key, ok := decodeHash(h.decoy)
	if !ok || cost != h.cost || len(salt) != saltBytes || len(key) != keyBytes {
		t.Fatalf("the decoy is cheaper: %+v", cost)
	}
	for range cap(h.seats) {
		h.seats <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := h.matches(ctx, "x", ""); !fault.Is(err, fault.Unavailable) {
		t.Errorf("%v: no work was wanted for nobody", err)
	}
}
