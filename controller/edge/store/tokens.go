package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"bellhop/controller/access"
)

var _ access.Store = (*Store)(nil)

// Tokens returns all tokens, expired and revoked ones included, oldest first.
func (s *Store) Tokens(ctx context.Context) ([]access.Token, error) {
	var ts []access.Token
	err := s.view(ctx, "read the tokens", func(tx *gorm.DB) error {
		load(tx, &ts, tokenRow.model, "created, id")
		return tx.Error
	})
	return ts, err
}

// PutToken inserts a token or replaces the one with its id; fault.Conflict when
// another one has the same hash.
func (s *Store) PutToken(ctx context.Context, t access.Token) error {
	return s.update(ctx, "store a token", func(tx *gorm.DB) error {
		upsert(tx, []tokenRow{toTokenRow(t)})
		return tx.Error
	})
}

type tokenRow struct {
	ID      string `gorm:"primaryKey"`
	Name    string
	Hash    string
	Scopes  list[access.Scope]
	Created instant
	Expires instant
	Revoked instant
}

func (tokenRow) TableName() string       { return "tokens" }
func (r tokenRow) key() (string, string) { return "id", r.ID }

func toTokenRow(t access.Token) tokenRow {
	return tokenRow{
		ID: t.ID, Name: t.Name, Hash: t.Hash, Scopes: t.Scopes,
		Created: instant(t.Created), Expires: instant(t.Expires), Revoked: instant(t.Revoked),
	}
}

func (r tokenRow) model() access.Token {
	return access.Token{
		ID: r.ID, Name: r.Name, Hash: r.Hash, Scopes: r.Scopes,
		Created: time.Time(r.Created), Expires: time.Time(r.Expires), Revoked: time.Time(r.Revoked),
	}
}
