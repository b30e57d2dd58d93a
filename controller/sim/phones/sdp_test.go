package phones

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func sdp(lines ...string) []byte { return []byte(strings.Join(lines, "\r\n") + "\r\n") }

func TestParseSDP(t *testing.T) {
	s, err := parseSDP(sdp("v=0", "o=- 1 1 IN IP4 10.0.0.1", "s=-", "c=IN IP4 10.0.0.1", "t=0 0", "a=sendonly",
		"m=video 4000 RTP/AVP 96", "c=IN IP4 10.9.9.9", "a=inactive",
		"m=audio 5000 RTP/AVP 9 0 8 96", "c=IN IP4 10.0.0.2", "a=rtpmap:96 telephone-event/8000"))
	if err != nil {
		t.Fatal(err)
	}
	if want := netip.MustParseAddrPort("10.0.0.2:5000"); s.addr != want {
		t.Errorf("addr %v, want %v", s.addr, want)
	}
	if !slices.Equal(s.codecs, []Codec{ULaw, ALaw}) || s.keys != 96 || s.audio != 1 || s.flow.String() != "sendonly" {
		t.Errorf("codecs %v keys %d audio %d flow %v", s.codecs, s.keys, s.audio, s.flow)
	}
}

func TestParseSDPRefuses(t *testing.T) {
	for name, body := range map[string][]byte{
		"nothing":     nil,
		"no address":  sdp("v=0", "m=audio 5000 RTP/AVP 0"),
		"no codec":    sdp("v=0", "c=IN IP4 10.0.0.1", "m=audio 5000 RTP/AVP 9"),
		"refused":     sdp("v=0", "c=IN IP4 10.0.0.1", "m=audio 0 RTP/AVP 0"),
		"fax":         sdp("v=0", "c=IN IP4 10.0.0.1", "m=image 5000 udptl t38"),
		"bad port":    sdp("v=0", "c=IN IP4 10.0.0.1", "m=audio 70000 RTP/AVP 0"),
		"bad address": sdp("v=0", "c=IN IP4 nowhere", "m=audio 5000 RTP/AVP 0"),
		"short media": sdp("v=0", "c=IN IP4 10.0.0.1", "m=audio"),
	} {
		if s, err := parseSDP(body); err == nil {
			t.Errorf("%s: accepted as %+v", name, s)
		}
	}
}

func TestOldStyleHold(t *testing.T) {
	s, err := parseSDP(sdp("v=0", "c=IN IP4 0.0.0.0", "m=audio 5000 RTP/AVP 0"))
	if err != nil || s.flow.receives {
		t.Errorf("flow %v, error %v; want one that does not receive", s.flow, err)
	}
}

func TestAnswerRefusesOtherStreams(t *testing.T) {
	offer, err := parseSDP(sdp("v=0", "c=IN IP4 10.0.0.1", "m=video 4000 RTP/AVP 96",
		"m=audio 5000 RTP/AVP 0 8 97", "a=rtpmap:97 telephone-event/8000"))
	if err != nil {
		t.Fatal(err)
	}
	ours := description{addr: netip.MustParseAddrPort("127.0.0.1:6000"), codecs: []Codec{ALaw}, flow: flow{true, true}}
	answer := string(ours.answer(offer))
	for _, want := range []string{"m=video 0 RTP/AVP 96\r\nm=audio 6000 RTP/AVP 8 97\r\n", "a=sendrecv\r\n"} {
		if !strings.Contains(answer, want) {
			t.Errorf("answer lacks %q:\n%s", want, answer)
		}
	}
}

func TestSDPOffersParse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ours := description{
			addr:   netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), rapid.Uint16Range(1, 65535).Draw(t, "port")),
			codecs: rapid.SampledFrom([][]Codec{{ALaw, ULaw}, {ULaw, ALaw}, {ULaw}}).Draw(t, "codecs"),
			keys:   rapid.Uint8Range(96, 127).Draw(t, "keys"),
			flow:   flow{rapid.Bool().Draw(t, "sends"), rapid.Bool().Draw(t, "receives")},
		}
		s, err := parseSDP(ours.offer())
		if err != nil {
			t.Fatal(err)
		}
		if s.addr != ours.addr || !slices.Equal(s.codecs, ours.codecs) || s.keys != ours.keys || s.flow != ours.flow {
			t.Fatalf("%+v came back as %+v", ours, s)
		}
	})
}

func FuzzParseSDP(f *testing.F) {
	f.Add(sdp("v=0", "c=IN IP4 10.0.0.1", "m=audio 5000 RTP/AVP 0 101", "a=rtpmap:101 telephone-event/8000"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if s, err := parseSDP(body); err == nil {
			description{addr: s.addr, codecs: []Codec{ALaw}}.answer(s)
		}
	})
}
