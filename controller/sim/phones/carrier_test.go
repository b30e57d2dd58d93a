package phones_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"bellhop/controller/sim/phones"
)

func newCarrier(t *testing.T, cfg phones.CarrierConfig) *phones.Carrier {
	t.Helper()
	cfg.Logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	k, err := phones.NewCarrier(context.Background(), cfg)
	must(t, err)
	t.Cleanup(k.Close)
	return k
}

// trunk returns a phone that stands for the hotel's end of the trunk.
func trunk(t *testing.T, k *phones.Carrier, secret string) *phones.Phone {
	return newPhone(t, phones.Config{User: "hotel", Secret: secret, Server: k.Addr().String()})
}

func TestRegisterWithDigest(t *testing.T) {
	t.Parallel()
	for _, algorithms := range [][]string{{"MD5"}, {"SHA-256"}, {"MD5", "SHA-256"}} {
		t.Run(strings.Join(algorithms, "+"), func(t *testing.T) {
			ctx := within(t, 10*time.Second)
			k := newCarrier(t, phones.CarrierConfig{User: "hotel", Secret: "s3cret", Algorithms: algorithms})
			p := trunk(t, k, "s3cret")
			must(t, p.Register(ctx))
			must(t, k.WaitRegistered(ctx))
			if !p.Registered() {
				t.Error("phone does not know that it is registered")
			}
			in, err := k.CallIn(ctx, "88888888", "13800138000")
			must(t, err)
			ring, err := p.Next(ctx)
			must(t, err)
			if ring.Number() != "88888888" || ring.CallerNumber() != "13800138000" {
				t.Errorf("call to %s from %s", ring.Number(), ring.CallerNumber())
			}
			must(t, ring.Answer(ctx))
			in.SendTone(700)
			must(t, ring.Hears(ctx, 700))
			must(t, in.Hangup(ctx))
			must(t, p.Unregister(ctx))
			if _, err := k.CallIn(ctx, "1", "2"); err == nil {
				t.Error("carrier called a trunk that is not there")
			}
		})
	}
}

func TestRegisterRefused(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	k := newCarrier(t, phones.CarrierConfig{User: "hotel", Secret: "s3cret"})
	for name, p := range map[string]*phones.Phone{
		"wrong secret": trunk(t, k, "wrong"),
		"no secret":    trunk(t, k, ""),
	} {
		err := p.Register(ctx)
		var refused *phones.StatusError
		if !errors.As(err, &refused) || refused.Status != 401 {
			t.Errorf("%s: %v, want 401", name, err)
		}
		if p.Registered() {
			t.Errorf("%s: believes to be registered", name)
		}
		call, err := p.Call(ctx, "110")
		must(t, err)
		end, err := call.WaitEnded(ctx)
		must(t, err)
		if end.Status != 401 {
			t.Errorf("%s: call ended %+v, want 401", name, end)
		}
	}
	if k.Count() != 0 {
		t.Errorf("%d calls got through", k.Count())
	}
}

func TestRegistrationIsRenewedAndExpires(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	k := newCarrier(t, phones.CarrierConfig{User: "hotel", Secret: "s3cret"})
	p := newPhone(t, phones.Config{User: "hotel", Secret: "s3cret", Server: k.Addr().String(), Expires: time.Second})
	must(t, p.Register(ctx))
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for k.Registrations() < 3 && ctx.Err() == nil {
		<-tick.C
	}
	if k.Registrations() < 3 {
		t.Fatal("registration was not renewed")
	}
	p.Vanish()
	for ctx.Err() == nil {
		if _, err := k.CallIn(ctx, "1", "2"); err != nil {
			return // expired
		}
		<-tick.C
	}
	t.Error("registration never expired")
}

