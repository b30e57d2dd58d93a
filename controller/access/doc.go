// Package access knows who may do what: bearer tokens with scopes.
package access
