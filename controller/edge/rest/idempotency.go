package rest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"github.com/gin-gonic/gin"
)

const keyHeader = "Idempotency-Key"

// once carries a POST with an Idempotency-Key out one time and answers its
// repetitions with the first reply. A login is never repeated: it gives a cookie.
func (s *server) once(c *gin.Context) {
	o, _ := s.contract.of(c)
	secret := c.GetHeader(keyHeader)
	if c.Request.Method != http.MethodPost || secret == "" || o.isPublic() {
		return
	}
	ctx, owner := c.Request.Context(), actor(c).ID
	key := digest("key", secret)
	known, err := s.Replies.Remember(ctx, key, owner, fingerprint(c), s.Now())
	if err != nil {
		s.fail(c, err)
		return
	}
	if known != nil {
		s.repeat(c, secret, *known)
		return
	}
	// A client that goes away will ask again: the work is finished all the same.
	work, cancel := context.WithTimeout(context.WithoutCancel(ctx), requestTime)
	defer cancel()
	c.Request = c.Request.WithContext(work)
	recorder := &recorder{ResponseWriter: c.Writer}
	c.Writer = recorder
	c.Next()
	s.settle(context.WithoutCancel(ctx), key, owner, secret, recorder, c.GetBool(untouchedKey))
}

// settle saves the reply, or frees the key when the request was refused: it may
// be repaired and sent again, or was left untouched. After another failure of ours (5xx, panic) nobody knows
// what was done, so the key stays taken.
func (s *server) settle(ctx context.Context, key, owner, secret string, r *recorder, untouched bool) {
	ctx, cancel := context.WithTimeout(ctx, requestTime)
	defer cancel()
	status := r.Status()
	var err error
	switch {
	case status < http.StatusBadRequest:
		var sealed []byte
		if sealed, err = seal(secret, r.body.Bytes()); err == nil {
			err = s.Replies.SaveReply(ctx, key, owner, Reply{
				Status: status, Header: map[string]string{"Content-Type": r.Header().Get("Content-Type")}, Body: sealed,
			})
		}
	case status < http.StatusInternalServerError || untouched:
		err = s.Replies.Forget(ctx, key, owner)
	}
	if err != nil {
		s.Log.Error("reply not saved", "error", err, "status", status)
	}
}

func (s *server) repeat(c *gin.Context, secret string, known Reply) {
	body, err := open(secret, known.Body)
	if err != nil {
		s.fail(c, err)
		return
	}
	c.Header("Idempotency-Replayed", "true")
	c.Abort()
	if len(body) == 0 {
		c.Status(known.Status)
		c.Writer.WriteHeaderNow()
		return
	}
	c.Data(known.Status, known.Header["Content-Type"], body)
}

// fingerprint tells requests apart: method, address and body.
func fingerprint(c *gin.Context) string {
	body, _ := c.Get(bodyKey)
	raw, _ := body.([]byte)
	sum := sha256.Sum256(raw)
	return digest(c.Request.Method, c.Request.URL.RequestURI(), hex.EncodeToString(sum[:]))
}

func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		sum := sha256.Sum256([]byte(p)) // fixed length: parts cannot run into each other
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// recorder keeps a copy of what is answered.
type recorder struct {
	gin.ResponseWriter
	body bytes.Buffer
}

// Write answers and keeps.
func (r *recorder) Write(b []byte) (int, error) {
	r.body.Write(b)
	return r.ResponseWriter.Write(b)
}

// WriteString answers and keeps.
func (r *recorder) WriteString(s string) (int, error) { return r.Write([]byte(s)) }
