package access

import (
	"context"
	"crypto/subtle"
	"slices"
	"time"

	"bellhop/controller/kit/clock"
	"bellhop/controller/kit/fault"
)

const (
	// cacheFor is how long a revocation made elsewhere may go unnoticed.
	cacheFor  = 2 * time.Second
	maxTokens = 1000 // in force
)

// Tokens makes, checks and revokes tokens. It is safe for concurrent use.
type Tokens struct {
	store Store
	now   clock.Clock

	turn   chan struct{} // holds one value: whoever has it may use the fields below
	list   []Token
	loaded time.Time
}

// New returns the tokens kept in store.
func New(store Store, now clock.Clock) *Tokens {
	t := &Tokens{store: store, now: now, turn: make(chan struct{}, 1)}
	t.turn <- struct{}{}
	return t
}

// Check returns the token in force whose secret this is. It fails with
// fault.Unauthorized, or fault.Unavailable when the store does not answer:
// rights fail closed.
func (t *Tokens) Check(ctx context.Context, secret string) (Token, error) {
	if !looksLikeSecret(secret) {
		return Token{}, errUnknown()
	}
	list, err := t.cached(ctx)
	if err != nil {
		return Token{}, err
	}
	want, found := []byte(hash(secret)), -1
	for i := range list {
		if subtle.ConstantTimeCompare(want, []byte(list[i].Hash)) == 1 {
			found = i
		}
	}
	if found < 0 || !list[found].ValidAt(t.now()) {
		return Token{}, errUnknown()
	}
	return list[found], nil
}

// errUnknown is one answer for unknown, expired and revoked: no hint to guessers.
func errUnknown() error {
	return fault.New(fault.Unauthorized, "the token is unknown, expired or revoked")
}

// List returns all tokens, oldest first, the revoked ones included.
func (t *Tokens) List(ctx context.Context) ([]Token, error) {
	list, err := t.cached(ctx)
	if err != nil {
		return nil, err
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Token) int { return a.Created.Compare(b.Created) })
	return list, nil
}

// Create makes a token on behalf of another; see Issue.
func (t *Tokens) Create(ctx context.Context, by Token, name string, scopes []Scope, expires time.Time) (Token, string, error) {
	return t.Issue(ctx, by.Principal(), name, scopes, expires)
}

// Issue makes a token on behalf of by and returns it with its secret, which is
// stored nowhere. A token cannot give scopes that it does not have.
func (t *Tokens) Issue(ctx context.Context, by Principal, name string, scopes []Scope, expires time.Time) (Token, string, error) {
	fresh, secret, err := newToken(name, scopes, expires, t.now())
	if err != nil {
		return Token{}, "", err
	}
	for _, s := range fresh.Scopes {
		if !by.mayGive(s) {
			return Token{}, "", fault.New(fault.Forbidden, "you lack the scope %q and cannot give it", s)
		}
	}
	err = t.change(ctx, func(list []Token) (Token, error) {
		if len(t.inForce(list)) >= maxTokens {
			return Token{}, fault.New(fault.TooMany, "there are %d tokens in force; revoke some", maxTokens)
		}
		return fresh, nil
	})
	if err != nil {
		return Token{}, "", err
	}
	return fresh, secret, nil
}

// Revoke ends a token at once; a revoked one stays revoked. The last token that
// can make tokens for ever is kept, or nobody could.
func (t *Tokens) Revoke(ctx context.Context, id string) error {
	return t.change(ctx, func(list []Token) (Token, error) {
		i := slices.IndexFunc(list, func(k Token) bool { return k.ID == id })
		if i < 0 {
			return Token{}, fault.New(fault.NotFound, "there is no such token")
		}
		gone := list[i]
		if !gone.Revoked.IsZero() {
			return gone, nil
		}
		if isKey(gone) && len(slices.DeleteFunc(t.inForce(list), func(k Token) bool { return !isKey(k) })) == 1 {
			return Token{}, fault.New(fault.Conflict, "this is the last token that can make tokens")
		}
		gone.Revoked = t.now()
		return gone, nil
	})
}

// isKey reports whether tokens can be made with t for ever.
func isKey(t Token) bool { return t.Has(ScopeTokens) && t.Expires.IsZero() }

// inForce returns a new slice of the tokens that are valid now.
func (t *Tokens) inForce(list []Token) []Token {
	now := t.now()
	return slices.DeleteFunc(slices.Clone(list), func(k Token) bool { return !k.ValidAt(now) })
}

// cached returns the tokens, at most cacheFor old. The slice is never altered.
func (t *Tokens) cached(ctx context.Context) ([]Token, error) {
	if err := t.take(ctx); err != nil {
		return nil, err
	}
	defer t.give()
	// A clock that was set back makes the age negative: load then, too.
	if age := t.now().Sub(t.loaded); !t.loaded.IsZero() && age >= 0 && age < cacheFor {
		return t.list, nil
	}
	return t.load(ctx)
}

// change stores the token that decide returns for the tokens as stored now.
func (t *Tokens) change(ctx context.Context, decide func([]Token) (Token, error)) error {
	if err := t.take(ctx); err != nil {
		return err
	}
	defer t.give()
	list, err := t.load(ctx)
	if err != nil {
		return err
	}
	changed, err := decide(list)
	if err != nil {
		return err
	}
	t.loaded = time.Time{} // whatever comes of it, look again
	if err := t.store.PutToken(ctx, changed); err != nil {
		return fault.Wrap(err, fault.Unavailable, "the token could not be stored")
	}
	return nil
}

// load reads the tokens; the caller has the turn.
func (t *Tokens) load(ctx context.Context) ([]Token, error) {
	list, err := t.store.Tokens(ctx)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "tokens cannot be checked now")
	}
	t.list, t.loaded = list, t.now()
	return list, nil
}

func (t *Tokens) take(ctx context.Context) error {
	select {
	case <-t.turn:
		return nil
	case <-ctx.Done():
		return fault.Wrap(ctx.Err(), fault.Unavailable, "tokens cannot be checked now")
	}
}

func (t *Tokens) give() { t.turn <- struct{}{} }
