package rest

import (
	"fmt"
	"maps"
	"net/http"
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

// What an operation may need besides a permission.
const (
	public access.Permission = "public" // nothing: nobody is asked
	own    access.Permission = "own"    // an account that is logged in
)

// operation is one operation of the contract, as the middlewares need it.
type operation struct {
	id    string
	needs []access.Permission // one of these, or public or own alone
	csv   bool                // takes CSV, not JSON
	route *routers.Route
}

// maxBody returns how large a request may be, in bytes.
func (o operation) maxBody() int64 {
	if o.csv {
		return maxCSV
	}
	return maxJSON
}

// isPublic reports whether nobody is asked who they are.
func (o operation) isPublic() bool { return slices.Contains(o.needs, public) }

// isOwn reports whether any account that is logged in may do it, and no token.
func (o operation) isOwn() bool { return slices.Contains(o.needs, own) }

// noun returns what the operation is about: the first part of its path.
func (o operation) noun() string {
	noun, _, _ := strings.Cut(strings.TrimPrefix(o.route.Path, "/"), "/")
	return noun
}

// changes reports whether the operation may change something.
func (o operation) changes() bool { return o.route.Method != http.MethodGet }

// puts reports whether the operation makes what it names if it is not there.
func (o operation) puts() bool {
	return o.route.Method == http.MethodPut && strings.HasSuffix(o.route.Path, "}")
}

// administers reports whether the operation changes how the house is set up:
// without the audit chain it is not carried out.
func (o operation) administers() bool {
	return o.changes() && slices.ContainsFunc(o.needs, func(p access.Permission) bool {
		switch p {
		case access.HotelWrite, access.LinesWrite, access.QueuesWrite, access.AccountsWrite, access.TokensWrite:
			return true
		}
		return false
	})
}

// tellsItself reports whether the domain writes the audit rows of the operation:
// access does so for logins and accounts.
func (o operation) tellsItself() bool { return slices.Contains(o.route.Operation.Tags, "access") }

// contract is api/openapi.yaml, by method and gin route.
type contract struct {
	doc        *openapi3.T
	operations map[string]operation // key: "GET /api/v1/rooms/:name"
}

// loadContract reads and checks openapi.yaml.
func loadContract() (*contract, error) { return readContract(api.OpenAPI()) }

// readContract reads a contract; every operation must name what it needs.
func readContract(text []byte) (*contract, error) {
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(text)
	if err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	if err := doc.Validate(loader.Context); err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	k := &contract{doc: doc, operations: map[string]operation{}}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			needs, err := needsOf(op)
			if err != nil {
				return nil, fmt.Errorf("openapi.yaml: %s %s: %w", method, path, err)
			}
			k.operations[method+" "+ginPath(path)] = operation{
				id: op.OperationID, needs: needs, csv: takesCSV(op),
				route: &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: op},
			}
		}
	}
	return k, nil
}

// needsOf reads x-permission: "hotel.read", or "desk.work or desk.watch". A slip
// there must not open an operation.
func needsOf(op *openapi3.Operation) ([]access.Permission, error) {
	text, ok := op.Extensions["x-permission"].(string)
	if !ok {
		return nil, fmt.Errorf("must name what it needs as x-permission")
	}
	var needs []access.Permission
	for _, word := range strings.Split(text, " or ") {
		p := access.Permission(word)
		alone := p == public || p == own
		if alone && word != text || !alone && !slices.Contains(access.Permissions(), p) {
			return nil, fmt.Errorf("x-permission %q is neither made of permissions nor own nor public", text)
		}
		needs = append(needs, p)
	}
	if openToAll := op.Security != nil && len(*op.Security) == 0; openToAll != (text == string(public)) {
		return nil, fmt.Errorf("security: [] belongs to public operations and to no others")
	}
	return needs, nil
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
