package rest

import (
	"context"
	"crypto/rand"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// ListDevices lists phones, those of one extension side by side.
func (s *server) ListDevices(ctx context.Context, r gen.ListDevicesRequestObject) (gen.ListDevicesResponseObject, error) {
	d, reach := s.Hotel.Directory(), actor(ctx).Reach
	all := only(d.Devices(), func(v hotel.Device) bool {
		return (r.Params.Extension == "" || v.Extension.String() == r.Params.Extension) && coversNumber(reach, d, v.Extension)
	})
	items, next, err := page(all, func(v hotel.Device) string { return natural(v.ID) }, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListDevices200JSONResponse{Items: each(items, s.toDevice), Next: next}, nil
}

// CreateDevice adds a phone and shows its secret, this once.
func (s *server) CreateDevice(ctx context.Context, r gen.CreateDeviceRequestObject) (gen.CreateDeviceResponseObject, error) {
	n, err := number("extension", r.Body.Extension)
	if err != nil {
		return nil, err
	}
	if e, ok := s.Hotel.Directory().Extension(n); ok {
		if err := s.extensionWithin(ctx, e); err != nil {
			return nil, err
		}
	}
	fresh, credential, err := hotel.NewDevice(rand.Reader, n, r.Body.Label, hotel.DeviceKind(r.Body.Kind))
	if err != nil {
		return nil, err
	}
	if err := s.do(ctx, hotel.AddDevices(fresh)); err != nil {
		return nil, err
	}
	_, added, _ := s.Hotel.Directory().Caller(fresh.Endpoint)
	note(ctx, added.ID, s.toDevice(added))
	return gen.CreateDevice201JSONResponse{Device: s.toDevice(added), Secret: credential.Secret, Realm: hotel.Realm}, nil
}

// RotateDevice gives a phone a new secret and shows it, this once.
func (s *server) RotateDevice(ctx context.Context, r gen.RotateDeviceRequestObject) (gen.RotateDeviceResponseObject, error) {
	secret, err := hotel.NewSecret(rand.Reader)
	if err != nil {
		return nil, err
	}
	if err := s.do(ctx, hotel.RotateSecret(r.Id, secret)); err != nil {
		return nil, err
	}
	v, err := s.device(r.Id)
	if err != nil {
		return nil, err
	}
	return gen.RotateDevice200JSONResponse{Device: v, Secret: secret, Realm: hotel.Realm}, nil
}

// RelabelDevice changes what a phone is called.
func (s *server) RelabelDevice(ctx context.Context, r gen.RelabelDeviceRequestObject) (gen.RelabelDeviceResponseObject, error) {
	if err := s.do(ctx, hotel.RelabelDevice(r.Id, r.Body.Label)); err != nil {
		return nil, err
	}
	v, err := s.device(r.Id)
	if err != nil {
		return nil, err
	}
	return gen.RelabelDevice200JSONResponse(v), nil
}

// DeleteDevice removes a phone.
func (s *server) DeleteDevice(ctx context.Context, r gen.DeleteDeviceRequestObject) (gen.DeleteDeviceResponseObject, error) {
	if err := s.do(ctx, hotel.DropDevice(r.Id)); err != nil {
		return nil, err
	}
	return gen.DeleteDevice204Response{}, nil
}

func (s *server) device(id string) (gen.Device, error) {
	v, ok := s.Hotel.Directory().Device(id)
	if !ok {
		return gen.Device{}, missing("device", id)
	}
	return s.toDevice(v), nil
}

func (s *server) toDevice(v hotel.Device) gen.Device {
	return gen.Device{
		Id: v.ID, Extension: v.Extension.String(), Label: v.Label, Kind: gen.DeviceKind(v.Kind), Endpoint: v.Endpoint,
		Online: s.Calls.Online(v.Endpoint),
	}
}

// texts writes numbers as text.
func texts(ns []phone.Number) []string { return each(ns, phone.Number.String) }

// list makes nil an empty list, which JSON shows as [].
func list[T any](ts []T) []T {
	if ts == nil {
		return []T{}
	}
	return ts
}
