package asterisk

import "sync"

// queue passes items on in order and never makes the writer wait: a switch that
// finds its reader slow cuts it off. Its length is bounded by memory only, and
// its high-water mark is counted.
type queue[T any] struct {
	mu    sync.Mutex
	items []T
	high  int
	ready chan struct{} // holds a token while there may be items
}

func newQueue[T any]() *queue[T] { return &queue[T]{ready: make(chan struct{}, 1)} }

// push appends an item.
func (q *queue[T]) push(item T) {
	q.mu.Lock()
	q.items = append(q.items, item)
	q.high = max(q.high, len(q.items))
	q.mu.Unlock()
	select {
	case q.ready <- struct{}{}:
	default:
	}
}

// take returns everything that waits, in order.
func (q *queue[T]) take() []T {
	q.mu.Lock()
	defer q.mu.Unlock()
	items := q.items
	q.items = nil
	return items
}

// depth returns how many items wait now, and the most that ever did.
func (q *queue[T]) depth() (now, high int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.items), q.high
}
