package phones_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"bellhop/controller/sim/phones"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// within is the deadline of a test that waits for other parties.
func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newPhone(t *testing.T, cfg phones.Config) *phones.Phone {
	t.Helper()
	cfg.Logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	p, err := phones.New(context.Background(), cfg)
	must(t, err)
	t.Cleanup(p.Close)
	return p
}

// pair returns two phones, the first of which has the second for a server.
func pair(t *testing.T) (alice, bob *phones.Phone) {
	bob = newPhone(t, phones.Config{User: "bob"})
	alice = newPhone(t, phones.Config{User: "alice", DisplayName: `Al "Ace" Ice`, Server: bob.Addr().String()})
	return alice, bob
}

// connect lets alice call bob and bob answer.
func connect(ctx context.Context, t *testing.T, alice, bob *phones.Phone) (out, in *phones.Call) {
	t.Helper()
	out, err := alice.Call(ctx, "1102")
	must(t, err)
	in, err = bob.Next(ctx)
	must(t, err)
	must(t, in.Answer(ctx))
	must(t, out.WaitAnswered(ctx))
	return out, in
}

func TestCallBothWays(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	alice, bob := pair(t)
	out, err := alice.Call(ctx, "11 02#", "X-Room: 1101")
	must(t, err)
	in, err := bob.Next(ctx)
	must(t, err)
	if in.Number() != "11 02#" || in.CallerNumber() != "alice" || in.CallerName() != `Al "Ace" Ice` {
		t.Errorf("call to %q from %q %q", in.Number(), in.CallerNumber(), in.CallerName())
	}
	if got := in.Header("X-Room"); !slices.Equal(got, []string{"1101"}) {
		t.Errorf("X-Room %q", got)
	}
	must(t, in.Ring())
	must(t, out.WaitRinging(ctx))
	if out.Answered() || out.EarlyMedia() {
		t.Error("answered or early media before either happened")
	}
	must(t, in.Answer(ctx))
	must(t, out.WaitAnswered(ctx))
	out.SendTone(600)
	in.SendTone(900)
	must(t, out.Hears(ctx, 900))
	must(t, in.Hears(ctx, 600))
	must(t, out.HearsNot(ctx, 600, 300*time.Millisecond))
	must(t, out.SendDTMF(ctx, "0123456789*#ABCD"))
	must(t, in.HearsKeys(ctx, "0123456789*#ABCD"))
	must(t, in.SendDTMF(ctx, "42"))
	must(t, out.HearsKeys(ctx, "42"))
	must(t, out.Hangup(ctx))
	end, err := in.WaitEnded(ctx)
	must(t, err)
	if !end.Far || end.Status != 200 {
		t.Errorf("ending %+v, want by the far end with 200", end)
	}
	if tr := in.Traffic(); tr.In < 100 || tr.Out < 100 || tr.Bad != 0 {
		t.Errorf("traffic %+v, want at least 100 each way", tr)
	}
}

func TestFarEndHangsUp(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	out, in := connectPair(ctx, t)
	must(t, in.Hangup(ctx))
	end, err := out.WaitEnded(ctx)
	must(t, err)
	if !end.Far || end.Status != 200 {
		t.Errorf("ending %+v, want by the far end with 200", end)
	}
	must(t, out.Hangup(ctx)) // hanging up twice is no error
	var ending phones.Ending
	if err := out.WaitHeld(ctx, true); !errors.As(err, &ending) {
		t.Errorf("waiting on an ended call: %v, want its ending", err)
	}
}

func connectPair(ctx context.Context, t *testing.T) (out, in *phones.Call) {
	t.Helper()
	alice, bob := pair(t)
	return connect(ctx, t, alice, bob)
}

func TestRejections(t *testing.T) {
	t.Parallel()
	for _, status := range []int{403, 404, 480, 484, 486, 503, 600, 603} {
		ctx := within(t, 10*time.Second)
		alice, bob := pair(t)
		out, err := alice.Call(ctx, "1102")
		must(t, err)
		in, err := bob.Next(ctx)
		must(t, err)
		must(t, in.Reject(status))
		end, err := out.WaitEnded(ctx)
		must(t, err)
		if !end.Far || end.Status != status {
			t.Errorf("ending %+v, want %d by the far end", end, status)
		}
		if err := in.Answer(ctx); err == nil {
			t.Error("a rejected call could be answered")
		}
	}
}

func TestRejectNeedsAFailure(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	alice, bob := pair(t)
	_, err := alice.Call(ctx, "1102")
	must(t, err)
	in, err := bob.Next(ctx)
	must(t, err)
	for _, status := range []int{0, 180, 200, 299, 700} {
		if err := in.Reject(status); err == nil {
			t.Errorf("Reject(%d) accepted", status)
		}
	}
}

