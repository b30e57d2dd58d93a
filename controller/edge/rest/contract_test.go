package rest

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"bellhop/api"
	"bellhop/controller/access"
)

// outsideContract are the routes that are not operations of the API.
func outsideContract() []string {
	return []string{"GET /healthz", "GET /readyz", "GET /metrics", "GET /docs", "GET /docs/:file", "GET /api/v1/openapi.json"}
}

func TestRouterIsContract(t *testing.T) {
	k, err := loadContract()
	must(t, err)
	d, err := newDocs(k)
	must(t, err)
	e, err := (&server{Parts{Health: &Health{}, Metrics: NewMetrics(Figures{})}, k}).routes(d)
	must(t, err)
	var got []string
	for _, r := range e.Routes() {
		got = append(got, r.Method+" "+r.Path)
	}
	want := append(k.routes(), outsideContract()...)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("routes\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(want) < 60 {
		t.Errorf("only %d routes: is the contract whole?", len(want))
	}
}

// TestGeneratedIsInStep generates anew and compares; it needs the generator in
// the module cache or a network.
func TestGeneratedIsInStep(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the generator")
	}
	const target = "controller/edge/rest/gen/api.gen.go"
	out, config := filepath.Join(t.TempDir(), "api.gen.go"), filepath.Join(t.TempDir(), "config.yaml")
	settings, err := os.ReadFile("../../../api/oapi-codegen.yaml")
	must(t, err)
	must(t, os.WriteFile(config, []byte(strings.Replace(string(settings), target, out, 1)), 0o600))
	cmd := exec.CommandContext(t.Context(), "go", "run", "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2",
		"-config", config, "api/openapi.yaml")
	cmd.Dir = "../../.."
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("the generator does not run here: %v\n%s", err, text)
	}
	want, err := os.ReadFile(out)
	must(t, err)
	got, err := os.ReadFile("../../../" + target)
	must(t, err)
	if string(got) != string(want) {
		t.Error("gen/api.gen.go is not what api/openapi.yaml gives: run make gen")
	}
}

// TestContractKeepsTheRules holds every operation to the rules of the house.
func TestContractKeepsTheRules(t *testing.T) {
	k, err := loadContract()
	must(t, err)
	for route, o := range k.operations {
		op := o.route.Operation
		if op.Responses.Default() == nil {
			t.Errorf("%s has no problem reply", route)
		}
		if op.Extensions["x-zh"] == nil || op.Summary == "" {
			t.Errorf("%s is not described in both languages", route)
		}
		key := op.Parameters.GetByInAndName("header", keyHeader)
		if isPost := strings.HasPrefix(route, http.MethodPost) && !o.isPublic(); isPost != (key != nil) {
			t.Errorf("%s: Idempotency-Key belongs on every POST but the login's and nowhere else", route)
		}
		if strings.HasPrefix(route, http.MethodGet) && strings.HasPrefix(op.OperationID, "list") && op.Parameters.GetByInAndName("query", "limit") == nil {
			t.Errorf("%s: a list without pages", route)
		}
		for _, p := range o.needs {
			if o.changes() && (strings.HasSuffix(string(p), ".read") || p == access.DeskWatch) {
				t.Errorf("%s changes things with the permission %s", route, p)
			}
		}
		for _, p := range append(o.route.PathItem.Parameters, op.Parameters...) {
			bounded(t, route+" "+p.Value.Name, p.Value.Schema)
		}
		if op.RequestBody != nil {
			for _, m := range op.RequestBody.Value.Content {
				bounded(t, route+" body", m.Schema)
			}
		}
	}
}

// bounded checks that nothing of an input is without limit.
func bounded(t *testing.T, at string, ref *openapi3.SchemaRef) {
	t.Helper()
	s := ref.Value
	switch {
	case s.Type.Is("string"):
		if s.MaxLength == nil && len(s.Enum) == 0 && s.Format == "" && s.Pattern == "" {
			t.Errorf("%s: text without limit", at)
		}
		if s.MaxLength != nil && s.Pattern == "" && s.Format == "" && !strings.HasSuffix(at, " after") && !strings.HasSuffix(at, "time_zone") {
			t.Errorf("%s: text without a pattern lets control characters in", at)
		}
	case s.Type.Is("integer") && (s.Min == nil || s.Max == nil):
		t.Errorf("%s: number without limits", at)
	case s.Type.Is("array"):
		if s.MaxItems == nil {
			t.Errorf("%s: list without limit", at)
		}
		bounded(t, at+"[]", s.Items)
	case s.Type.Is("object"):
		switch named := s.AdditionalProperties; {
		case named.Schema != nil: // a map, as of skills
			if s.MaxProps == nil {
				t.Errorf("%s: map without limit", at)
			}
			bounded(t, at+".*", named.Schema)
		case named.Has == nil || *named.Has:
			t.Errorf("%s: takes unknown fields", at)
		}
		for name, p := range s.Properties {
			bounded(t, at+"."+name, p)
		}
	}
}

// TestContractWithSlips: an operation that does not say what it needs, or says it
// wrong, keeps the server from starting.
func TestContractWithSlips(t *testing.T) {
	whole := string(api.OpenAPI())
	for name, c := range map[string][2]string{
		"none":              {"      x-permission: hotel.read\n", ""},
		"unknown":           {"x-permission: hotel.read", "x-permission: hotel.raed"},
		"empty":             {"x-permission: hotel.read", `x-permission: ""`},
		"a list":            {"x-permission: hotel.read", "x-permission: [hotel.read, own]"},
		"own or more":       {"x-permission: hotel.read", "x-permission: hotel.read or own"},
		"half unknown":      {"x-permission: hotel.read", "x-permission: hotel.read or raed"},
		"public unsaid":     {"x-permission: hotel.read", "x-permission: public"},
		"login not public":  {"x-permission: public", "x-permission: own"},
		"open by its words": {"      x-permission: hotel.read\n", "      x-permission: hotel.read\n      security: []\n"},
	} {
		broken := strings.Replace(whole, c[0], c[1], 1)
		if broken == whole {
			t.Fatalf("%s: nothing was broken", name)
		}
		if _, err := readContract([]byte(broken)); err == nil || !strings.Contains(err.Error(), "/") {
			t.Errorf("%s: %v, want an error that names the operation", name, err)
		}
	}
}
