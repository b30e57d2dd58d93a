package pbx

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSnapshotGivesWay walks the controller's way after a boot: blank the snapshot, reload,
// push the same objects, and no call is disturbed.
func TestSnapshotGivesWay(t *testing.T) {
	h := newHouse(t, "test-snapshot")
	c := h.caller.invite("room1", "1102")
	if code := c.final(3 * time.Second); code != 200 {
		t.Fatalf("answered %d, want 200", code)
	}
	path := "/asterisk/config/dynamic/res_pjsip/endpoint/room2"
	if status := h.status("PUT", path, `{"fields":[{"attribute":"aors","value":"room2"}]}`); status != http.StatusForbidden {
		t.Errorf("PUT over a snapshot object: %d, want 403 (if this changed, blanking is needless)", status)
	}
	if err := writeFile(filepath.Join(h.BootDir, "pjsip.conf"), nil, 0o640); err != nil {
		t.Fatal(err)
	}
	h.ari("PUT", "/asterisk/modules/res_pjsip.so", nil, "", nil)
	h.until("the snapshot's objects are gone", 3*time.Second, func() bool { return h.status("GET", path, "") == http.StatusNotFound })
	h.ari("PUT", "/asterisk/config/dynamic/res_pjsip/aor/room2", nil, `{"fields":[{"attribute":"contact","value":"sip:room2@`+h.callee.address()+`"}]}`, nil)
	for range 2 { // the second time it is an update
		h.ari("PUT", path, nil, `{"fields":[{"attribute":"aors","value":"room2"},{"attribute":"context","value":"from-phones"},{"attribute":"allow","value":"!all,ulaw"}]}`, nil)
	}
	if live, _ := h.callee.taken(); live != 1 {
		t.Error("the call did not survive")
	}
	h.ari("POST", "/channels", url.Values{"endpoint": {"PJSIP/room2"}, "context": {"bellhop-idle"}, "extension": {"hold"}, "priority": {"1"}, "channelId": {"second"}}, "", nil)
	h.until("the pushed endpoint is called", 3*time.Second, func() bool { live, _ := h.callee.taken(); return live == 2 })
	h.ari("DELETE", "/channels/second", nil, "", nil)
	c.hangup()
	h.empty()
	if _, err := os.Stat(filepath.Join(h.BootDir, "globals.conf")); err != nil {
		t.Error(err)
	}
}

// status sends one command and returns the HTTP status.
func (h *house) status(method, path, body string) int {
	h.t.Helper()
	request, err := http.NewRequestWithContext(h.ctx, method, h.ARIURL+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	request.SetBasicAuth(h.ARIUser, h.ARIPassword)
	request.Header.Set("Content-Type", "application/json")
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}
