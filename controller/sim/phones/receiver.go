package phones

import (
	"errors"
	"net"

	"github.com/pion/rtp"
)

// receive is the receiver: it counts, listens and reads keys.
func (m *media) receive() {
	var (
		buffer [2048]byte
		packet rtp.Packet
		keys   keyReader
		order  sequence
	)
	for {
		n, _, err := m.rtp.ReadFromUDPAddrPort(buffer[:])
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // an ICMP error for something we sent
		}
		if err := packet.Unmarshal(buffer[:n]); err != nil {
			m.bad.Add(1)
			continue
		}
		m.in.Add(1)
		m.lost.Add(order.gap(packet.SSRC, packet.SequenceNumber))
		m.take(&packet, &keys)
	}
}

func (m *media) take(packet *rtp.Packet, keys *keyReader) {
	m.mu.Lock()
	keyPayload := m.keys
	m.mu.Unlock()
	switch {
	case packet.PayloadType == uint8(ULaw) || packet.PayloadType == uint8(ALaw):
		m.ear.feed(Codec(packet.PayloadType), packet.Payload)
	case keyPayload != 0 && packet.PayloadType == keyPayload:
		key, err := keys.read(packet)
		if err != nil {
			m.bad.Add(1)
		}
		if key == 0 {
			return
		}
		select {
		case m.digits <- key:
		default:
			m.log.Warn("key lost: nobody reads the digits", "waiting", digitsKept)
		}
	default:
		m.bad.Add(1)
	}
}

// sequence watches the received sequence numbers.
type sequence struct {
	started bool
	source  uint32
	last    uint16
}

// gap returns how many packets are missing before number.
func (s *sequence) gap(source uint32, number uint16) uint64 {
	fresh := !s.started || s.source != source
	ahead := int16(number - s.last)
	if fresh || ahead > 0 {
		s.started, s.source, s.last = true, source, number
	}
	if fresh || ahead <= 1 {
		return 0
	}
	return uint64(ahead - 1)
}
