package phones

import (
	"context"
	"fmt"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

// contact is where others reach us.
func (a *agent) contact() sip.Uri {
	return sipURI(a.user, a.addr.Addr().String(), int(a.addr.Port()), a.network)
}

// transact sends a request and returns its transaction. A request that has a
// Via already, a CANCEL, keeps it.
func (a *agent) transact(ctx context.Context, req *sip.Request) (sip.ClientTransaction, error) {
	if !a.enter() {
		return nil, errClosed
	}
	defer a.group.Done()
	a.address(req)
	tx, err := a.client.TransactionRequest(ctx, req, addVia)
	if err != nil {
		return nil, fmt.Errorf("%s not sent: %w", req.Method, err)
	}
	return tx, nil
}

// write sends a request that has no transaction of its own: an ACK.
func (a *agent) write(req *sip.Request) error {
	if !a.enter() {
		return errClosed
	}
	defer a.group.Done()
	a.address(req)
	return a.client.WriteRequest(req, addVia)
}

func addVia(client *sipgo.Client, req *sip.Request) error {
	if req.Via() != nil {
		return nil
	}
	return sipgo.ClientRequestAddVia(client, req)
}

// address makes req leave from our own socket.
func (a *agent) address(req *sip.Request) {
	if req.Body() == nil {
		req.SetBody(nil) // adds Content-Length
	}
	if a.network == "tcp" {
		req.SetTransport("TCP")
		return
	}
	req.SetTransport("UDP")
	req.Laddr = sip.Addr{IP: a.addr.Addr().AsSlice(), Port: int(a.addr.Port())}
}

// do sends a request that is not an INVITE, answers a digest challenge, and
// returns the final response. build is called once for each attempt.
func (a *agent) do(ctx context.Context, build func() *sip.Request) (*sip.Response, error) {
	res, err := a.exchange(ctx, build())
	for tries := 0; err == nil && tries < 2 && a.account.challenged(res, tries > 0); tries++ {
		req := build()
		if err := a.account.prove(req, res); err != nil {
			return nil, err
		}
		res, err = a.exchange(ctx, req)
	}
	return res, err
}

func (a *agent) exchange(ctx context.Context, req *sip.Request) (*sip.Response, error) {
	tx, err := a.transact(ctx, req)
	if err != nil {
		return nil, err
	}
	defer tx.Terminate()
	for {
		select {
		case res := <-tx.Responses():
			if !res.IsProvisional() {
				return res, nil
			}
		case <-tx.Done():
			return nil, fmt.Errorf("%s not answered: %w", req.Method, tx.Err())
		case <-ctx.Done():
			return nil, fmt.Errorf("%s not answered: %w", req.Method, context.Cause(ctx))
		case <-a.life.Done():
			return nil, fmt.Errorf("%s not answered: %w", req.Method, errClosed)
		}
	}
}
