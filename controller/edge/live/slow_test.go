package live_test

import (
	"fmt"
	"io"
	"testing"
	"testing/synctest"
	"time"
)

// TestASlowClientGetsTheLatestOfEachKey: what it is told does not grow with how
// often things changed.
func TestASlowClientGetsTheLatestOfEachKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			b := h.browser("anna")
			defer b.CloseNow()
			b.say(subscribe{"subscribe": []string{"calls"}})
			b.expect(frame{Topic: "calls", Seq: 1, All: map[string]item{}})
			b.line.stall()
			for i := range 500 { // for 2.5 s
				h.calls.Set(fmt.Sprint(i%3), item{Name: fmt.Sprint(i)})
				time.Sleep(5 * time.Millisecond)
			}
			b.line.goOn()
			frames, view := 0, map[string]item{}
			for view["1"].Name != "499" {
				frames++
				for k, v := range b.next().Set {
					view[k] = v
				}
			}
			if frames > 3 || view["0"].Name != "498" || view["2"].Name != "497" {
				t.Errorf("%d frames, %v", frames, view)
			}
		})
	})
}

func TestAStalledClientIsDroppedWithinTenSeconds(t *testing.T) {
	for name, traffic := range map[string]bool{"in silence": false, "under load": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				withFeed(t, nil, func(h *feedHouse) {
					stalled, other := h.browser("anna"), h.browser("anna")
					defer stalled.CloseNow()
					defer other.CloseNow()
					for _, b := range []*browser{stalled, other} {
						b.say(subscribe{"subscribe": []string{"calls"}})
						b.expect(frame{Topic: "calls", Seq: 1, All: map[string]item{}})
					}
					stalled.line.stall()
					began := time.Now()
					for n := 0; h.feed.Stats().Clients == 2; n++ {
						if time.Since(began) > 10*time.Second {
							t.Fatal("still there")
						}
						if traffic {
							h.calls.Set("n", item{Name: fmt.Sprint(n)})
							if f := other.next(); f.Set["n"].Name != fmt.Sprint(n) {
								t.Fatalf("the other client got %+v", f)
							}
						} else {
							other.any()
						}
					}
					if s := h.feed.Stats(); s.Dropped != 1 {
						t.Errorf("%+v", s)
					}
				})
			})
		})
	}
}

// TestAClientThatAnswersNoPingIsDropped: what is sent is taken off the wire, as
// by the buffers of the network, but nobody is there.
func TestAClientThatAnswersNoPingIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			b := h.browser("anna")
			defer b.CloseNow()
			go func() { _, _ = io.Copy(io.Discard, b.line.Conn) }()
			began := time.Now()
			for h.feed.Stats().Dropped == 0 {
				if time.Since(began) > 10*time.Second {
					t.Fatal("still there")
				}
				time.Sleep(100 * time.Millisecond)
			}
		})
	})
}
