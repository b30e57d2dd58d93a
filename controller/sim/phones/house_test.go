package phones_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"bellhop/controller/sim/phones"
)

// locked is a buffer that may be written and read at once.
type locked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestHouseLives(t *testing.T) {
	t.Parallel()
	ctx := within(t, 20*time.Second)
	k := newCarrier(t, phones.CarrierConfig{})
	cfg := phones.HouseConfig{CallsPerMinute: 3000, Ring: 20 * time.Millisecond, Talk: 50 * time.Millisecond,
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil))}
	for i := range 10 {
		cfg.Phones = append(cfg.Phones, phones.HousePhone{
			Config: phones.Config{User: fmt.Sprintf("room%d", i), Server: k.Addr().String(), SparseSilence: true},
			Number: fmt.Sprintf("11%02d", i),
		})
	}
	house, err := phones.NewHouse(ctx, cfg)
	must(t, err)
	defer house.Close()
	life, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); house.Run(life) }()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for ctx.Err() == nil {
		if _, talked, failed := house.Counters(); talked >= 5 || failed > 0 {
			break
		}
		<-tick.C
	}
	cancel()
	<-done
	if placed, talked, failed := house.Counters(); talked < 5 || failed != 0 {
		t.Errorf("placed %d, talked %d, failed %d; want 5 talked and none failed", placed, talked, failed)
	}
}

func TestSimulateWithoutServer(t *testing.T) {
	t.Parallel()
	k := newCarrier(t, phones.CarrierConfig{User: "hotel", Secret: "s3cret"})
	var out locked
	err := phones.Simulate(within(t, 10*time.Second), &out, phones.HouseConfig{Phones: []phones.HousePhone{
		{Config: phones.Config{User: "room", Secret: "wrong", Server: k.Addr().String()}, Number: "1101"},
	}})
	if err == nil || !strings.Contains(err.Error(), "401") {
		t.Errorf("error %v, want one that names the refusal", err)
	}
	if got := out.String(); !strings.Contains(got, "number=1101") || strings.Contains(got, "wrong") {
		t.Errorf("output must name the number and no secret:\n%s", got)
	}
}

func TestSimulateEndsWithItsContext(t *testing.T) {
	t.Parallel()
	k := newCarrier(t, phones.CarrierConfig{})
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	var out locked
	must(t, phones.Simulate(ctx, &out, phones.HouseConfig{Phones: []phones.HousePhone{
		{Config: phones.Config{User: "room", Server: k.Addr().String()}, Number: "1101"},
	}}))
	if !strings.Contains(out.String(), "house closes") {
		t.Errorf("output:\n%s", out.String())
	}
}
