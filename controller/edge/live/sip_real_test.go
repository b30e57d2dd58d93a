package live_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/icholy/digest"

	"bellhop/controller/sim/pbx"
)

const asteriskRoot = "../../../.bellhop/asterisk"

// TestARealAsteriskAnswersThroughTheDoor registers as a browser phone does: Asterisk
// asks for a digest, and takes it.
func TestARealAsteriskAnswersThroughTheDoor(t *testing.T) {
	if testing.Short() {
		t.Skip("needs root and the unpacked Asterisk; run without -short")
	}
	if _, err := os.Stat(asteriskRoot + "/usr/sbin/asterisk"); err != nil || os.Geteuid() != 0 {
		t.Fatal("needs root and an unpacked Asterisk in .bellhop/asterisk: run \"make setup\" as root")
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	asterisk, err := pbx.Start(ctx, pbx.Options{Root: asteriskRoot, Name: fmt.Sprintf("test-live-%d", os.Getpid()), Snapshot: map[string]string{
		"pjsip.conf": "[desk]\ntype=aor\nmax_contacts=1\n[desk]\ntype=auth\nauth_type=digest\nusername=desk\npassword=s3cret\n" +
			"[desk]\ntype=endpoint\naors=desk\nauth=desk\ncontext=from-phones\nallow=!all,opus,ulaw\nwebrtc=yes\n",
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(asterisk.Kill(), os.RemoveAll(asterisk.Dir)); err != nil {
			t.Error(err)
		}
	})
	h := newDoor(t, asterisk.WSURL)
	phone := h.phone(t, request("anna"))
	if answer := ask(ctx, t, phone, 1, ""); !strings.HasPrefix(answer, "SIP/2.0 401 ") {
		t.Fatalf("Asterisk answers %s", answer)
	} else if answer = ask(ctx, t, phone, 2, answerTo(t, answer)); !strings.HasPrefix(answer, "SIP/2.0 200 ") {
		t.Fatalf("Asterisk answers the digest with %s", answer)
	}
	if strings.Contains(h.log.String(), "Digest") {
		t.Error("the log holds a message")
	}
	if err := asterisk.Kill(); err != nil {
		t.Fatal(err)
	}
	if end := closed(t, phone); end.Code != websocket.StatusTryAgainLater {
		t.Errorf("closed with %d %q", end.Code, end.Reason)
	}
}

// ask sends a REGISTER and returns the answer to it; Asterisk may ask first
// whether the phone is there.
func ask(ctx context.Context, t *testing.T, phone *websocket.Conn, number int, authorization string) string {
	t.Helper()
	send(t, phone, websocket.MessageText, strings.Join([]string{
		"REGISTER sip:bellhop SIP/2.0", fmt.Sprintf("Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK56sd%d", number),
		"Max-Forwards: 70", "From: <sip:desk@bellhop>;tag=asdyka899", "To: <sip:desk@bellhop>",
		"Call-ID: asidkj3ss", fmt.Sprintf("CSeq: %d REGISTER", number),
		"Contact: <sip:desk@df7jal23ls0d.invalid;transport=ws>;expires=60",
		authorization + "Content-Length: 0", "", "",
	}, "\r\n"))
	for {
		_, answer, err := phone.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(string(answer), "SIP/2.0 ") {
			return string(answer)
		}
	}
}

// answerTo returns the header that answers a challenge.
func answerTo(t *testing.T, challenge string) string {
	t.Helper()
	_, line, _ := strings.Cut(challenge, "WWW-Authenticate: ")
	line, _, _ = strings.Cut(line, "\r\n")
	c, err := digest.ParseChallenge(line)
	if err != nil {
		t.Fatal(err)
	}
	credentials, err := digest.Digest(c, digest.Options{Method: "REGISTER", URI: "sip:bellhop", Username: "desk", Password: "s3cret"})
	if err != nil {
		t.Fatal(err)
	}
	return "Authorization: " + credentials.String() + "\r\n"
}
