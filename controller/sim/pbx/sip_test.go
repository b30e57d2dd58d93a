package pbx

import (
	"fmt"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// peer is a SIP user agent over UDP, just large enough to make and take a call and to send
// what a well-behaved one never would. Requests it receives are answered by answer.
type peer struct {
	t      *testing.T
	socket net.PacketConn
	server net.Addr
	inbox  chan message // responses

	mu      sync.Mutex
	serial  int
	refuse  int             // when not 0, INVITEs beyond lines get this code
	lines   int             // calls it takes at once
	live    map[string]bool // Call-IDs of calls it has taken
	invites []message
}

// message is one SIP request or response.
type message string

func newPeer(t *testing.T, server string) *peer {
	t.Helper()
	socket, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address, err := net.ResolveUDPAddr("udp", server)
	if err != nil {
		t.Fatal(err)
	}
	p := &peer{t: t, socket: socket, server: address, inbox: make(chan message, 1000), lines: 1000, live: map[string]bool{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.read()
	}()
	t.Cleanup(func() {
		socket.Close()
		<-done
	})
	return p
}

func (p *peer) address() string { return p.socket.LocalAddr().String() }

// read hands responses to the inbox and answers requests until the socket is closed.
func (p *peer) read() {
	buffer := make([]byte, 65536)
	for {
		n, from, err := p.socket.ReadFrom(buffer)
		if err != nil {
			return
		}
		m := message(buffer[:n])
		switch {
		case m.code() != 0:
			p.inbox <- m
		case !strings.HasPrefix(string(m), "ACK "):
			_, _ = p.socket.WriteTo([]byte(p.answer(m)), from) // Asterisk repeats what is lost
		}
	}
}

// answer is the response to a request.
func (p *peer) answer(m message) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	code, body, id := 200, "", m.header("Call-ID")
	switch m[:strings.IndexByte(string(m), ' ')] {
	case "INVITE":
		if p.live[id] {
			break
		}
		p.invites = append(p.invites, m)
		if len(p.live) >= p.lines {
			code = p.refuse
			break
		}
		p.live[id], body = true, sdp
	case "BYE":
		delete(p.live, id)
	}
	to := m.header("To")
	if !strings.Contains(to, ";tag=") {
		to += ";tag=callee"
	}
	reply := fmt.Sprintf("SIP/2.0 %d Test\nVia: %s\nFrom: %s\nTo: %s\nCall-ID: %s\nCSeq: %s\nContact: <sip:%s>\nContent-Type: application/sdp\nContent-Length: %d\n\n",
		code, m.header("Via"), m.header("From"), to, id, m.header("CSeq"), p.address(), len(body))
	return strings.ReplaceAll(reply, "\n", "\r\n") + body
}

// taken returns how many calls the peer holds and how many it was ever offered.
func (p *peer) taken() (live, offered int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.live), len(p.invites)
}

// limit makes the peer a trunk with so many lines; more calls are refused with code.
func (p *peer) limit(lines, code int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lines, p.refuse = lines, code
}

const sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"

// call is one call that a peer places.
type call struct {
	p                           *peer
	id, user, dialled, uri, tag string
}

// invite calls sip:<dialled> at the server as user.
func (p *peer) invite(user, dialled string) *call {
	p.t.Helper()
	p.mu.Lock()
	p.serial++
	c := &call{p: p, id: fmt.Sprintf("%d-%s", p.serial, p.address()), user: user}
	p.mu.Unlock()
	c.dialled = "sip:" + dialled + "@" + p.server.String()
	c.uri = c.dialled
	c.send("INVITE", 1, sdp)
	return c
}

// send writes one request of the call's dialog.
func (c *call) send(method string, cseq int, body string) {
	c.p.t.Helper()
	head := fmt.Sprintf("%s %s SIP/2.0\nVia: SIP/2.0/UDP %s;branch=z9hG4bK-%s-%d;rport\nMax-Forwards: 70\nFrom: <sip:%s@127.0.0.1>;tag=caller\nTo: <%s>%s\nCall-ID: %s\nCSeq: %d %s\nContact: <sip:%s@%s>\nContent-Type: application/sdp\nContent-Length: %d\n\n",
		method, c.uri, c.p.address(), c.id, cseq, c.user, c.dialled, c.tag, c.id, cseq, method, c.user, c.p.address(), len(body))
	if _, err := c.p.socket.WriteTo([]byte(strings.ReplaceAll(head, "\n", "\r\n")+body), c.p.server); err != nil {
		c.p.t.Fatal(err)
	}
}

// final waits for the final response to the INVITE, acknowledges it and returns its code,
// 0 when there was none.
func (c *call) final(patience time.Duration) int {
	c.p.t.Helper()
	m := c.response("1 INVITE", patience)
	if m == "" {
		return 0
	}
	c.tag = regexp.MustCompile(`;tag=[^;\s]+`).FindString(m.header("To"))
	if contact := strings.Trim(m.header("Contact"), "<>"); m.code() < 300 && contact != "" {
		c.uri = contact
	}
	c.send("ACK", 1, "")
	return m.code()
}

// hangup ends an answered call.
func (c *call) hangup() {
	c.p.t.Helper()
	c.send("BYE", 2, "")
	c.response("2 BYE", 2*time.Second)
}

// response waits for a final response of this call.
func (c *call) response(cseq string, patience time.Duration) message {
	c.p.t.Helper()
	late := time.After(patience)
	for {
		select {
		case m := <-c.p.inbox:
			if m.code() >= 200 && m.header("Call-ID") == c.id && m.header("CSeq") == cseq {
				return m
			}
		case <-late:
			c.p.t.Errorf("no final response to %s of %s within %s", cseq, c.dialled, patience)
			return ""
		}
	}
}

// code is the status of a response, 0 for a request.
func (m message) code() int {
	if !strings.HasPrefix(string(m), "SIP/2.0 ") || len(m) < 11 {
		return 0
	}
	code, _ := strconv.Atoi(string(m[8:11]))
	return code
}

// header returns the first header line of that name, without the name.
func (m message) header(name string) string {
	for _, line := range strings.Split(string(m), "\r\n") {
		if value, found := strings.CutPrefix(line, name+": "); found {
			return value
		}
	}
	return ""
}
