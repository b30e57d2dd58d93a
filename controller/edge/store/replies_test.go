package store

import (
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bellhop/controller/kit/fault"
)

func TestReplyIsGivenAgain(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		remember := func(key, scope, print string, at time.Time) (*Reply, fault.Code) {
			t.Helper()
			r, err := s.Remember(ctx, key, scope, print, at)
			return r, fault.CodeOf(err)
		}
		want := func(step string, r *Reply, code fault.Code, wantReply *Reply, wantCode fault.Code) {
			t.Helper()
			if !reflect.DeepEqual(r, wantReply) || code != wantCode {
				t.Errorf("%s: got %+v, %q; want %+v, %q", step, r, code, wantReply, wantCode)
			}
		}
		reply := Reply{Status: 201, Header: map[string]string{"Location": "/api/v1/stays/1", "Content-Type": "application/json"}, Body: []byte("{\"名\":\x00\xff}")}

		r, code := remember("k", "desk", "POST a", day)
		want("first", r, code, nil, "")
		r, code = remember("k", "desk", "POST a", day)
		want("while it is carried out", r, code, nil, fault.Conflict)
		r, code = remember("k", "other", "POST b", day)
		want("another user's key", r, code, nil, "")
		ok(t, s.SaveReply(ctx, "k", "desk", reply))
		r, code = remember("k", "desk", "POST a", day.Add(ReplyLife-time.Second))
		want("again", r, code, &reply, "")
		r, code = remember("k", "desk", "POST b", day.Add(time.Hour))
		want("same key, other request", r, code, nil, fault.Conflict)
		ok(t, s.Forget(ctx, "k", "desk"))
		r, code = remember("k", "desk", "POST a", day.Add(time.Hour))
		want("an answered key is not forgotten", r, code, &reply, "")
		r, code = remember("k", "desk", "POST b", day.Add(ReplyLife))
		want("after its life", r, code, nil, "")
		ok(t, s.Forget(ctx, "k", "desk"))
		r, code = remember("k", "desk", "POST c", day.Add(ReplyLife))
		want("after it failed", r, code, nil, "")
		r, code = remember("k\x00", "desk", "POST c", day)
		want("NUL in the key", r, code, nil, fault.Invalid)
	})
}

func TestReplyToNoRequest(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		if err := s.SaveReply(soon(t), "never", "seen", Reply{Status: 200}); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v, want not found", err)
		}
	})
}

func TestOldRepliesArePurged(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		for i, key := range []string{"old", "edge", "young"} {
			_, err := s.Remember(ctx, key, "", "f", day.Add(time.Duration(i)*time.Second))
			ok(t, err)
		}
		n, err := s.PurgeReplies(ctx, day.Add(ReplyLife+time.Second))
		ok(t, err)
		if n != 2 {
			t.Errorf("purged %d, want old and edge", n)
		}
		if err := s.SaveReply(ctx, "young", "", Reply{Status: 204}); err != nil {
			t.Error("young:", err)
		}
	})
}

// Of many requests with one key that come at once, one is carried out.
func TestOneOfManyClaimsTheKey(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		var claimed, refused atomic.Int32
		var all sync.WaitGroup
		for range 16 {
			all.Go(func() {
				r, err := s.Remember(ctx, "k", "desk", "f", day)
				switch {
				case err == nil && r == nil:
					claimed.Add(1)
				case fault.Is(err, fault.Conflict):
					refused.Add(1)
				default:
					t.Error(r, err)
				}
			})
		}
		all.Wait()
		if claimed.Load() != 1 || refused.Load() != 15 {
			t.Errorf("%d claimed, %d refused; want 1 and 15", claimed.Load(), refused.Load())
		}
	})
}
