package rest

import (
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"bellhop/controller/kit/fault"
)

// pagePolicy lets the pages load their own files and talk to this host; the
// component library writes its styles into the page.
const pagePolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob:; " +
	"frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// page serves the browser pages: a file of the build by its name, and the start
// page for every other address, so that one of the page's own survives a reload.
func (s *server) page(c *gin.Context) {
	r := c.Request
	api := strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.URL.Path, "/docs/")
	if s.Web == nil || api || r.Method != http.MethodGet && r.Method != http.MethodHead {
		s.fail(c, fault.New(fault.NotFound, "there is nothing here"))
		return
	}
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	info, err := fs.Stat(s.Web, name)
	if name == "" || err != nil || info.IsDir() || strings.HasPrefix(name, ".") {
		if strings.HasPrefix(name, "assets/") { // of another build: the page must load itself anew
			s.fail(c, fault.New(fault.NotFound, "there is no such file in this build"))
			return
		}
		name = "index.html"
	}
	if _, err := fs.Stat(s.Web, name); errors.Is(err, fs.ErrNotExist) {
		s.fail(c, fault.New(fault.NotFound, "the pages are not built: run make web"))
		return
	}
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", pagePolicy)
	if strings.HasPrefix(name, "assets/") { // named by their content
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Add("Vary", "Accept-Encoding")
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		if _, err := fs.Stat(s.Web, name+".gz"); err == nil { // packed by the build
			h.Set("Content-Type", kind)
			h.Set("Content-Encoding", "gzip")
			name += ".gz"
		}
	}
	http.ServeFileFS(c.Writer, r, s.Web, name)
}