func TestRedirect(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	alice, bob := pair(t)
	out, err := alice.Call(ctx, "1102")
	must(t, err)
	in, err := bob.Next(ctx)
	must(t, err)
	must(t, in.Redirect("1199"))
	end, err := out.WaitEnded(ctx)
	must(t, err)
	if end.Status != 302 || !strings.HasPrefix(end.MovedTo, "sip:1199@") {
		t.Errorf("ending %+v, want 302 to 1199", end)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	alice, bob := pair(t)
	out, err := alice.Call(ctx, "1102")
	must(t, err)
	in, err := bob.Next(ctx)
	must(t, err)
	must(t, in.Ring())
	must(t, out.WaitRinging(ctx))
	must(t, out.Hangup(ctx))
	end, err := in.WaitEnded(ctx)
	must(t, err)
	if !end.Far || end.Status != 487 {
		t.Errorf("callee: %+v, want cancelled by the far end", end)
	}
	end, err = out.WaitEnded(ctx)
	must(t, err)
	if end.Far || end.Status != 487 {
		t.Errorf("caller: %+v, want cancelled by us", end)
	}
	if err := in.Answer(ctx); err == nil {
		t.Error("a cancelled call could be answered")
	}
}

func TestEarlyMedia(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	alice, bob := pair(t)
	out, err := alice.Call(ctx, "1102")
	must(t, err)
	in, err := bob.Next(ctx)
	must(t, err)
	in.SendTone(450)
	must(t, in.SendEarlyMedia())
	must(t, out.WaitEarlyMedia(ctx))
	must(t, out.Hears(ctx, 450))
	if out.Answered() {
		t.Error("early media passed for an answer")
	}
	must(t, in.Answer(ctx))
	in.SendTone(800)
	must(t, out.WaitAnswered(ctx))
	must(t, out.Hears(ctx, 800))
}

func TestHold(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	out, in := connectPair(ctx, t)
	out.SendTone(600)
	in.SendTone(900)
	must(t, in.Hears(ctx, 600))
	must(t, out.Hold(ctx))
	must(t, in.WaitHeld(ctx, true))
	must(t, out.WaitSilence(ctx, 200*time.Millisecond))
	must(t, in.WaitSilence(ctx, 200*time.Millisecond))
	must(t, in.HearsNothing(ctx, 200*time.Millisecond))
	must(t, out.Unhold(ctx))
	must(t, in.WaitHeld(ctx, false))
	must(t, in.Hears(ctx, 600))
	must(t, out.Hears(ctx, 900))
	must(t, in.Refresh(ctx))
	if got := out.Refreshes(); got != 1 {
		t.Errorf("refreshes %d, want 1", got)
	}
	must(t, in.Hears(ctx, 600))
}

func TestHearingNothingIsNoticed(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	out, in := connectPair(ctx, t)
	must(t, out.HearsNothing(ctx, 200*time.Millisecond))
	short, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	defer cancel()
	if err := out.Hears(short, 900); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("silence: %v, want a deadline", err)
	}
	in.SendTone(900)
	must(t, out.Hears(ctx, 900))
	if err := out.HearsNothing(ctx, 200*time.Millisecond); err == nil {
		t.Error("a tone passed for silence")
	}
	if err := out.HearsNot(ctx, 900, 2*time.Second); err == nil {
		t.Error("HearsNot missed the tone")
	}
}

func TestSparseSilence(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	bob := newPhone(t, phones.Config{User: "bob", SparseSilence: true})
	alice := newPhone(t, phones.Config{User: "alice", Server: bob.Addr().String()})
	out, in := connect(ctx, t, alice, bob)
	_, err := out.Level(ctx, time.Second)
	must(t, err)
	if got := in.Traffic().Out; got > 5 {
		t.Errorf("%d packets in a second of silence, want a few", got)
	}
	in.SendTone(900)
	must(t, out.Hears(ctx, 900))
	in.SendTone(0)
	must(t, in.SendDTMF(ctx, "7"))
	must(t, out.HearsKeys(ctx, "7"))
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	bob := newPhone(t, phones.Config{User: "bob"})
	server := bob.Addr().String()
	bob.Vanish()
	alice := newPhone(t, phones.Config{User: "alice", Server: server})
	out, err := alice.Call(ctx, "1102")
	must(t, err)
	short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	if err := out.WaitRinging(short); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("ringing at nobody: %v, want a deadline", err)
	}
}

func TestCloseHangsUp(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	alice, bob := pair(t)
	_, in := connect(ctx, t, alice, bob)
	alice.Close()
	end, err := in.WaitEnded(ctx)
	must(t, err)
	if !end.Far {
		t.Errorf("ending %+v, want by the far end", end)
	}
	if _, err := alice.Call(ctx, "1102"); err == nil {
		t.Error("a closed phone could call")
	}
	alice.Close() // twice is no error
}

func TestContextEndsPhone(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	p, err := phones.New(ctx, phones.Config{User: "bob"})
	must(t, err)
	cancel()
	if _, err := p.Next(within(t, 5*time.Second)); err == nil || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Next on a dead phone: %v", err)
	}
	p.Vanish() // waits for what the context has ended
}

func TestOverTCP(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	bob := newPhone(t, phones.Config{User: "bob", Network: "tcp"})
	alice := newPhone(t, phones.Config{User: "alice", Network: "tcp", Server: bob.Addr().String()})
	number := strings.Repeat("9", 4000)
	out, err := alice.Call(ctx, number)
	must(t, err)
	in, err := bob.Next(ctx)
	must(t, err)
	if in.Number() != number {
		t.Errorf("number of %d digits arrived with %d", len(number), len(in.Number()))
	}
	must(t, in.Answer(ctx))
	must(t, out.WaitAnswered(ctx))
	must(t, out.Hold(ctx))
	must(t, in.Hangup(ctx))
	_, err = out.WaitEnded(ctx)
	must(t, err)
}

func TestBadConfig(t *testing.T) {
	t.Parallel()
	for name, cfg := range map[string]phones.Config{
		"no user":     {},
		"bad network": {User: "a", Network: "sctp"},
		"bad port":    {User: "a", Server: "127.0.0.1:99999"},
		"bad listen":  {User: "a", Listen: "256.0.0.1:0"},
	} {
		if p, err := phones.New(t.Context(), cfg); err == nil {
			t.Errorf("%s: accepted", name)
			p.Close()
		}
	}
}
