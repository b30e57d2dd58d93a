package access

import (
	"context"
	"time"
)

// Scope is a right that a token carries.
type Scope string

// The scopes.
const (
	ScopeRead   Scope = "read"   // see everything but secrets
	ScopeCalls  Scope = "calls"  // act on live calls
	ScopeDesk   Scope = "desk"   // check-in, move, check-out, do-not-disturb
	ScopeAdmin  Scope = "admin"  // rooms, extensions, devices, trunks, routes, screening
	ScopeTokens Scope = "tokens" // make and revoke tokens
)

// Token is a bearer token; only its hash is stored.
type Token struct {
	ID      string
	Name    string // who uses it
	Hash    string // SHA-256 of the token, hex
	Scopes  []Scope
	Created time.Time
	Expires time.Time // zero: never
	Revoked time.Time // zero: in force
}

// Store keeps the tokens.
type Store interface {
	Tokens(ctx context.Context) ([]Token, error)
	PutToken(ctx context.Context, t Token) error
}
