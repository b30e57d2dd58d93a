package rest

import (
	"strings"
	"testing"

	"bellhop/controller/access"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

func TestTokensOverTheAPI(t *testing.T) {
	b := newBench(t)
	var made gen.TokenWithSecret
	b.send("POST", "/tokens", `{"name":"PMS","scopes":["read","desk"],"expires":"2027-01-01T00:00:00+08:00"}`).is(201).into(&made)
	asPMS := []string{"Authorization", "Bearer " + made.Secret}
	b.send("GET", "/rooms", "", asPMS...).is(200)
	b.send("POST", "/tokens", `{"name":"x","scopes":["read"]}`, asPMS...).problem(fault.Forbidden)
	list := b.send("GET", "/tokens", "").is(200)
	if strings.Contains(string(list.body), made.Secret) || strings.Contains(strings.ToLower(string(list.body)), "hash") {
		t.Errorf("the list shows secrets: %s", list.body)
	}
	b.send("DELETE", "/tokens/"+made.Token.Id, "").is(204)
	b.send("GET", "/rooms", "", asPMS...).problem(fault.Unauthorized)
	b.send("DELETE", "/tokens/none", "").problem(fault.NotFound)
	b.send("DELETE", "/tokens/"+b.root.ID, "").problem(fault.Conflict) // the last key
	maker := b.token(access.ScopeTokens)
	b.send("POST", "/tokens", `{"name":"x","scopes":["admin"]}`, "Authorization", "Bearer "+maker).problem(fault.Forbidden)
	if strings.Contains(b.log.String(), made.Secret) || strings.Contains(b.log.String(), "bh_") {
		t.Error("the log shows a token")
	}
}
