package access

import (
	"slices"

	"bellhop/controller/kit/fault"
)

// Roles returns every role there is.
func Roles() []Role {
	return []Role{
		RoleOperator, RoleSupervisor, RoleFrontDesk, RoleHousekeeping, RoleEngineering, RoleTelecom, RoleManager,
		RoleSystemAdmin, RoleSecurityAdmin, RoleAuditAdmin, RoleIntegration,
	}
}

// Grants is the table of what each role may do.
func Grants(r Role) []Permission {
	switch r {
	case RoleOperator:
		return []Permission{HotelRead, CallsRead, DeskWork, DeskBarge, FeedRead, StaysWrite}
	case RoleSupervisor:
		return append(Grants(RoleOperator), DeskListen, DeskIntervene, DeskForce, DeskWatch, ReportsRead, QueuesWrite)
	case RoleFrontDesk:
		return []Permission{HotelRead, StaysWrite, CallsRead, FeedRead}
	case RoleHousekeeping, RoleEngineering:
		return []Permission{HotelRead, FeedRead}
	case RoleTelecom:
		return []Permission{HotelRead, HotelWrite, LinesRead, LinesWrite, CallsRead, CallsEnd, FeedRead}
	case RoleManager:
		return []Permission{HotelRead, CallsRead, DeskWatch, ReportsRead, FeedRead}
	case RoleSystemAdmin:
		return []Permission{HotelRead, HotelWrite, LinesRead, LinesWrite, QueuesWrite, CallsRead, FeedRead}
	case RoleSecurityAdmin:
		return []Permission{AccountsRead, AccountsWrite, TokensWrite}
	case RoleAuditAdmin:
		return []Permission{AuditRead}
	case RoleIntegration:
		return []Permission{HotelRead, StaysWrite, CallsRead, FeedRead}
	}
	return nil
}

// Permissions returns every permission there is.
func Permissions() []Permission {
	return []Permission{
		HotelRead, HotelWrite, StaysWrite, LinesRead, LinesWrite, CallsRead, CallsEnd, DeskWork, DeskBarge, DeskListen,
		DeskIntervene, DeskForce, DeskWatch, QueuesWrite, ReportsRead, AccountsRead, AccountsWrite, TokensWrite, AuditRead, FeedRead,
	}
}

// PermissionsOf returns what the roles may do together, each permission once.
func PermissionsOf(rs []Role) []Permission {
	var all []Permission
	for _, r := range rs {
		all = append(all, Grants(r)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// onlyLooks reports whether p lets its holder see and nothing else.
func onlyLooks(p Permission) bool {
	return slices.Contains([]Permission{HotelRead, LinesRead, CallsRead, DeskWatch, ReportsRead, AccountsRead, AuditRead, FeedRead}, p)
}

// CheckRoles refuses roles that do not exist or may not meet in one person: the
// three administrators exclude each other, and who reads the audit trail changes
// nothing that it records.
func CheckRoles(rs []Role) error {
	if len(rs) == 0 {
		return fault.Field("roles", "must name at least one role")
	}
	var admins []Role
	for i, r := range rs {
		switch {
		case !slices.Contains(Roles(), r):
			return fault.Field("roles", "%.40q is not a role", r)
		case slices.Contains(rs[:i], r):
			return fault.Field("roles", "%q is named twice", r)
		case r == RoleSystemAdmin || r == RoleSecurityAdmin || r == RoleAuditAdmin:
			admins = append(admins, r)
		}
	}
	if len(admins) > 1 {
		return fault.Field("roles", "%q and %q exclude each other", admins[0], admins[1])
	}
	if slices.Contains(rs, RoleAuditAdmin) {
		for _, r := range rs {
			if slices.ContainsFunc(Grants(r), func(p Permission) bool { return !onlyLooks(p) }) {
				return fault.Field("roles", "%q excludes every role that changes something, such as %q", RoleAuditAdmin, r)
			}
		}
	}
	return nil
}
