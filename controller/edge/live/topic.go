package live

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"sync"

	"bellhop/controller/access"
)

// TopicOptions say who may see what of a topic.
type TopicOptions struct {
	// Permission is needed to subscribe; empty: the feed's own is enough.
	Permission access.Permission

	// Covers reports whether an object is within a principal's reach; nil: every one
	// is. It must be quick, must not call the feed, and must depend on nothing but its
	// arguments: that a client may no longer see an object is worked out from what
	// the object was.
	Covers func(who access.Principal, key string, value any) bool
}

// Topic is a keyed collection of objects that clients follow. Its methods may be
// called from several goroutines; the order of changes is the caller's matter.
type Topic struct {
	name    string
	options TopicOptions
	log     *slog.Logger
	changed func() // tells the feed

	mu      sync.RWMutex
	objects map[string]*object
	last    uint64   // number of the last change; 1: there was none yet, 0 is "told nothing"
	ring    []change // change n is at n % len: the last ones are remembered
}

// object is one object at one time; it is never altered.
type object struct {
	key   string
	value any
	pair  []byte // "key":value as JSON, encoded once for all clients
}

// change is what happened to one key.
type change struct {
	key    string
	before *object // nil: there was none
}

// Set tells an object as it is now. The value is shown as JSON and must not be
// altered afterwards. An object that looks as before is no change. A value that
// JSON cannot express is a bug: it is logged, and the object is dropped rather
// than shown as it no longer is.
func (t *Topic) Set(key string, value any) {
	o := t.encode(key, value)
	t.change(func() { t.put(key, o) })
}

// Drop tells that an object is no more.
func (t *Topic) Drop(key string) {
	t.change(func() { t.put(key, nil) })
}

// Replace tells all objects as they are now; those not named are no more.
func (t *Topic) Replace(all map[string]any) {
	next := make([]*object, 0, len(all))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if o := t.encode(key, all[key]); o != nil {
			next = append(next, o)
		}
	}
	t.change(func() {
		left := maps.Clone(t.objects)
		for _, o := range next {
			t.put(o.key, o)
			delete(left, o.key)
		}
		for _, key := range slices.Sorted(maps.Keys(left)) {
			t.put(key, nil)
		}
	})
}

// encode returns nil for what cannot be shown.
func (t *Topic) encode(key string, value any) *object {
	name, err := json.Marshal(key)
	text, e := json.Marshal(value)
	if err != nil || e != nil {
		t.log.Error("an object of the live feed cannot be shown", "topic", t.name, "key", key, "err", e)
		return nil
	}
	return &object{key: key, value: value, pair: slices.Concat(name, []byte(":"), text)}
}

// change runs changes in turn and tells the feed if there were any.
func (t *Topic) change(do func()) {
	t.mu.Lock()
	before := t.last
	do()
	news := t.last != before
	t.mu.Unlock()
	if news {
		t.changed()
	}
}

// put makes o the object of key, nil for none; mu is held.
func (t *Topic) put(key string, o *object) {
	old := t.objects[key]
	switch {
	case o == nil && old == nil:
		return
	case o == nil:
		delete(t.objects, key)
	case old != nil && bytes.Equal(old.pair, o.pair):
		return
	default:
		t.objects[key] = o
	}
	t.last++
	t.ring[t.last%uint64(len(t.ring))] = change{key, old}
}

// covers reports whether there is an object and it is within reach.
func (t *Topic) covers(who access.Principal, o *object) bool {
	return o != nil && (t.options.Covers == nil || t.options.Covers(who, o.key, o.value))
}
