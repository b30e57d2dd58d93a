package phones_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"bellhop/controller/sim/pbx"
	"bellhop/controller/sim/phones"
)

// asteriskRoot is where the project unpacks its Asterisk.
const asteriskRoot = "../../../.bellhop/asterisk"

// exchange is a real Asterisk with three rooms and a trunk. It has no
// controller, so its native dialplan connects the rooms half a second after
// they dial.
type exchange struct {
	t       *testing.T
	server  string
	carrier *phones.Carrier

	one, two, three *phones.Phone // rooms 1101 to 1103
}

func startExchange(t *testing.T) *exchange {
	t.Helper()
	if testing.Short() {
		t.Skip("needs root and the unpacked Asterisk; run without -short")
	}
	if _, err := os.Stat(asteriskRoot + "/usr/sbin/asterisk"); err != nil || os.Geteuid() != 0 {
		t.Fatal("needs root and an unpacked Asterisk in .bellhop/asterisk: run \"make setup\" as root")
	}
	// Asterisk knows a trunk by its address: it needs another than the phones'.
	k := newCarrier(t, phones.CarrierConfig{Listen: "127.0.0.2:0", User: "hotel", Secret: "s3cret", Algorithms: []string{"SHA-256", "MD5"}})
	k.Behave("110", phones.EarlyThenAnswer(time.Second, 450, 700))
	ctx := within(t, time.Minute)
	asterisk, err := pbx.Start(ctx, pbx.Options{Root: asteriskRoot, Name: fmt.Sprintf("test-phones-%d", os.Getpid()), Snapshot: map[string]string{
		"pjsip.conf": roomConfig("room1", "1101", "MD5") + roomConfig("room2", "1102", "SHA-256") +
			roomConfig("room3", "1103", "SHA-256,MD5") + trunkConfig(k.Addr().String()),
		"globals.conf": "BH_DIAL_1101=PJSIP/room1\nBH_DIAL_1102=PJSIP/room2\nBH_DIAL_1103=PJSIP/room3\n" +
			"BH_EMERGENCY_110=110\nBH_TRUNKS=carrier\nBH_MAIN_NUMBER=02155550000\nBH_DID_02155550001=1101\n",
	}})
	must(t, err)
	t.Cleanup(func() {
		if t.Failed() {
			log, _ := os.ReadFile(asterisk.LogPath)
			t.Logf("Asterisk's log ends with: %s", log[max(0, len(log)-2000):])
		}
		must(t, errors.Join(asterisk.Kill(), os.RemoveAll(asterisk.Dir)))
	})
	return &exchange{t: t, server: asterisk.SIPAddress, carrier: k}
}

func roomConfig(id, number, algorithms string) string {
	return fmt.Sprintf(`[%[1]s]
type=aor
max_contacts=1
remove_existing=yes
[%[1]s]
type=auth
username=auth-%[1]s
password=secret-%[1]s
supported_algorithms_uas=%[3]s
[%[1]s]
type=endpoint
aors=%[1]s
auth=%[1]s
context=from-phones
disallow=all
allow=alaw,ulaw
dtmf_mode=rfc4733
direct_media=no
rtp_symmetric=yes
callerid=Room %[2]s <%[2]s>
`, id, number, algorithms)
}

func trunkConfig(address string) string {
	return fmt.Sprintf(`[carrier]
type=aor
contact=sip:%[1]s
[carrier]
type=auth
auth_type=digest
username=hotel
password=s3cret
supported_algorithms_uac=SHA-256,MD5
[carrier]
type=endpoint
aors=carrier
outbound_auth=carrier
context=from-trunks
disallow=all
allow=alaw
direct_media=no
[carrier]
type=identify
endpoint=carrier
match=127.0.0.2
[carrier]
type=registration
server_uri=sip:%[1]s
client_uri=sip:hotel@%[1]s
contact_user=hotel
outbound_auth=carrier
retry_interval=1
`, address)
}

// room returns the registered phone of a room.
func (e *exchange) room(ctx context.Context, number int) *phones.Phone {
	e.t.Helper()
	id := fmt.Sprintf("room%d", number)
	p := newPhone(e.t, phones.Config{User: id, AuthUser: "auth-" + id, Secret: "secret-" + id, Server: e.server})
	must(e.t, p.Register(ctx))
	return p
}

// hear asserts audio in both directions.
func hear(ctx context.Context, t *testing.T, a *phones.Call, aTone int, b *phones.Call, bTone int) {
	t.Helper()
	a.SendTone(aTone)
	b.SendTone(bTone)
	must(t, b.Hears(ctx, aTone))
	must(t, a.Hears(ctx, bTone))
}

