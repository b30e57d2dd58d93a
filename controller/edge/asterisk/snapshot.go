package asterisk

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/CyCoreSystems/ari/v6"
	"golang.org/x/sync/errgroup"

	"bellhop/controller/calls"
)

// Snapshot implements calls.Switch. Legs that the dialplan handles (native and
// emergency calls) are in it, with Ours false.
func (s *Switch) Snapshot(ctx context.Context) (calls.Snapshot, error) {
	var (
		began    = s.options.Clock()
		snap     calls.Snapshot
		channels []ari.ChannelData
		bridges  []ari.BridgeData
		app      ari.ApplicationData // knows which channels are in our hands
	)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) { snap.BootedAt, err = s.startTime(ctx); return err })
	group.Go(func() error {
		return s.rest.do(ctx, command{name: "channels", method: http.MethodGet, path: []string{"channels"}}, &channels)
	})
	group.Go(func() error {
		return s.rest.do(ctx, command{name: "bridges", method: http.MethodGet, path: []string{"bridges"}}, &bridges)
	})
	group.Go(func() error {
		return s.rest.do(ctx, command{name: "application", method: http.MethodGet, path: []string{"applications", s.options.App}}, &app)
	})
	if err := group.Wait(); err != nil {
		return calls.Snapshot{}, err
	}
	living, ours := map[calls.LegID]bool{}, map[string]bool{}
	for _, id := range app.ChannelIDs {
		ours[id] = true
	}
	for i := range channels {
		switch c := &channels[i]; {
		case !auxiliary(c):
			living[calls.LegID(c.ID)] = true
			snap.Legs = append(snap.Legs, legState(c, ours[c.ID]))
		case strings.HasPrefix(c.ID, ledgerChannel) && began.Sub(createdAt(c)) > time.Minute:
			s.remove(c.ID) // of a controller that died while it read the ledger
		}
	}
	for _, b := range bridges {
		if b.Creator == "Stasis" {
			snap.Bridges = append(snap.Bridges, bridgeState(b, living))
		}
	}
	s.tracker.keep(living, began.Add(-time.Minute))
	return snap, nil
}

func legState(c *ari.ChannelData, ours bool) calls.LegState {
	state := calls.LegState{
		Leg: calls.LegID(c.ID), Offer: offerOf(c), Up: c.State == stateUp,
		Ours: ours || placed(c), Emergency: emergencyCaller(c),
		Snoop: snooping(c), Created: createdAt(c), Tags: map[string]string{},
	}
	for name, value := range c.ChannelVars {
		if strings.HasPrefix(name, "BH_") && name != pathVar {
			state.Tags[name] = value
		}
	}
	return state
}

// emergencyCaller tells the caller of an emergency call from the line that the
// dialplan dialled for it, which inherits the account code.
func emergencyCaller(c *ari.ChannelData) bool {
	return c.Accountcode == "emergency" && c.Dialplan != nil && strings.HasPrefix(c.Dialplan.Context, "bellhop-")
}

// bridgeState lists the legs of a bridge, without recorders and announcers.
func bridgeState(b ari.BridgeData, legs map[calls.LegID]bool) calls.BridgeState {
	state := calls.BridgeState{Bridge: calls.BridgeID(b.ID)}
	for _, id := range b.ChannelIDs {
		if legs[calls.LegID(id)] {
			state.Legs = append(state.Legs, calls.LegID(id))
		}
	}
	return state
}
