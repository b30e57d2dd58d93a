package phones

import (
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

const (
	frameSamples  = 160
	frameDuration = 20 * time.Millisecond
	// sparseFrames is how many frames of silence one packet stands for when
	// silence is sent sparsely.
	sparseFrames = 50
	// digitsKept is how many received keys wait for a reader.
	digitsKept = 128
	portTries  = 50
)

// Traffic counts the RTP packets of one call.
type Traffic struct {
	In, Out uint64
	// Lost is the number of gaps' packets in the received sequence.
	Lost uint64
	// Bad is the number of received datagrams that are not usable RTP.
	Bad uint64
}

// media is the audio of one call: an RTP and an RTCP socket, a sender paced by
// its own ticker and a receiver.
type media struct {
	log       *slog.Logger
	rtp, rtcp *net.UDPConn
	ear       ear
	digits    chan rune
	presses   chan press
	wake      chan struct{}
	closed    chan struct{}
	sparse    bool

	in, out, lost, bad atomic.Uint64

	mu      sync.Mutex
	remote  netip.AddrPort
	codec   Codec
	keys    uint8
	sending bool
	tone    int
	loop    []byte // one second of tone, encoded
	played  int    // how far into loop we are
}

// press is one key on its way to the sender.
type press struct {
	packets []telephoneEvent
	done    chan struct{}
}

// openMedia binds the sockets; run starts the talking.
func openMedia(host netip.Addr, sparse bool, log *slog.Logger) (*media, error) {
	for range portTries {
		conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(netip.AddrPortFrom(host, 0)))
		if err != nil {
			return nil, fmt.Errorf("rtp socket: %w", err)
		}
		// RTP has the even port and RTCP the odd one above it (RFC 3550 §11).
		port := conn.LocalAddr().(*net.UDPAddr).Port
		if port%2 == 0 {
			// Bound so that reports do not bounce; nobody reads them.
			control, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(netip.AddrPortFrom(host, uint16(port+1))))
			if err == nil {
				return newMedia(conn, control, sparse, log), nil
			}
		}
		conn.Close()
	}
	return nil, fmt.Errorf("rtp sockets: no free pair of ports in %d tries", portTries)
}

func newMedia(conn, control *net.UDPConn, sparse bool, log *slog.Logger) *media {
	return &media{
		log: log, rtp: conn, rtcp: control, sparse: sparse,
		digits:  make(chan rune, digitsKept),
		presses: make(chan press),
		wake:    make(chan struct{}, 1),
		closed:  make(chan struct{}),
	}
}

func (m *media) addr() netip.AddrPort {
	return m.rtp.LocalAddr().(*net.UDPAddr).AddrPort()
}

// run sends and receives until close.
func (m *media) run(start func(func()) bool) {
	start(m.send)
	start(m.receive)
}

func (m *media) close() {
	close(m.closed)
	m.rtp.Close()
	m.rtcp.Close()
}

// connect points the audio at what the far end's SDP says.
func (m *media) connect(far *session, codec Codec, sending bool) {
	m.mu.Lock()
	m.remote, m.keys, m.sending = far.addr, far.keys, sending
	if codec != m.codec {
		m.codec, m.loop = codec, nil
	}
	m.mu.Unlock()
	m.nudge()
}

// play chooses the tone that is sent from now on.
func (m *media) play(hz int) {
	m.mu.Lock()
	m.tone, m.loop, m.played = hz, nil, 0
	m.mu.Unlock()
	m.nudge()
}

// nudge tells the sender that something changed.
func (m *media) nudge() {
	select {
	case m.wake <- struct{}{}:
	default: // it has been told already
	}
}

func (m *media) traffic() Traffic {
	return Traffic{In: m.in.Load(), Out: m.out.Load(), Lost: m.lost.Load(), Bad: m.bad.Load()}
}
