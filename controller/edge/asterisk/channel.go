package asterisk

import (
	"strings"
	"time"

	"github.com/CyCoreSystems/ari/v6"

	"bellhop/controller/calls"
)

// pathVar says on a channel who handles it; legs that we place carry pathLeg,
// reported in every event, so that a new process recognises them.
const (
	pathVar = "BH_PATH"
	pathLeg = "leg"
)

// A channel's states in ARI.
const (
	stateUp      = "Up"
	stateRinging = "Ringing"
)

// endpointOf takes the endpoint out of a channel name: Tech/<endpoint>-<8 hex digits>.
func endpointOf(name string) string {
	_, rest, _ := strings.Cut(name, "/")
	if i := strings.LastIndexByte(rest, '-'); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// auxiliary reports whether a channel is not a leg but one of the Local halves
// by which dialplan and controller talk: ledger, emergency notice, forwarding.
func auxiliary(c *ari.ChannelData) bool { return strings.HasPrefix(c.Name, "Local/") }

// snooping reports whether a channel was made by Snoop.
func snooping(c *ari.ChannelData) bool { return strings.HasPrefix(c.Name, "Snoop/") }

// placed reports whether we originated the channel.
func placed(c *ari.ChannelData) bool { return c.ChannelVars[pathVar] == pathLeg }

// inStasis reports whether an application controls a channel that we placed.
// (A claimed channel stays in StasisBroadcast, as one that still waits.)
func inStasis(c *ari.ChannelData) bool { return c.Dialplan != nil && c.Dialplan.AppName == "Stasis" }

// offerOf tells what a channel that came in knows of itself.
func offerOf(c *ari.ChannelData) calls.Offer {
	o := calls.Offer{Endpoint: endpointOf(c.Name), CallerID: callerOf(c), Language: portLanguage(c.Language)}
	if c.Dialplan != nil {
		o.Dialled = c.Dialplan.Exten
	}
	return o
}

func callerOf(c *ari.ChannelData) calls.CallerID {
	if c.Caller == nil {
		return calls.CallerID{}
	}
	return calls.CallerID{Number: c.Caller.Number, Name: c.Caller.Name}
}

func createdAt(c *ari.ChannelData) time.Time {
	if c.Creationtime == nil {
		return time.Time{}
	}
	return time.Unix(c.Creationtime.Seconds, int64(c.Creationtime.Nanos)).UTC()
}

// portLanguage turns Asterisk's zh_CN into zh-CN; switchLanguage turns it back.
func portLanguage(s string) string   { return strings.ReplaceAll(s, "_", "-") }
func switchLanguage(s string) string { return strings.ReplaceAll(s, "-", "_") }
