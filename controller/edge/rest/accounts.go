package rest

import (
	"context"

	"bellhop/controller/access"
	"bellhop/controller/edge/rest/gen"
)

// ListAccounts lists accounts by login.
func (s *server) ListAccounts(_ context.Context, r gen.ListAccountsRequestObject) (gen.ListAccountsResponseObject, error) {
	key := func(a access.Account) string { return a.Login }
	items, next, err := page(s.Accounts.List(), key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListAccounts200JSONResponse{Items: each(items, toAccount), Next: next}, nil
}

// GetAccount shows one account.
func (s *server) GetAccount(_ context.Context, r gen.GetAccountRequestObject) (gen.GetAccountResponseObject, error) {
	a, err := s.Accounts.Get(r.Id)
	if err != nil {
		return nil, err
	}
	return gen.GetAccount200JSONResponse(toAccount(a)), nil
}

// CreateAccount makes an account and shows its one-time password, this once.
func (s *server) CreateAccount(ctx context.Context, r gen.CreateAccountRequestObject) (gen.CreateAccountResponseObject, error) {
	made, password, err := s.Accounts.Create(plain(ctx), act(ctx), fromAccount(*r.Body))
	if err != nil {
		return nil, err
	}
	if made, err = s.switchAccount(ctx, made, r.Body.Disabled); err != nil {
		return nil, err
	}
	return gen.CreateAccount201JSONResponse{Account: toAccount(made), OneTimePassword: password}, nil
}

// PutAccount changes an account; its login stays.
func (s *server) PutAccount(ctx context.Context, r gen.PutAccountRequestObject) (gen.PutAccountResponseObject, error) {
	made, err := s.Accounts.Put(plain(ctx), act(ctx), r.Id, fromAccount(*r.Body))
	if err != nil {
		return nil, err
	}
	if made, err = s.switchAccount(ctx, made, r.Body.Disabled); err != nil {
		return nil, err
	}
	return gen.PutAccount200JSONResponse(toAccount(made)), nil
}

// switchAccount disables or enables an account if it is not so already.
func (s *server) switchAccount(ctx context.Context, a access.Account, disabled bool) (access.Account, error) {
	if a.Disabled == disabled {
		return a, nil
	}
	change := s.Accounts.Enable
	if disabled {
		change = s.Accounts.Disable
	}
	if err := change(plain(ctx), act(ctx), a.ID); err != nil {
		return a, err
	}
	return s.Accounts.Get(a.ID)
}

// ResetPassword gives an account a one-time password and shows it, this once.
func (s *server) ResetPassword(ctx context.Context, r gen.ResetPasswordRequestObject) (gen.ResetPasswordResponseObject, error) {
	password, err := s.Accounts.ResetPassword(plain(ctx), act(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return gen.ResetPassword200JSONResponse{OneTimePassword: password}, nil
}

func toAccount(a access.Account) gen.Account {
	return gen.Account{
		Id: a.ID, Login: a.Login, Name: a.Name, Roles: each(a.Roles, toRole), Extension: a.Extension, Totp: a.HasTOTP(),
		Reach:    gen.Reach{Departments: list(a.Reach.Departments), Floors: list(a.Reach.Floors), Queues: list(a.Reach.Queues)},
		Disabled: a.Disabled, MustChange: a.MustChange, Created: a.Created,
	}
}

func fromAccount(a gen.AccountInput) access.Person {
	return access.Person{
		Login: a.Login, Name: a.Name, Roles: each(a.Roles, func(r gen.Role) access.Role { return access.Role(r) }),
		Reach:     access.Reach{Departments: a.Reach.Departments, Floors: a.Reach.Floors, Queues: a.Reach.Queues},
		Extension: a.Extension,
	}
}
