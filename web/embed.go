// Package web holds the browser pages as built by vite, embedded in the binary.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS returns the built pages, index.html at the top. A tree that was never built
// holds no index.html, only the file "placeholder".
func FS() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		return dist // cannot happen: "dist" is a valid path
	}
	return sub
}
