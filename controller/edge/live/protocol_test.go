package live_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"bellhop/controller/access"
	"bellhop/controller/edge/live"
)

type subscribe map[string]any

func (b *browser) expect(want frame) {
	b.t.Helper()
	if got := b.next(); !reflect.DeepEqual(got, want) {
		b.t.Fatalf("got %+v\nwant %+v", got, want)
	}
}

func TestEverythingThenWhatChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			h.calls.Set("a", item{Name: "one"})
			b := h.browser("anna")
			defer b.CloseNow()
			b.say(subscribe{"subscribe": []string{"calls"}})
			b.expect(frame{Topic: "calls", Seq: 2, All: map[string]item{"a": {Name: "one"}}})

			h.calls.Set("a", item{Name: "one"}) // as before: no news
			h.calls.Drop("nobody")
			h.extensions.Set("1101", item{Name: "not subscribed"})
			b.silent()

			h.calls.Set("b", item{Name: "two"})
			b.expect(frame{Topic: "calls", Seq: 3, Set: map[string]item{"b": {Name: "two"}}})
			h.calls.Drop("a")
			b.expect(frame{Topic: "calls", Seq: 4, Drop: []string{"a"}})
			h.calls.Replace(map[string]any{"b": item{Name: "two"}, "c": item{Name: "three"}})
			b.expect(frame{Topic: "calls", Seq: 5, Set: map[string]item{"c": {Name: "three"}}})
			h.calls.Replace(nil)
			b.expect(frame{Topic: "calls", Seq: 7, Drop: []string{"b", "c"}})
		})
	})
}

func TestSeveralChangesAtOnceAreOneFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			b := h.browser("anna")
			defer b.CloseNow()
			b.say(subscribe{"subscribe": []string{"calls"}})
			b.expect(frame{Topic: "calls", Seq: 1, All: map[string]item{}})
			for i := range 50 {
				h.calls.Set("counter", item{Name: fmt.Sprint(i)})
			}
			h.calls.Set("passing", item{Name: "x"})
			h.calls.Drop("passing")
			b.expect(frame{Topic: "calls", Seq: 53, Set: map[string]item{"counter": {Name: "49"}}})
		})
	})
}

func TestTopicsAreRefusedOneByOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			h.lines.Set("carrier", item{Name: "secret"})
			b := h.browser("anna")
			defer b.CloseNow()
			b.say(subscribe{"subscribe": []string{"trunks", "weather", "calls"}, "since": map[string]int{"trunks": 1}, "epoch": b.epoch})
			b.expect(frame{Topic: "trunks", Refused: "forbidden"})
			b.expect(frame{Topic: "weather", Refused: "not_found"})
			b.expect(frame{Topic: "calls", Seq: 1, All: map[string]item{}})
			h.lines.Set("carrier", item{Name: "still secret"})
			b.silent()
		})
	})
}

func TestANewWishReplacesTheOldOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			b := h.browser("anna")
			defer b.CloseNow()
			b.say(subscribe{"subscribe": []string{"calls"}})
			b.expect(frame{Topic: "calls", Seq: 1, All: map[string]item{}})
			b.say(subscribe{"subscribe": []string{"calls", "extensions"}})
			b.expect(frame{Topic: "extensions", Seq: 1, All: map[string]item{}}) // and calls go on
			b.say(subscribe{"subscribe": []string{"extensions"}})
			time.Sleep(time.Second / 2)
			h.calls.Set("a", item{Name: "unheard"})
			b.silent()
			b.say(subscribe{"subscribe": []string{}})
			time.Sleep(time.Second / 2)
			h.extensions.Set("1101", item{Name: "unheard"})
			b.silent()
		})
	})
}

func TestBeatsTellTheTimeEverySecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		noon := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
		withFeed(t, func(o *live.Options) { o.Now = func() time.Time { return noon } }, func(h *feedHouse) {
			b := h.browser("anna")
			defer b.CloseNow()
			began := time.Now()
			for n := range uint64(20) { // pings are answered meanwhile
				if f := b.any(); f.Beat != n+1 || !f.At.Equal(noon) {
					t.Fatalf("%+v", f)
				}
			}
			if took := time.Since(began); took < 19*time.Second || took > 21*time.Second {
				t.Errorf("20 beats took %s", took)
			}
		})
	})
}

