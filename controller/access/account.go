package access

import (
	"encoding/json"
	"slices"
	"time"
)

// Role is a fixed bundle of permissions.
type Role string

// The roles. System, security and audit administrator exclude each other (三权分立).
const (
	RoleOperator      Role = "operator"
	RoleSupervisor    Role = "supervisor"
	RoleFrontDesk     Role = "front_desk"
	RoleHousekeeping  Role = "housekeeping"
	RoleEngineering   Role = "engineering"
	RoleTelecom       Role = "telecom"
	RoleManager       Role = "manager"
	RoleSystemAdmin   Role = "system_admin"
	RoleSecurityAdmin Role = "security_admin"
	RoleAuditAdmin    Role = "audit_admin"
	RoleIntegration   Role = "integration"
)

// Account is a person who logs in.
type Account struct {
	ID              string
	Login           string // unique, lower case
	Name            string
	Roles           []Role
	Reach           Reach
	Extension       string // the seat's own extension, empty if none
	PasswordHash    string // argon2id, parameters included
	PasswordChanged time.Time
	PasswordHistory []string // hashes
	MustChange      bool     // a one-time password: only the password may be changed
	OneTimeUntil    time.Time
	TOTPSecret      string // empty: no second factor
	TOTPUsed        int64  // last time step accepted: a code counts once
	Disabled        bool
	Created         time.Time
}

// HasTOTP reports whether the account has a second factor.
func (a Account) HasTOTP() bool { return a.TOTPSecret != "" }

// has reports whether the account has the role r.
func (a Account) has(r Role) bool { return slices.Contains(a.Roles, r) }

// MarshalJSON shows an account without its secrets: the audit trail must not hold them.
func (a Account) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Login     string `json:"login"`
		Name      string `json:"name"`
		Roles     []Role `json:"roles"`
		Reach     Reach  `json:"reach"`
		Extension string `json:"extension"`
		TOTP      bool   `json:"second_factor"`
		Disabled  bool   `json:"disabled"`
	}{a.Login, a.Name, a.Roles, a.Reach, a.Extension, a.HasTOTP(), a.Disabled})
}

// Login is one login session.
type Login struct {
	ID      string
	Account string
	Hash    string // SHA-256 of the cookie's secret
	CSRF    string
	Began   time.Time
	Seen    time.Time
	Ends    time.Time // absolute limit
	From    string    // address
	Agent   string    // browser
	Revoked time.Time
}

// MarshalJSON shows a login without its secrets.
func (l Login) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		ID    string    `json:"id"`
		Began time.Time `json:"began"`
		From  string    `json:"from"`
		Agent string    `json:"agent"`
	}{l.ID, l.Began, l.From, l.Agent})
}

// Audit is one row of the chain: append-only, each row carries the hash of the
// row before it.
type Audit struct {
	Seq    int64
	At     time.Time
	Who    string // account or token, "system"
	Where  string // address
	What   string // the action: extension.put, call.listen, login.failed
	Object string // what it was done to
	Before string // JSON, empty if new
	After  string // JSON, empty if deleted
	Reason string
	Hash   string // SHA-256 over the row and the hash before it, hex
}
