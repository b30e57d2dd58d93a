package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"bellhop/controller/access"
)

// PurgeLogins deletes the logins that ended before t and returns how many there were.
func (s *Store) PurgeLogins(ctx context.Context, t time.Time) (int64, error) {
	var gone int64
	err := s.update(ctx, "purge old logins", func(tx *gorm.DB) error {
		old := tx.Where("ends < ?", instant(t)).Delete(&loginRow{})
		gone = old.RowsAffected
		return old.Error
	})
	return gone, err
}

type loginRow struct {
	ID      string `gorm:"primaryKey"`
	Account string
	Hash    string
	CSRF    string
	Began   instant
	Seen    instant
	Ends    instant
	Origin  string
	Agent   string
	Revoked instant
}

func (loginRow) TableName() string       { return "logins" }
func (r loginRow) key() (string, string) { return "id", r.ID }

func toLoginRow(l access.Login) loginRow {
	return loginRow{
		ID: l.ID, Account: l.Account, Hash: l.Hash, CSRF: l.CSRF, Began: instant(l.Began), Seen: instant(l.Seen),
		Ends: instant(l.Ends), Origin: l.From, Agent: l.Agent, Revoked: instant(l.Revoked),
	}
}

func (r loginRow) model() access.Login {
	return access.Login{
		ID: r.ID, Account: r.Account, Hash: r.Hash, CSRF: r.CSRF, Began: time.Time(r.Began), Seen: time.Time(r.Seen),
		Ends: time.Time(r.Ends), From: r.Origin, Agent: r.Agent, Revoked: time.Time(r.Revoked),
	}
}