func TestBadInputEndsWithAReason(t *testing.T) {
	many := make([]string, 33)
	for i := range many {
		many[i] = fmt.Sprintf(`"t%d"`, i)
	}
	tests := []struct {
		name, message string
		kind          websocket.MessageType
		code          websocket.StatusCode
		reason        string
	}{
		{"binary", `{"subscribe":[]}`, websocket.MessageBinary, websocket.StatusUnsupportedData, "only text"},
		{"empty", ``, websocket.MessageText, websocket.StatusPolicyViolation, "not a subscription"},
		{"no JSON", `hello`, websocket.MessageText, websocket.StatusPolicyViolation, "not a subscription"},
		{"two values", `{"subscribe":[]}{}`, websocket.MessageText, websocket.StatusPolicyViolation, "something follows"},
		{"no subscribe", `{}`, websocket.MessageText, websocket.StatusPolicyViolation, "subscribe: is missing"},
		{"unknown field", `{"subscribe":[],"publish":["calls"]}`, websocket.MessageText, websocket.StatusPolicyViolation, "publish"},
		{"not a list", `{"subscribe":"calls"}`, websocket.MessageText, websocket.StatusPolicyViolation, "subscribe cannot be a string"},
		{"negative number", `{"subscribe":["calls"],"since":{"calls":-1}}`, websocket.MessageText, websocket.StatusPolicyViolation, "since"},
		{"fraction", `{"subscribe":["calls"],"since":{"calls":1.5}}`, websocket.MessageText, websocket.StatusPolicyViolation, "since"},
		{"twice", `{"subscribe":["calls","calls"]}`, websocket.MessageText, websocket.StatusPolicyViolation, `names "calls" twice`},
		{"since of another", `{"subscribe":["calls"],"since":{"seats":1}}`, websocket.MessageText, websocket.StatusPolicyViolation, `since: names "seats"`},
		{"too many", `{"subscribe":[` + strings.Join(many, ",") + `]}`, websocket.MessageText, websocket.StatusPolicyViolation, "more than 32 topics"},
		{"long name twice", `{"subscribe":["` + strings.Repeat("长", 200) + `","` + strings.Repeat("长", 200) + `"]}`, websocket.MessageText, websocket.StatusPolicyViolation, "subscribe: names"},
		{"too large", `{"subscribe":["` + strings.Repeat("x", 5000) + `"]}`, websocket.MessageText, websocket.StatusMessageTooBig, "4096 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				withFeed(t, nil, func(h *feedHouse) {
					b := h.browser("anna")
					defer b.CloseNow()
					b.send(tt.kind, []byte(tt.message))
					if end := b.ended(); end.Code != tt.code || !strings.Contains(end.Reason, tt.reason) {
						t.Errorf("closed with %d %q", end.Code, end.Reason)
					}
					synctest.Wait()
					if n := h.feed.Stats().Rude; n != 1 {
						t.Errorf("counted %d rude clients", n)
					}
				})
			})
		})
	}
}

func TestTooManyWishesEndWithAReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			b := h.browser("anna")
			defer b.CloseNow()
			for range 20 { // one a second may go on for ever
				b.say(subscribe{"subscribe": []string{}})
				b.any()
			}
			for range 11 {
				b.say(subscribe{"subscribe": []string{}})
			}
			if end := b.ended(); end.Code != websocket.StatusPolicyViolation || !strings.Contains(end.Reason, "more than 10") {
				t.Errorf("closed with %d %q", end.Code, end.Reason)
			}
		})
	})
}

func TestAFloodIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			b := h.browser("anna")
			defer b.CloseNow()
			go func() { _ = b.Write(t.Context(), websocket.MessageText, make([]byte, 1<<20)) }()
			for {
				if _, err := b.read(); err != nil {
					break
				}
			}
			synctest.Wait()
			if s := h.feed.Stats(); s.Rude != 1 || s.Clients != 0 {
				t.Errorf("%+v", s)
			}
		})
	})
}

func TestStoppingSaysGoodbye(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			b, deaf := h.browser("anna"), h.browser("anna")
			defer b.CloseNow()
			defer deaf.CloseNow()
			deaf.line.stall()
			began := time.Now()
			closed := make(chan error)
			go func() { closed <- h.feed.Close() }()
			if end := b.ended(); end.Code != websocket.StatusGoingAway {
				t.Errorf("closed with %d %q", end.Code, end.Reason)
			}
			if err := <-closed; err != nil || time.Since(began) > 2*time.Second {
				t.Errorf("%v, took %s", err, time.Since(began))
			}
			if code, body := h.refused(request("anna")); code != 503 {
				t.Errorf("%d %s", code, body)
			}
		})
	})
}

func TestObjectsThatCannotBeShownAreDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			h.calls.Set("a", item{Name: "one"})
			h.calls.Set("a", func() {})
			b := h.browser("anna")
			defer b.CloseNow()
			b.say(subscribe{"subscribe": []string{"calls"}})
			b.expect(frame{Topic: "calls", Seq: 3, All: map[string]item{}})
			if h.feed.Topic("calls", live.TopicOptions{Permission: access.AuditRead}) != h.calls {
				t.Error("a second topic of the same name")
			}
		})
	})
}
