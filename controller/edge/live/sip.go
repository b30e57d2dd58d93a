package live

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"github.com/coder/websocket"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

const (
	sipProtocol = "sip"    // the WebSocket subprotocol of RFC 7118 §4
	maxSIP      = 64 << 10 // bytes of one message
)

// SIPOptions are what the door for SIP needs. Admission, URL and Log are required.
type SIPOptions struct {
	Admission
	URL        string            // Asterisk's own WebSocket, as ws://127.0.0.1:8088/ws
	Log        *slog.Logger      // never gets a message: they hold digests and numbers
	Permission access.Permission // needed to use the door; empty: any login may
	Registered func()            // called when Asterisk has taken or dropped a registration; nil: nobody wants to know

	MaxPhones   int // in all; default 200
	MaxPerLogin int // default 4
}

// SIPDoor passes the SIP of browser phones to Asterisk. It is the http.Handler of
// GET /sip.
type SIPDoor struct {
	options SIPOptions
	lobby   *lobby
	http    *http.Client
}

// NewSIPDoor returns the door. It must be closed.
func NewSIPDoor(o SIPOptions) *SIPDoor {
	return &SIPDoor{
		options: o,
		lobby:   newLobby(o.Admission, cmp.Or(o.MaxPhones, 200), cmp.Or(o.MaxPerLogin, 4), o.Log),
		http:    &http.Client{Transport: &http.Transport{}}, // no proxy: Asterisk is ours
	}
}

// ServeHTTP serves one phone until either side leaves or the login ends.
func (d *SIPDoor) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	who, leave, in := d.lobby.enter(w, r, d.options.Permission)
	if !in {
		return
	}
	life, end := context.WithCancelCause(d.lobby.life)
	why := d.serve(life, end, w, r, who)
	end(why)
	leave(why)
	d.options.Log.Info("browser phone gone", "who", who.ID, "why", why)
}

// serve returns why the phone is gone.
func (d *SIPDoor) serve(life context.Context, end context.CancelCauseFunc, w http.ResponseWriter, r *http.Request, who access.Principal) error {
	if !offersSIP(r) {
		err := fault.Field("Sec-WebSocket-Protocol", "must offer %q", sipProtocol)
		d.lobby.refuse(w, err)
		return err
	}
	far, err := d.dial(life) // before the upgrade, so that the phone is told when there is no switch
	if err != nil {
		d.lobby.refuse(w, err)
		return err
	}
	near, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols: []string{sipProtocol}, InsecureSkipVerify: true, // the lobby checked the origin
	})
	if err != nil { // the library has answered
		_ = far.CloseNow()
		return err
	}
	phone, asterisk := newSocket(life, end, near), newSocket(life, end, far)
	asterisk.gone = parting{statusNoSwitch, "the switch is gone"}
	asterisk.stalled = asterisk.gone
	d.options.Log.Info("browser phone connected", "who", who.ID)
	d.pipe(phone, asterisk)
	phone.group.Go(func() { phone.watch(func() bool { return d.options.Still(who) }) })
	<-life.Done()
	phone.close(context.Cause(life))
	asterisk.close(parting{websocket.StatusNormalClosure, ""})
	return context.Cause(life)
}

// pipe passes messages both ways as they are, and keeps both sides awake.
func (d *SIPDoor) pipe(phone, asterisk *socket) {
	pass := func(to *socket, kind websocket.MessageType, message []byte) error {
		err := to.write(kind, message)
		if err == nil {
			d.lobby.meter.wrote(len(message))
		}
		return err
	}
	phone.group.Go(func() {
		phone.read(maxSIP, func(kind websocket.MessageType, message []byte) error {
			if !looksLikeSIP(message) {
				return rude("this is not a SIP message")
			}
			return pass(asterisk, kind, message)
		})
	})
	asterisk.group.Go(func() {
		asterisk.read(maxSIP, func(kind websocket.MessageType, message []byte) error {
			err := pass(phone, kind, message)
			if err == nil && d.options.Registered != nil && acceptsRegister(message) {
				d.options.Registered()
			}
			return err
		})
	})
	phone.group.Go(phone.ping)
	asterisk.group.Go(asterisk.ping)
}

// dial opens Asterisk's side.
func (d *SIPDoor) dial(life context.Context) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(life, answerTime)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, d.options.URL, &websocket.DialOptions{
		HTTPClient: d.http, Subprotocols: []string{sipProtocol},
	})
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "the switch takes no browser phones now")
	}
	if conn.Subprotocol() != sipProtocol {
		_ = conn.CloseNow()
		return nil, fault.New(fault.Unavailable, "the switch does not speak SIP at this address")
	}
	return conn, nil
}

func offersSIP(r *http.Request) bool {
	offered := strings.Split(strings.Join(r.Header.Values("Sec-WebSocket-Protocol"), ","), ",")
	return slices.ContainsFunc(offered, func(p string) bool { return strings.EqualFold(strings.TrimSpace(p), sipProtocol) })
}

// Stats returns the door's figures; frames and bytes count both directions.
func (d *SIPDoor) Stats() Stats { return d.lobby.stats() }

// Close ends all phones' connections and waits until they are gone, about a second.
func (d *SIPDoor) Close() error {
	d.lobby.close()
	d.http.CloseIdleConnections()
	return nil
}
