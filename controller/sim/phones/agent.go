package phones

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

// linger is how long an ended call still answers: a NOTIFY or a repeated BYE
// may come after the end.
const linger = 2 * time.Second

// farewell bounds how long Close waits for the far ends of hung-up calls.
const farewell = time.Second

// settle is how long a closing agent goes on reading (and dropping) messages.
const settle = 20 * time.Millisecond

// errClosed is what everything returns once the phone is closed.
var errClosed = errors.New("phone is closed")

// agentConfig is what phones and carriers have in common.
type agentConfig struct {
	listen  string // host:port, port 0 for any
	network string // "udp" or "tcp"
	account account
	user    string // of our Contact
	name    string // in logs
	codecs  []Codec
	sparse  bool
	log     *slog.Logger
}

// agent is one SIP endpoint: a socket, sipgo's transactions on top of it, and
// the dialogs of our calls.
type agent struct {
	agentConfig
	addr   netip.AddrPort
	ua     *sipgo.UserAgent
	client *sipgo.Client
	server *sipgo.Server
	socket io.Closer
	serve  func() error // reads from socket until it is closed
	// admit says whether an INVITE may become a call; if not, it has answered
	// it. Nil admits all.
	admit func(*sip.Request, sip.ServerTransaction) bool
	// offered takes each new incoming call; it must not block.
	offered func(*Call)
	// deaf drops whatever arrives, as a dead machine does.
	deaf atomic.Bool

	life     context.Context // ends when the agent does
	stop     context.CancelFunc
	unfollow func() bool // stops watching the context we were made with

	once   sync.Once
	served chan struct{} // closed when the socket is no longer read

	mu     sync.Mutex
	closed bool
	calls  map[dialogID]*Call
	group  sync.WaitGroup
}

func newAgent(ctx context.Context, cfg agentConfig, offered func(*Call)) (*agent, error) {
	if cfg.log == nil {
		cfg.log = slog.New(slog.DiscardHandler)
	}
	cfg.log = cfg.log.With("phone", cfg.name)
	if len(cfg.codecs) == 0 {
		cfg.codecs = []Codec{ALaw, ULaw}
	}
	a := &agent{agentConfig: cfg, offered: offered, calls: make(map[dialogID]*Call), served: make(chan struct{})}
	a.life, a.stop = context.WithCancel(context.WithoutCancel(ctx))
	if err := a.open(); err != nil {
		a.stop()
		return nil, fmt.Errorf("phone %s: %w", cfg.name, err)
	}
	return a, nil
}

// run starts to listen; the agent ends when ctx does.
func (a *agent) run(ctx context.Context) {
	go func() {
		defer close(a.served)
		if err := a.serve(); err != nil && !errors.Is(err, net.ErrClosed) {
			a.log.Error("sip socket failed", "err", err)
		}
	}()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.unfollow = context.AfterFunc(ctx, a.vanish)
}

// open binds the socket and sets sipgo up on it.
func (a *agent) open() error {
	quiet := slog.New(quieter{a.log.Handler()})
	var err error
	a.ua, err = sipgo.NewUA(
		sipgo.WithUserAgent("bellhop-sim"),
		sipgo.WithUserAgentTransportLayerOptions(
			sip.WithTransportLayerLogger(quiet),
			sip.WithTransportLayerReadFilter(a.filter),
		),
		sipgo.WithUserAgentTransactionLayerOptions(
			sip.WithTransactionLayerLogger(quiet),
			sip.WithTransactionLayerUnhandledResponseHandler(func(*sip.Response) {}), // a late retransmission
		),
	)
	if err != nil {
		return err
	}
	if a.server, err = sipgo.NewServer(a.ua, sipgo.WithServerLogger(quiet)); err != nil {
		return err
	}
	a.route()
	if err := a.bind(); err != nil {
		return err
	}
	a.client, err = sipgo.NewClient(a.ua, sipgo.WithClientLogger(quiet), sipgo.WithClientNAT(), sipgo.WithClientAddr(a.addr.String()))
	if err != nil {
		a.socket.Close()
	}
	return err
}

// bind opens the socket.
func (a *agent) bind() error {
	if a.network == "tcp" {
		listener, err := net.Listen("tcp", a.listen)
		if err != nil {
			return err
		}
		a.addr = listener.Addr().(*net.TCPAddr).AddrPort()
		a.socket = listener
		a.serve = func() error { return a.server.ServeTCP(listener) }
		return nil
	}
	conn, err := net.ListenPacket("udp", a.listen)
	if err != nil {
		return err
	}
	a.addr = conn.LocalAddr().(*net.UDPAddr).AddrPort()
	a.socket = conn
	// Known to the pool at once, so that a request sent before the reader has
	// started leaves from this socket and not from a second one.
	a.ua.TransportLayer().Pool("udp").Add(a.addr.String(), &sip.UDPConnection{
		PacketConn: conn, PacketAddr: a.addr.String(), Listener: true,
	})
	a.serve = func() error { return a.server.ServeUDP(conn) }
	return nil
}

