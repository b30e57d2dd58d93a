package faults_test

import (
	"net"
	"sync"
	"testing"
)

// proxy is a TCP link that can stop forwarding without closing: what a dead
// firewall or a pulled cable looks like.
type proxy struct {
	to       string
	listener net.Listener
	group    sync.WaitGroup

	mu     sync.Mutex
	thawed chan struct{} // closed: traffic flows
	conns  []net.Conn
}

func newProxy(t testing.TB, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	try(t, "proxy", err)
	p := &proxy{to: to, listener: l, thawed: make(chan struct{})}
	close(p.thawed)
	p.group.Go(p.accept)
	t.Cleanup(p.close)
	return p
}

func (p *proxy) accept() {
	for {
		in, err := p.listener.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", p.to)
		if err != nil {
			in.Close()
			continue
		}
		p.mu.Lock()
		p.conns = append(p.conns, in, out)
		p.mu.Unlock()
		p.group.Go(func() { p.copy(in, out) })
		p.group.Go(func() { p.copy(out, in) })
	}
}

// copy forwards what it reads as soon as traffic flows.
func (p *proxy) copy(to, from net.Conn) {
	defer to.Close()
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		<-p.flowing()
		if _, failed := to.Write(buffer[:n]); failed != nil || err != nil {
			return
		}
	}
}

func (p *proxy) flowing() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.thawed
}

func (p *proxy) freeze() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.thawed = make(chan struct{})
}

func (p *proxy) thaw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.thawed:
	default:
		close(p.thawed)
	}
}

func (p *proxy) close() {
	p.thaw()
	p.listener.Close()
	p.mu.Lock()
	for _, c := range p.conns {
		c.Close()
	}
	p.mu.Unlock()
	p.group.Wait()
}
