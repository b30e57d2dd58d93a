package access_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

// wants checks an error's code and field.
func wants(t *testing.T, what string, err error, code fault.Code, field string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Code != code || f.Field != field {
		t.Errorf("%s: got %v, want %s %q", what, err, code, field)
	}
}

func TestCreateAsksForOrder(t *testing.T) {
	o := newOffice(t, access.ASVS())
	operator := []access.Role{access.RoleOperator}
	before := o.writes
	for name, c := range map[string]struct {
		p     access.Person
		code  fault.Code
		field string
	}{
		"no login":      {access.Person{Name: "x", Roles: operator}, fault.Invalid, "login"},
		"one letter":    {access.Person{Login: "x", Name: "x", Roles: operator}, fault.Invalid, "login"},
		"odd letters":   {access.Person{Login: "张三", Name: "x", Roles: operator}, fault.Invalid, "login"},
		"long login":    {access.Person{Login: strings.Repeat("x", 33), Name: "x", Roles: operator}, fault.Invalid, "login"},
		"taken":         {access.Person{Login: " ROOT ", Name: "x", Roles: operator}, fault.Conflict, "login"},
		"no name":       {access.Person{Login: "li", Name: "  ", Roles: operator}, fault.Invalid, "name"},
		"NUL":           {access.Person{Login: "li", Name: "a\x00", Roles: operator}, fault.Invalid, "name"},
		"no role":       {access.Person{Login: "li", Name: "x"}, fault.Invalid, "roles"},
		"exclusion":     {access.Person{Login: "li", Name: "x", Roles: []access.Role{access.RoleAuditAdmin, access.RoleOperator}}, fault.Invalid, "roles"},
		"extension":     {access.Person{Login: "li", Name: "x", Roles: operator, Extension: "12&PJSIP/x"}, fault.Invalid, "extension"},
		"reach":         {access.Person{Login: "li", Name: "x", Roles: operator, Reach: access.Reach{Floors: []string{"1\n"}}}, fault.Invalid, "reach.floors"},
		"empty reach":   {access.Person{Login: "li", Name: "x", Roles: operator, Reach: access.Reach{Queues: []string{""}}}, fault.Invalid, "reach.queues"},
		"endless reach": {access.Person{Login: "li", Name: "x", Roles: operator, Reach: access.Reach{Departments: make([]string, 201)}}, fault.Invalid, "reach.departments"},
	} {
		_, oneTime, err := o.Create(t.Context(), o.root, c.p)
		wants(t, name, err, c.code, c.field)
		if oneTime != "" {
			t.Errorf("%s: a password came out", name)
		}
	}
	if o.writes != before {
		t.Error("something refused was stored")
	}
}

func TestOneTimePasswordMustBeChangedFirst(t *testing.T) {
	o := newOffice(t, access.ASVS())
	made, oneTime, err := o.Create(t.Context(), o.root, access.Person{Login: "Zhang.Li", Name: "张丽", Roles: []access.Role{access.RoleOperator}, Extension: "8001"})
	if err != nil || made.Login != "zhang.li" {
		t.Fatal(made, err)
	}
	e := o.enter(t, "ZHANG.LI ", oneTime)
	if !e.Principal.MustChange || len(e.Principal.Permissions) != 0 || e.Principal.Extension != "8001" {
		t.Errorf("got %+v, want no rights yet", e.Principal)
	}
	if _, err := o.EnrolTOTP(t.Context(), act(e), oneTime); !fault.Is(err, fault.Forbidden) {
		t.Errorf("second factor before the password: %v", err)
	}
	wants(t, "weak", o.ChangePassword(t.Context(), act(e), oneTime, "short"), fault.Invalid, "password")
	wants(t, "same", o.ChangePassword(t.Context(), act(e), oneTime, oneTime), fault.Invalid, "password")
	wants(t, "hotel", o.ChangePassword(t.Context(), act(e), oneTime, "my grand plaza pass"), fault.Invalid, "password")
	wants(t, "wrong", o.ChangePassword(t.Context(), act(e), "wrong", goodPassword), fault.Invalid, "old")
	if err := o.ChangePassword(t.Context(), act(e), oneTime, goodPassword); err != nil {
		t.Fatal(err)
	}
	p, err := o.Logins().Check(t.Context(), e.Secret, "10.0.0.1")
	if err != nil || p.MustChange || !p.Can(access.DeskWork) {
		t.Errorf("after the change: %+v, %v", p, err)
	}
	wants(t, "the one-time password again", o.try(t, "zhang.li", oneTime, ""), fault.Unauthorized, "")
}

