package access_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

func TestOneAnswerForEveryRefusal(t *testing.T) {
	o := newOffice(t, access.ASVS())
	gone := o.hire(t, "gone", access.RoleOperator)
	if err := o.Disable(t.Context(), o.root, gone.Principal.ID); err != nil {
		t.Fatal(err)
	}
	answers := map[string]bool{}
	for _, login := range []string{"nobody", "root", "gone", "", "张三", strings.Repeat("x", 1<<16), "a\x00b"} {
		password := map[bool]string{true: goodPassword, false: "wrong"}[login == "gone"]
		err := o.try(t, login, password, "")
		wants(t, login, err, fault.Unauthorized, "")
		answers[err.Error()] = true
		o.pass(time.Minute)
	}
	if len(answers) != 1 {
		t.Errorf("the answers differ: %v", answers)
	}
	said := strings.Join(o.said(), "\n")
	for _, why := range []string{"login.failed root: wrong password", "login.failed gone: disabled account", "login.failed : unknown login"} {
		if !strings.Contains(said, why) {
			t.Errorf("the trail lacks %q:\n%s", why, said)
		}
	}
	if strings.Contains(said, "nobody") {
		t.Errorf("the trail keeps what may have been a password:\n%s", said)
	}
}

func TestGuessingIsThrottledAtItsSource(t *testing.T) {
	o := newOffice(t, access.ASVS())
	lines := len(strings.Split(o.log.String(), "\n"))
	var late *access.Throttled
	for i := range 10 {
		err := o.try(t, "root", fmt.Sprint("guess", i), "")
		if found, ok := errors.AsType[*access.Throttled](err); ok {
			late = found
			wants(t, "throttled", err, fault.TooMany, "")
			break
		}
		wants(t, "guess", err, fault.Unauthorized, "")
	}
	if late == nil || late.After < time.Second {
		t.Fatalf("ten guesses went through: %v", late)
	}
	wants(t, "even the right one", o.try(t, "root", goodPassword, ""), fault.TooMany, "")
	if log := o.log.String(); len(strings.Split(log, "\n")) != lines+1 || !strings.Contains(log, "from=10.0.0.9") || strings.Contains(log, "guess") {
		t.Errorf("the log says %q, want one line that names the source", log)
	}
	o.enter(t, "root", goodPassword) // from another address
	o.pass(late.After)
	if err := o.try(t, "root", goodPassword, ""); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

// A burst is counted before it is answered.
func TestGuessesAtOnceAreCounted(t *testing.T) {
	o := newOffice(t, access.ASVS())
	var wg sync.WaitGroup
	tried := make(chan error, 50)
	for range 50 {
		wg.Go(func() { tried <- o.try(t, "root", "wrong", "") })
	}
	wg.Wait()
	close(tried)
	let := 0
	for err := range tried {
		if fault.Is(err, fault.Unauthorized) {
			let++
		}
	}
	if let > 5 {
		t.Errorf("%d of 50 were tried", let)
	}
}

func TestLimitsOfALogin(t *testing.T) {
	o := newOffice(t, access.ASVS())
	idle, used := o.hire(t, "li", access.RoleOperator), o.enter(t, "li", goodPassword)
	for range 23 { // 11.5 hours in steps shorter than the idle limit
		o.pass(29 * time.Minute)
		if !o.in(t, used) {
			t.Fatal("a login in use ended")
		}
	}
	if o.in(t, idle) {
		t.Error("an idle login lives on")
	}
	o.pass(29 * time.Minute)
	if !o.in(t, used) {
		t.Error("ended before its 12 hours")
	}
	o.pass(25 * time.Minute)
	if o.in(t, used) {
		t.Error("lives longer than 12 hours")
	}
}

func TestLoginCheckRefuses(t *testing.T) {
	o := newOffice(t, access.ASVS())
	e := o.hire(t, "li", access.RoleOperator)
	for name, secret := range map[string]string{
		"empty": "", "the hash": e.Login.Hash, "the CSRF value": e.Login.CSRF, "huge": strings.Repeat("a", 1<<20), "cut": e.Secret[:len(e.Secret)-1],
	} {
		_, err := o.Logins().Check(t.Context(), secret, "")
		wants(t, name, err, fault.Unauthorized, "")
	}
	for _, l := range o.logins {
		if strings.Contains(l.Hash, e.Secret) || l.Hash == "" {
			t.Error("the secret is stored")
		}
	}
	if err := o.Logins().CheckCSRF(e.Principal, e.Login.CSRF); err != nil {
		t.Error(err)
	}
	other := o.enter(t, "li", goodPassword)
	for _, value := range []string{"", "x", other.Login.CSRF, e.Secret} {
		wants(t, "CSRF", o.Logins().CheckCSRF(e.Principal, value), fault.Forbidden, "")
	}
	wants(t, "nobody", o.Logins().CheckCSRF(access.Principal{}, ""), fault.Forbidden, "")
	if err := o.Logins().CheckCSRF(access.Token{}.Principal(), ""); err != nil {
		t.Error("a token needs no CSRF value:", err)
	}
}

func TestListingAndRevoking(t *testing.T) {
	o := newOffice(t, access.ASVS())
	mine := o.hire(t, "li", access.RoleOperator)
	o.pass(time.Second)
	mine2, other := o.enter(t, "li", goodPassword), o.hire(t, "wu", access.RoleOperator)
	list := o.Logins().List(mine.Principal.ID)
	if len(list) != 3 || list[0].ID != mine2.Login.ID || list[0].Hash+list[0].CSRF != "" { // hire logs in twice
		t.Fatalf("got %+v", list)
	}
	wants(t, "another's", o.Logins().Revoke(t.Context(), act(other), mine.Login.ID), fault.NotFound, "")
	wants(t, "another's, all", o.Logins().RevokeAll(t.Context(), act(other), mine.Principal.ID), fault.NotFound, "")
	if err := o.Logins().Revoke(t.Context(), act(mine), mine2.Login.ID); err != nil || o.in(t, mine2) {
		t.Errorf("own: %v", err)
	}
	if err := o.Logins().Revoke(t.Context(), o.root, other.Login.ID); err != nil || o.in(t, other) {
		t.Errorf("by the administrator: %v", err)
	}
	if err := o.Logins().RevokeAll(t.Context(), act(mine), mine.Principal.ID); err != nil || !o.in(t, mine) {
		t.Errorf("all but this one: %v", err)
	}
	if err := o.Logins().End(t.Context(), act(mine)); err != nil || o.in(t, mine) {
		t.Errorf("log out: %v", err)
	}
	if _, err := o.Logins().Current(mine.Principal); !fault.Is(err, fault.Unauthorized) {
		t.Errorf("after the end: %v", err)
	}
}

func TestTheOldestLoginMakesRoom(t *testing.T) {
	o := newOffice(t, access.ASVS())
	first := o.hire(t, "li", access.RoleOperator)
	for range 10 {
		o.pass(time.Second)
		o.enter(t, "li", goodPassword)
	}
	if n := len(o.Logins().List(first.Principal.ID)); n != 10 || o.in(t, first) {
		t.Errorf("%d logins; the first one lives: %t", n, o.in(t, first))
	}
}

func TestWatchTellsOfChanges(t *testing.T) {
	o := newOffice(t, access.ASVS())
	e := o.hire(t, "li", access.RoleOperator)
	p, changed, err := o.Logins().Watch(e.Principal)
	if err != nil || !p.Can(access.FeedRead) {
		t.Fatal(p, err)
	}
	select {
	case <-changed:
		t.Fatal("changed without a change")
	default:
	}
	if err := o.Disable(t.Context(), o.root, e.Principal.ID); err != nil {
		t.Fatal(err)
	}
	select {
	case <-changed:
	case <-time.After(5 * time.Second):
		t.Fatal("nobody told the feed")
	}
	if _, _, err := o.Logins().Watch(e.Principal); !fault.Is(err, fault.Unauthorized) {
		t.Error(err)
	}
	// Watching is not using.
	w := o.hire(t, "wu", access.RoleOperator)
	o.pass(20 * time.Minute)
	if _, _, err := o.Logins().Watch(w.Principal); err != nil {
		t.Error(err)
	}
	o.pass(10 * time.Minute)
	if _, _, err := o.Logins().Watch(w.Principal); !fault.Is(err, fault.Unauthorized) {
		t.Errorf("watching slid the idle limit: %v", err)
	}
}

func TestKeepWritesWhoWasSeen(t *testing.T) {
	o := newOffice(t, access.ASVS())
	used, idle := o.hire(t, "li", access.RoleOperator), o.hire(t, "wu", access.RoleOperator)
	o.pass(20 * time.Minute)
	before := o.writes
	for range 1000 {
		if _, err := o.Logins().Check(t.Context(), used.Secret, "10.0.0.7"); err != nil {
			t.Fatal(err)
		}
	}
	if o.writes != before {
		t.Errorf("checks wrote %d times", o.writes-before)
	}
	o.pass(15 * time.Minute)
	if err := o.Logins().Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if l := o.logins[used.Login.ID]; l.From != "10.0.0.7" || !l.Seen.Equal(o.now().Add(-15*time.Minute)) || !l.Revoked.IsZero() {
		t.Errorf("stored %+v", l)
	}
	if o.logins[idle.Login.ID].Revoked.IsZero() || !o.purged.Equal(o.now().AddDate(0, 0, -90)) {
		t.Errorf("the idle login is not ended: %+v, purged before %s", o.logins[idle.Login.ID], o.purged)
	}
	reopened, err := access.OpenAccounts(t.Context(), o.settings(access.ASVS()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reopened.Logins().Check(t.Context(), used.Secret, ""); err != nil {
		t.Error("after a restart:", err)
	}
	before = o.writes
	if err := o.Logins().Keep(t.Context()); err != nil || o.writes != before {
		t.Errorf("nobody was seen, and %d writes, %v", o.writes-before, err)
	}
}

func TestSecondFactor(t *testing.T) {
	o := newOffice(t, access.ASVS())
	e := o.hire(t, "li", access.RoleOperator)
	other := o.enter(t, "li", goodPassword)
	code := func(key access.TOTPKey) string {
		t.Helper()
		c, err := totp.GenerateCode(key.Secret, o.now())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	_, err := o.EnrolTOTP(t.Context(), act(e), "wrong")
	wants(t, "wrong password", err, fault.Invalid, "old")
	wants(t, "nothing waits", o.ConfirmTOTP(t.Context(), act(e), "123456"), fault.Conflict, "")
	key, err := o.EnrolTOTP(t.Context(), act(e), goodPassword)
	if err != nil || !strings.HasPrefix(key.URI, "otpauth://totp/Bellhop:li?") {
		t.Fatal(key, err)
	}
	wants(t, "not a code", o.ConfirmTOTP(t.Context(), act(e), "12345x"), fault.Invalid, "code")
	o.enter(t, "li", goodPassword) // unconfirmed, it asks for nothing
	if err := o.ConfirmTOTP(t.Context(), act(e), code(key)); err != nil {
		t.Fatal(err)
	}
	if !o.in(t, e) || o.in(t, other) {
		t.Error("the confirmation must end the other logins, and only them")
	}
	wants(t, "no code", o.try(t, "li", goodPassword, ""), fault.Unauthorized, "code")
	wants(t, "wrong password, no code", o.try(t, "li", "wrong", ""), fault.Unauthorized, "")
	wants(t, "the code of the enrolment", o.try(t, "li", goodPassword, code(key)), fault.Unauthorized, "code")
	o.pass(30 * time.Second)
	if err := o.try(t, "li", goodPassword, code(key)); err != nil {
		t.Fatal(err)
	}
	wants(t, "twice", o.try(t, "li", goodPassword, code(key)), fault.Unauthorized, "code")
	wants(t, "removal with a used code", o.RemoveTOTP(t.Context(), act(e), code(key)), fault.Invalid, "code")
	o.pass(30 * time.Second)
	if err := o.RemoveTOTP(t.Context(), act(e), code(key)); err != nil {
		t.Fatal(err)
	}
	o.enter(t, "li", goodPassword)
	wants(t, "none to reset", o.ResetTOTP(t.Context(), o.root, e.Principal.ID), fault.Conflict, "")
}

// Of many who use one code at the same time one gets in.
func TestOneCodeCountsOnce(t *testing.T) {
	o := newOffice(t, access.ASVS())
	e := o.hire(t, "li", access.RoleOperator)
	key, err := o.EnrolTOTP(t.Context(), act(e), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := totp.GenerateCode(key.Secret, o.now())
	if err := o.ConfirmTOTP(t.Context(), act(e), first); err != nil {
		t.Fatal(err)
	}
	o.pass(time.Minute)
	code, _ := totp.GenerateCode(key.Secret, o.now())
	var wg sync.WaitGroup
	got := make(chan error, 20)
	for i := range 20 {
		wg.Go(func() {
			_, err := o.Logins().Begin(t.Context(), access.Attempt{Login: "li", Password: goodPassword, Code: code, From: fmt.Sprint("10.0.1.", i)})
			got <- err
		})
	}
	wg.Wait()
	close(got)
	in := 0
	for err := range got {
		if err == nil {
			in++
		}
	}
	if in != 1 {
		t.Errorf("%d got in with one code", in)
	}
}

func TestWrongCodesAreThrottled(t *testing.T) {
	o := newOffice(t, access.ASVS())
	e := o.hire(t, "li", access.RoleOperator)
	key, err := o.EnrolTOTP(t.Context(), act(e), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	code, _ := totp.GenerateCode(key.Secret, o.now())
	if err := o.ConfirmTOTP(t.Context(), act(e), code); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if err = o.try(t, "li", goodPassword, "000000"); fault.Is(err, fault.TooMany) {
			return
		}
	}
	t.Errorf("twenty codes went through: %v", err)
}

func TestPasswordsAreRehashedWhenTheyShouldCostMore(t *testing.T) {
	o := newOffice(t, access.ASVS())
	e := o.hire(t, "li", access.RoleOperator)
	set := o.settings(access.ASVS())
	set.Cost.Memory = 128
	dearer, err := access.OpenAccounts(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // with the old hash, and with the new one
		if _, err := dearer.Logins().Begin(t.Context(), access.Attempt{Login: "li", Password: goodPassword}); err != nil {
			t.Fatal(err)
		}
		if h := o.accounts[e.Principal.ID].PasswordHash; !strings.Contains(h, "m=128,") {
			t.Errorf("stored %s", h)
		}
	}
}

func TestNoLoginWithoutTrailOrStore(t *testing.T) {
	o := newOffice(t, access.ASVS())
	o.auditErr = errors.New("disk full")
	wants(t, "no trail", o.try(t, "root", goodPassword, ""), fault.Unavailable, "")
	wants(t, "no trail, wrong", o.try(t, "root", "wrong", ""), fault.Unavailable, "")
	o.auditErr, o.err = nil, errors.New("disk full")
	wants(t, "no store", o.try(t, "root", goodPassword, ""), fault.Unavailable, "")
	o.err = nil
	if err := o.try(t, "root", goodPassword, ""); err != nil {
		t.Error(err)
	}
}

func BenchmarkCheck(b *testing.B) {
	o := newOffice(b, access.ASVS())
	e, _ := o.Logins().Begin(b.Context(), access.Attempt{Login: "root", Password: goodPassword, From: "10.0.0.1"})
	for b.Loop() {
		if _, err := o.Logins().Check(b.Context(), e.Secret, "10.0.0.1"); err != nil {
			b.Fatal(err)
		}
	}
}