func TestCarrierBehaviours(t *testing.T) {
	t.Parallel()
	k := newCarrier(t, phones.CarrierConfig{User: "hotel", Secret: "s3cret", Answer: phones.WrongNumber()})
	k.Behave("13*", phones.AnswerWith(50*time.Millisecond, 800))
	k.Behave("139*", phones.Busy())
	k.Behave("110", phones.AnswerWith(0, 900))
	k.Behave("95588", phones.EarlyThenAnswer(time.Second, 450, 800))
	k.Behave("119", phones.NoCircuits())
	k.Behave("120", phones.Behaviour{Talk: 100 * time.Millisecond})
	p := trunk(t, k, "s3cret")
	for _, tc := range []struct {
		number        string
		status, cause int
		tone          int
	}{
		{number: "13800138000", tone: 800},
		{number: "13900139000", status: 486, cause: 17},
		{number: "110", tone: 900},
		{number: "119", status: 503, cause: 34},
		{number: "777", status: 404, cause: 1},
		{number: "120", status: 200},
	} {
		t.Run(tc.number, func(t *testing.T) {
			ctx := within(t, 10*time.Second)
			call, err := p.Call(ctx, tc.number)
			must(t, err)
			if tc.tone != 0 {
				must(t, call.WaitAnswered(ctx))
				must(t, call.Hears(ctx, tc.tone))
				must(t, call.Hangup(ctx))
				return
			}
			end, err := call.WaitEnded(ctx)
			must(t, err)
			if end.Status != tc.status || end.Cause != tc.cause || !end.Far {
				t.Errorf("ending %+v, want %d with cause %d", end, tc.status, tc.cause)
			}
		})
	}
	t.Run("early media", func(t *testing.T) {
		ctx := within(t, 10*time.Second)
		call, err := p.Call(ctx, "95588")
		must(t, err)
		must(t, call.Hears(ctx, 450))
		if call.Answered() {
			t.Error("answered while early media plays")
		}
		must(t, call.WaitAnswered(ctx))
		must(t, call.Hears(ctx, 800))
		must(t, call.Hangup(ctx))
	})
	var numbers []string
	for _, c := range k.Calls() {
		numbers = append(numbers, c.Number())
		if c.CallerNumber() != "hotel" || len(c.Header("User-Agent"))+len(c.Header("Contact")) == 0 {
			t.Errorf("%s: caller %q, headers missing", c.Number(), c.CallerNumber())
		}
	}
	want := []string{"13800138000", "13900139000", "110", "119", "777", "120", "95588"}
	if !slices.Equal(numbers, want) || k.Count() != len(want) {
		t.Errorf("recorded %v, want %v", numbers, want)
	}
}

func TestCarrierLines(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	k := newCarrier(t, phones.CarrierConfig{Lines: 2})
	p := trunk(t, k, "")
	var up []*phones.Call
	for range 2 {
		call, err := p.Call(ctx, "110")
		must(t, err)
		must(t, call.WaitAnswered(ctx))
		up = append(up, call)
	}
	third, err := p.Call(ctx, "110")
	must(t, err)
	end, err := third.WaitEnded(ctx)
	must(t, err)
	if end.Status != 503 || end.Cause != 34 {
		t.Errorf("third call %+v, want 503", end)
	}
	must(t, up[0].Hangup(ctx))
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for k.Lines() != 1 && ctx.Err() == nil {
		<-tick.C
	}
	again, err := p.Call(ctx, "110")
	must(t, err)
	must(t, again.WaitAnswered(ctx))
}

func TestCarrierFaults(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	k := newCarrier(t, phones.CarrierConfig{})
	p := trunk(t, k, "")
	k.SetFault(phones.Refusing)
	call, err := p.Call(ctx, "110")
	must(t, err)
	end, err := call.WaitEnded(ctx)
	must(t, err)
	if end.Status != 503 {
		t.Errorf("refusing carrier: %+v, want 503", end)
	}
	k.SetFault(phones.Dead)
	dead, err := p.Call(ctx, "110")
	must(t, err)
	short, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	defer cancel()
	if err := dead.WaitRinging(short); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("dead carrier: %v, want no answer at all", err)
	}
	k.SetFault(phones.Healthy) // the next repetition of the INVITE gets through
	must(t, dead.WaitAnswered(ctx))
}

func TestCarrierNextAndUnanswered(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	k := newCarrier(t, phones.CarrierConfig{Answer: phones.NoAnswer()})
	p := trunk(t, k, "")
	call, err := p.Call(ctx, "110")
	must(t, err)
	far, err := k.Next(ctx)
	must(t, err)
	must(t, call.WaitRinging(ctx))
	must(t, call.Hangup(ctx))
	end, err := far.WaitEnded(ctx)
	must(t, err)
	if end.Status != 487 {
		t.Errorf("far end %+v, want cancelled", end)
	}
	none, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if c, err := k.Next(none); err == nil {
		t.Errorf("a call was returned twice: %s", c)
	}
}
