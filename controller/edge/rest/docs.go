package rest

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"path"

	"github.com/gin-gonic/gin"
)

//go:embed docs
var docsFiles embed.FS

// docs shows the contract to people and programs; it needs no other host.
type docs struct{ json []byte }

func newDocs(k *contract) (*docs, error) {
	text, err := json.Marshal(k.doc)
	if err != nil {
		return nil, fmt.Errorf("openapi.json: %w", err)
	}
	return &docs{text}, nil
}

// contract answers openapi.json.
func (d *docs) contract(c *gin.Context) { c.Data(http.StatusOK, "application/json", d.json) }

// page answers the docs page.
func (d *docs) page(c *gin.Context) { d.send(c, "index.html") }

// asset answers a file of the docs page.
func (d *docs) asset(c *gin.Context) { d.send(c, c.Param("file")) }

func (d *docs) send(c *gin.Context, name string) {
	types := map[string]string{".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
	text, err := docsFiles.ReadFile("docs/" + path.Base(name))
	kind := types[path.Ext(name)]
	if err != nil || kind == "" {
		c.Status(http.StatusNotFound)
		return
	}
	c.Header("Content-Security-Policy",
		"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	c.Data(http.StatusOK, kind+"; charset=utf-8", text)
}
