package rest

import (
	"context"

	"bellhop/controller/access"
	"bellhop/controller/edge/rest/gen"
)

// ListRoles lists the roles and what each may do.
func (s *server) ListRoles(_ context.Context, r gen.ListRolesRequestObject) (gen.ListRolesResponseObject, error) {
	key := func(r access.Role) string { return string(r) }
	items, next, err := page(access.Roles(), key, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListRoles200JSONResponse{Items: each(items, toGrants), Next: next}, nil
}

func toGrants(r access.Role) gen.RoleGrants {
	return gen.RoleGrants{
		Role: toRole(r), Permissions: each(access.Grants(r), func(p access.Permission) string { return string(p) }),
	}
}

func toRole(r access.Role) gen.Role { return gen.Role(r) }
