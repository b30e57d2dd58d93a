package pbx

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// event is what the test looks at in an ARI event.
type event struct {
	Type    string
	Args    []string
	Channel struct{ ID, Name, Accountcode string }
}

// listen opens the call app's websocket and passes its events on until the test ends.
func (h *house) listen(t *testing.T) <-chan event {
	t.Helper()
	query := url.Values{"app": {"bellhop"}, "api_key": {h.ARIUser + ":" + h.ARIPassword}}
	socket, _, err := websocket.Dial(h.ctx, "ws"+strings.TrimPrefix(h.ARIURL, "http")+"/events?"+query.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	events, done := make(chan event, 1000), make(chan struct{})
	go func() {
		defer close(done)
		for {
			_, data, err := socket.Read(h.ctx)
			if err != nil {
				return
			}
			var e event
			if err := json.Unmarshal(data, &e); err == nil {
				events <- e
			}
		}
	}()
	t.Cleanup(func() {
		_ = socket.CloseNow() // the reader ends by it
		<-done
	})
	return events
}

// next waits for an event of that type.
func next(t *testing.T, events <-chan event, kind string) event {
	t.Helper()
	late := time.After(3 * time.Second)
	for {
		select {
		case e := <-events:
			if e.Type == kind {
				return e
			}
		case <-late:
			t.Fatalf("no %s within 3 s", kind)
		}
	}
}

func TestWithAController(t *testing.T) {
	h := newHouse(t, "test-claimed")
	events := h.listen(t)

	t.Run("a claimed call enters the app with the dialled number", func(t *testing.T) {
		c := h.caller.invite("room1", "1102")
		offer := next(t, events, "CallBroadcast")
		h.ari("POST", "/events/claim", url.Values{"channelId": {offer.Channel.ID}, "application": {"bellhop"}}, "", nil)
		start := next(t, events, "StasisStart")
		if !slices.Equal(start.Args, []string{"1102"}) {
			t.Errorf("arguments %q, want the dialled number", start.Args)
		}
		h.ari("POST", "/channels/"+start.Channel.ID+"/answer", nil, "", nil)
		if code := c.final(2 * time.Second); code != 200 {
			t.Fatalf("answered %d, want 200", code)
		}
		h.ari("DELETE", "/channels/"+start.Channel.ID, nil, "", nil)
		h.empty()
	})

	t.Run("a leg of ours has its own entry, answer time kept over two bridges", func(t *testing.T) {
		h.ari("POST", "/channels/our-leg", url.Values{"endpoint": {"PJSIP/room2"}, "app": {"bellhop"}},
			`{"variables":{"CHANNEL(hangup_handler_push)":"bellhop-ledger,s,1"}}`, nil)
		next(t, events, "StasisStart")
		for _, bridge := range []string{"one", "two"} {
			h.ari("POST", "/bridges/"+bridge, nil, "", nil)
			h.ari("POST", "/bridges/"+bridge+"/addChannel", url.Values{"channel": {"our-leg"}}, "", nil)
			next(t, events, "ChannelEnteredBridge")
			h.ari("DELETE", "/bridges/"+bridge, nil, "", nil)
			next(t, events, "ChannelLeftBridge")
		}
		h.ari("DELETE", "/channels/our-leg", nil, "", nil)
		h.empty()
	})

	t.Run("the ledger tells both", func(t *testing.T) {
		_, entries := h.ledger()
		for _, shape := range []string{
			`^[0-9.]+~[0-9.]+~\d{13}~\d{13}~\d{13}~\d+~stasis~1101~1102~room1~SUCCESS$`,
			`^our-leg~our-leg~\d{13}~\d{13}~\d{13}~\d+~leg~1102~~room2~SUCCESS$`,
		} {
			if !slices.ContainsFunc(entries, regexp.MustCompile(shape).MatchString) {
				t.Errorf("no entry like %s in %q", shape, entries)
			}
		}
	})

	t.Run("an emergency call is announced and does not wait", func(t *testing.T) {
		begin := time.Now()
		c := h.caller.invite("room1", "110")
		if code := c.final(2 * time.Second); code != 200 || time.Since(begin) > 400*time.Millisecond {
			t.Errorf("answered %d after %s, want 200 at once", code, time.Since(begin))
		}
		start := next(t, events, "StasisStart")
		if len(start.Args) != 5 || start.Args[0] != "emergency" || start.Args[2] != "1101" ||
			!strings.HasPrefix(start.Args[3], "PJSIP/room1-") || start.Args[4] != "110" {
			t.Fatalf("announced with %q", start.Args)
		}
		var mark struct{ Value string }
		h.ari("GET", "/channels/"+start.Args[1]+"/variable", url.Values{"variable": {"BH_EMERGENCY"}}, "", &mark)
		var caller struct{ Accountcode string }
		h.ari("GET", "/channels/"+start.Args[1], nil, "", &caller)
		if mark.Value != "1" || caller.Accountcode != "emergency" {
			t.Errorf("BH_EMERGENCY is %q and accountcode %q, want 1 and emergency", mark.Value, caller.Accountcode)
		}
		h.ari("DELETE", "/channels/"+start.Channel.ID, nil, "", nil)
		c.hangup()
		h.empty()
	})
}
