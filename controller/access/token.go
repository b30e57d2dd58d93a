package access

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bellhop/controller/kit/fault"
)

const (
	secretPrefix = "bh_" // lets people and secret scanners recognise a token
	secretBytes  = 32
	maxName      = 64 // characters
)

// AllScopes returns every scope there is.
func AllScopes() []Scope {
	return []Scope{ScopeRead, ScopeCalls, ScopeDesk, ScopeAdmin, ScopeTokens}
}

// Has reports whether the token carries s.
func (t Token) Has(s Scope) bool { return slices.Contains(t.Scopes, s) }

// ValidAt reports whether the token is in force at now.
func (t Token) ValidAt(now time.Time) bool {
	return t.Revoked.IsZero() && (t.Expires.IsZero() || now.Before(t.Expires))
}

// newSecret returns a fresh token as its owner sends it: 256 random bits.
func newSecret() string {
	b := make([]byte, secretBytes)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return secretPrefix + base64.RawURLEncoding.EncodeToString(b)
}

// looksLikeSecret tells rubbish from a token before anything is hashed.
func looksLikeSecret(s string) bool {
	return strings.HasPrefix(s, secretPrefix) && len(s) == len(secretPrefix)+base64.RawURLEncoding.EncodedLen(secretBytes)
}

// hash returns what is stored of a secret. One round is enough: 256 random bits
// cannot be guessed.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

func newID() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

// newToken checks the wish for a token and returns it with its secret.
func newToken(name string, scopes []Scope, expires, now time.Time) (Token, string, error) {
	switch {
	case name == "" || utf8.RuneCountInString(name) > maxName:
		return Token{}, "", fault.Field("name", "must have 1 to %d characters", maxName)
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return Token{}, "", fault.Field("name", "may not hold control characters")
	case len(scopes) == 0:
		return Token{}, "", fault.Field("scopes", "must name at least one scope")
	case !expires.IsZero() && !expires.After(now):
		return Token{}, "", fault.Field("expires", "must be in the future")
	}
	for _, s := range scopes {
		if !slices.Contains(AllScopes(), s) {
			return Token{}, "", fault.Field("scopes", "%q is not a scope", s)
		}
	}
	scopes = slices.Clone(scopes)
	slices.Sort(scopes)
	secret := newSecret()
	return Token{
		ID: newID(), Name: name, Hash: hash(secret), Scopes: slices.Compact(scopes),
		Created: now, Expires: expires,
	}, secret, nil
}
