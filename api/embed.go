// Package api holds the contract of the HTTP interface.
package api

import _ "embed" // for the file below

//go:embed openapi.yaml
var contract string

// OpenAPI returns the contract, OpenAPI 3.0 in YAML.
func OpenAPI() []byte { return []byte(contract) }
