// Package sql holds the database schema as numbered goose migrations, one folder
// per database. Both folders make the same tables and columns; a test proves it.
package sql

import (
	"embed"
	"io/fs"
)

//go:embed sqlite/*.sql postgres/*.sql
var files embed.FS

// Migrations returns the folder "sqlite" or "postgres".
func Migrations(database string) (fs.FS, error) { return fs.Sub(files, database) }
