package rest

import (
	"context"
	"fmt"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/routing"
)

// doRouting carries out an operation on the routing table.
func (s *server) doRouting(ctx context.Context, op routing.Op) error {
	reason, err := s.Routing.Do(plain(ctx), op)
	if err == nil {
		s.Log.Info("routing changed", "reason", reason, "request", requestID(plain(ctx)))
	}
	return err
}

// ListTrunks lists trunks in the order in which emergency calls try them.
func (s *server) ListTrunks(_ context.Context, r gen.ListTrunksRequestObject) (gen.ListTrunksResponseObject, error) {
	key := func(k routing.Trunk) string { return fmt.Sprintf("%08d%s", k.Order, k.Name) }
	items, next, err := page(s.Routing.Table().Trunks(), key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListTrunks200JSONResponse{Items: each(items, s.toTrunk), Next: next}, nil
}

// PutTrunk creates or replaces a trunk.
func (s *server) PutTrunk(ctx context.Context, r gen.PutTrunkRequestObject) (gen.PutTrunkResponseObject, error) {
	if err := s.doRouting(ctx, routing.PutTrunk(by(ctx), fromTrunk(r.Name, *r.Body))); err != nil {
		return nil, err
	}
	k, ok := s.Routing.Table().Trunk(r.Name)
	if !ok {
		return nil, missing("trunk", r.Name)
	}
	return gen.PutTrunk200JSONResponse(s.toTrunk(k)), nil
}

// DeleteTrunk removes a trunk that nothing uses.
func (s *server) DeleteTrunk(ctx context.Context, r gen.DeleteTrunkRequestObject) (gen.DeleteTrunkResponseObject, error) {
	if err := s.doRouting(ctx, routing.DropTrunk(by(ctx), r.Name)); err != nil {
		return nil, err
	}
	return gen.DeleteTrunk204Response{}, nil
}

// toTrunk shows everything but the secret.
func (s *server) toTrunk(k routing.Trunk) gen.Trunk {
	return gen.Trunk{
		Name: k.Name, Endpoint: k.Endpoint, Carrier: k.Carrier, Address: k.Address, Register: k.Register,
		Username: k.Username, HasSecret: k.Secret != "", Hosts: list(k.Hosts), Limit: k.Limit,
		CallerId: gen.CallerID{Mode: gen.CallerIDMode(k.CallerID.Mode), Number: k.CallerID.Number},
		Enabled:  k.Enabled, Order: k.Order, Online: s.Calls.Online(k.Endpoint),
	}
}

func fromTrunk(name string, k gen.TrunkInput) routing.Trunk {
	trunk := routing.Trunk{
		Name: name, Carrier: k.Carrier, Address: k.Address, Register: k.Register, Username: k.Username,
		Secret: k.Secret, Hosts: k.Hosts, Limit: k.Limit,
		CallerID: routing.CallerIDRule{Mode: routing.CallerIDMode(k.CallerId.Mode), Number: k.CallerId.Number},
		Enabled:  k.Enabled, Order: k.Order,
	}
	if trunk.CallerID.Mode == "" {
		trunk.CallerID.Mode = routing.CallerIDMain
	}
	return trunk
}
