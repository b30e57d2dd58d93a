package rest

import (
	"context"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/routing"
)

// ListDIDs lists our own outside numbers.
func (s *server) ListDIDs(_ context.Context, r gen.ListDIDsRequestObject) (gen.ListDIDsResponseObject, error) {
	key := func(d routing.DID) string { return d.Number }
	items, next, err := page(s.Routing.Table().Data().DIDs, key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListDIDs200JSONResponse{Items: each(items, toDID), Next: next}, nil
}

// PutDID creates or replaces a number of ours.
func (s *server) PutDID(ctx context.Context, r gen.PutDIDRequestObject) (gen.PutDIDResponseObject, error) {
	to, err := number("to", r.Body.To)
	if err != nil {
		return nil, err
	}
	want := routing.DID{Number: r.Number, Trunk: r.Body.Trunk, To: to, Label: r.Body.Label}
	if err := s.doRouting(ctx, routing.PutDID(by(ctx), want)); err != nil {
		return nil, err
	}
	return gen.PutDID200JSONResponse(toDID(want)), nil
}

// DeleteDID removes a number of ours.
func (s *server) DeleteDID(ctx context.Context, r gen.DeleteDIDRequestObject) (gen.DeleteDIDResponseObject, error) {
	if err := s.doRouting(ctx, routing.DropDID(by(ctx), r.Number)); err != nil {
		return nil, err
	}
	return gen.DeleteDID204Response{}, nil
}

func toDID(d routing.DID) gen.DID {
	return gen.DID{Number: d.Number, Trunk: d.Trunk, To: d.To.String(), Label: d.Label}
}
