package live

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/coder/websocket"
)

const (
	maxWish   = 4 << 10 // bytes of a client's message
	maxTopics = 32      // in one wish
	wishBurst = 10      // messages at once
	wishEvery = time.Second
)

// wish is what a client says: the topics it wants from now on, and what it has.
type wish struct {
	Subscribe []string          `json:"subscribe"`
	Since     map[string]uint64 `json:"since"` // topic → number of the last change it was told
	Epoch     string            `json:"epoch"` // of the hello under which it was told
}

// parseWish returns a wish, or the parting from a client that cannot express one.
func parseWish(kind websocket.MessageType, message []byte) (wish, error) {
	var w wish
	if kind != websocket.MessageText {
		return w, parting{statusNoText, "only text messages are understood"}
	}
	d := json.NewDecoder(bytes.NewReader(message))
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return w, rude("not a subscription: %s", jsonFault(err))
	}
	if _, err := d.Token(); err != io.EOF {
		return w, rude("not a subscription: something follows it")
	}
	return w, w.check()
}

func (w wish) check() error {
	switch {
	case w.Subscribe == nil:
		return rude("subscribe: is missing")
	case len(w.Subscribe) > maxTopics:
		return rude("subscribe: names more than %d topics", maxTopics)
	}
	for i, name := range w.Subscribe {
		if slices.Contains(w.Subscribe[:i], name) {
			return rude("subscribe: names %q twice", name)
		}
	}
	for name := range w.Since {
		if !slices.Contains(w.Subscribe, name) {
			return rude("since: names %q, which subscribe does not", name)
		}
	}
	return nil
}

// jsonFault names field and rule without the library's own words for Go types.
func jsonFault(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return wrong.Field + " cannot be a " + wrong.Value
	}
	return err.Error()
}

// allowance lets wishes pass: a burst at once, then one each wishEvery.
type allowance struct {
	left int
	at   time.Time // when left was true
}

func (a *allowance) take(now time.Time) bool {
	if a.at.IsZero() {
		a.left, a.at = wishBurst, now
	}
	if more := int(now.Sub(a.at) / wishEvery); more > 0 {
		a.left, a.at = min(wishBurst, a.left+more), a.at.Add(time.Duration(more)*wishEvery)
	}
	if a.left == 0 {
		return false
	}
	a.left--
	return true
}
