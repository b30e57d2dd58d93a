package live

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strconv"

	"bellhop/controller/access"
)

// news is what a client is told of a topic.
type news struct {
	topic string
	seq   uint64 // the change up to which it tells
	whole bool   // everything: what the client had counts no more
	set   []*object
	drop  []string
}

// empty reports whether nothing changed that the client may see.
func (n news) empty() bool { return !n.whole && len(n.set) == 0 && len(n.drop) == 0 }

// since tells who what changed after change number told; everything if told is 0
// or no longer remembered. A key that changed several times is told once.
func (t *Topic) since(told uint64, who access.Principal) news {
	t.mu.RLock()
	defer t.mu.RUnlock()
	n := news{topic: t.name, seq: t.last}
	if told == 0 || told > t.last || t.last-told > uint64(len(t.ring)) {
		n.whole = true
		n.set = make([]*object, 0, len(t.objects))
		for _, o := range t.objects {
			if t.covers(who, o) {
				n.set = append(n.set, o)
			}
		}
		return n
	}
	seen := map[string]bool{}
	for i := told + 1; i <= t.last; i++ {
		c := t.ring[i%uint64(len(t.ring))]
		if !seen[c.key] {
			seen[c.key] = true
			n.add(c, t.objects[c.key], t, who)
		}
	}
	return n
}

// add tells what became of a key since its first change that the client does not
// know. What the client had is what it could see before that change.
func (n *news) add(first change, now *object, t *Topic, who access.Principal) {
	had, has := t.covers(who, first.before), t.covers(who, now)
	switch {
	case had && !has:
		n.drop = append(n.drop, first.key)
	case has && (!had || !bytes.Equal(first.before.pair, now.pair)):
		n.set = append(n.set, now)
	}
}

// write writes the frame; errors stay in w.
func (n news) write(w *bufio.Writer) {
	_, _ = w.WriteString(`{"topic":`)
	writeText(w, n.topic)
	_, _ = w.WriteString(`,"seq":` + strconv.FormatUint(n.seq, 10))
	if n.whole || len(n.set) > 0 {
		field := `,"set":{`
		if n.whole {
			field = `,"all":{`
		}
		_, _ = w.WriteString(field)
		for i, o := range n.set {
			writeComma(w, i)
			_, _ = w.Write(o.pair)
		}
		_ = w.WriteByte('}')
	}
	if len(n.drop) > 0 {
		_, _ = w.WriteString(`,"drop":[`)
		for i, key := range n.drop {
			writeComma(w, i)
			writeText(w, key)
		}
		_ = w.WriteByte(']')
	}
	_ = w.WriteByte('}')
}

func writeComma(w *bufio.Writer, i int) {
	if i > 0 {
		_ = w.WriteByte(',')
	}
}

func writeText(w *bufio.Writer, s string) {
	text, _ := json.Marshal(s) // a text: cannot fail
	_, _ = w.Write(text)
}
