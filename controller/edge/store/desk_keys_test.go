package store

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"bellhop/controller/kit/fault"
)

func TestDeskKeysRoundTrip(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		rapid.Check(t, func(r *rapid.T) {
			want := fillAll(r, "keys", func(*DeskKey, int) {})
			account := rapid.SampledFrom([]string{"li", "wang", "欧阳"}).Draw(r, "account")
			ok(t, s.PutDeskKeys(ctx, account, want))
			got, err := s.DeskKeys(ctx, account)
			ok(t, err)
			if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
				r.Fatalf("got %+v\nwant %+v", got, want)
			}
		})
	})
}

func TestDeskKeysOfOneAccountOnly(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		ok(t, s.PutDeskKeys(ctx, "li", []DeskKey{{Key: "1", Label: "大堂", Number: "8000", Action: "dial"}}))
		if got, err := s.DeskKeys(ctx, "wang"); err != nil || len(got) != 0 {
			t.Errorf("another account's keys: %v, %v", got, err)
		}
		if err := s.PutDeskKeys(ctx, "", nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("keys of nobody: %v", err)
		}
		if err := s.PutDeskKeys(ctx, "li", []DeskKey{{Label: "a\x00b"}}); !fault.Is(err, fault.Invalid) {
			t.Errorf("text that no database keeps: %v", err)
		}
		if got, _ := s.DeskKeys(ctx, "li"); len(got) != 1 {
			t.Errorf("a refused write changed the keys: %v", got)
		}
	})
}
