package rest

import (
	"context"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// ListExtensions lists extensions by number.
func (s *server) ListExtensions(ctx context.Context, r gen.ListExtensionsRequestObject) (gen.ListExtensionsResponseObject, error) {
	d, reach := s.Hotel.Directory(), actor(ctx).Reach
	all := only(d.Extensions(), func(e hotel.Extension) bool {
		return (r.Params.Kind == "" || e.Kind == hotel.ExtensionKind(r.Params.Kind)) && coversExtension(reach, d, e)
	})
	key := func(e hotel.Extension) string { return natural(e.Number.String()) }
	items, next, err := page(all, key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListExtensions200JSONResponse{Items: each(items, toExtension), Next: next}, nil
}

// extension finds an extension by what the client calls it.
func (s *server) extension(text string) (hotel.Extension, error) {
	n, err := number("number", text)
	if err != nil {
		return hotel.Extension{}, err
	}
	e, ok := s.Hotel.Directory().Extension(n)
	if !ok {
		return e, missing("extension", text)
	}
	return e, nil
}

// GetExtension shows one extension.
func (s *server) GetExtension(_ context.Context, r gen.GetExtensionRequestObject) (gen.GetExtensionResponseObject, error) {
	e, err := s.extension(r.Number)
	if err != nil {
		return nil, err
	}
	return gen.GetExtension200JSONResponse(toExtension(e)), nil
}

// PutExtension creates or replaces an extension.
func (s *server) PutExtension(ctx context.Context, r gen.PutExtensionRequestObject) (gen.PutExtensionResponseObject, error) {
	want, err := fromExtension(r.Number, *r.Body)
	if err != nil {
		return nil, err
	}
	if err := s.extensionWithin(ctx, want); err != nil {
		return nil, err
	}
	op := addOrEdit(
		func(d *hotel.Directory) bool { _, ok := d.Extension(want.Number); return ok },
		hotel.AddExtensions(want), hotel.EditExtension(want.Number, func(e *hotel.Extension) { *e = want }))
	if err := s.do(ctx, op); err != nil {
		return nil, err
	}
	return gen.PutExtension200JSONResponse(toExtension(want)), nil
}

// DeleteExtension removes an extension with its devices.
func (s *server) DeleteExtension(ctx context.Context, r gen.DeleteExtensionRequestObject) (gen.DeleteExtensionResponseObject, error) {
	if err := s.onExtension(ctx, r.Number, hotel.DropExtension); err != nil {
		return nil, err
	}
	return gen.DeleteExtension204Response{}, nil
}

// SetDoNotDisturb switches do-not-disturb.
func (s *server) SetDoNotDisturb(ctx context.Context, r gen.SetDoNotDisturbRequestObject) (gen.SetDoNotDisturbResponseObject, error) {
	err := s.onExtension(ctx, r.Number, func(n phone.Number) hotel.Op { return hotel.SetDoNotDisturb(n, r.Body.On) })
	if err != nil {
		return nil, err
	}
	return gen.SetDoNotDisturb204Response{}, nil
}

// SetMonitored switches the keeping of internal calls (R95).
func (s *server) SetMonitored(ctx context.Context, r gen.SetMonitoredRequestObject) (gen.SetMonitoredResponseObject, error) {
	err := s.onExtension(ctx, r.Number, func(n phone.Number) hotel.Op { return hotel.SetMonitored(n, r.Body.On) })
	if err != nil {
		return nil, err
	}
	return gen.SetMonitored204Response{}, nil
}

// SetForward forwards calls of a staff extension.
func (s *server) SetForward(ctx context.Context, r gen.SetForwardRequestObject) (gen.SetForwardResponseObject, error) {
	to, err := number("to", r.Body.To)
	if err != nil {
		return nil, err
	}
	err = s.onExtension(ctx, r.Number, func(n phone.Number) hotel.Op {
		return hotel.SetForward(n, to, hotel.ForwardWhen(r.Body.When))
	})
	if err != nil {
		return nil, err
	}
	return gen.SetForward204Response{}, nil
}

// ClearForward stops forwarding.
func (s *server) ClearForward(ctx context.Context, r gen.ClearForwardRequestObject) (gen.ClearForwardResponseObject, error) {
	err := s.onExtension(ctx, r.Number, func(n phone.Number) hotel.Op { return hotel.SetForward(n, phone.Number{}, "") })
	if err != nil {
		return nil, err
	}
	return gen.ClearForward204Response{}, nil
}

func (s *server) onExtension(ctx context.Context, text string, op func(phone.Number) hotel.Op) error {
	n, err := number("number", text)
	if err != nil {
		return err
	}
	return s.do(ctx, op(n))
}

func toExtension(e hotel.Extension) gen.Extension {
	return gen.Extension{
		Number: e.Number.String(), Kind: gen.ExtensionKind(e.Kind), Name: e.Name, Room: e.Room,
		Department: e.Department, Class: e.Class, Language: e.Language, DoNotDisturb: e.DoNotDisturb,
		ForwardTo: e.ForwardTo.String(), ForwardWhen: gen.ForwardWhen(e.ForwardWhen), Monitored: e.Monitored,
	}
}

func fromExtension(text string, e gen.ExtensionInput) (hotel.Extension, error) {
	n, err := number("number", text)
	if err != nil {
		return hotel.Extension{}, err
	}
	to, err := number("forward_to", e.ForwardTo)
	return hotel.Extension{
		Number: n, Kind: hotel.ExtensionKind(e.Kind), Name: e.Name, Room: e.Room, Department: e.Department,
		Class: e.Class, Language: e.Language, DoNotDisturb: e.DoNotDisturb,
		ForwardTo: to, ForwardWhen: hotel.ForwardWhen(e.ForwardWhen), Monitored: e.Monitored,
	}, err
}
