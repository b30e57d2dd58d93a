package store

import (
	"context"

	"gorm.io/gorm"

	"bellhop/controller/routing"
)

var _ routing.Store = (*Store)(nil)

// LoadRouting returns everything, expired screening entries included.
func (s *Store) LoadRouting(ctx context.Context) (routing.Data, error) {
	var d routing.Data
	err := s.view(ctx, "load the routing", func(tx *gorm.DB) error {
		load(tx, &d.Trunks, trunkRow.model, "position, name")
		load(tx, &d.Routes, routeRow.model, "position, id")
		load(tx, &d.DIDs, didRow.model, "number")
		load(tx, &d.Screening, screeningRow.model, "created, id")
		return tx.Error
	})
	return d, err
}

// ApplyRouting stores the changes in one transaction.
func (s *Store) ApplyRouting(ctx context.Context, c routing.Changes) error {
	return s.update(ctx, "store the routing", func(tx *gorm.DB) error {
		change(tx, c.Trunks.Drop, c.Trunks.Put, toTrunkRow)
		change(tx, c.Routes.Drop, c.Routes.Put, toRouteRow)
		change(tx, c.DIDs.Drop, c.DIDs.Put, toDIDRow)
		change(tx, c.Screening.Drop, c.Screening.Put, toScreeningRow)
		return tx.Error
	})
}
