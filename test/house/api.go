package house

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"
)

// Do asks the API as the administrator. body may be nil, a string or anything
// JSON; the answer is decoded into result unless that is nil. It returns the
// status.
func (h *House) Do(t testing.TB, method, path string, body, result any) int {
	t.Helper()
	status, text := h.Raw(t, method, path, body)
	if result != nil {
		if err := json.Unmarshal(text, result); err != nil {
			t.Fatalf("%s %s: status %d, %v: %s", method, path, status, err, text)
		}
	}
	return status
}

// Raw is Do without decoding.
func (h *House) Raw(t testing.TB, method, path string, body any) (int, []byte) {
	t.Helper()
	var in io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case string:
		in, kind = bytes.NewBufferString(b), "text/csv"
	default:
		text, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		in = bytes.NewReader(text)
	}
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, h.API+path, in)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+h.Token)
	if in != nil {
		req.Header.Set("Content-Type", kind)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, text
}

// Until waits until ok holds; it asks again every 20 ms.
func (h *House) Until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	limit := time.After(Patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("not within %s: %s", Patience, what)
		}
	}
}

// AwaitReady waits until database, switch and provisioning are well.
func (h *House) AwaitReady(t testing.TB) {
	t.Helper()
	h.Until(t, "the controller is ready", func() bool {
		res, err := http.Get(h.API + "/readyz")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == http.StatusOK
	})
}
