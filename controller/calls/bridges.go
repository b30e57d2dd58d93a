package calls

import (
	"context"
	"sync"
	"time"

	"bellhop/controller/kit/clock"
)

// shelf keeps bridges that a call has left for the next call: it saves two
// commands a call. A bridge that ever held more than two legs is not kept.
type shelf struct {
	sw     Switch
	newID  func() string
	linger time.Duration
	clock  clock.Clock

	mu   sync.Mutex
	idle []idleBridge // longest idle first
}

type idleBridge struct {
	id    BridgeID
	since time.Time
}

// maxIdle bounds the bridges kept for later.
const maxIdle = 64

// bridgePrefix marks the bridges that are ours.
const bridgePrefix = "bh-"

func newShelf(s Settings) *shelf {
	return &shelf{sw: s.Switch, newID: s.NewID, linger: s.Linger, clock: s.Clock}
}

// take returns an empty bridge, made new if none is kept.
func (b *shelf) take(ctx context.Context) (BridgeID, error) {
	b.mu.Lock()
	if n := len(b.idle); n > 0 {
		id := b.idle[n-1].id
		b.idle = b.idle[:n-1]
		b.mu.Unlock()
		return id, nil
	}
	b.mu.Unlock()
	id := BridgeID(bridgePrefix + b.newID())
	return id, b.sw.CreateBridge(ctx, id)
}

// put keeps an empty bridge, or destroys it when enough are kept.
func (b *shelf) put(ctx context.Context, id BridgeID, reusable bool) {
	b.mu.Lock()
	if reusable && len(b.idle) < maxIdle {
		b.idle = append(b.idle, idleBridge{id, b.clock()})
		b.mu.Unlock()
		return
	}
	b.mu.Unlock()
	b.destroy(ctx, id)
}

// sweep destroys the bridges that nobody wanted for a while.
func (b *shelf) sweep(ctx context.Context) {
	b.mu.Lock()
	n := 0
	for n < len(b.idle) && b.clock().Sub(b.idle[n].since) > b.linger {
		n++
	}
	old := append([]idleBridge(nil), b.idle[:n]...)
	b.idle = append(b.idle[:0], b.idle[n:]...)
	b.mu.Unlock()
	for _, i := range old {
		b.destroy(ctx, i.id)
	}
}

// keeps reports whether id is on the shelf.
func (b *shelf) keeps(id BridgeID) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, i := range b.idle {
		if i.id == id {
			return true
		}
	}
	return false
}

// forget empties the shelf: the switch that held the bridges is gone.
func (b *shelf) forget() {
	b.mu.Lock()
	b.idle = nil
	b.mu.Unlock()
}

// destroy leaves a bridge that cannot be reached to the next reconciliation.
func (b *shelf) destroy(ctx context.Context, id BridgeID) {
	_ = b.sw.DestroyBridge(ctx, id)
}
