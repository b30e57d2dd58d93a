package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"bellhop/controller/access"
)

var _ access.AccountStore = (*Store)(nil)

// LoadAccess returns all accounts by login, and the logins that are not revoked
// and end after now.
func (s *Store) LoadAccess(ctx context.Context, now time.Time) (access.Data, error) {
	var d access.Data
	err := s.view(ctx, "read the accounts", func(tx *gorm.DB) error {
		load(tx, &d.Accounts, accountRow.model, "login, id")
		load(tx, &d.Logins, loginRow.model, "began, id", "revoked IS NULL AND ends > ?", instant(now))
		return tx.Error
	})
	return d, err
}

// ApplyAccess creates or replaces accounts and logins in one transaction;
// fault.Conflict when a login name is taken.
func (s *Store) ApplyAccess(ctx context.Context, d access.Data) error {
	return s.update(ctx, "store accounts and logins", func(tx *gorm.DB) error {
		upsert(tx, each(d.Accounts, toAccountRow))
		upsert(tx, each(d.Logins, toLoginRow))
		return tx.Error
	})
}

type accountRow struct {
	ID              string `gorm:"primaryKey"`
	Login           string
	Name            string
	Roles           list[access.Role]
	Departments     list[string]
	Floors          list[string]
	Queues          list[string]
	Extension       string
	PasswordHash    string
	PasswordChanged instant
	PasswordHistory list[string]
	MustChange      bool
	OneTimeUntil    instant
	TOTPSecret      string
	TOTPUsed        int64
	Disabled        bool
	Created         instant
}

func (accountRow) TableName() string       { return "accounts" }
func (r accountRow) key() (string, string) { return "id", r.ID }

func toAccountRow(a access.Account) accountRow {
	return accountRow{
		ID: a.ID, Login: a.Login, Name: a.Name, Roles: a.Roles,
		Departments: a.Reach.Departments, Floors: a.Reach.Floors, Queues: a.Reach.Queues, Extension: a.Extension,
		PasswordHash: a.PasswordHash, PasswordChanged: instant(a.PasswordChanged), PasswordHistory: a.PasswordHistory,
		MustChange: a.MustChange, OneTimeUntil: instant(a.OneTimeUntil),
		TOTPSecret: a.TOTPSecret, TOTPUsed: a.TOTPUsed, Disabled: a.Disabled, Created: instant(a.Created),
	}
}

func (r accountRow) model() access.Account {
	return access.Account{
		ID: r.ID, Login: r.Login, Name: r.Name, Roles: r.Roles,
		Reach:     access.Reach{Departments: r.Departments, Floors: r.Floors, Queues: r.Queues},
		Extension: r.Extension, PasswordHash: r.PasswordHash, PasswordChanged: time.Time(r.PasswordChanged),
		PasswordHistory: r.PasswordHistory, MustChange: r.MustChange, OneTimeUntil: time.Time(r.OneTimeUntil),
		TOTPSecret: r.TOTPSecret, TOTPUsed: r.TOTPUsed, Disabled: r.Disabled, Created: time.Time(r.Created),
	}
}
