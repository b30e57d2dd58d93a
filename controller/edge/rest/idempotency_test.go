package rest

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/access"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

const someKey = "5f2a9c8e-0001-4711"

func TestRepeatedPost(t *testing.T) {
	b := newBench(t)
	body := `{"extension":"1206","kind":"sip","label":"x"}`
	first := b.send("POST", "/devices", body, keyHeader, someKey).is(201)
	again := b.send("POST", "/devices", body, keyHeader, someKey).is(201)
	if !bytes.Equal(first.body, again.body) || again.header.Get("Content-Type") != "application/json" {
		t.Errorf("replies differ:\n%s\n%s", first.body, again.body)
	}
	if again.header.Get("Idempotency-Replayed") != "true" || first.header.Get("Idempotency-Replayed") != "" {
		t.Error("a repeated reply must say so, a first one not")
	}
	other := b.send("POST", "/devices", strings.Replace(body, `"x"`, `"y"`, 1), keyHeader, someKey).problem(fault.Conflict)
	if !strings.Contains(other.Detail, "another request") {
		t.Errorf("detail %q", other.Detail)
	}
	b.send("POST", "/routes", `{"trunks":["unicom"]}`, keyHeader, someKey).problem(fault.Conflict)
	b.send("POST", "/devices", body, keyHeader, "short").problem(fault.Invalid)
	b.send("POST", "/devices", body, keyHeader, "schlüssel-schlüssel-x").problem(fault.Invalid)
	// another client's key is another key
	b.send("POST", "/devices", body, keyHeader, someKey, "Authorization", "Bearer "+b.token(access.ScopeAdmin)).is(201)

	var made gen.DeviceWithSecret
	first.into(&made)
	known, err := b.store.Remember(t.Context(), digest("key", someKey), b.root.ID, "?", epoch)
	if !fault.Is(err, fault.Conflict) || known != nil {
		t.Fatalf("the key is stored under another name: %v", err)
	}
}

func TestSavedRepliesAreSealed(t *testing.T) {
	kept := &spy{}
	b := newBenchWith(t, func(p *Parts) { kept.Replies = p.Replies; p.Replies = kept })
	var made gen.DeviceWithSecret
	b.send("POST", "/devices", `{"extension":"1206","kind":"sip","label":"x"}`, keyHeader, someKey).is(201).into(&made)
	if len(kept.saved) != 1 || bytes.Contains(kept.saved[0].Body, []byte(made.Secret)) || bytes.Contains(kept.saved[0].Body, []byte("secret")) {
		t.Error("the saved reply shows the secret")
	}
	if strings.Contains(kept.key, someKey) {
		t.Error("the key itself was stored: it opens the reply")
	}
}

// spy keeps what is saved.
type spy struct {
	Replies
	key   string
	saved []Reply
}

func (s *spy) SaveReply(ctx context.Context, key, scope string, r Reply) error {
	s.key, s.saved = key, append(s.saved, r)
	return s.Replies.SaveReply(ctx, key, scope, r)
}

func TestRepeatWithoutBody(t *testing.T) {
	b := newBench(t)
	stay := b.house.Directory().Stays()[0]
	b.send("POST", "/stays/"+stay.ID+"/check-out", "", keyHeader, someKey).is(204)
	b.send("POST", "/stays/"+stay.ID+"/check-out", "", keyHeader, someKey).is(204) // not 404
	b.send("POST", "/stays/"+stay.ID+"/check-out", "").problem(fault.NotFound)
}

func TestRefusedPostMayBeRepaired(t *testing.T) {
	b := newBench(t)
	b.send("POST", "/devices", `{"extension":"4711","kind":"sip","label":"x"}`, keyHeader, someKey).problem(fault.NotFound)
	b.send("POST", "/devices", `{"extension":"1206","kind":"sip","label":"x"}`, keyHeader, someKey).is(201)
}

func TestFailedPostKeepsItsKey(t *testing.T) {
	b := newBenchWith(t, func(p *Parts) { p.Hotel = brokenHotel{p.Hotel, nil} }) // panics: nobody knows what was done
	b.send("POST", "/devices", `{"extension":"1206","kind":"sip","label":"x"}`, keyHeader, someKey).problem(fault.Internal)
	p := b.send("POST", "/devices", `{"extension":"1206","kind":"sip","label":"x"}`, keyHeader, someKey).problem(fault.Conflict)
	if !strings.Contains(p.Detail, "carried out") {
		t.Errorf("detail %q does not say what to do", p.Detail)
	}
}

// slowHotel lets operations begin and waits before it ends them.
type slowHotel struct {
	Hotel
	begun, end chan struct{}
}

func (h slowHotel) Do(ctx context.Context, op hotel.Op) (string, error) {
	h.begun <- struct{}{}
	<-h.end
	return h.Hotel.Do(ctx, op)
}

func TestConcurrentDuplicatesExecuteOnce(t *testing.T) {
	b := newBench(t)
	before := len(b.house.Directory().DevicesOf(b.house.Directory().Extensions()[0].Number))
	number := b.house.Directory().Extensions()[0].Number
	body := fmt.Sprintf(`{"extension":%q,"kind":"sip","label":"x"}`, number)
	var wg sync.WaitGroup
	statuses := make([]int, 20)
	for i := range statuses {
		wg.Go(func() { statuses[i] = b.send("POST", "/devices", body, keyHeader, someKey).status })
	}
	wg.Wait()
	if n := len(b.house.Directory().DevicesOf(number)) - before; n != 1 {
		t.Errorf("%d devices were made", n)
	}
	for _, s := range statuses {
		if s != 201 && s != 409 {
			t.Errorf("status %d", s)
		}
	}
	b.send("POST", "/devices", body, keyHeader, someKey).is(201)
}

// TestClientThatLeavesGetsItsReplyLater cuts the connection in the middle.
func TestClientThatLeavesGetsItsReplyLater(t *testing.T) {
	slow := slowHotel{begun: make(chan struct{}), end: make(chan struct{})}
	b := newBenchWith(t, func(p *Parts) { slow.Hotel = p.Hotel; p.Hotel = slow })
	body := `{"extension":"1206","kind":"sip","label":"x"}`
	left := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer close(left)
		b.leave(ctx, body)
	}()
	<-slow.begun
	b.send("POST", "/devices", body, keyHeader, someKey).problem(fault.Conflict) // still at it
	cancel()
	<-left
	close(slow.end)
	until(t, func() bool { return b.send("POST", "/devices", body, keyHeader, someKey).status == 201 })
}

// until waits for a condition, at most ten seconds.
func until(t *testing.T, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(10 * time.Second)
	for !ok() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("it never came to be")
		}
	}
}

func TestSeal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret, body := rapid.String().Draw(t, "secret"), rapid.SliceOf(rapid.Byte()).Draw(t, "body")
		sealed, err := seal(secret, body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := open(secret, sealed)
		if err != nil || !bytes.Equal(got, body) {
			t.Fatalf("%q, %v", got, err)
		}
		if len(body) == 0 {
			return
		}
		if _, err := open(secret+"x", sealed); err == nil {
			t.Fatal("another key opens it")
		}
		sealed[rapid.IntRange(0, len(sealed)-1).Draw(t, "at")] ^= 1
		if _, err := open(secret, sealed); err == nil {
			t.Fatal("a changed reply was taken")
		}
	})
}
