package rest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

const (
	// trailTime bounds the writing of a row after the change was made.
	trailTime = 5 * time.Second
	// untouchedKey marks a request that failed before anything was done.
	untouchedKey = "untouched"
)

// trail puts every operation that changes something into the audit chain. What
// administers the house is written first, and not done if that fails; a call, a
// guest or the desk goes on without, loudly.
func (s *server) trail(c *gin.Context) {
	o, _ := s.contract.of(c)
	if !o.changes() || o.tellsItself() {
		return
	}
	made := &noted{}
	withValue(c, keyNote, made)
	row := s.rowOf(c, o)
	if o.administers() {
		s.tellFirst(c, row, made)
		return
	}
	c.Next()
	if refusal(c) == nil {
		s.tell(c, made.onto(row))
	}
}

// tellFirst writes the row, then does. What was made is known only afterwards and
// gets a row of its own.
func (s *server) tellFirst(c *gin.Context, row access.Audit, made *noted) {
	done := false
	err := s.Audit.Do(c.Request.Context(), row, func(context.Context) error {
		done = true
		c.Next()
		return refusal(c)
	})
	switch {
	case !done:
		c.Set(untouchedKey, true)
		s.fail(c, fault.Wrap(err, fault.Unavailable, "nothing was done"))
	case err != nil: // answered already
		s.Log.Info("change refused", "operation", row.What, "request", requestID(c.Request.Context()), "error", err)
	case made.object != "":
		row.What += ".made"
		s.tell(c, made.onto(row))
	}
}

// tell writes what has happened already.
func (s *server) tell(c *gin.Context, row access.Audit) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request.Context()), trailTime)
	defer cancel()
	if err := s.Audit.Append(ctx, row); err != nil {
		s.Log.Error("a change is missing in the audit trail", "operation", row.What, "who", row.Who, "object", row.Object,
			"request", requestID(ctx), "error", err)
	}
}

// rowOf returns the row of an operation that is about to be carried out: the
// object as it is, and what was asked for.
func (s *server) rowOf(c *gin.Context, o operation) access.Audit {
	asked := askedFor(c, o)
	who := act(c)
	who.Reason, _ = asked["reason"].(string)
	var keys []string
	for _, p := range c.Params {
		keys = append(keys, p.Value)
	}
	object := strings.Join(keys, " ")
	if object == "" {
		object = o.noun()
	}
	row := who.Row(o.id, object, s.before(o, c.Param), nil)
	if len(asked) > 0 {
		row.After = who.Row("", "", nil, asked).After
	}
	return row
}

// askedFor returns the body as the audit trail may hold it: without dialled
// digits, which may be anybody's PIN, and of a sheet only what tells it apart.
func askedFor(c *gin.Context, o operation) map[string]any {
	kept, _ := c.Get(bodyKey)
	body, _ := kept.([]byte)
	if o.csv {
		sum := sha256.Sum256(body)
		return map[string]any{"sheet_sha256": hex.EncodeToString(sum[:]), "dry_run": c.Query("dry_run") == "true"}
	}
	var asked map[string]any
	if json.Unmarshal(body, &asked) != nil {
		return nil // no body
	}
	if _, ok := asked["digits"]; ok {
		asked["digits"] = "[hidden]"
	}
	return asked
}

// refusal returns why the request was refused, nil if it was carried out.
func refusal(c *gin.Context) error {
	if c.Writer.Status() < http.StatusBadRequest {
		return nil
	}
	if last := c.Errors.Last(); last != nil {
		return last.Err
	}
	return fault.New(fault.Internal, "status %d", c.Writer.Status())
}

// noted is what a handler adds to the row of its operation.
type noted struct {
	object string
	after  any
}

// note tells the audit trail what came of the operation, where the path and the
// body do not say: the object that was made, as the API shows it.
func note(ctx context.Context, object string, after any) {
	if n, ok := plain(ctx).Value(keyNote).(*noted); ok {
		n.object, n.after = object, after
	}
}

func (n *noted) onto(row access.Audit) access.Audit {
	if n.object == "" {
		return row
	}
	row.Object, row.After = n.object, access.Act{}.Row("", "", nil, n.after).After
	return row
}
