package rest

import (
	"context"
	"errors"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// BeginSecondFactor makes the secret of a second factor, which counts once a code
// of it has come back. The password proves that it is not just an open screen.
func (s *server) BeginSecondFactor(ctx context.Context, r gen.BeginSecondFactorRequestObject) (gen.BeginSecondFactorResponseObject, error) {
	key, err := s.Accounts.EnrolTOTP(plain(ctx), act(ctx), r.Body.Password)
	if wrong, ok := errors.AsType[*fault.Error](err); ok && wrong.Field == "old" {
		return nil, &fault.Error{Code: wrong.Code, Field: "password", Message: wrong.Message} // as it is named here
	}
	if err != nil {
		return nil, err
	}
	return gen.BeginSecondFactor200JSONResponse{Secret: key.Secret, Url: key.URI}, nil
}

// ConfirmSecondFactor switches the second factor on.
func (s *server) ConfirmSecondFactor(ctx context.Context, r gen.ConfirmSecondFactorRequestObject) (gen.ConfirmSecondFactorResponseObject, error) {
	if err := s.Accounts.ConfirmTOTP(plain(ctx), act(ctx), r.Body.Code); err != nil {
		return nil, err
	}
	return gen.ConfirmSecondFactor204Response{}, nil
}

// DropSecondFactor switches the own second factor off.
func (s *server) DropSecondFactor(ctx context.Context, r gen.DropSecondFactorRequestObject) (gen.DropSecondFactorResponseObject, error) {
	if err := s.Accounts.RemoveTOTP(plain(ctx), act(ctx), r.Body.Code); err != nil {
		return nil, err
	}
	return gen.DropSecondFactor204Response{}, nil
}

// DropAccountSecondFactor switches off the second factor of somebody who lost it.
func (s *server) DropAccountSecondFactor(ctx context.Context, r gen.DropAccountSecondFactorRequestObject) (gen.DropAccountSecondFactorResponseObject, error) {
	if err := s.Accounts.ResetTOTP(plain(ctx), act(ctx), r.Id); err != nil {
		return nil, err
	}
	return gen.DropAccountSecondFactor204Response{}, nil
}
