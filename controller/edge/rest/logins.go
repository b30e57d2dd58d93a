package rest

import (
	"context"

	"bellhop/controller/access"
	"bellhop/controller/edge/rest/gen"
)

// ListLogins lists all open logins, newest first.
func (s *server) ListLogins(ctx context.Context, r gen.ListLoginsRequestObject) (gen.ListLoginsResponseObject, error) {
	shown, err := s.logins(ctx, "", r.Params.Limit, r.Params.After)
	return gen.ListLogins200JSONResponse(shown), err
}

// ListAccountLogins lists the open logins of one account, newest first.
func (s *server) ListAccountLogins(ctx context.Context, r gen.ListAccountLoginsRequestObject) (gen.ListAccountLoginsResponseObject, error) {
	if _, err := s.Accounts.Get(r.Id); err != nil {
		return nil, err
	}
	shown, err := s.logins(ctx, r.Id, r.Params.Limit, r.Params.After)
	return gen.ListAccountLogins200JSONResponse(shown), err
}

func (s *server) logins(ctx context.Context, account string, limit int, after string) (gen.LoginPage, error) {
	key := func(l access.Login) string { return newestFirst(l.Began) + l.ID }
	items, next, err := page(s.Logins.List(account), key, limit, after)
	if err != nil {
		return gen.LoginPage{}, err
	}
	mine := actor(ctx).Login
	return gen.LoginPage{Items: each(items, func(l access.Login) gen.Login { return s.toLogin(l, mine) }), Next: next}, nil
}

// RevokeLogin ends a login at once.
func (s *server) RevokeLogin(ctx context.Context, r gen.RevokeLoginRequestObject) (gen.RevokeLoginResponseObject, error) {
	if err := s.Logins.Revoke(plain(ctx), act(ctx), r.Id); err != nil {
		return nil, err
	}
	return gen.RevokeLogin204Response{}, nil
}

func (s *server) toLogin(l access.Login, mine string) gen.Login {
	a, _ := s.Accounts.Get(l.Account) // accounts are never deleted
	return gen.Login{
		Id: l.ID, Account: l.Account, Login: a.Login, Name: a.Name, Began: l.Began, Seen: l.Seen, Ends: l.Ends,
		From: l.From, Agent: l.Agent, Current: l.ID == mine,
	}
}