func TestOneTimePasswordLapses(t *testing.T) {
	o := newOffice(t, access.ASVS())
	made, oneTime, err := o.Create(t.Context(), o.root, access.Person{Login: "li", Name: "Li", Roles: []access.Role{access.RoleOperator}})
	if err != nil {
		t.Fatal(err)
	}
	o.pass(72*time.Hour - time.Second)
	e := o.enter(t, "li", oneTime)
	o.pass(time.Second)
	if o.in(t, e) {
		t.Error("the login outlives the password it rests on")
	}
	wants(t, "lapsed", o.try(t, "li", oneTime, ""), fault.Unauthorized, "")
	fresh, err := o.ResetPassword(t.Context(), o.root, made.ID)
	if err != nil || fresh == oneTime {
		t.Fatal(err)
	}
	if e := o.enter(t, "li", fresh); !e.Principal.MustChange {
		t.Error("a reset password need not be changed")
	}
}

func TestChangesOfRightsEndLogins(t *testing.T) {
	for name, change := range map[string]func(*office, *testing.T, string) error{
		"disable": func(o *office, t *testing.T, id string) error { return o.Disable(t.Context(), o.root, id) },
		"reset": func(o *office, t *testing.T, id string) error {
			_, err := o.ResetPassword(t.Context(), o.root, id)
			return err
		},
		"roles": func(o *office, t *testing.T, id string) error {
			_, err := o.Put(t.Context(), o.root, id, access.Person{Name: "x", Roles: []access.Role{access.RoleManager}})
			return err
		},
		"reach": func(o *office, t *testing.T, id string) error {
			_, err := o.Put(t.Context(), o.root, id, access.Person{Name: "x", Roles: []access.Role{access.RoleOperator}, Reach: access.Reach{Floors: []string{"3"}}})
			return err
		},
		"revoke all": func(o *office, t *testing.T, id string) error { return o.Logins().RevokeAll(t.Context(), o.root, id) },
	} {
		o := newOffice(t, access.ASVS())
		one, other := o.hire(t, "li", access.RoleOperator), o.hire(t, "wu", access.RoleOperator)
		two := o.enter(t, "li", goodPassword)
		if err := change(o, t, one.Principal.ID); err != nil {
			t.Fatal(name, err)
		}
		if o.in(t, one) || o.in(t, two) {
			t.Errorf("%s: a login lives on", name)
		}
		if !o.in(t, other) {
			t.Errorf("%s: somebody else's login ended", name)
		}
		reopened, err := access.OpenAccounts(t.Context(), o.settings(access.ASVS()))
		if err != nil || len(reopened.Logins().List(one.Principal.ID)) != 0 {
			t.Errorf("%s: after a restart the login is back, %v", name, err)
		}
	}
}