// filter lets a deaf agent hear nothing.
func (a *agent) filter(_ sip.TransportReadProps, data []byte) ([]byte, error) {
	if a.deaf.Load() {
		return nil, nil
	}
	return data, nil
}

// route names the handler of each method.
func (a *agent) route() {
	a.server.OnInvite(a.tracked(a.onInvite))
	a.server.OnAck(a.tracked(a.inside((*Call).onAck)))
	a.server.OnBye(a.tracked(a.inside((*Call).onBye)))
	a.server.OnUpdate(a.tracked(a.inside((*Call).onUpdate)))
	a.server.OnInfo(a.tracked(a.inside((*Call).onInfo)))
	a.server.OnNotify(a.tracked(a.onNotify))
	a.server.OnOptions(a.tracked(func(req *sip.Request, tx sip.ServerTransaction) { a.respond(req, tx, 200) }))
	a.server.OnCancel(a.tracked(func(req *sip.Request, tx sip.ServerTransaction) { a.respond(req, tx, 481) }))
	a.server.OnNoRoute(a.tracked(func(req *sip.Request, tx sip.ServerTransaction) { a.respond(req, tx, 405) }))
}

// tracked makes Close wait for the handler.
func (a *agent) tracked(handle sipgo.RequestHandler) sipgo.RequestHandler {
	return func(req *sip.Request, tx sip.ServerTransaction) {
		if !a.enter() {
			return
		}
		defer a.group.Done()
		handle(req, tx)
	}
}

// enter counts one more goroutine, unless we are closed.
func (a *agent) enter() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return false
	}
	a.group.Add(1)
	return true
}

// start runs f in a goroutine that Close waits for. It returns false when we
// are closed.
func (a *agent) start(f func()) bool {
	if !a.enter() {
		return false
	}
	go func() {
		defer a.group.Done()
		f()
	}()
	return true
}

// respond sends a plain response.
func (a *agent) respond(req *sip.Request, tx sip.ServerTransaction, status int, headers ...sip.Header) {
	res := sip.NewResponseFromRequest(req, status, phrase(status), nil)
	for _, h := range headers {
		res.AppendHeader(h)
	}
	if err := tx.Respond(res); err != nil {
		a.log.Warn("response not sent", "method", req.Method, "status", status, "err", err)
	}
}

// add makes the call known and starts its audio; once we are closed it ends
// the call instead and returns false.
func (a *agent) add(c *Call) bool {
	a.mu.Lock()
	open := !a.closed
	if open {
		a.calls[c.dialog.id] = c
	}
	a.mu.Unlock()
	if !open {
		c.end(Ending{Status: 487, Phrase: errClosed.Error()})
		return false
	}
	c.media.run(a.start)
	return true
}

func (a *agent) remove(c *Call) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.calls, c.dialog.id)
}

func (a *agent) find(id dialogID) *Call {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.calls[id]
}

func (a *agent) live() []*Call {
	a.mu.Lock()
	defer a.mu.Unlock()
	calls := make([]*Call, 0, len(a.calls))
	for _, c := range a.calls {
		if !c.Over() {
			calls = append(calls, c)
		}
	}
	return calls
}

// close hangs up every call and vanishes.
func (a *agent) close() {
	ctx, cancel := context.WithTimeout(a.life, farewell)
	defer cancel()
	var hangups sync.WaitGroup
	for _, c := range a.live() {
		hangups.Go(func() {
			if err := c.Hangup(ctx); err != nil {
				a.log.Info("hang-up not confirmed", "call", c, "err", err)
			}
		})
	}
	hangups.Wait()
	a.vanish()
}

// vanish ends everything at once, without a word to anybody, and returns when
// nothing of it is left.
func (a *agent) vanish() { a.once.Do(a.shutdown) }

func (a *agent) shutdown() {
	a.mu.Lock()
	unfollow := a.unfollow
	a.closed = true
	a.mu.Unlock()
	unfollow()
	a.deaf.Store(true)
	for _, c := range a.live() {
		c.end(Ending{Status: 487, Phrase: errClosed.Error()})
	}
	a.stop()
	a.ua.TransactionLayer().Close()
	a.group.Wait()
	// sipgo opens a socket of its own, which nobody would close, for a message
	// that it still has in hand when ours is gone.
	timer := time.NewTimer(settle)
	defer timer.Stop()
	<-timer.C
	a.socket.Close()
	a.ua.Close()
	<-a.served
}

// quieter passes on only what sipgo has to say from warnings upwards.
type quieter struct{ slog.Handler }

// Enabled implements slog.Handler.
func (q quieter) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// WithAttrs implements slog.Handler.
func (q quieter) WithAttrs(attrs []slog.Attr) slog.Handler {
	return quieter{q.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (q quieter) WithGroup(name string) slog.Handler { return quieter{q.Handler.WithGroup(name)} }
