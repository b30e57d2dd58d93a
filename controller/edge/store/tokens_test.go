package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

func TestTokenRoundTrip(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		stored := map[string]access.Token{}
		rapid.Check(t, func(r *rapid.T) {
			token := fill[access.Token](r, "token")
			token.ID = fmt.Sprint(len(stored)%5, token.ID) // now and then one that exists
			token.Hash = fmt.Sprint(token.ID, token.Hash)
			ok(t, s.PutToken(ctx, token))
			stored[token.ID] = token
			got, err := s.Tokens(ctx)
			ok(t, err)
			i := slices.IndexFunc(got, func(g access.Token) bool { return g.ID == token.ID })
			if len(got) != len(stored) || i < 0 || !reflect.DeepEqual(got[i], token) {
				r.Fatalf("got %+v\nwant %+v among them", got, token)
			}
		})
	})
}

func TestTokenHashIsTaken(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := soon(t)
		ok(t, s.PutToken(ctx, access.Token{ID: "1", Hash: "abc", Created: day}))
		err := s.PutToken(ctx, access.Token{ID: "2", Hash: "abc", Created: day})
		if !fault.Is(err, fault.Conflict) || strings.Contains(err.Error(), "abc") {
			t.Errorf("got %v, want a conflict that does not tell the hash", err)
		}
	})
}