func TestRenamingKeepsLogins(t *testing.T) {
	o := newOffice(t, access.ASVS())
	e := o.hire(t, "li", access.RoleOperator)
	made, err := o.Put(t.Context(), o.root, e.Principal.ID, access.Person{Login: "li", Name: "Li Na", Roles: []access.Role{access.RoleOperator}, Extension: "8002"})
	if err != nil || made.Name != "Li Na" {
		t.Fatal(made, err)
	}
	if p, err := o.Logins().Check(t.Context(), e.Secret, ""); err != nil || p.Name != "Li Na" || p.Extension != "8002" {
		t.Errorf("got %+v, %v; want the new name at once", p, err)
	}
	_, err = o.Put(t.Context(), o.root, e.Principal.ID, access.Person{Login: "lina", Name: "Li Na", Roles: []access.Role{access.RoleOperator}})
	wants(t, "another login", err, fault.Invalid, "login")
	_, err = o.Put(t.Context(), o.root, "nobody", access.Person{Name: "x", Roles: []access.Role{access.RoleOperator}})
	wants(t, "nobody", err, fault.NotFound, "")
}

func TestNobodyRaisesThemselvesOrLocksAllOut(t *testing.T) {
	o := newOffice(t, access.ASVS())
	me := o.root.By.ID
	_, err := o.Put(t.Context(), o.root, me, access.Person{Name: "root", Roles: []access.Role{access.RoleSecurityAdmin, access.RoleOperator}})
	wants(t, "own roles", err, fault.Forbidden, "")
	_, err = o.ResetPassword(t.Context(), o.root, me)
	wants(t, "own reset", err, fault.Forbidden, "")
	wants(t, "own second factor", o.ResetTOTP(t.Context(), o.root, me), fault.Forbidden, "")
	wants(t, "last one", o.Disable(t.Context(), o.root, me), fault.Conflict, "")
	token := access.Act{By: access.Token{ID: "1", Scopes: access.AllScopes()}.Principal()}
	_, err = o.Put(t.Context(), token, me, access.Person{Name: "root", Roles: []access.Role{access.RoleOperator}})
	wants(t, "last one's role", err, fault.Conflict, "")

	second := o.hire(t, "second", access.RoleSecurityAdmin)
	if err := o.Disable(t.Context(), act(second), me); err != nil {
		t.Fatal(err)
	}
	wants(t, "the other, now the last", o.Disable(t.Context(), token, second.Principal.ID), fault.Conflict, "")
	if err := o.Enable(t.Context(), act(second), me); err != nil {
		t.Fatal(err)
	}
	o.enter(t, "root", goodPassword)
}

func TestPasswordsOfMLPSExpireAndDoNotComeBack(t *testing.T) {
	o := newOffice(t, access.MLPS())
	e := o.hire(t, "li", access.RoleOperator)
	passwords := []string{"Tr4-fikA", "Tr4-fikB", "Tr4-fikC", "Tr4-fikD", "Tr4-fikE", "Tr4-fikF"}
	current := goodPassword
	for _, p := range passwords {
		if err := o.ChangePassword(t.Context(), act(e), current, p); err != nil {
			t.Fatal(p, err)
		}
		current = p
	}
	for _, old := range passwords {
		wants(t, "again "+old, o.ChangePassword(t.Context(), act(e), current, old), fault.Invalid, "password")
	}
	if err := o.ChangePassword(t.Context(), act(e), current, "Tr4-fikG"); err != nil {
		t.Fatal(err)
	}
	if err := o.ChangePassword(t.Context(), act(e), "Tr4-fikG", "Tr4-fikA"); err != nil {
		t.Errorf("the sixth before: %v", err)
	}
	o.pass(90 * 24 * time.Hour)
	if e := o.enter(t, "li", "Tr4-fikA"); !e.Principal.MustChange || len(e.Principal.Permissions) != 0 {
		t.Error("after 90 days the password need not be changed")
	}
}

