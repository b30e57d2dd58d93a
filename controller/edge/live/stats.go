package live

import (
	"errors"
	"sync/atomic"
)

// Stats are figures since the start, and how many sockets are open now.
type Stats struct {
	Clients int    // open now
	Opened  uint64 // let in
	Refused uint64 // turned away before the upgrade: origin, login, rights, limits
	Dropped uint64 // cut off because they did not keep up
	Revoked uint64 // closed because their login ended
	Rude    uint64 // closed because of what they sent
	Frames  uint64 // messages written
	Bytes   uint64 // of these messages
}

// meter counts.
type meter struct {
	opened, refused, dropped, revoked, rude, frames, bytes atomic.Uint64
}

// left counts why a socket is gone.
func (m *meter) left(cause error) {
	switch {
	case errors.Is(cause, errStalled):
		m.dropped.Add(1)
	case errors.Is(cause, errFlood):
		m.rude.Add(1)
	}
	switch p, _ := errors.AsType[parting](cause); p.code {
	case StatusLoginEnded:
		m.revoked.Add(1)
	case statusNoText, statusBadMessage, statusTooBig:
		m.rude.Add(1)
	}
}

// wrote counts a message of n bytes.
func (m *meter) wrote(n int) {
	m.frames.Add(1)
	m.bytes.Add(uint64(n))
}

func (m *meter) stats(clients int) Stats {
	return Stats{
		Clients: clients, Opened: m.opened.Load(), Refused: m.refused.Load(), Dropped: m.dropped.Load(),
		Revoked: m.revoked.Load(), Rude: m.rude.Load(), Frames: m.frames.Load(), Bytes: m.bytes.Load(),
	}
}