// dial lets one phone call another and returns both sides before the answer.
func dial(ctx context.Context, t *testing.T, from *phones.Phone, number string, to *phones.Phone) (out, in *phones.Call) {
	t.Helper()
	out, err := from.Call(ctx, number)
	must(t, err)
	in, err = to.Next(ctx)
	must(t, err)
	return out, in
}

// talk is dial, answered and heard both ways.
func talk(ctx context.Context, t *testing.T, from *phones.Phone, number string, to *phones.Phone) (out, in *phones.Call) {
	t.Helper()
	out, in = dial(ctx, t, from, number, to)
	must(t, in.Answer(ctx))
	must(t, out.WaitAnswered(ctx))
	hear(ctx, t, out, 650, in, 850) // answered is not yet connected: a REFER may come too early
	return out, in
}

func TestWithAsterisk(t *testing.T) {
	t.Parallel()
	e := startExchange(t)
	setup := within(t, 30*time.Second)
	e.one, e.two, e.three = e.room(setup, 1), e.room(setup, 2), e.room(setup, 3)
	t.Run("a wrong secret is refused", e.wrongSecret)
	t.Run("so is a user name of four kilobytes", e.longUser)
	t.Run("a call is heard both ways", e.heardBothWays)
	t.Run("the caller gives up", e.callerGivesUp)
	t.Run("the callee rejects", e.rejects)
	t.Run("an unknown number", e.unknownNumber)
	t.Run("blind transfer", e.blindTransfer)
	t.Run("attended transfer", e.attendedTransfer)
	t.Run("out over the trunk, with early media", e.outOverTrunk)
	t.Run("in over the registered trunk", e.inOverTrunk)
	t.Run("unregistered", e.unregistered)
}

func (e *exchange) wrongSecret(t *testing.T) {
	p := newPhone(t, phones.Config{User: "room1", AuthUser: "auth-room1", Secret: "wrong", Server: e.server})
	var refused *phones.StatusError
	if err := p.Register(within(t, 5*time.Second)); !errors.As(err, &refused) || refused.Status != 401 {
		t.Errorf("%v, want 401", err)
	}
}

func (e *exchange) longUser(t *testing.T) {
	p := newPhone(t, phones.Config{User: strings.Repeat("a", 4096), Secret: "x", Server: e.server, Network: "tcp"})
	var refused *phones.StatusError
	if err := p.Register(within(t, 5*time.Second)); !errors.As(err, &refused) || refused.Status < 400 {
		t.Errorf("%v, want the server's refusal", err)
	} else {
		t.Log(refused)
	}
}

func (e *exchange) heardBothWays(t *testing.T) {
	ctx := within(t, 15*time.Second)
	out, in := dial(ctx, t, e.one, "1102", e.two)
	if in.CallerNumber() != "1101" || in.CallerName() != "Room 1101" {
		t.Errorf("caller %q %q, want 1101", in.CallerNumber(), in.CallerName())
	}
	must(t, in.Ring())
	must(t, out.WaitRinging(ctx))
	must(t, in.Answer(ctx))
	must(t, out.WaitAnswered(ctx))
	hear(ctx, t, out, 600, in, 900)
	must(t, out.SendDTMF(ctx, "159*#D"))
	must(t, in.HearsKeys(ctx, "159*#D"))
	must(t, in.SendDTMF(ctx, "2204"))
	must(t, out.HearsKeys(ctx, "2204"))
	must(t, out.Hold(ctx))
	must(t, out.WaitSilence(ctx, 300*time.Millisecond))
	must(t, in.HearsNot(ctx, 600, 300*time.Millisecond))
	must(t, out.Unhold(ctx))
	hear(ctx, t, out, 650, in, 950)
	must(t, in.Hangup(ctx))
	end, err := out.WaitEnded(ctx)
	must(t, err)
	if !end.Far || end.Status != 200 || end.Cause != 16 {
		t.Errorf("ending %+v, want by the far end with cause 16", end)
	}
}

func (e *exchange) callerGivesUp(t *testing.T) {
	ctx := within(t, 15*time.Second)
	out, in := dial(ctx, t, e.one, "1102", e.two)
	must(t, in.Ring())
	must(t, out.WaitRinging(ctx))
	must(t, out.Hangup(ctx))
	end, err := in.WaitEnded(ctx)
	must(t, err)
	if end.Status != 487 || !end.Far {
		t.Errorf("callee: %+v, want 487", end)
	}
}