func TestTrailComesFirstAndHoldsNoSecrets(t *testing.T) {
	o := newOffice(t, access.ASVS())
	o.beforeSave = func() {
		if o.auditErr == nil && len(o.audit) == 0 {
			t.Error("stored before it was in the trail")
		}
	}
	made, oneTime, err := o.Create(t.Context(), o.root, access.Person{Login: "li", Name: "Li", Roles: []access.Role{access.RoleOperator}})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Disable(t.Context(), o.root, made.ID); err != nil {
		t.Fatal(err)
	}
	last := o.audit[len(o.audit)-1]
	if last.Who != "account:root" || last.Where != "10.0.0.1" || last.What != "account.disabled" || last.Object != "li" ||
		!strings.Contains(last.Before, `"disabled":false`) || !strings.Contains(last.After, `"disabled":true`) {
		t.Errorf("got %+v", last)
	}
	text, err := json.Marshal(o.audit)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{oneTime, "argon2id", goodPassword, made.PasswordHash} {
		if strings.Contains(string(text), secret) {
			t.Errorf("the trail holds %q", secret)
		}
	}
	o.auditErr = errors.New("disk full")
	before := o.writes
	wants(t, "without a trail", o.Enable(t.Context(), o.root, made.ID), fault.Unavailable, "")
	if a, _ := o.Get(made.ID); !a.Disabled || o.writes != before {
		t.Error("done without a row")
	}
	o.auditErr = nil
	if err := o.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.err = errors.New("disk full")
	wants(t, "without a store", o.Enable(t.Context(), o.root, made.ID), fault.Unavailable, "")
	if said := o.said(); said[len(said)-1] != "account.enabled.failed li: internal" {
		t.Errorf("the trail ends with %q", said[len(said)-1])
	}
	o.err = nil
	if err := o.Enable(t.Context(), o.root, made.ID); err != nil {
		t.Error("after the fault:", err)
	}
}

func TestAccountsBootstrap(t *testing.T) {
	o := &office{records: &records{accounts: map[string]access.Account{}, logins: map[string]access.Login{}}}
	o.at = time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	var err error
	if o.Accounts, err = access.OpenAccounts(t.Context(), o.settings(access.ASVS())); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "data", "admin.password")
	first := func(want bool) string {
		t.Helper()
		made, err := o.Bootstrap(t.Context(), file)
		if err != nil || made != want {
			t.Fatalf("made %t, %v; want %t", made, err, want)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if info, _ := os.Stat(file); info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v", info.Mode())
		}
		return strings.TrimSpace(string(text))
	}
	lost := first(true)
	if again := first(false); again != lost {
		t.Error("the second start wrote another password")
	}
	o.pass(73 * time.Hour)
	oneTime := first(true)
	wants(t, "the lapsed one", o.try(t, "admin", lost, ""), fault.Unauthorized, "")
	e := o.enter(t, "admin", oneTime)
	if err := o.ChangePassword(t.Context(), act(e), oneTime, goodPassword); err != nil {
		t.Fatal(err)
	}
	p, err := o.Logins().Check(t.Context(), e.Secret, "")
	if err != nil || !slices.Equal(p.Permissions, access.PermissionsOf([]access.Role{access.RoleSecurityAdmin})) {
		t.Errorf("got %+v, %v", p, err)
	}
	o.pass(1000 * time.Hour)
	first(false)
	if len(o.List()) != 1 {
		t.Error(o.List())
	}
}

func TestAnotherPasswordEndsTheOtherLogins(t *testing.T) {
	o := newOffice(t, access.ASVS())
	mine := o.hire(t, "li", access.RoleOperator)
	elsewhere, other := o.enter(t, "li", goodPassword), o.hire(t, "wu", access.RoleOperator)
	if err := o.ChangePassword(t.Context(), act(mine), goodPassword, "four quiet winter trains"); err != nil {
		t.Fatal(err)
	}
	if !o.in(t, mine) || o.in(t, elsewhere) || !o.in(t, other) {
		t.Errorf("mine %t, elsewhere %t, another's %t; want only elsewhere ended", o.in(t, mine), o.in(t, elsewhere), o.in(t, other))
	}
	wants(t, "the old one", o.try(t, "li", goodPassword, ""), fault.Unauthorized, "")
}
