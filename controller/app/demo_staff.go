package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"bellhop/controller/access"
	"bellhop/controller/acd"
)

// staff are the people of the demo hotel: login, name, roles and seat.
func staff() []access.Person {
	return []access.Person{
		{Login: "operator1", Name: "林小雨 Lin Xiaoyu", Roles: []access.Role{access.RoleOperator}, Extension: "8002"},
		{Login: "operator2", Name: "周婷 Zhou Ting", Roles: []access.Role{access.RoleOperator}, Extension: "8003"},
		{Login: "supervisor", Name: "陈静 Chen Jing", Roles: []access.Role{access.RoleSupervisor}, Extension: "8009"},
		{Login: "frontdesk", Name: "刘洋 Liu Yang", Roles: []access.Role{access.RoleFrontDesk}},
		{Login: "telecom", Name: "赵强 Zhao Qiang", Roles: []access.Role{access.RoleTelecom}},
		{Login: "manager", Name: "孙丽 Sun Li", Roles: []access.Role{access.RoleManager}},
	}
}

// Password is how somebody of the demo's staff logs in.
type Password struct{ Login, Password string }

// LoadStaff makes the demo's accounts and lets the operators serve the operator's
// queue. The passwords are random and returned only now; nil when there are
// accounts of that name already.
func (a *App) LoadStaff(ctx context.Context) ([]Password, error) {
	if _, there := a.Accounts.ByLogin(staff()[0].Login); there {
		return nil, nil
	}
	var passwords []Password
	var serve []string
	for _, p := range staff() {
		account, password, err := a.hire(ctx, p)
		if err != nil {
			return nil, fmt.Errorf("demo account %s: %w", p.Login, err)
		}
		passwords = append(passwords, Password{p.Login, password})
		if p.Extension == "" {
			continue
		}
		serve = append(serve, account.ID)
		profile := acd.Profile{Account: account.ID, Name: p.Name, Skills: map[string]int{"zh": 10, "en": 5}, Weight: 1}
		if err := a.Desk.PutProfile(ctx, profile, "demo"); err != nil {
			return nil, err
		}
	}
	q := acd.DefaultQueue(a.House.Directory().Property().Operator)
	q.Members = serve
	return passwords, a.Desk.PutQueue(ctx, q, "demo")
}

// hire makes an account and gives it a password of its own at once.
func (a *App) hire(ctx context.Context, p access.Person) (access.Account, string, error) {
	account, once, err := a.Accounts.Create(ctx, access.System("demo hotel"), p)
	if err != nil {
		return account, "", err
	}
	own := access.Act{By: access.Principal{Kind: access.KindAccount, ID: account.ID, Name: p.Name, Handle: p.Login}, Reason: "demo hotel"}
	password := strings.ToLower(rand.Text()[:12]) + "-9A"
	return account, password, a.Accounts.ChangePassword(ctx, own, once, password)
}

// savePasswords writes what the demo's people log in with, for their eyes only.
func savePasswords(file string, all []Password) error {
	var text strings.Builder
	for _, p := range all {
		fmt.Fprintf(&text, "%s %s\n", p.Login, p.Password)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text.String()), 0o600)
}
