package live

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/coder/websocket"
)

const (
	loginEvery = 2 * time.Second // a revoked login loses its sockets within this and farewell
	pingEvery  = 4 * time.Second // a silent peer is dropped within this and answerTime
	answerTime = 5 * time.Second // for a pong, and for one message to be taken
	farewell   = time.Second     // for a goodbye to be answered
)

// socket is one open WebSocket, from its upgrade to its end.
type socket struct {
	conn *websocket.Conn
	life context.Context         // over when it should end; the cause says why
	end  context.CancelCauseFunc // ends the life

	gone, stalled error // the causes when the peer leaves, or takes nothing more

	wire  context.Context // over when all that is under way must be cut
	cut   context.CancelFunc
	group sync.WaitGroup
}

// newSocket keeps conn for as long as life is not over; several sockets may share
// one life. Whoever makes a socket closes it.
func newSocket(life context.Context, end context.CancelCauseFunc, conn *websocket.Conn) *socket {
	s := &socket{conn: conn, life: life, end: end, gone: errGone, stalled: errStalled}
	s.wire, s.cut = context.WithCancel(context.WithoutCancel(life)) // a goodbye comes after life
	context.AfterFunc(life, func() { time.AfterFunc(farewell, s.cut) })
	return s
}

// read hands every message to take, until the peer is gone. An error of take ends
// the socket's life, as does a message of more than limit bytes.
func (s *socket) read(limit int, take func(websocket.MessageType, []byte) error) {
	s.conn.SetReadLimit(2 * int64(limit)) // beyond that there is no orderly goodbye
	for {
		kind, message, err := s.conn.Read(s.wire)
		if err != nil {
			s.end(s.readFault(err))
			return
		}
		switch {
		case s.life.Err() != nil: // read on, or the answer to our goodbye would never be seen
		case len(message) > limit:
			s.end(parting{statusTooBig, fmt.Sprintf("the message has more than %d bytes", limit)})
		default:
			if err := take(kind, message); err != nil {
				s.end(err)
			}
		}
	}
}

// write sends one message, which the peer must take in answerTime.
func (s *socket) write(kind websocket.MessageType, message []byte) error {
	return s.inTime(func() error { return s.conn.Write(s.wire, kind, message) })
}

// stream sends one text in pieces, so that it need not stand in memory as a whole.
func (s *socket) stream(fill func(io.Writer) error) error {
	return s.inTime(func() error {
		w, err := s.conn.Writer(s.wire, websocket.MessageText)
		if err != nil {
			return err
		}
		return errors.Join(fill(w), w.Close())
	})
}

// ping ends the life of a socket whose peer does not answer.
func (s *socket) ping() {
	s.every(pingEvery, func() {
		_ = s.inTime(func() error { return s.conn.Ping(s.wire) }) // has ended the life
	})
}

// inTime does what needs the peer. A failure ends the life; when it takes longer
// than answerTime the peer is cut off.
func (s *socket) inTime(do func() error) error {
	late := time.AfterFunc(answerTime, func() {
		s.end(s.stalled) // before the cut, or the reader would say that the peer left
		s.cut()
	})
	defer late.Stop()
	err := do()
	if err != nil {
		s.end(s.gone)
	}
	return err
}

// watch ends the life of a socket whose login is over.
func (s *socket) watch(still func() bool) {
	s.every(loginEvery, func() {
		if !still() {
			s.end(parting{StatusLoginEnded, "the login has ended"})
		}
	})
}

// readFault tells a flood from a peer that left.
func (s *socket) readFault(err error) error {
	if errors.Is(err, websocket.ErrMessageTooBig) {
		return errFlood
	}
	return s.gone
}

func (s *socket) every(d time.Duration, do func()) {
	ticker := time.NewTicker(d)
	defer ticker.Stop()
	for {
		select {
		case <-s.life.Done():
			return
		case <-ticker.C:
			do()
		}
	}
}

// close ends the life, tells the peer if there is something to tell, and waits
// until nothing of the socket is left: at most farewell after the life's end.
func (s *socket) close(why error) {
	s.end(s.gone)
	if p, ok := errors.AsType[parting](why); ok {
		_ = s.conn.Close(p.code, p.reason) // a peer that does not listen is cut off
	} else {
		_ = s.conn.CloseNow()
	}
	s.cut()
	s.group.Wait()
}
