package store

import (
	"context"

	"gorm.io/gorm"

	"bellhop/controller/hotel"
)

var _ hotel.Store = (*Store)(nil)

// LoadHotel returns everything of the hotel; stays only the open ones. An empty
// database gives a zero Property name.
func (s *Store) LoadHotel(ctx context.Context) (hotel.Data, error) {
	var d hotel.Data
	err := s.view(ctx, "load the hotel", func(tx *gorm.DB) error {
		var properties []hotel.Property
		load(tx, &properties, propertyRow.model, "id")
		load(tx, &d.Floors, floorRow.model, "position, name")
		load(tx, &d.Rooms, roomRow.model, "number")
		load(tx, &d.Extensions, extensionRow.model, "number")
		load(tx, &d.Devices, deviceRow.model, "id")
		load(tx, &d.Groups, groupRow.model, "name")
		load(tx, &d.Classes, classRow.model, "name")
		load(tx, &d.Stays, stayRow.model, "room, id", "checked_out IS NULL")
		if len(properties) > 0 {
			d.Property = properties[0]
		}
		return tx.Error
	})
	return d, err
}

// ApplyHotel stores the changes in one transaction. It fails with fault.Conflict
// when a device has no extension or a SIP user name is taken.
func (s *Store) ApplyHotel(ctx context.Context, c hotel.Changes) error {
	return s.update(ctx, "store the hotel", func(tx *gorm.DB) error {
		if c.Property != nil {
			upsert(tx, []propertyRow{toPropertyRow(*c.Property)})
		}
		change(tx, c.Floors.Drop, c.Floors.Put, toFloorRow)
		change(tx, c.Rooms.Drop, c.Rooms.Put, toRoomRow)
		change(tx, c.Extensions.Drop, c.Extensions.Put, toExtensionRow)
		change(tx, c.Devices.Drop, c.Devices.Put, toDeviceRow)
		change(tx, c.Groups.Drop, c.Groups.Put, toGroupRow)
		change(tx, c.Classes.Drop, c.Classes.Put, toClassRow)
		change(tx, c.Stays.Drop, c.Stays.Put, toStayRow)
		return tx.Error
	})
}
