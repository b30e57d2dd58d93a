package asterisk

import (
	"maps"
	"sync"
	"time"

	"bellhop/controller/kit/fault"
)

// Stats is a snapshot of what the adapter has counted since it was made.
type Stats struct {
	Connected  bool
	Connects   int            // times the link came up
	Reconnects int            // times it came up again
	Frames     map[string]int // received, by ARI event type
	Unknown    map[string]int // of those, types that we cannot decode
	Malformed  int            // frames and ledger keys that break ARI's promises
	Queue      int            // events waiting now
	QueueHigh  int            // most that ever waited
	Legs       int            // legs that we keep in mind
	Commands   map[string]CommandStats
}

// CommandStats counts one kind of command.
type CommandStats struct {
	Count  int
	Errors map[fault.Code]int
	Total  time.Duration
	Max    time.Duration
	// Under counts commands that took at most LatencyBounds()[i] and longer than
	// the bound before; the last entry counts the rest.
	Under [8]int
}

// LatencyBounds returns the upper bounds of CommandStats.Under.
func LatencyBounds() [7]time.Duration {
	return [7]time.Duration{
		time.Millisecond, 2 * time.Millisecond, 5 * time.Millisecond, 10 * time.Millisecond,
		25 * time.Millisecond, 100 * time.Millisecond, time.Second,
	}
}

// maxKinds bounds how many unknown event types are counted by name.
const maxKinds = 100

// meter counts. Its methods may be called from any goroutine.
type meter struct {
	mu sync.Mutex
	s  Stats
}

func newMeter() *meter {
	return &meter{s: Stats{Frames: map[string]int{}, Unknown: map[string]int{}, Commands: map[string]CommandStats{}}}
}

func (m *meter) command(name string, took time.Duration, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c := m.s.Commands[name]
	if c.Errors == nil {
		c.Errors = map[fault.Code]int{}
	}
	c.Count++
	c.Total += took
	c.Max = max(c.Max, took)
	if err != nil {
		c.Errors[fault.CodeOf(err)]++
	}
	bounds, i := LatencyBounds(), 0
	for i < len(bounds) && took > bounds[i] {
		i++
	}
	c.Under[i]++
	m.s.Commands[name] = c
}

// frame counts a frame and reports whether its type is unknown and seen first.
func (m *meter) frame(kind string, known bool) (news bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !known && m.s.Unknown[kind] == 0 && len(m.s.Unknown) >= maxKinds {
		kind = "other"
	}
	m.s.Frames[kind]++
	if known {
		return false
	}
	m.s.Unknown[kind]++
	return m.s.Unknown[kind] == 1
}

func (m *meter) malformed() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.s.Malformed++
}

func (m *meter) connected(up bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.s.Connected = up
	if up {
		m.s.Connects++
		m.s.Reconnects = m.s.Connects - 1
	}
}

func (m *meter) snapshot() Stats {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.s
	s.Frames, s.Unknown = maps.Clone(s.Frames), maps.Clone(s.Unknown)
	s.Commands = maps.Clone(s.Commands)
	for name, c := range s.Commands {
		c.Errors = maps.Clone(c.Errors)
		s.Commands[name] = c
	}
	return s
}
