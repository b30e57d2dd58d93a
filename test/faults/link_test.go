package faults_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"bellhop/controller/app"
	"bellhop/test/house"
)

// noticeTime bounds how long a dead link may look alive.
const noticeTime = 15 * time.Second

// TestLinkIsHalfOpen stops all traffic between controller and switch while the
// connection still stands.
func TestLinkIsHalfOpen(t *testing.T) {
	t.Parallel()
	var wire *proxy
	h := open(t, house.Options{Process: true, Settings: func(c *app.Config) {
		u, err := url.Parse(c.Asterisk.URL)
		try(t, "ARI address", err)
		wire = newProxy(t, u.Host)
		u.Host = wire.listener.Addr().String()
		c.Asterisk.URL = u.String()
	}})
	stays, ends := connect(t, h, "1101", "1102", 1), connect(t, h, "1103", "1104", 2)
	h.phone(t, "1105")
	h.phone(t, "1106")
	wire.freeze()
	frozen := time.Now()
	ends.part(t)
	given := connect(t, h, "1105", "1106", 3)
	allHear(t, []*talk{stays, given})
	given.hangup(t)
	h.Until(t, "the dead link is noticed", func() bool { return strings.Contains(h.Said(), "no link to the switch; trying again") })
	noticed := time.Since(frozen)
	if noticed > noticeTime {
		t.Errorf("the dead link was noticed after %s", noticed)
	}
	wire.thaw()
	thawed := time.Now()
	settled(t, h, ends, given)
	t.Logf("the half-open link was noticed after %s; %s after it forwarded again all records were right", noticed.Round(time.Millisecond), time.Since(thawed).Round(time.Millisecond))
	checkRecord(t, h, ends, wants{"controller", "answered", 16})
	checkRecord(t, h, given, wants{"native", "answered", 16})
	stays.hear(t)
	stays.hangup(t)
	settled(t, h, stays)
	checkRecord(t, h, stays, wants{"controller", "answered", 16})
	late := connect(t, h, "1103", "1104", 5)
	late.hear(t)
	late.hangup(t)
	checkEmpty(t, h)
}

// TestSecondControllerTakesOver starts a rival with the same application name.
func TestSecondControllerTakesOver(t *testing.T) {
	t.Parallel()
	h := open(t, house.Options{Process: true})
	stays, ends := connect(t, h, "1101", "1102", 1), connect(t, h, "1103", "1104", 2)
	first, second := h, &hotel{House: h.Rival(), phones: h.phones}
	begun := time.Now()
	second.Launch(t)
	code, said := first.Exit(t)
	deposed := time.Since(begun)
	if code == 0 || !strings.Contains(said, "another controller has taken over") {
		t.Errorf("the first controller ended with code %d; it said\n%s", code, said)
	}
	second.Until(t, "the calls are adopted", func() bool { return len(live(t, second)) == 2 })
	t.Logf("the first controller was deposed and had ended %s after the second was started; the second had all calls after %s", deposed.Round(time.Millisecond), time.Since(begun).Round(time.Millisecond))
	allHear(t, []*talk{stays, ends})
	ends.hangup(t)
	late := connect(t, second, "1105", "1106", 3)
	late.hear(t)
	late.hangup(t)
	stays.hangup(t)
	settled(t, second, stays, ends, late)
	for _, k := range []*talk{stays, ends, late} {
		checkRecord(t, second, k, wants{"controller", "answered", 16})
	}
	checkEmpty(t, second)
}
