package live_test

import (
	"fmt"
	"testing"
	"testing/synctest"

	"bellhop/controller/access"
	"bellhop/controller/edge/live"
)

func TestComingBack(t *testing.T) {
	one := map[string]item{"a": {Name: "one"}, "b": {Name: "two"}}
	tests := []struct {
		name   string
		since  uint64 // all was told up to 3
		epoch  string // default the right one
		absent int    // changes of "n" while the client was away, of which 4 are remembered
		want   frame
	}{
		{"nothing missed", 3, "", 0, frame{Topic: "calls", Seq: 3}},
		{"some missed", 2, "", 0, frame{Topic: "calls", Seq: 3, Set: map[string]item{"b": {Name: "two"}}}},
		{"just remembered", 3, "", 4, frame{Topic: "calls", Seq: 7, Set: map[string]item{"n": {Name: "3"}}}},
		{"forgotten", 2, "", 4, frame{Topic: "calls", Seq: 7, All: with(one, "n", "3")}},
		{"had nothing", 0, "", 0, frame{Topic: "calls", Seq: 3, All: one}},
		{"from the future", 4, "", 0, frame{Topic: "calls", Seq: 3, All: one}},
		{"far future", 1<<64 - 1, "", 0, frame{Topic: "calls", Seq: 3, All: one}},
		{"of another start", 3, "0123456789abcdef", 0, frame{Topic: "calls", Seq: 3, All: one}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				withFeed(t, func(o *live.Options) { o.History = 4 }, func(h *feedHouse) {
					h.calls.Set("a", item{Name: "one"})
					h.calls.Set("b", item{Name: "two"})
					for i := range tt.absent {
						h.calls.Set("n", item{Name: fmt.Sprint(i)})
					}
					b := h.browser("anna")
					defer b.CloseNow()
					epoch := tt.epoch
					if epoch == "" {
						epoch = b.epoch
					}
					b.say(subscribe{"subscribe": []string{"calls"}, "since": map[string]uint64{"calls": tt.since}, "epoch": epoch})
					b.expect(tt.want)
					b.silent()
				})
			})
		})
	}
}

func with(all map[string]item, key, name string) map[string]item {
	more := map[string]item{key: {Name: name}}
	for k, v := range all {
		more[k] = v
	}
	return more
}

func TestChangedAndChangedBackIsNoNews(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			for _, name := range []string{"one", "other", "one"} {
				h.calls.Set("a", item{Name: name})
			}
			h.calls.Set("b", item{Name: "came"})
			h.calls.Drop("b")
			b := h.browser("anna")
			defer b.CloseNow()
			b.say(subscribe{"subscribe": []string{"calls"}, "since": map[string]int{"calls": 2}, "epoch": b.epoch})
			b.expect(frame{Topic: "calls", Seq: 6})
		})
	})
}

func TestSinceWithoutEpochIsNotBelieved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			b := h.browser("anna")
			defer b.CloseNow()
			b.say(subscribe{"subscribe": []string{"calls"}, "since": map[string]int{"calls": 1}})
			b.expect(frame{Topic: "calls", Seq: 1, All: map[string]item{}})
		})
	})
}

// TestTheEpochStandsForTheRights: a number that was told under other rights says
// nothing about what the client has.
func TestTheEpochStandsForTheRights(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		withFeed(t, nil, func(h *feedHouse) {
			epoch := func(change func(*access.Principal)) string {
				who := operator("later")
				change(&who)
				h.logins["later"] = who
				b := h.browser("later")
				defer b.CloseNow()
				return b.epoch
			}
			before := epoch(func(*access.Principal) {})
			if epoch(func(p *access.Principal) { p.Name = "Anna Li" }) != before {
				t.Error("a new name made a new epoch")
			}
			for what, change := range map[string]func(*access.Principal){
				"another account":  func(p *access.Principal) { p.ID = "8" },
				"less rights":      func(p *access.Principal) { p.Permissions = p.Permissions[:1] },
				"a narrower reach": func(p *access.Principal) { p.Reach.Floors = []string{"12"} },
			} {
				if epoch(change) == before {
					t.Errorf("%s made no new epoch", what)
				}
			}
		})
	})
}
