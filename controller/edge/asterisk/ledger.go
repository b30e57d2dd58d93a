package asterisk

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/CyCoreSystems/ari/v6"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

const (
	ledgerFamily  = "bellhop-ended"
	ledgerChannel = "bellhop-ledger-" // begins the ids of the channels on which it is read
	// A minute may be forgotten when it has been over for this long: the
	// hangup handlers of its last second have run.
	ledgerGrace = time.Minute
	// Dialplan variables are cut at 4 KB: one Forget call carries no more minutes.
	forgetAtOnce = 200
)

// Ledger implements calls.Switch. The dialplan keeps one AstDB key per ended
// leg, grouped by minute. The mark names the minutes that are complete; entries
// of later ones are returned too, and again next time.
func (s *Switch) Ledger(ctx context.Context) ([]calls.LedgerEntry, string, error) {
	now, err := s.switchTime(ctx)
	if err != nil {
		return nil, "", err
	}
	channel, err := s.auxiliaryChannel(ctx)
	if err != nil {
		return nil, "", err
	}
	defer s.remove(channel)
	minutes, err := s.keys(ctx, channel, ledgerFamily)
	if err != nil {
		return nil, "", err
	}
	var entries []calls.LedgerEntry
	var complete []string
	for _, minute := range minutes {
		keys, err := s.keys(ctx, channel, ledgerFamily+"/"+minute)
		if err != nil {
			return nil, "", err
		}
		for _, key := range keys {
			entry, err := parseEntry(key)
			if err != nil {
				s.meter.malformed()
				s.log.Error("a line of the switch's ledger cannot be read", "minute", minute, "key", key, "err", err)
				continue
			}
			entries = append(entries, entry)
		}
		if over(minute, now) {
			complete = append(complete, minute)
		}
	}
	return entries, strings.Join(complete, "-"), nil
}

// over reports whether nothing is written into a minute any more.
func over(minute string, now time.Time) bool {
	n, err := strconv.ParseInt(minute, 10, 64)
	return err == nil && !now.Before(time.Unix((n+1)*60, 0).Add(ledgerGrace))
}

// Forget implements calls.Switch.
func (s *Switch) Forget(ctx context.Context, mark string) error {
	if strings.Trim(mark, "0123456789-") != "" {
		return fault.Field("mark", "must be one that Ledger returned")
	}
	minutes := strings.FieldsFunc(mark, func(r rune) bool { return r == '-' })
	for len(minutes) > 0 {
		n := min(forgetAtOnce, len(minutes))
		if err := s.forget(ctx, minutes[:n]); err != nil {
			return err
		}
		minutes = minutes[n:]
	}
	return nil
}

func (s *Switch) forget(ctx context.Context, minutes []string) error {
	id := "bellhop-forget-" + rand.Text()
	return s.rest.do(ctx, command{name: "forget", method: http.MethodPost, path: []string{"channels"}, body: map[string]any{
		"endpoint": "Local/forget@bellhop-ledger/n", "context": "bellhop-idle", "extension": "hold", "priority": 1,
		"channelId": id, "otherChannelId": id + "-2", "timeout": 10,
		"variables": map[string]any{"BH_FORGET": strings.Join(minutes, "-")},
	}}, nil)
}

// auxiliaryChannel makes a channel on which functions can be read. It lives in
// the dialplan, so no application hears of it.
func (s *Switch) auxiliaryChannel(ctx context.Context) (string, error) {
	id := ledgerChannel + rand.Text()
	return id, s.rest.do(ctx, command{name: "ledger", method: http.MethodPost, path: []string{"channels"}, body: map[string]any{
		"endpoint": "Local/hold@bellhop-idle/n", "context": "bellhop-idle", "extension": "hold", "priority": 1,
		"channelId": id, "otherChannelId": id + "-2", "timeout": 10,
	}}, nil)
}

// keys lists the AstDB keys of a family.
func (s *Switch) keys(ctx context.Context, channel, family string) ([]string, error) {
	var answer struct{ Value string }
	err := s.rest.do(ctx, command{
		name: "keys", method: http.MethodGet, path: []string{"channels", channel, "variable"},
		query: url.Values{"variable": {"DB_KEYS(" + family + ")"}},
	}, &answer)
	if err != nil || answer.Value == "" {
		return nil, err
	}
	return strings.Split(answer.Value, ","), nil
}

// switchTime asks for the switch's clock.
func (s *Switch) switchTime(ctx context.Context) (time.Time, error) {
	var pong struct{ Timestamp ari.DateTime }
	err := s.rest.do(ctx, command{name: "ping", method: http.MethodGet, path: []string{"asterisk", "ping"}}, &pong)
	return time.Time(pong.Timestamp).UTC(), err
}

// parseEntry reads one key: uniqueid~linkedid~start~answer~end~cause~path~from~
// dialled~endpoint~status, times in milliseconds since 1970.
func parseEntry(key string) (calls.LedgerEntry, error) {
	f := strings.Split(key, "~")
	if len(f) != 11 || f[0] == "" {
		return calls.LedgerEntry{}, fmt.Errorf("it has %d fields, not 11", len(f))
	}
	e := calls.LedgerEntry{
		Leg: calls.LegID(f[0]), Linked: calls.LegID(f[1]), From: f[7], Dialled: f[8], Endpoint: f[9], Result: f[10],
	}
	for i, t := range map[int]*time.Time{2: &e.Started, 3: &e.Answered, 4: &e.Ended} {
		ms, err := strconv.ParseInt(f[i], 10, 64)
		if err != nil && f[i] != "" {
			return e, fmt.Errorf("field %d is no time: %q", i+1, f[i])
		}
		if ms > 0 {
			*t = time.UnixMilli(ms).UTC()
		}
	}
	if e.Ended.IsZero() {
		return e, fmt.Errorf("field 5, the end, is missing")
	}
	cause, err := strconv.Atoi(f[5])
	if err != nil && f[5] != "" {
		return e, fmt.Errorf("field 6 is no cause: %q", f[5])
	}
	e.Cause = calls.Cause(cause)
	switch f[6] {
	case "stasis":
		e.Path = calls.PathController
	case "native":
		e.Path = calls.PathNative
	case "emergency":
		e.Path = calls.PathEmergency
	case pathLeg:
		e.Path = calls.PathLeg
	default:
		return e, fmt.Errorf("field 7 is no path: %q", f[6])
	}
	return e, nil
}
