// Package access knows who may do what: accounts with roles, passwords and second
// factors, their login sessions, bearer tokens with scopes, and the audit chain
// that says who did what.
//
// A request comes with a token (Tokens.Check) or a cookie (Logins.Check); both
// give a Principal, and every right is asked of that. Accounts and logins are held
// in memory and written before they hold, so that checks need no database.
package access
