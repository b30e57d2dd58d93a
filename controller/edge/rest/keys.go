package rest

import (
	"context"
	"fmt"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// GetDeskKeys lists the account's one-touch keys, in the order they were given.
func (s *server) GetDeskKeys(ctx context.Context, _ gen.GetDeskKeysRequestObject) (gen.GetDeskKeysResponseObject, error) {
	keys, err := s.DeskKeys.DeskKeys(plain(ctx), actor(ctx).ID)
	if err != nil {
		return nil, err
	}
	return gen.GetDeskKeys200JSONResponse{Keys: each(keys, toDeskKey)}, nil
}

// PutDeskKeys replaces all one-touch keys of the account (R93).
func (s *server) PutDeskKeys(ctx context.Context, r gen.PutDeskKeysRequestObject) (gen.PutDeskKeysResponseObject, error) {
	keys, err := fromDeskKeys(r.Body.Keys)
	if err != nil {
		return nil, err
	}
	if err := s.DeskKeys.PutDeskKeys(plain(ctx), actor(ctx).ID, keys); err != nil {
		return nil, err
	}
	return gen.PutDeskKeys200JSONResponse{Keys: each(keys, toDeskKey)}, nil
}

// fromDeskKeys checks what the contract cannot: numbers, and no key twice.
func fromDeskKeys(in []gen.DeskKey) ([]DeskKey, error) {
	keys, taken := make([]DeskKey, 0, len(in)), map[string]bool{}
	for i, k := range in {
		n, err := number(fmt.Sprintf("keys.%d.number", i), k.Number)
		if err != nil {
			return nil, err
		}
		if taken[k.Key] {
			return nil, fault.Field(fmt.Sprintf("keys.%d.key", i), "%q is given twice", k.Key)
		}
		taken[k.Key] = true
		keys = append(keys, DeskKey{Key: k.Key, Label: k.Label, Number: n.String(), Action: string(k.Action)})
	}
	return keys, nil
}

func toDeskKey(k DeskKey) gen.DeskKey {
	return gen.DeskKey{Key: k.Key, Label: k.Label, Number: k.Number, Action: gen.DeskKeyAction(k.Action)}
}
