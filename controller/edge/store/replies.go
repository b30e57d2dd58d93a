package store

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"bellhop/controller/kit/fault"
)

// ReplyLife is how long the reply to a request with an Idempotency-Key is kept.
const ReplyLife = 24 * time.Hour

// Reply is what a request was answered.
type Reply struct {
	Status int               // of HTTP
	Header map[string]string // that the client needs again: Content-Type, Location
	Body   []byte
}

// Remember claims key for the request that fingerprint (a hash of method, path and
// body) describes; scope keeps the keys of different users apart.
//
//   - nil, nil: the key is new; carry out the request, then SaveReply or Forget.
//   - a Reply: this very request was answered so within ReplyLife; answer it again.
//   - fault.Conflict: the key was used for another request, or the same request is
//     still being carried out, or was cut off by a crash so that nobody knows
//     whether it was done.
func (s *Store) Remember(ctx context.Context, key, scope, fingerprint string, now time.Time) (*Reply, error) {
	claim := replyRow{Scope: scope, Key: key, Fingerprint: fingerprint, Created: instant(now)}
	if err := checkText(claim); err != nil {
		return nil, err
	}
	var saved *Reply
	err := s.update(ctx, "remember a request", func(tx *gorm.DB) error {
		stale := tx.Where("scope = ? AND key = ? AND created <= ?", scope, key, instant(now.Add(-ReplyLife))).Delete(&replyRow{})
		if stale.Error != nil {
			return stale.Error
		}
		claimed := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&claim)
		if claimed.Error != nil || claimed.RowsAffected == 1 {
			return claimed.Error
		}
		var known replyRow
		if err := tx.Where("scope = ? AND key = ?", scope, key).Take(&known).Error; err != nil {
			return err
		}
		var err error
		saved, err = known.answer(fingerprint)
		return err
	})
	return saved, err
}

// SaveReply keeps what the request that claimed key was answered. It fails with
// fault.NotFound when the key was not claimed.
func (s *Store) SaveReply(ctx context.Context, key, scope string, r Reply) error {
	return s.update(ctx, "save a reply", func(tx *gorm.DB) error {
		done := tx.Where("scope = ? AND key = ?", scope, key).Select("Status", "Header", "Body").
			Updates(&replyRow{Status: r.Status, Header: r.Header, Body: r.Body})
		if done.Error == nil && done.RowsAffected == 0 {
			return fault.New(fault.NotFound, "no request was begun with this idempotency key")
		}
		return done.Error
	})
}

// Forget gives a claimed key free: the request failed without effect and may be
// tried again. A key that was answered stays.
func (s *Store) Forget(ctx context.Context, key, scope string) error {
	return s.update(ctx, "forget a request", func(tx *gorm.DB) error {
		return tx.Where("scope = ? AND key = ? AND status = 0", scope, key).Delete(&replyRow{}).Error
	})
}

// PurgeReplies deletes what is older than ReplyLife and returns how many there were.
func (s *Store) PurgeReplies(ctx context.Context, now time.Time) (int64, error) {
	var gone int64
	err := s.update(ctx, "purge old replies", func(tx *gorm.DB) error {
		old := tx.Where("created <= ?", instant(now.Add(-ReplyLife))).Delete(&replyRow{})
		gone = old.RowsAffected
		return old.Error
	})
	return gone, err
}

type replyRow struct {
	Scope       string `gorm:"primaryKey"`
	Key         string `gorm:"primaryKey"`
	Fingerprint string
	Created     instant
	Status      int
	Header      header
	Body        []byte
}

func (replyRow) TableName() string { return "idempotency_keys" }

// answer returns the reply to a request with this fingerprint, if there is one.
func (r replyRow) answer(fingerprint string) (*Reply, error) {
	switch {
	case r.Fingerprint != fingerprint:
		return nil, fault.New(fault.Conflict, "the idempotency key was used for another request: use a new one")
	case r.Status == 0:
		return nil, fault.New(fault.Conflict, "the first request with this idempotency key has not been answered: "+
			"ask again later, or see whether it was carried out before using a new key")
	}
	return &Reply{Status: r.Status, Header: r.Header, Body: r.Body}, nil
}

// header is a JSON object of names and values.
type header map[string]string

// GormDataType tells gorm what the column holds.
func (header) GormDataType() string { return "json" }

// Value writes the column.
func (h header) Value() (driver.Value, error) {
	if len(h) == 0 {
		return "{}", nil
	}
	return toJSON(map[string]string(h))
}

// Scan reads the column.
func (h *header) Scan(src any) error {
	text, ok := asText(src)
	if !ok {
		return unreadable("an object", src)
	}
	*h = nil
	if err := json.Unmarshal(text, (*map[string]string)(h)); err != nil {
		return unreadable("an object", src)
	}
	if len(*h) == 0 {
		*h = nil
	}
	return nil
}
