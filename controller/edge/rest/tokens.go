package rest

import (
	"context"

	"bellhop/controller/access"
	"bellhop/controller/edge/rest/gen"
)

// ListTokens lists tokens, oldest first, without hashes.
func (s *server) ListTokens(ctx context.Context, r gen.ListTokensRequestObject) (gen.ListTokensResponseObject, error) {
	all, err := s.Tokens.List(plain(ctx))
	if err != nil {
		return nil, err
	}
	key := func(t access.Token) string { return t.Created.UTC().Format(sortableTime) + t.ID }
	items, next, err := page(all, key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListTokens200JSONResponse{Items: each(items, toToken), Next: next}, nil
}

// CreateToken makes a token and shows it, this once.
func (s *server) CreateToken(ctx context.Context, r gen.CreateTokenRequestObject) (gen.CreateTokenResponseObject, error) {
	scopes := each(r.Body.Scopes, func(s gen.Scope) access.Scope { return access.Scope(s) })
	made, secret, err := s.Tokens.Issue(plain(ctx), actor(ctx), r.Body.Name, scopes, r.Body.Expires)
	if err != nil {
		return nil, err
	}
	note(ctx, made.ID, toToken(made))
	s.Log.Info("token made", "token", made.ID, "name", made.Name, "scopes", made.Scopes, "by", by(ctx))
	return gen.CreateToken201JSONResponse{Token: toToken(made), Secret: secret}, nil
}

// RevokeToken ends a token.
func (s *server) RevokeToken(ctx context.Context, r gen.RevokeTokenRequestObject) (gen.RevokeTokenResponseObject, error) {
	if err := s.Tokens.Revoke(plain(ctx), r.Id); err != nil {
		return nil, err
	}
	s.Log.Info("token revoked", "token", r.Id, "by", by(ctx))
	return gen.RevokeToken204Response{}, nil
}

func toToken(t access.Token) gen.Token {
	return gen.Token{
		Id: t.ID, Name: t.Name, Scopes: each(t.Scopes, func(s access.Scope) gen.Scope { return gen.Scope(s) }),
		Created: t.Created, Expires: t.Expires, Revoked: t.Revoked,
	}
}
