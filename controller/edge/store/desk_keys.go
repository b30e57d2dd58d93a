package store

import (
	"context"

	"gorm.io/gorm"
)

// DeskKey is a one-touch key of an operator.
type DeskKey struct {
	Key    string `json:"key"`
	Label  string `json:"label"`
	Number string `json:"number"`
	Action string `json:"action"` // dial, transfer, invite
}

// DeskKeys returns the one-touch keys of an account as they were put; none is fine.
func (s *Store) DeskKeys(ctx context.Context, account string) ([]DeskKey, error) {
	var found [][]DeskKey
	err := s.view(ctx, "read the one-touch keys", func(tx *gorm.DB) error {
		load(tx, &found, func(r deskKeysRow) []DeskKey { return r.Keys }, "account", "account = ?", account)
		return tx.Error
	})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// PutDeskKeys replaces all one-touch keys of an account.
func (s *Store) PutDeskKeys(ctx context.Context, account string, keys []DeskKey) error {
	return deskPut(ctx, s, "store the one-touch keys", deskKeysRow{Account: account, Keys: keys})
}

type deskKeysRow struct {
	Account string `gorm:"primaryKey"`
	Keys    list[DeskKey]
}

func (deskKeysRow) TableName() string       { return "desk_keys" }
func (r deskKeysRow) key() (string, string) { return "account", r.Account }
