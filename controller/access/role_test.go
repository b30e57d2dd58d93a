package access

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bellhop/controller/kit/fault"
)

// What each role must not be able to do, whatever the table becomes.
func TestRolesKeepApart(t *testing.T) {
	for role, never := range map[Role][]Permission{
		RoleOperator:      {DeskListen, DeskIntervene, DeskForce, AccountsRead, AuditRead, HotelWrite, LinesWrite, QueuesWrite},
		RoleSupervisor:    {AccountsRead, AccountsWrite, AuditRead, TokensWrite, HotelWrite, LinesWrite},
		RoleFrontDesk:     {DeskBarge, DeskListen, HotelWrite, AccountsRead},
		RoleHousekeeping:  {CallsRead, StaysWrite, HotelWrite},
		RoleEngineering:   {CallsRead, StaysWrite, HotelWrite},
		RoleTelecom:       {AccountsRead, AuditRead, DeskListen, StaysWrite},
		RoleManager:       {DeskListen, HotelWrite, StaysWrite, AuditRead},
		RoleSystemAdmin:   {AccountsRead, AccountsWrite, TokensWrite, AuditRead},
		RoleSecurityAdmin: {HotelWrite, LinesWrite, AuditRead, DeskListen},
		RoleAuditAdmin:    {AccountsWrite, TokensWrite, HotelWrite},
		RoleIntegration:   {HotelWrite, LinesWrite, AccountsRead, DeskWork},
	} {
		for _, p := range never {
			if slices.Contains(Grants(role), p) {
				t.Errorf("%s may %s", role, p)
			}
		}
	}
	for _, r := range Roles() {
		if len(Grants(r)) == 0 {
			t.Errorf("%s may nothing", r)
		}
		for _, p := range Grants(r) {
			if !slices.Contains(Permissions(), p) {
				t.Errorf("%s grants %s, which is not listed", r, p)
			}
		}
	}
	for _, p := range Permissions() {
		if !slices.Contains(PermissionsOf(Roles()), p) {
			t.Errorf("no role may %s", p)
		}
	}
}

func TestCheckRoles(t *testing.T) {
	for _, c := range []struct {
		roles []Role
		good  bool
	}{
		{nil, false},
		{[]Role{"god"}, false},
		{[]Role{RoleOperator, RoleOperator}, false},
		{[]Role{RoleOperator, RoleSupervisor, RoleFrontDesk}, true},
		{[]Role{RoleSystemAdmin, RoleTelecom}, true},
		{[]Role{RoleSystemAdmin, RoleSecurityAdmin}, false},
		{[]Role{RoleSystemAdmin, RoleAuditAdmin}, false},
		{[]Role{RoleSecurityAdmin, RoleAuditAdmin}, false},
		{[]Role{RoleAuditAdmin}, true},
		{[]Role{RoleAuditAdmin, RoleManager}, true},
		{[]Role{RoleAuditAdmin, RoleOperator}, false},
		{[]Role{RoleFrontDesk, RoleAuditAdmin}, false},
	} {
		if err := CheckRoles(c.roles); (err == nil) != c.good || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", c.roles, err)
		}
	}
}

// Whatever set of roles passes, its holder cannot both change something and read
// the trail of it.
func TestNobodyAuditsTheirOwnChanges(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		roles := rapid.SliceOfDistinct(rapid.SampledFrom(Roles()), func(x Role) Role { return x }).Draw(r, "roles")
		if CheckRoles(roles) != nil {
			return
		}
		all := PermissionsOf(roles)
		if slices.Contains(all, AuditRead) && slices.ContainsFunc(all, func(p Permission) bool { return !onlyLooks(p) }) {
			r.Fatalf("%v may %v", roles, all)
		}
	})
}

func TestTokenPrincipal(t *testing.T) {
	all := Token{ID: "1", Name: "pms", Scopes: AllScopes()}.Principal()
	for _, p := range []Permission{
		HotelRead, HotelWrite, StaysWrite, LinesRead, LinesWrite, CallsRead, CallsEnd, DeskWatch, QueuesWrite,
		ReportsRead, AccountsRead, AccountsWrite, TokensWrite, AuditRead, FeedRead,
	} {
		if !all.Can(p) {
			t.Errorf("a token with all scopes may not %s", p)
		}
	}
	for _, p := range []Permission{DeskWork, DeskBarge, DeskListen, DeskIntervene, DeskForce} {
		if all.Can(p) {
			t.Errorf("a program may %s: that is for people", p)
		}
	}
	for _, s := range AllScopes() {
		one := Token{Scopes: []Scope{s}}.Principal()
		if one.Can(AccountsWrite) || one.Can(AuditRead) || len(one.Permissions) == 0 {
			t.Errorf("scope %s gives %v", s, one.Permissions)
		}
		for _, other := range AllScopes() {
			if one.mayGive(other) != (other == s) {
				t.Errorf("a token with %s gives %s: %t", s, other, one.mayGive(other))
			}
		}
	}
	if !(Principal{Kind: KindAccount, Permissions: Grants(RoleSecurityAdmin)}).mayGive(ScopeAdmin) ||
		(Principal{Kind: KindAccount, Permissions: Grants(RoleSystemAdmin)}).mayGive(ScopeAdmin) {
		t.Error("tokens are made by the security administrator, and by nobody else")
	}
}