func (e *exchange) unknownNumber(t *testing.T) {
	ctx := within(t, 15*time.Second)
	out, err := e.one.Call(ctx, "1999")
	must(t, err)
	end, err := out.WaitEnded(ctx)
	must(t, err)
	if end.Status != 404 || end.Cause != 1 {
		t.Errorf("ending %+v, want 404 with cause 1", end)
	}
}

func (e *exchange) blindTransfer(t *testing.T) {
	ctx := within(t, 15*time.Second)
	out, in := talk(ctx, t, e.one, "1102", e.two)
	moved, err := in.Transfer(ctx, "1103")
	must(t, err)
	third, err := e.three.Next(ctx)
	must(t, err)
	must(t, third.Answer(ctx))
	hear(ctx, t, out, 600, third, 800)
	status, err := moved.Wait(ctx)
	if err != nil || status != 200 {
		t.Errorf("transfer: %d, %v (progress %v), want 200", status, err, moved.Progress())
	}
	t.Logf("progress %v", moved.Progress())
	must(t, in.Hangup(ctx))
	must(t, out.Hangup(ctx))
	_, err = third.WaitEnded(ctx)
	must(t, err)
}

func (e *exchange) attendedTransfer(t *testing.T) {
	ctx := within(t, 15*time.Second)
	out, in := talk(ctx, t, e.one, "1102", e.two)
	must(t, in.Hold(ctx))
	consult, third := talk(ctx, t, e.two, "1103", e.three)
	moved, err := in.TransferTo(ctx, consult)
	must(t, err)
	hear(ctx, t, out, 600, third, 800)
	status, err := moved.Wait(ctx)
	if err != nil || status != 200 {
		t.Errorf("transfer: %d, %v (progress %v), want 200", status, err, moved.Progress())
	}
	t.Logf("progress %v", moved.Progress())
	_, err = consult.WaitEnded(ctx)
	must(t, err)
	must(t, in.Hangup(ctx))
	must(t, third.Hangup(ctx))
	_, err = out.WaitEnded(ctx)
	must(t, err)
}

func (e *exchange) outOverTrunk(t *testing.T) {
	ctx := within(t, 15*time.Second)
	out, err := e.one.Call(ctx, "110")
	must(t, err)
	must(t, out.Hears(ctx, 450))
	if out.Answered() {
		t.Error("answered while early media plays")
	}
	far, err := e.carrier.Next(ctx)
	must(t, err)
	if far.Number() != "110" || far.CallerNumber() != "02155550000" {
		t.Errorf("carrier sees %s from %s", far.Number(), far.CallerNumber())
	}
	must(t, out.WaitAnswered(ctx))
	must(t, out.Hears(ctx, 700))
	out.SendTone(900)
	must(t, far.Hears(ctx, 900))
	must(t, out.Hangup(ctx))
	_, err = far.WaitEnded(ctx)
	must(t, err)
}

func (e *exchange) inOverTrunk(t *testing.T) {
	ctx := within(t, 15*time.Second)
	must(t, e.carrier.WaitRegistered(ctx))
	far, err := e.carrier.CallIn(ctx, "02155550001", "13800138000")
	must(t, err)
	in, err := e.one.Next(ctx)
	must(t, err)
	if in.CallerNumber() != "13800138000" {
		t.Errorf("caller %q", in.CallerNumber())
	}
	must(t, in.Answer(ctx))
	must(t, far.WaitAnswered(ctx))
	hear(ctx, t, in, 600, far, 900)
	must(t, in.Hangup(ctx))
	_, err = far.WaitEnded(ctx)
	must(t, err)
}

func (e *exchange) unregistered(t *testing.T) {
	ctx := within(t, 15*time.Second)
	must(t, e.three.Unregister(ctx))
	out, err := e.one.Call(ctx, "1103")
	must(t, err)
	end, err := out.WaitEnded(ctx)
	must(t, err)
	if end.Cause != 20 {
		t.Errorf("ending %+v, want cause 20", end)
	}
}

func (e *exchange) rejects(t *testing.T) {
	for _, status := range []int{486, 480, 603, 404, 503} { // what the caller gets is the dialplan's choice
		t.Run(fmt.Sprintf("the callee rejects with %d", status), func(t *testing.T) {
			ctx := within(t, 15*time.Second)
			out, in := dial(ctx, t, e.one, "1102", e.two)
			must(t, in.Reject(status))
			end, err := out.WaitEnded(ctx)
			must(t, err)
			if !end.Far || end.Status < 400 || end.Cause == 0 {
				t.Errorf("ending %+v, want a refusal with a cause", end)
			}
			t.Logf("callee rejects %d: caller gets %d cause %d", status, end.Status, end.Cause)
		})
	}
}
