package asterisk

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// enterTime is how long a created channel may take to enter our application.
const enterTime = 2 * time.Second

// Originate implements calls.Switch. Without a bridge it is one command; with
// one it is three (create, join, dial), so that early media is heard. A phone
// that is not registered is no error but an Ended event with CauseAbsent.
func (s *Switch) Originate(ctx context.Context, o calls.Originate) error {
	channel, err := s.channelOf(o)
	if err != nil {
		return err
	}
	entered := s.tracker.place(o.Leg, s.options.Clock())
	if o.Bridge == "" {
		err = s.rest.do(ctx, command{name: "originate", method: http.MethodPost, path: []string{"channels"}, body: channel}, nil)
	} else {
		err = s.createAndDial(ctx, o, channel, entered)
	}
	if status, words := answered(err); status == http.StatusInternalServerError && strings.Contains(words, "Allocation failed") {
		s.tracker.forget(o.Leg)
		s.made.push(calls.Event{Kind: calls.Ended, At: s.options.Clock(), Leg: o.Leg, Cause: calls.CauseAbsent})
		return nil
	}
	if err != nil && !fault.Is(err, fault.Unavailable) { // else it may live; its events will tell
		s.tracker.forget(o.Leg)
	}
	return err
}

// createAndDial joins the leg to its bridge before it is dialled.
func (s *Switch) createAndDial(ctx context.Context, o calls.Originate, channel map[string]any, entered <-chan struct{}) error {
	delete(channel, "timeout")
	delete(channel, "callerId")
	err := s.rest.do(ctx, command{name: "create", method: http.MethodPost, path: []string{"channels", "create"}, body: channel}, nil)
	if err != nil {
		return err
	}
	if err = s.enter(ctx, o, entered); err != nil {
		s.remove(string(o.Leg)) // it would never be dialled
	}
	return err
}

// enter waits until the created leg is in our application, then joins and dials it.
func (s *Switch) enter(ctx context.Context, o calls.Originate, entered <-chan struct{}) error {
	timer := time.NewTimer(enterTime)
	defer timer.Stop()
	select {
	case <-entered:
	case <-timer.C:
		return fault.New(fault.Unavailable, "the switch did not take the new leg in")
	case <-ctx.Done():
		return fault.Wrap(ctx.Err(), fault.Unavailable, "the leg was given up before it was dialled")
	}
	// Updates inhibited: else the phone is shown whoever is in the bridge, not o.CallerID.
	if err := s.join(ctx, o.Bridge, []calls.LegID{o.Leg}, true); err != nil {
		return err
	}
	query := url.Values{} // without caller: the phone would see that channel's name and number, not o.CallerID
	if o.Timeout > 0 {
		query.Set("timeout", strconv.Itoa(seconds(o.Timeout)))
	}
	return s.rest.do(ctx, command{name: "dial", method: http.MethodPost, path: []string{"channels", string(o.Leg), "dial"}, query: query}, nil)
}

// channelOf checks o and returns the body of the command that makes its channel.
func (s *Switch) channelOf(o calls.Originate) (map[string]any, error) {
	endpoint, err := dialString(o.Endpoint, o.Number)
	if err != nil {
		return nil, err
	}
	if o.Leg == "" || !plainText(string(o.Leg), "._-", 40) { // the ledger cuts longer ids
		return nil, fault.Field("leg", "must be 1 to 40 letters, digits and ._-")
	}
	vars, err := variables(o)
	if err != nil {
		return nil, err
	}
	body := map[string]any{
		"endpoint": endpoint, "app": s.options.App, "channelId": o.Leg, "variables": vars,
		"callerId": callerID(o.CallerID), "timeout": -1,
	}
	if o.Timeout > 0 {
		body["timeout"] = seconds(o.Timeout)
	}
	if o.Parent != "" {
		body["originator"] = o.Parent
	}
	return body, nil
}

// dialString names what to ring. Digits come from strangers: only a phone.Number passes.
func dialString(endpoint, number string) (string, error) {
	if !endpointName(endpoint) {
		return "", fault.Field("endpoint", "must be 1 to 60 letters, digits and ._-")
	}
	if number == "" {
		return "PJSIP/" + endpoint, nil
	}
	n, err := phone.Parse(number)
	if err != nil {
		return "", err
	}
	return "PJSIP/" + n.String() + "@" + endpoint, nil
}

// variables are what the new channel carries.
func variables(o calls.Originate) (map[string]any, error) {
	tags := maps.Clone(o.Tags)
	if tags == nil {
		tags = map[string]string{}
	}
	tags[pathVar] = pathLeg
	vars := reported(tags)
	vars["PJSIP_TRANSFER_HANDLING()"] = "ari-only" // a phone's REFER becomes an event; the dialplan does it for legs that come in
	vars["FORWARD_CONTEXT"] = "bellhop-nowhere"    // a phone's "call there instead" is for the controller to decide
	if o.Ledger {
		vars["BH_DIALLED"], vars["BH_FROM"] = o.Number, o.CallerID.Number // what its entry shows
		vars["CHANNEL(hangup_handler_push)"] = "bellhop-ledger,s,1"
	}
	if o.Bridge != "" && o.CallerID.Number+o.CallerID.Name != "" {
		vars["CONNECTEDLINE(all)"] = callerID(o.CallerID) // create takes no caller id
	}
	if o.CallerID.Number == "" && o.Parent != "" {
		vars["CONNECTEDLINE(num)"] = "" // else the phone shows the parent's number
	}
	for name, value := range o.Headers {
		if name == "" || !plainText(name, "-", 60) {
			return nil, fault.Field("headers", "a name may hold only letters, digits and -")
		}
		if strings.ContainsAny(value, "\r\n\x00") {
			return nil, fault.Field("headers", "%s: the value may not hold line breaks", name)
		}
		vars["PJSIP_HEADER(add,"+name+")"] = value
	}
	return vars, nil
}

// seconds rounds up, for Asterisk knows no less than one.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
