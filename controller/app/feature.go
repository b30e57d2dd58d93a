package app

import (
	"context"
	"slices"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/phone"
)

// pickup takes a call that rings at a phone in a pickup group of the caller's
// (*8), or at the extension dialled behind it (*8 1206).
func (g *guide) pickup(ctx context.Context, s *calls.Session, rest string) error {
	mine := g.pickupPeers(s.From.Extension)
	return s.Pickup(ctx, func(p calls.Party) bool {
		return slices.Contains(mine, p.Extension) && (rest == "" || rest == p.Extension)
	})
}

// pickupPeers returns the extensions whose calls an extension may pick up.
func (g *guide) pickupPeers(extension string) []string {
	n, err := phone.Parse(extension)
	if err != nil {
		return nil
	}
	var peers []string
	for _, group := range g.house.Directory().GroupsOf(n) {
		if !group.Pickup {
			continue
		}
		for _, m := range group.Members {
			peers = append(peers, m.String())
		}
	}
	return peers
}

// testTime is how long the tone of the test call plays.
const testTime = 30 * time.Second

// testTone answers with a steady tone, to test a phone.
func (g *guide) testTone(ctx context.Context, s *calls.Session, _ string) error {
	if err := s.Answer(ctx); err != nil {
		return err
	}
	return s.Tone(ctx, "ring", testTime, true)
}
