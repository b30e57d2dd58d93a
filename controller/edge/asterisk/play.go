package asterisk

import (
	"context"
	"net/http"
	"strings"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// Play implements calls.Switch. A prompt without a scheme is a sound file.
func (s *Switch) Play(ctx context.Context, leg calls.LegID, id calls.PlayID, media calls.Media) error {
	uris, err := mediaURIs(media)
	if err != nil {
		return err
	}
	body := map[string]any{"media": uris, "playbackId": id}
	if media.Language != "" {
		body["lang"] = switchLanguage(media.Language)
	}
	return s.rest.do(ctx, command{name: "play", method: http.MethodPost, path: []string{"channels", string(leg), "play"}, body: body}, nil)
}

// StopPlay implements calls.Switch.
func (s *Switch) StopPlay(ctx context.Context, id calls.PlayID) error {
	return unlessGone(s.rest.do(ctx, command{name: "stop", method: http.MethodDelete, path: []string{"playbacks", string(id)}}, nil))
}

// mediaURIs names what to play as ARI does.
func mediaURIs(m calls.Media) ([]string, error) {
	if m.Tone != "" {
		if !plainText(m.Tone, "", 20) {
			return nil, fault.Field("tone", "must be the name of an indication tone")
		}
		return []string{"tone:" + m.Tone}, nil
	}
	if len(m.Prompts) == 0 {
		return nil, fault.Field("media", "names neither a tone nor a prompt")
	}
	uris := make([]string, len(m.Prompts))
	for i, prompt := range m.Prompts {
		if !strings.Contains(prompt, ":") {
			prompt = "sound:" + prompt
		}
		uris[i] = prompt
	}
	return uris, nil
}
