package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"bellhop/controller/app"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// firstRoom is the number of the first room; the others follow it.
const firstRoom = 2000

// loadHotel fills an empty database with rooms of one phone each and returns
// what the phones need to register.
func loadHotel(ctx context.Context, c app.Config, rooms int) ([]hotel.Credential, error) {
	a, err := app.Open(ctx, c, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	var credentials []hotel.Credential
	_, err = a.House.Do(ctx, func(_ *hotel.Directory, now time.Time) (d hotel.Decision, err error) {
		d.Reason = "hotel for the load test"
		d.Changes, credentials, err = manyRooms(rooms, now)
		return d, err
	})
	return credentials, errors.Join(err, a.Close())
}

func manyRooms(n int, now time.Time) (hotel.Changes, []hotel.Credential, error) {
	like := hotel.Demo(now)
	like.Property.Operator = phone.Number{}
	c := hotel.Changes{
		Property: &like.Property, Classes: hotel.Set[hotel.ClassOfService]{Put: like.Classes},
		Floors: hotel.Set[hotel.Floor]{Put: []hotel.Floor{{Name: "20", Order: 20}}},
	}
	var credentials []hotel.Credential
	for i := range n {
		number := phone.MustParse(fmt.Sprint(firstRoom + i))
		device, credential, err := hotel.NewDevice(rand.Reader, number, "bedside", hotel.DeviceSIP)
		if err != nil {
			return hotel.Changes{}, nil, err
		}
		c.Rooms.Put = append(c.Rooms.Put, hotel.Room{Number: number.String(), Floor: "20"})
		c.Extensions.Put = append(c.Extensions.Put, hotel.Extension{Number: number, Kind: hotel.KindRoom, Room: number.String()})
		c.Devices.Put = append(c.Devices.Put, hotel.NameDevices(number, nil, []hotel.Device{device})...)
		credentials = append(credentials, credential)
	}
	return c, credentials, nil
}
