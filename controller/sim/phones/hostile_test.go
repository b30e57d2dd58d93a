package phones_test

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"bellhop/controller/sim/phones"
)

// TestNonsenseOnTheWire throws malformed messages at a phone, which must
// neither die nor stop working.
func TestNonsenseOnTheWire(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	alice, bob := pair(t)
	conn, err := net.Dial("udp", bob.Addr().String())
	must(t, err)
	defer conn.Close()
	head := func(method string) string {
		return method + " sip:bob@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP " + conn.LocalAddr().String() + ";branch=z9hG4bK%d\r\n"
	}
	basics := "From: <sip:x@y>;tag=1\r\nTo: <sip:bob@z>\r\nCall-ID: c\r\nCSeq: 1 %s\r\n"
	sdp := "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9 RTP/AVP 0\r\n"
	for i, message := range []string{
		"\x00\x01\x02", "INVITE", "\r\n\r\n", strings.Repeat("A", 60000),
		head("INVITE") + "\r\n",
		head("INVITE") + "CSeq: 1 INVITE\r\n\r\n",
		head("INVITE") + "From: <<<\r\nTo: >>>\r\nCall-ID: \r\nCSeq: x INVITE\r\n\r\n",
		head("INVITE") + fmt.Sprintf(basics, "INVITE") + "Content-Length: 5\r\n\r\nhello",
		head("INVITE") + fmt.Sprintf(basics, "INVITE") + fmt.Sprintf("Content-Length: %d\r\n\r\n", len(sdp)) + sdp,
		head("BYE") + fmt.Sprintf(basics, "BYE") + "\r\n",
		head("ACK") + "\r\n", head("CANCEL") + fmt.Sprintf(basics, "CANCEL") + "\r\n",
		head("NOTIFY") + "To: <sip:bob@z>;tag=none\r\nFrom: <sip:x@y>;tag=1\r\nCall-ID: c\r\nCSeq: 1 NOTIFY\r\n\r\n",
		head("NOTIFY") + fmt.Sprintf(basics, "NOTIFY") + "\r\n",
		head("REFER") + fmt.Sprintf(basics, "REFER") + "\r\n", head("BREW") + fmt.Sprintf(basics, "BREW") + "\r\n",
		"SIP/2.0 200 OK\r\n\r\n", "SIP/2.0 9999999999 OK\r\nCSeq: 1 INVITE\r\n\r\n",
	} {
		if strings.Contains(message, "%d") {
			message = fmt.Sprintf(message, i)
		}
		_, err := conn.Write([]byte(message))
		must(t, err)
	}
	// The one well-formed INVITE among them rings; ours must come through too.
	out, err := alice.Call(ctx, "1102")
	must(t, err)
	for {
		in, err := bob.Next(ctx)
		must(t, err)
		if in.CallerNumber() != "alice" {
			must(t, in.Reject(486))
			continue
		}
		must(t, in.Answer(ctx))
		break
	}
	must(t, out.WaitAnswered(ctx))
}

// TestNonsenseInTheAudio sends rubbish to an RTP port.
func TestNonsenseInTheAudio(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	out, in := connectPair(ctx, t)
	conn, err := net.Dial("udp", out.LocalMedia().String())
	must(t, err)
	defer conn.Close()
	for _, datagram := range [][]byte{{}, {0x80}, make([]byte, 12), {0x80, 101, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 99, 0, 0}} {
		_, err := conn.Write(datagram)
		must(t, err)
	}
	in.SendTone(900)
	must(t, out.Hears(ctx, 900))
	if tr := out.Traffic(); tr.Bad == 0 {
		t.Errorf("traffic %+v, want the rubbish counted", tr)
	}
}

func TestAnyTextMayBeDialled(t *testing.T) {
	t.Parallel()
	ctx := within(t, 20*time.Second)
	alice, bob := pair(t)
	for _, number := range []string{"500&PJSIP/x", "1;2?3", "100%", "a@b", `"<>"`, "铃童", "0 0", "*55#", "a:b"} {
		out, err := alice.Call(ctx, number)
		must(t, err)
		in, err := bob.Next(ctx)
		must(t, err)
		if in.Number() != number {
			t.Errorf("dialled %q, arrived as %q", number, in.Number())
		}
		must(t, in.Reject(404))
		_, err = out.WaitEnded(ctx)
		must(t, err)
	}
	for _, header := range []string{"no colon", ": empty", "X: a\r\nVia: b"} {
		if _, err := alice.Call(ctx, "1", header); err == nil {
			t.Errorf("header %q accepted", header)
		}
	}
}

func TestTooLongForUDP(t *testing.T) {
	t.Parallel()
	ctx := within(t, 10*time.Second)
	_, bob := pair(t)
	alice := newPhone(t, phones.Config{User: strings.Repeat("a", 4096), Server: bob.Addr().String()})
	if err := alice.Register(ctx); err == nil || !strings.Contains(err.Error(), "MTU") {
		t.Errorf("register: %v, want an error that names the MTU", err)
	}
}
