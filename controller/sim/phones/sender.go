package phones

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/netip"
	"time"

	"github.com/pion/rtp"
)

// outgoing is what the sender sends next.
type outgoing struct {
	to      netip.AddrPort
	codec   Codec
	keys    uint8
	payload []byte
	frames  int // how much time the packet stands for
}

// next takes the next frame of audio; no destination means nothing is sent.
func (m *media) next(pressing bool) outgoing {
	m.mu.Lock()
	defer m.mu.Unlock()
	frames := 1
	if m.sparse && m.tone == 0 && !pressing {
		frames = sparseFrames
	}
	if !m.remote.IsValid() || !m.sending {
		return outgoing{frames: frames}
	}
	if m.loop == nil {
		m.loop = toneLoop(m.codec, m.tone)
	}
	frame := m.loop[m.played : m.played+frameSamples]
	m.played = (m.played + frameSamples) % len(m.loop)
	return outgoing{m.remote, m.codec, m.keys, frame, frames}
}

// send is the sender: one packet per tick, audio or key.
func (m *media) send() {
	ticker := time.NewTicker(frameDuration)
	defer ticker.Stop()
	out := sender{media: m, pace: 1, header: rtp.Header{
		Version: 2, SSRC: rand.Uint32(), SequenceNumber: uint16(rand.Uint32()), Timestamp: rand.Uint32(),
	}}
	for {
		presses := m.presses
		if out.current.done != nil {
			presses = nil // one key at a time
		}
		select {
		case <-m.closed:
			return
		case <-m.wake:
			out.repace(ticker, 1)
		case p := <-presses:
			out.begin(p)
			out.repace(ticker, 1)
		case <-ticker.C:
			out.repace(ticker, out.tick())
		}
	}
}

// sender is the state that only the sending goroutine touches.
type sender struct {
	media   *media
	header  rtp.Header
	pace    int // frames per tick
	current press
	at      int    // next packet of current
	began   uint32 // timestamp of current
	buffer  [64 + frameSamples]byte
}

func (s *sender) repace(ticker *time.Ticker, frames int) {
	if frames != s.pace {
		s.pace = frames
		ticker.Reset(time.Duration(frames) * frameDuration)
	}
}

func (s *sender) begin(p press) {
	s.current, s.at, s.began = p, 0, s.header.Timestamp
}

// tick sends one packet and returns how many frames to wait for the next.
func (s *sender) tick() int {
	pressing := s.current.done != nil
	out := s.media.next(pressing)
	s.header.Marker = false
	s.header.PayloadType = uint8(out.codec)
	timestamp := s.header.Timestamp
	if pressing {
		if s.at < len(s.current.packets) && out.keys != 0 {
			s.header.Marker = s.at == 0
			s.header.PayloadType = out.keys
			s.header.Timestamp = s.began
			out.payload = s.current.packets[s.at].marshal()
		}
		if s.at++; s.at == len(s.current.packets)+gapTicks {
			close(s.current.done)
			s.current = press{}
		}
	}
	s.write(out)
	s.header.Timestamp = timestamp + uint32(out.frames*frameSamples)
	return out.frames
}

func (s *sender) write(out outgoing) {
	if !out.to.IsValid() {
		return
	}
	packet := rtp.Packet{Header: s.header, Payload: out.payload}
	n, err := packet.MarshalTo(s.buffer[:])
	if err != nil {
		s.media.log.Error("rtp packet not built", "err", err)
		return
	}
	s.header.SequenceNumber++
	// A refused datagram is the far end's business; it shows in its counters.
	if _, err := s.media.rtp.WriteToUDPAddrPort(s.buffer[:n], out.to); err == nil {
		s.media.out.Add(1)
	}
}

// pressKeys sends the keys one after another and returns when all are sent.
func (m *media) pressKeys(ctx context.Context, keys string) error {
	presses := make([]press, 0, len(keys))
	for _, key := range keys {
		packets, err := keyPress(key, keyTicks)
		if err != nil {
			return err
		}
		presses = append(presses, press{packets, make(chan struct{})})
	}
	m.mu.Lock()
	agreed := m.keys != 0 && m.remote.IsValid() && m.sending
	m.mu.Unlock()
	if !agreed {
		return errors.New("no way to send keys: no telephone-event agreed, or on hold")
	}
	for _, p := range presses {
		if err := m.await(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (m *media) await(ctx context.Context, p press) error {
	select {
	case m.presses <- p:
	case <-m.closed:
		return errors.New("the call is over")
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	select {
	case <-p.done:
		return nil
	case <-m.closed:
		return errors.New("the call ended while a key was pressed")
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
