package access

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bellhop/controller/kit/fault"
)

func TestPolicies(t *testing.T) {
	for _, c := range []struct {
		policy   Policy
		password string
		says     string // empty: good
	}{
		{ASVS(), "correct horse battery", ""},
		{ASVS(), "一二三四五六七八九十马电池", ""},
		{ASVS(), "vier worte im wind", ""},
		{ASVS(), "short-pass1", "at least 12"},
		{ASVS(), strings.Repeat("ab1!", 33), "at most 128"},
		{ASVS(), "aaaaaaaaaaaaaa", "attackers"},
		{ASVS(), "123456789012", "attackers"},
		{ASVS(), "abcdefghijklmn", "attackers"},
		{ASVS(), "Password123456", "attackers"},
		{ASVS(), "P@ssw0rd!!!!!", "attackers"},
		{ASVS(), "PasswordPassword", "attackers"},
		{ASVS(), "qwertyuiop2026!", "attackers"},
		{ASVS(), "my zhang.li secret", "login or the hotel"},
		{ASVS(), "Grand Plaza forever", "login or the hotel"},
		{ASVS(), "nul\x00 in the middle", "UTF-8"},
		{ASVS(), "broken \xff in middle", "UTF-8"},
		{MLPS(), "Tr4-fik", "at least 8"},
		{MLPS(), "Tr4-fikx", ""},
		{MLPS(), "trafikxyqv1", "must mix 3"},
		{MLPS(), "Password1!", "attackers"},
	} {
		err := c.policy.check(c.password, "zhang.li", "grand plaza")
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s %q: %v, want %q", c.policy.Name, c.password, err, c.says)
		}
		if f, ok := errors.AsType[*fault.Error](err); ok && (f.Field != "password" || f.Code != fault.Invalid) {
			t.Errorf("%q: field %q", c.password, f.Field)
		}
	}
}

func TestPolicyNamed(t *testing.T) {
	if p, err := PolicyNamed("mlps"); err != nil || p.History != 5 {
		t.Error(p, err)
	}
	if _, err := PolicyNamed("none"); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	set := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if ASVS().expired(set, set.AddDate(50, 0, 0)) || MLPS().expired(set, set.AddDate(0, 0, 89)) || !MLPS().expired(set, set.AddDate(0, 0, 90)) {
		t.Error("only mlps passwords expire, after 90 days")
	}
}
