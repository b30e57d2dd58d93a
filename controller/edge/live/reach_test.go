package live_test

import (
	"bytes"
	"testing"
	"testing/synctest"

	"bellhop/controller/access"
)

func (h *feedHouse) floorKeeper(floor string) {
	h.logins[floor] = access.Principal{
		Kind: access.KindAccount, ID: "floor" + floor, Login: floor,
		Permissions: []access.Permission{access.FeedRead}, Reach: access.Reach{Floors: []string{floor}},
	}
}

func TestObjectsComeIntoReachAndLeaveIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			h.floorKeeper("12")
			h.extensions.Replace(map[string]any{"1201": item{"Bo", "12"}, "1301": item{"Cy", "13"}})
			b := h.browser("12")
			defer b.CloseNow()
			b.say(subscribe{"subscribe": []string{"extensions"}})
			b.expect(frame{Topic: "extensions", Seq: 3, All: map[string]item{"1201": {"Bo", "12"}}})

			h.extensions.Set("1301", item{"Di", "13"}) // still out of reach
			h.extensions.Set("1302", item{"Ed", "13"})
			h.extensions.Drop("1302")
			b.silent()

			h.extensions.Set("1301", item{"Di", "12"})
			b.expect(frame{Topic: "extensions", Seq: 7, Set: map[string]item{"1301": {"Di", "12"}}})
			h.extensions.Set("1201", item{"Bo", "13"})
			b.expect(frame{Topic: "extensions", Seq: 8, Drop: []string{"1201"}})
			h.extensions.Drop("1201")
			b.silent() // it is gone already
			h.extensions.Set("1301", item{"Di", "14"})
			b.expect(frame{Topic: "extensions", Seq: 10, Drop: []string{"1301"}})
		})
	})
}

func TestReachHoldsAfterComingBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			h.floorKeeper("12")
			h.extensions.Replace(map[string]any{"1201": item{"Bo", "12"}, "1301": item{"Cy", "13"}}) // up to 3
			h.extensions.Set("1201", item{"Bo", "13"})                                               // left
			h.extensions.Set("1301", item{"Cy", "14"})                                               // never seen
			h.extensions.Set("1401", item{"Ed", "12"})                                               // new
			b := h.browser("12")
			defer b.CloseNow()
			b.say(subscribe{"subscribe": []string{"extensions"}, "since": map[string]int{"extensions": 3}, "epoch": b.epoch})
			b.expect(frame{Topic: "extensions", Seq: 6, Set: map[string]item{"1401": {"Ed", "12"}}, Drop: []string{"1201"}})
		})
	})
}

// TestNothingOutOfReachIsOnTheWire reads the bytes themselves.
func TestNothingOutOfReachIsOnTheWire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			h.floorKeeper("12")
			h.extensions.Set("hidden-key", item{"hidden-name", "13"})
			b := h.browser("12")
			defer b.CloseNow()
			b.say(subscribe{"subscribe": []string{"extensions"}})
			synctest.Wait()
			h.extensions.Set("hidden-key", item{"hidden-other", "14"})
			h.extensions.Drop("hidden-key")
			h.extensions.Set("last", item{"last", "12"})
			for {
				_, text, err := b.Conn.Read(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if bytes.Contains(text, []byte("hidden")) {
					t.Fatalf("told: %s", text)
				}
				if bytes.Contains(text, []byte("last")) {
					return
				}
			}
		})
	})
}
