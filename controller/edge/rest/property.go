package rest

import (
	"context"
	"time"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// do carries out an operation on the hotel.
func (s *server) do(ctx context.Context, op hotel.Op) error {
	reason, err := s.Hotel.Do(plain(ctx), op)
	if err == nil {
		s.Log.Info("hotel changed", "reason", reason, "by", by(ctx), "request", requestID(plain(ctx)))
	}
	return err
}

// number parses a number that the contract let through; empty is none.
func number(field, s string) (phone.Number, error) {
	if s == "" {
		return phone.Number{}, nil
	}
	n, err := phone.Parse(s)
	if err != nil {
		return n, fault.Field(field, "%q is not a number: 1 to %d of 0-9, *, # and a leading +", shorten(s), phone.MaxDigits)
	}
	return n, nil
}

// GetProperty shows the settings; before set-up there are none.
func (s *server) GetProperty(_ context.Context, _ gen.GetPropertyRequestObject) (gen.GetPropertyResponseObject, error) {
	p := s.Hotel.Directory().Property()
	if p.Name == "" {
		return nil, fault.New(fault.NotFound, "the hotel is not set up yet")
	}
	return gen.GetProperty200JSONResponse(toProperty(p)), nil
}

// PutProperty changes the settings.
func (s *server) PutProperty(ctx context.Context, r gen.PutPropertyRequestObject) (gen.PutPropertyResponseObject, error) {
	want, err := fromProperty(*r.Body)
	if err != nil {
		return nil, err
	}
	if err := s.do(ctx, hotel.EditProperty(func(p *hotel.Property) { *p = want })); err != nil {
		return nil, err
	}
	return gen.PutProperty200JSONResponse(toProperty(s.Hotel.Directory().Property())), nil
}

func toProperty(p hotel.Property) gen.Property {
	return gen.Property{
		Name: p.Name, TimeZone: p.TimeZone, Country: p.Country, AreaCode: p.AreaCode, MainNumber: p.MainNumber,
		Languages: p.Languages, AccessDigit: p.AccessDigit, Operator: p.Operator.String(),
		RoomToRoom: gen.RoomPolicy(p.RoomToRoom), VacantClass: p.VacantClass, GuestClass: p.GuestClass,
		RingSeconds: int(p.RingTime / time.Second), OverlapSeconds: int(p.OverlapWait / time.Second),
	}
}

func fromProperty(p gen.Property) (hotel.Property, error) {
	operator, err := number("operator", p.Operator)
	return hotel.Property{
		Name: p.Name, TimeZone: p.TimeZone, Country: p.Country, AreaCode: p.AreaCode, MainNumber: p.MainNumber,
		Languages: p.Languages, AccessDigit: p.AccessDigit, Operator: operator,
		RoomToRoom: hotel.RoomPolicy(p.RoomToRoom), VacantClass: p.VacantClass, GuestClass: p.GuestClass,
		RingTime: time.Duration(p.RingSeconds) * time.Second, OverlapWait: time.Duration(p.OverlapSeconds) * time.Second,
	}, err
}
