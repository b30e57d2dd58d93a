package asterisk

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// Claim implements calls.Switch.
func (s *Switch) Claim(ctx context.Context, leg calls.LegID) error {
	return s.rest.do(ctx, command{
		name: "claim", method: http.MethodPost, path: []string{"events", "claim"},
		query: url.Values{"channelId": {string(leg)}, "application": {s.options.App}},
	}, nil)
}

// Answer implements calls.Switch.
func (s *Switch) Answer(ctx context.Context, leg calls.LegID) error {
	err := s.onChannel(ctx, leg, http.MethodPost, "answer")
	if status, words := answered(err); status == http.StatusInternalServerError && strings.HasPrefix(words, "Failed to answer") {
		return fault.Wrap(err, fault.NotFound, "the caller hung up while being answered")
	}
	return err
}

// Ring implements calls.Switch.
func (s *Switch) Ring(ctx context.Context, leg calls.LegID) error {
	return s.onChannel(ctx, leg, http.MethodPost, "ring")
}

// Progress implements calls.Switch.
func (s *Switch) Progress(ctx context.Context, leg calls.LegID) error {
	return s.onChannel(ctx, leg, http.MethodPost, "progress")
}

// Music implements calls.Switch.
func (s *Switch) Music(ctx context.Context, leg calls.LegID, on bool) error {
	if on {
		return s.onChannel(ctx, leg, http.MethodPost, "moh")
	}
	return s.onChannel(ctx, leg, http.MethodDelete, "moh")
}

// onChannel runs a command without arguments.
func (s *Switch) onChannel(ctx context.Context, leg calls.LegID, method, verb string) error {
	err := s.rest.do(ctx, command{name: strings.ToLower(method) + " " + verb, method: method, path: []string{"channels", string(leg), verb}}, nil)
	if status, _ := answered(err); status == http.StatusConflict && s.tracker.isOver(leg) { // the channel lingers after its end
		return fault.Wrap(err, fault.NotFound, "the leg is gone")
	}
	return err
}

// Hangup implements calls.Switch. CauseNone counts as CauseNormal.
func (s *Switch) Hangup(ctx context.Context, leg calls.LegID, cause calls.Cause) error {
	if cause == calls.CauseNone {
		cause = calls.CauseNormal
	}
	if cause < 1 || cause > 127 {
		return fault.Field("cause", "must be a Q.850 value from 1 to 127")
	}
	s.tracker.hangingUp(leg, cause, s.options.Clock())
	err := s.rest.do(ctx, command{
		name: "hangup", method: http.MethodDelete, path: []string{"channels", string(leg)},
		query: url.Values{"reason_code": {strconv.Itoa(int(cause))}},
	}, nil)
	if err != nil {
		s.tracker.notHangingUp(leg)
	}
	return unlessGone(err)
}

// SendDTMF implements calls.Switch.
func (s *Switch) SendDTMF(ctx context.Context, leg calls.LegID, digits string) error {
	if digits == "" || strings.Trim(digits, "0123456789*#ABCD") != "" {
		return fault.Field("digits", "may hold only 0-9, *, # and A-D")
	}
	return s.rest.do(ctx, command{
		name: "dtmf", method: http.MethodPost, path: []string{"channels", string(leg), "dtmf"}, query: url.Values{"dtmf": {digits}},
	}, nil)
}

// Tag implements calls.Switch. Asterisk 22.10 runs it on the channel's own
// thread and from then on denies that thread to write to AstDB, unless
// asterisk.conf says live_dangerously: without it the ledger misses the leg's end.
func (s *Switch) Tag(ctx context.Context, leg calls.LegID, tags map[string]string) error {
	if len(tags) == 0 {
		return nil
	}
	return s.rest.do(ctx, command{
		name: "tag", method: http.MethodPost, path: []string{"channels", string(leg), "variables"},
		body: map[string]any{"variables": reported(tags)},
	}, nil)
}

// reported makes variables that come with every event and with Snapshot.
func reported(tags map[string]string) map[string]any {
	vars := make(map[string]any, len(tags))
	for name, value := range tags {
		vars[name] = map[string]any{"value": value, "report_events": true}
	}
	return vars
}

// TransferProgress implements calls.Switch.
func (s *Switch) TransferProgress(ctx context.Context, leg calls.LegID, state calls.TransferState) error {
	states := map[calls.TransferState]string{
		calls.TransferTrying: "channel_progress",
		calls.TransferDone:   "channel_answered",
		calls.TransferFailed: "channel_unavailable",
	}
	word, ok := states[state]
	if !ok {
		return fault.Field("state", "is none of trying, done, failed")
	}
	return s.rest.do(ctx, command{
		name: "transfer_progress", method: http.MethodPost, path: []string{"channels", string(leg), "transfer_progress"},
		query: url.Values{"states": {word}},
	}, nil)
}
