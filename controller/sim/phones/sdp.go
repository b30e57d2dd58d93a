package phones

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// keyPayload is the dynamic payload type we offer for telephone events.
const keyPayload = 101

// flow says which way audio goes, from the speaker's own side.
type flow struct{ sends, receives bool }

func (f flow) String() string {
	switch f {
	case flow{true, true}:
		return "sendrecv"
	case flow{true, false}:
		return "sendonly"
	case flow{false, true}:
		return "recvonly"
	default:
		return "inactive"
	}
}

func parseFlow(s string) (f flow, ok bool) {
	for _, f := range []flow{{true, true}, {true, false}, {false, true}, {}} {
		if f.String() == s {
			return f, true
		}
	}
	return flow{}, false
}

// session is what one SDP says about its audio stream (RFC 8866, RFC 3264).
type session struct {
	addr   netip.AddrPort
	codecs []Codec // G.711 only, best first
	keys   uint8   // payload type of telephone events, 0 when absent
	flow   flow

	// lines holds each m= line as received; audio is the index of ours among
	// them, because an answer repeats all of them and refuses the others.
	lines []string
	audio int
}

// parseSDP reads a session description. An error means that there is no
// G.711 audio stream to talk over.
func parseSDP(body []byte) (*session, error) {
	s := &session{audio: -1, flow: flow{true, true}}
	current := -1 // the m= section we are in
	var host netip.Addr
	for line := range strings.Lines(string(body)) {
		line = strings.TrimRight(line, "\r\n")
		kind, value, ok := strings.Cut(line, "=")
		if !ok {
			continue
		}
		var err error
		switch {
		case kind == "m":
			s.lines = append(s.lines, value)
			current = len(s.lines) - 1
			err = s.takeMedia(value, current)
		case kind == "c" && (current == -1 || current == s.audio):
			host, err = parseConnection(value)
		case kind == "a" && (current == -1 || current == s.audio):
			s.takeAttribute(value)
		}
		if err != nil {
			return nil, fmt.Errorf("sdp %q: %w", line, err)
		}
	}
	if s.audio < 0 || len(s.codecs) == 0 {
		return nil, errors.New("sdp: no G.711 audio stream")
	}
	if !host.IsValid() {
		return nil, errors.New("sdp: no connection address")
	}
	s.addr = netip.AddrPortFrom(host, s.addr.Port())
	if host.IsUnspecified() {
		s.flow.receives = false // the old way to say hold, RFC 3264 §8.4
	}
	return s, nil
}

// takeMedia keeps the first audio stream that is not refused.
func (s *session) takeMedia(value string, index int) error {
	fields := strings.Fields(value)
	if len(fields) < 4 {
		return errors.New("want media, port, protocol and formats")
	}
	port, err := strconv.ParseUint(fields[1], 10, 16)
	if err != nil {
		return fmt.Errorf("port: %w", err)
	}
	if s.audio >= 0 || fields[0] != "audio" || fields[2] != "RTP/AVP" || port == 0 {
		return nil
	}
	s.audio = index
	s.addr = netip.AddrPortFrom(netip.Addr{}, uint16(port))
	for _, format := range fields[3:] {
		switch format {
		case "0":
			s.codecs = append(s.codecs, ULaw)
		case "8":
			s.codecs = append(s.codecs, ALaw)
		}
	}
	return nil
}

func (s *session) takeAttribute(value string) {
	if f, ok := parseFlow(value); ok {
		s.flow = f
		return
	}
	mapping, ok := strings.CutPrefix(value, "rtpmap:")
	if !ok {
		return
	}
	payload, name, _ := strings.Cut(mapping, " ")
	if number, err := strconv.ParseUint(payload, 10, 7); err == nil &&
		strings.EqualFold(name, "telephone-event/8000") {
		s.keys = uint8(number)
	}
}

func parseConnection(value string) (netip.Addr, error) {
	fields := strings.Fields(value)
	if len(fields) != 3 || fields[0] != "IN" {
		return netip.Addr{}, errors.New("want IN IP4 address")
	}
	return netip.ParseAddr(fields[2])
}

// description is what we say about ourselves.
type description struct {
	addr    netip.AddrPort
	codecs  []Codec
	keys    uint8
	flow    flow
	version int
}

// offer writes d as an SDP with one audio stream.
func (d description) offer() []byte {
	return d.write([]string{""}, 0)
}

// answer writes d as the answer to an offer: the same streams in the same
// order, all but the audio refused (RFC 3264 §6).
func (d description) answer(to *session) []byte {
	d.codecs = []Codec{d.choose(to.codecs)}
	d.keys = to.keys
	return d.write(to.lines, to.audio)
}

// choose returns the first of the far end's codecs that we speak.
func (d description) choose(theirs []Codec) Codec {
	for _, codec := range theirs {
		if slices.Contains(d.codecs, codec) {
			return codec
		}
	}
	return theirs[0]
}

func (d description) write(lines []string, audio int) []byte {
	family := "IP4"
	if d.addr.Addr().Is6() {
		family = "IP6"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "v=0\r\no=- %d %d IN %s %s\r\ns=-\r\nc=IN %s %s\r\nt=0 0\r\n",
		d.addr.Port(), d.version, family, d.addr.Addr(), family, d.addr.Addr())
	for i, line := range lines {
		if i == audio {
			d.writeAudio(&b)
			continue
		}
		fields := strings.Fields(line)
		fmt.Fprintf(&b, "m=%s 0 %s\r\n", fields[0], strings.Join(fields[2:], " "))
	}
	return []byte(b.String())
}

func (d description) writeAudio(b *strings.Builder) {
	fmt.Fprintf(b, "m=audio %d RTP/AVP", d.addr.Port())
	for _, codec := range d.codecs {
		fmt.Fprintf(b, " %d", codec)
	}
	if d.keys != 0 {
		fmt.Fprintf(b, " %d", d.keys)
	}
	b.WriteString("\r\n")
	for _, codec := range d.codecs {
		fmt.Fprintf(b, "a=rtpmap:%d %s/8000\r\n", codec, codec)
	}
	if d.keys != 0 {
		fmt.Fprintf(b, "a=rtpmap:%d telephone-event/8000\r\na=fmtp:%d 0-15\r\n", d.keys, d.keys)
	}
	fmt.Fprintf(b, "a=ptime:20\r\na=%s\r\n", d.flow)
}
