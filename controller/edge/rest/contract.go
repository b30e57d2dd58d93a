package rest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/gin-gonic/gin"

	"bellhop/api"
	"bellhop/controller/access"
)

const (
	basePath = "/api/v1"
	maxJSON  = 64 << 10
	maxCSV   = 4 << 20
)

// operation is one operation of the contract, as the middlewares need it.
type operation struct {
	id    string
	scope access.Scope
	csv   bool // takes CSV, not JSON
	route *routers.Route
}

// maxBody returns how large a request may be, in bytes.
func (o operation) maxBody() int64 {
	if o.csv {
		return maxCSV
	}
	return maxJSON
}

// contract is api/openapi.yaml, by method and gin route.
type contract struct {
	doc        *openapi3.T
	operations map[string]operation // key: "GET /api/v1/rooms/:name"
}

// loadContract reads and checks openapi.yaml: every operation needs exactly one
// known scope.
func loadContract() (*contract, error) {
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(api.OpenAPI())
	if err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	if err := doc.Validate(loader.Context); err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	k := &contract{doc: doc, operations: map[string]operation{}}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			scope, err := scopeOf(op)
			if err != nil {
				return nil, fmt.Errorf("openapi.yaml: %s %s: %w", method, path, err)
			}
			k.operations[method+" "+ginPath(path)] = operation{
				id: op.OperationID, scope: scope, csv: takesCSV(op),
				route: &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: op},
			}
		}
	}
	return k, nil
}

func scopeOf(op *openapi3.Operation) (access.Scope, error) {
	if op.Security == nil || len(*op.Security) != 1 || len((*op.Security)[0]["bearer"]) != 1 {
		return "", fmt.Errorf("must name exactly one scope")
	}
	scope := access.Scope((*op.Security)[0]["bearer"][0])
	if !slices.Contains(access.AllScopes(), scope) {
		return "", fmt.Errorf("%q is not a scope", scope)
	}
	return scope, nil
}

func takesCSV(op *openapi3.Operation) bool {
	return op.RequestBody != nil && op.RequestBody.Value.Content["text/csv"] != nil
}

// ginPath turns /rooms/{name} into /api/v1/rooms/:name.
func ginPath(path string) string {
	return basePath + strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// of returns the operation that a routed request is for.
func (k *contract) of(c *gin.Context) (operation, bool) {
	o, ok := k.operations[c.Request.Method+" "+c.FullPath()]
	return o, ok
}

// routes lists the operations as gin lists its routes.
func (k *contract) routes() []string { return slices.Sorted(maps.Keys(k.operations)) }
