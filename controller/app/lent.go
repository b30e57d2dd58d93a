package app

import (
	"context"
	"time"

	"bellhop/controller/edge/rest"
	"bellhop/controller/edge/store"
)

// replies lends the database's memory of answered requests to the API.
type replies struct{ store *store.Store }

func (r replies) Remember(ctx context.Context, key, scope, fingerprint string, now time.Time) (*rest.Reply, error) {
	saved, err := r.store.Remember(ctx, key, scope, fingerprint, now)
	return (*rest.Reply)(saved), err
}

func (r replies) SaveReply(ctx context.Context, key, scope string, reply rest.Reply) error {
	return r.store.SaveReply(ctx, key, scope, store.Reply(reply))
}

func (r replies) Forget(ctx context.Context, key, scope string) error {
	return r.store.Forget(ctx, key, scope)
}

// deskKeys lends the database's one-touch keys to the API.
type deskKeys struct{ store *store.Store }

func (k deskKeys) DeskKeys(ctx context.Context, account string) ([]rest.DeskKey, error) {
	keys, err := k.store.DeskKeys(ctx, account)
	all := make([]rest.DeskKey, len(keys))
	for i, key := range keys {
		all[i] = rest.DeskKey(key)
	}
	return all, err
}

func (k deskKeys) PutDeskKeys(ctx context.Context, account string, keys []rest.DeskKey) error {
	all := make([]store.DeskKey, len(keys))
	for i, key := range keys {
		all[i] = store.DeskKey(key)
	}
	return k.store.PutDeskKeys(ctx, account, all)
}
