package pbx

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const testRoot = "../../../.bellhop/asterisk"

// house is an Asterisk with two rooms, an operator and a trunk, known from a snapshot alone.
type house struct {
	*Instance
	t                     *testing.T
	ctx                   context.Context
	caller, callee, trunk *peer
}

// needAsterisk skips the quick run; otherwise a missing Asterisk is a failure, not a skip.
func needAsterisk(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("needs root and the unpacked Asterisk; run without -short")
	}
}

func newHouse(t *testing.T, name string) *house {
	t.Helper()
	needAsterisk(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	port, err := freePort("127.0.0.1", true)
	if err != nil {
		t.Fatal(err)
	}
	server := fmt.Sprintf("127.0.0.1:%d", port)
	h := &house{t: t, ctx: ctx, caller: newPeer(t, server), callee: newPeer(t, server), trunk: newPeer(t, server)}
	h.Instance, err = Start(ctx, Options{Root: testRoot, Name: fmt.Sprintf("%s-%d", name, os.Getpid()), SIPPort: port, Snapshot: map[string]string{
		"pjsip.conf": room("room1", "1101", h.caller) + room("room2", "1102", h.callee) + carrier("carrier", h.trunk),
		"globals.conf": "BH_DIAL_1101=PJSIP/room1\nBH_DIAL_1102=PJSIP/room2\nBH_DIAL_8888=PJSIP/room2\n" +
			"BH_DIAL_7000=PJSIP/02112345678@carrier\n" + // a call that takes a line
			"BH_DID_02155550000=1102\nBH_DID_DEFAULT=8888\nBH_EMERGENCY_9110=110\nBH_TRUNKS=carrier\nBH_MAIN_NUMBER=02155550000\n",
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("last lines of the log: %s", tail(h.LogPath))
		}
		h.noErrors()
		if err := h.Remove(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return h
}

// room is a device in the snapshot that is known by its user name alone.
func room(id, number string, p *peer) string {
	return fmt.Sprintf("[%[1]s]\ntype=aor\ncontact=sip:%[1]s@%[2]s\n[%[1]s]\ntype=endpoint\naors=%[1]s\ncontext=from-phones\nallow=!all,ulaw\ncallerid=<%[3]s>\n", id, p.address(), number)
}

func carrier(id string, p *peer) string {
	return fmt.Sprintf("[%[1]s]\ntype=aor\ncontact=sip:%[2]s\n[%[1]s]\ntype=endpoint\naors=%[1]s\ncontext=from-trunks\nallow=!all,ulaw\n", id, p.address())
}

// ari sends one command; query may be nil. A GET's answer is decoded into result.
func (h *house) ari(method, path string, query url.Values, body string, result any) {
	h.t.Helper()
	request, err := http.NewRequestWithContext(h.ctx, method, h.ARIURL+path+"?"+query.Encode(), strings.NewReader(body))
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
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		h.t.Fatalf("ARI %s %s: %s", method, path, response.Status)
	}
	if result != nil {
		if err := json.NewDecoder(response.Body).Decode(result); err != nil {
			h.t.Fatal(err)
		}
	}
}

// ledger returns the minutes and entries of the switch's ledger, read as the controller does.
func (h *house) ledger() (minutes, entries []string) {
	h.t.Helper()
	h.ari("POST", "/channels", url.Values{
		"endpoint": {"Local/hold@bellhop-idle/n"}, "context": {"bellhop-idle"}, "extension": {"hold"},
		"priority": {"1"}, "channelId": {"reader"},
	}, "", nil)
	defer h.ari("DELETE", "/channels/reader", nil, "", nil)
	minutes = h.keys("bellhop-ended")
	for _, minute := range minutes {
		entries = append(entries, h.keys("bellhop-ended/"+minute)...)
	}
	return minutes, entries
}

// keys lists one family of AstDB by way of the channel "reader".
func (h *house) keys(family string) []string {
	h.t.Helper()
	var variable struct{ Value string }
	h.ari("GET", "/channels/reader/variable", url.Values{"variable": {"DB_KEYS(" + family + ")"}}, "", &variable)
	if variable.Value == "" {
		return nil
	}
	return strings.Split(variable.Value, ",")
}

// until waits for a condition, checked every 20 ms, at most patience.
func (h *house) until(what string, patience time.Duration, condition func() bool) {
	h.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	late := time.After(patience)
	for !condition() {
		select {
		case <-tick.C:
		case <-late:
			h.t.Fatalf("not within %s: %s", patience, what)
		}
	}
}

// empty waits until no channel is left.
func (h *house) empty() {
	h.t.Helper()
	h.until("no channel is left", 3*time.Second, func() bool {
		channels, err := h.Channels(h.ctx)
		return err == nil && len(channels) == 0
	})
}

// noErrors holds the configuration to it: nothing in these tests is an error to Asterisk.
func (h *house) noErrors() {
	h.t.Helper()
	log, err := os.ReadFile(h.LogPath)
	if err != nil {
		h.t.Error(err)
	}
	for _, line := range strings.Split(string(log), "\n") {
		if strings.Contains(line, " ERROR[") {
			h.t.Errorf("Asterisk logged: %s", line)
		}
	}
}
