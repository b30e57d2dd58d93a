// Package latest keeps one value as it is now: calls read it without waiting,
// operations change it one after the other, and nothing is shown before it is
// stored.
package latest

import (
	"context"
	"sync/atomic"

	"bellhop/controller/kit/fault"
)

// Value is a value of type T, which must not be altered once it is shown.
type Value[T any] struct {
	load func(ctx context.Context) (T, error)
	view atomic.Pointer[view[T]]
	turn chan bool // holds one token; its value says whether the view may be stale
}

// view is a value and the news that it has been replaced.
type view[T any] struct {
	value    T
	replaced chan struct{}
}

// Open loads the value for the first time.
func Open[T any](ctx context.Context, load func(context.Context) (T, error)) (*Value[T], error) {
	first, err := load(ctx)
	if err != nil {
		return nil, err
	}
	v := &Value[T]{load: load, turn: make(chan bool, 1)}
	v.view.Store(&view[T]{first, make(chan struct{})})
	v.turn <- false
	return v, nil
}

// Get returns the value as it is now.
func (v *Value[T]) Get() T { return v.view.Load().value }

// Watch returns the value as it is now and a channel that closes when there is
// a newer one. Whoever watches in a loop misses no state, only those in between.
func (v *Value[T]) Watch() (T, <-chan struct{}) {
	w := v.view.Load()
	return w.value, w.replaced
}

// Change decides, stores and shows, in this order. Decide returns the next value
// and how to store it; no store means that nothing is to change. When Change
// fails nothing has changed; only after a failed store nobody knows, so the next
// change looks there first.
func (v *Value[T]) Change(ctx context.Context, decide func(old T) (next T, store func(context.Context) error, err error)) error {
	return v.inTurn(ctx, func(stale *bool) error {
		if *stale {
			if err := v.reload(ctx); err != nil {
				return err
			}
			*stale = false
		}
		next, store, err := decide(v.Get())
		if err != nil || store == nil {
			return err
		}
		if err := store(ctx); err != nil {
			*stale = true
			return fault.Wrap(err, fault.Unavailable, "the change could not be stored")
		}
		v.show(next)
		return nil
	})
}

// Refresh loads the value anew, after somebody else wrote to the store.
func (v *Value[T]) Refresh(ctx context.Context) error {
	return v.inTurn(ctx, func(stale *bool) error {
		err := v.reload(ctx)
		*stale = err != nil
		return err
	})
}

// inTurn runs one change at a time.
func (v *Value[T]) inTurn(ctx context.Context, run func(stale *bool) error) error {
	if err := ctx.Err(); err != nil {
		return fault.Wrap(err, fault.Unavailable, "the change came too late")
	}
	select {
	case stale := <-v.turn:
		defer func() { v.turn <- stale }()
		return run(&stale)
	case <-ctx.Done():
		return fault.Wrap(context.Cause(ctx), fault.Unavailable, "another change is under way")
	}
}

func (v *Value[T]) reload(ctx context.Context) error {
	next, err := v.load(ctx)
	if err == nil {
		v.show(next)
	}
	return err
}

func (v *Value[T]) show(next T) {
	old := v.view.Swap(&view[T]{next, make(chan struct{})})
	close(old.replaced)
}
