package asterisk

import (
	"context"
	"net/http"
	"net/url"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// Snoop implements calls.Switch. Use a bridge of its own for each: whoever is
// added to one that a snooping leg has left is not heard.
func (s *Switch) Snoop(ctx context.Context, id, on calls.LegID, whisper calls.Whisper) error {
	directions := map[calls.Whisper]string{
		calls.WhisperNobody: "none",
		calls.WhisperLeg:    "out", // towards the leg that is listened to
	}
	direction, ok := directions[whisper]
	if !ok {
		return fault.Field("whisper", "is none of nobody, leg")
	}
	return s.rest.do(ctx, command{
		name: "snoop", method: http.MethodPost, path: []string{"channels", string(on), "snoop", string(id)},
		query: url.Values{"app": {s.options.App}, "spy": {"both"}, "whisper": {direction}},
	}, nil)
}
