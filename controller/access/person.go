package access

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// Person is what an administrator says about an account.
type Person struct {
	Login     string // 2 to 32 of a-z, 0-9 and . _ -; never changes
	Name      string
	Roles     []Role
	Reach     Reach
	Extension string // the seat's own extension, empty if none
}

// Bounds of what an administrator may say.
const (
	maxReach     = 200 // entries of one kind
	maxReachName = 64  // characters
)

// check refuses what breaks a rule and returns the person in order.
func (p Person) check() (Person, error) {
	p.Login, p.Name = foldLogin(p.Login), strings.TrimSpace(p.Name)
	if !isLogin(p.Login) {
		return p, fault.Field("login", "must have 2 to 32 characters of a-z, 0-9, '.', '_' and '-', and begin with a letter or digit")
	}
	if err := checkName("name", p.Name, maxName); err != nil {
		return p, err
	}
	if err := CheckRoles(p.Roles); err != nil {
		return p, err
	}
	if _, err := phone.Parse(p.Extension); p.Extension != "" && err != nil {
		return p, fault.Field("extension", "must be an extension's number")
	}
	p.Roles = slices.Sorted(slices.Values(p.Roles))
	var err error
	for _, part := range []struct {
		field string
		list  *[]string
	}{{"reach.departments", &p.Reach.Departments}, {"reach.floors", &p.Reach.Floors}, {"reach.queues", &p.Reach.Queues}} {
		if *part.list, err = checkReach(part.field, *part.list); err != nil {
			return p, err
		}
	}
	return p, nil
}

func checkReach(field string, names []string) ([]string, error) {
	if len(names) > maxReach {
		return nil, fault.Field(field, "must have at most %d entries", maxReach)
	}
	for _, n := range names {
		if err := checkName(field, n, maxReachName); err != nil {
			return nil, err
		}
	}
	sorted := slices.Sorted(slices.Values(names))
	return slices.Compact(sorted), nil
}

func checkName(field, s string, most int) error {
	switch n := utf8.RuneCountInString(s); {
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl):
		return fault.Field(field, "may not hold control characters")
	case strings.TrimSpace(s) == "" || n > most:
		return fault.Field(field, "must have 1 to %d characters", most)
	}
	return nil
}

// foldLogin is how a login is compared: people type capitals and spaces.
func foldLogin(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func isLogin(s string) bool {
	return len(s) <= 32 && regexp.MustCompile(`^[a-z0-9][a-z0-9._-]+$`).MatchString(s)
}

// applyTo returns the account as the person is described.
func (p Person) applyTo(a Account) Account {
	a.Login, a.Name, a.Roles, a.Reach, a.Extension = p.Login, p.Name, p.Roles, p.Reach, p.Extension
	return a
}

// sameRights reports whether both may do the same.
func sameRights(a, b Account) bool {
	return slices.Equal(slices.Sorted(slices.Values(a.Roles)), slices.Sorted(slices.Values(b.Roles))) &&
		slices.Equal(a.Reach.Departments, b.Reach.Departments) &&
		slices.Equal(a.Reach.Floors, b.Reach.Floors) && slices.Equal(a.Reach.Queues, b.Reach.Queues)
}
