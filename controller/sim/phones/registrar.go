package phones

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/emiago/sipgo/sip"
	"github.com/icholy/digest"
)

// registrarExpires is how long the carrier keeps a contact that does not say.
const registrarExpires = time.Hour

// realm is the carrier's digest realm.
const realm = "carrier"

// registrar is the carrier's memory of who registered: one account, one
// contact, as a trunk has.
type registrar struct {
	account    account
	algorithms []string
	nonce      string

	mu      sync.Mutex
	contact *sip.Uri
	changed chan struct{}
	expiry  *time.Timer
	count   int
}

// challenge asks for proof, once with each algorithm.
func (r *registrar) challenge() []sip.Header {
	headers := make([]sip.Header, 0, len(r.algorithms))
	for _, algorithm := range r.algorithms {
		chal := digest.Challenge{Realm: realm, Nonce: r.nonce, Algorithm: algorithm, QOP: []string{"auth"}}
		headers = append(headers, sip.NewHeader("WWW-Authenticate", chal.String()))
	}
	return headers
}

// trusted says whether a request comes from our account; without a secret
// everybody is.
func (r *registrar) trusted(req *sip.Request) bool {
	return r.account.secret == "" || r.account.verify(req, realm, r.nonce)
}

// bind stores the contact of a REGISTER and returns what to answer.
func (r *registrar) bind(req *sip.Request) (headers []sip.Header, status int) {
	contact := req.Contact()
	if contact == nil {
		return nil, 400
	}
	expires := registrarExpires
	if values := headerValues(req, "Expires"); len(values) > 0 {
		expires = seconds(values)
	}
	if value, ok := contact.Params.Get("expires"); ok {
		expires = seconds([]string{value})
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.count++
	if r.expiry != nil {
		r.expiry.Stop()
	}
	if expires == 0 || contact.Address.Wildcard {
		r.store(nil)
		return nil, 200
	}
	r.store(contact.Address.Clone())
	r.expiry = time.AfterFunc(expires, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.store(nil)
	})
	bound := &sip.ContactHeader{Address: *contact.Address.Clone()}
	bound.Params.Add("expires", strconv.Itoa(int(expires.Seconds())))
	return []sip.Header{bound}, 200
}

// store is called with the lock held.
func (r *registrar) store(contact *sip.Uri) {
	r.contact = contact
	close(r.changed)
	r.changed = make(chan struct{})
}

func (r *registrar) bound() (*sip.Uri, <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.contact, r.changed
}

func (r *registrar) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.expiry != nil {
		r.expiry.Stop()
	}
}

// onRegister answers a REGISTER.
func (k *Carrier) onRegister(req *sip.Request, tx sip.ServerTransaction) {
	switch {
	case k.fault() == Refusing:
		k.agent.respond(req, tx, 503)
	case !k.registrar.trusted(req):
		k.agent.respond(req, tx, 401, k.registrar.challenge()...)
	default:
		headers, status := k.registrar.bind(req)
		k.agent.respond(req, tx, status, headers...)
	}
}

// WaitRegistered returns when a trunk is registered.
func (k *Carrier) WaitRegistered(ctx context.Context) error {
	for {
		contact, changed := k.registrar.bound()
		if contact != nil {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("%s: nobody registered: %w", k.config.Name, context.Cause(ctx))
		}
	}
}

// Registrations counts the accepted REGISTER requests.
func (k *Carrier) Registrations() int {
	k.registrar.mu.Lock()
	defer k.registrar.mu.Unlock()
	return k.registrar.count
}
