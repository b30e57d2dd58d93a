package routing

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// check tests every item; the error names the first rule that is broken.
func (t *Table) check() error {
	return firstError(
		each(t.data.Trunks, "trunk", trunkKey, checkTrunk),
		t.endpointsUnique(),
		each(t.data.Routes, "route", routeKey, t.checkRoute),
		each(t.data.DIDs, "did", didKey, t.checkDID),
		each(t.data.Screening, "screening", screeningKey, checkScreening(reserved())),
	)
}

// broken is a rule that an item breaks.
type broken struct{ field, rule string }

// each checks all items of one kind, and that no key is given twice.
func each[T any](items []T, noun string, key func(T) string, check func(T) *broken) error {
	seen := make(map[string]bool, len(items))
	for _, it := range items {
		k := key(it)
		if seen[k] {
			return fault.Field(noun+" "+k, "is given twice")
		}
		seen[k] = true
		if b := check(it); b != nil {
			return fault.Field(fmt.Sprintf("%s %.40q, %s", noun, k, b.field), "%s", b.rule)
		}
	}
	return nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// rule is one test of a field.
type rule struct {
	ok          bool
	field, text string
}

func first(rules ...rule) *broken {
	for _, r := range rules {
		if !r.ok {
			return &broken{r.field, r.text}
		}
	}
	return nil
}

func checkTrunk(t Trunk) *broken {
	const mode = "is not main, fixed, extension or anonymous"
	badHost := slices.ContainsFunc(t.Hosts, func(h string) bool { return !host(h) })
	return first(
		rule{of(nameChars, 1, 32, t.Name), "name", "is not 1 to 32 letters, digits, - or _"},
		rule{of(letters+digits, 1, 40, t.Endpoint), "endpoint", "is not 1 to 40 letters and digits"},
		rule{text(t.Carrier, 0, 64), "carrier", "is not up to 64 printable characters"},
		rule{host(t.Address), "address", "is not host or host:port"},
		rule{!t.Register || t.Username != "" && t.Secret != "", "username", "and secret are needed to register"},
		rule{credential(t.Username), "username", "is not up to 64 printable ASCII characters without space, quotes or ;"},
		rule{credential(t.Secret), "secret", "is not up to 64 printable ASCII characters without space, quotes or ;"},
		rule{!badHost && len(t.Hosts) <= 64, "hosts", "are not up to 64 addresses"},
		rule{t.Limit >= 0 && t.Limit <= 10000, "limit", "is not 0 to 10000"},
		rule{callerIDModes(t.CallerID.Mode), "caller_id.mode", mode},
		rule{t.CallerID.Mode != CallerIDFixed || number(t.CallerID.Number), "caller_id.number", "is not a telephone number"},
		rule{of("+"+digits, 0, 16, t.CallerID.Number), "caller_id.number", "is not up to 16 digits"},
	)
}

func callerIDModes(m CallerIDMode) bool {
	return slices.Contains([]CallerIDMode{"", CallerIDMain, CallerIDFixed, CallerIDExtension, CallerIDAnonymous}, m)
}

func (t *Table) endpointsUnique() error {
	seen := make(map[string]string, len(t.data.Trunks))
	for _, k := range t.data.Trunks {
		if other, taken := seen[k.Endpoint]; taken {
			return fault.Field("trunk "+k.Name+", endpoint", "is also that of trunk %s", other)
		}
		seen[k.Endpoint] = k.Name
	}
	return nil
}

func (t *Table) checkRoute(r Route) *broken {
	const day = 24 * time.Hour
	for i, name := range r.Trunks {
		known := slices.ContainsFunc(t.data.Trunks, func(k Trunk) bool { return k.Name == name })
		if b := first(
			rule{known, "trunks", fmt.Sprintf("%.40q is not a trunk", name)},
			rule{!slices.Contains(r.Trunks[:i], name), "trunks", name + " is given twice"},
		); b != nil {
			return b
		}
	}
	badDay := slices.ContainsFunc(r.Days, func(d time.Weekday) bool { return d < time.Sunday || d > time.Saturday })
	return first(
		rule{of(nameChars, 1, 64, r.ID), "id", "is not 1 to 64 letters, digits, - or _"},
		rule{of(digits, 0, phone.MaxDigits, r.Prefix), "prefix", "is not up to 20 digits"},
		rule{outsideClass(r.Class), "class", "is not a class of outside number"},
		rule{len(r.Trunks) > 0, "trunks", "are none"},
		rule{r.Strip >= 0 && r.Strip <= phone.MaxDigits, "strip", "is not 0 to 20"},
		rule{of(digits, 0, 10, r.Add), "add", "is not up to 10 digits"},
		rule{r.From >= 0 && r.From <= day, "from", "is not a time of day"},
		rule{r.To >= 0 && r.To <= day, "to", "is not a time of day"},
		rule{!badDay, "days", "hold something that is no day of the week"},
		rule{r.Cost >= 0, "cost", "is negative"},
	)
}

func outsideClass(c phone.Class) bool {
	switch c {
	case "", phone.ClassService, phone.ClassFree, phone.ClassShared, phone.ClassLocal, phone.ClassMobile,
		phone.ClassNational, phone.ClassRegional, phone.ClassInternational:
		return true
	}
	return false
}

func (t *Table) checkDID(d DID) *broken {
	known := slices.ContainsFunc(t.data.Trunks, func(k Trunk) bool { return k.Name == d.Trunk })
	return first(
		rule{number(d.Number), "number", "is not a telephone number"},
		rule{d.Trunk == "" || known, "trunk", fmt.Sprintf("%.40q is not a trunk", d.Trunk)},
		rule{!d.To.IsZero(), "to", "is missing"},
		rule{!slices.Contains(reserved(), d.To.String()), "to", "is an emergency number"},
		rule{text(d.Label, 0, 64), "label", "is not up to 64 printable characters"},
	)
}

// checkScreening returns the check of listed entries, none of which may match a
// reserved number.
func checkScreening(reserved []string) func(Screening) *broken {
	return func(s Screening) *broken {
		direction := s.Direction == Inbound || s.Direction == Outbound
		verdict := slices.Contains([]Verdict{Allow, Refuse, Limit, Flag}, s.Verdict)
		if b := first(
			rule{of(nameChars, 1, 64, s.ID), "id", "is not 1 to 64 letters, digits, - or _"},
			rule{direction, "direction", "is not inbound or outbound"},
			rule{pattern(s.Pattern), "pattern", "is not up to 20 digits and ?, with * at most at the end"},
			rule{verdict, "verdict", "is not allow, refuse, limit or flag"},
			rule{text(s.Scope, 0, 64), "scope", "is not up to 64 printable characters"},
			rule{text(s.Reason, 1, 200), "reason", "is not 1 to 200 printable characters"},
			rule{text(s.By, 1, 64), "by", "does not say who listed it"},
			rule{s.Expires.IsZero() || s.Expires.After(s.Created), "expires", "is before it was listed"},
		); b != nil {
			return b
		}
		var p patterns
		p.put(&s)
		for _, n := range reserved {
			if len(p.find(n, 0, nil)) > 0 {
				return &broken{"pattern", fmt.Sprintf("%s would match %s: emergency numbers can never be listed", s.Pattern, n)}
			}
		}
		return nil
	}
}

// reserved returns the emergency and protected numbers of all countries.
func reserved() []string {
	var all []string
	for _, c := range phone.Countries() {
		for _, e := range c.Emergencies() {
			all = append(all, e.Dialled)
		}
		all = append(all, c.Protected()...)
	}
	return all
}

const (
	digits    = "0123456789"
	letters   = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	nameChars = letters + digits + "-_"
)

// of reports whether s is from least to most of the characters of set.
func of(set string, least, most int, s string) bool {
	return len(s) >= least && len(s) <= most && strings.Trim(s, set) == ""
}

func number(s string) bool {
	_, err := phone.Parse(s)
	return err == nil
}

func pattern(s string) bool {
	body := strings.TrimPrefix(strings.TrimSuffix(s, "*"), "+")
	return s != "" && s != "+" && len(s) <= phone.MaxDigits && of(digits+"?", 0, phone.MaxDigits, body)
}

// host accepts a name or address with or without a port or prefix length.
func host(s string) bool { return of(letters+digits+".-:[]/_", 1, 255, s) }

// text reports whether s is from least to most printable characters.
func text(s string, least, most int) bool {
	n := utf8.RuneCountInString(s)
	return utf8.ValidString(s) && n >= least && n <= most &&
		!strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
}

// credential accepts what a switch's configuration can hold unquoted.
func credential(s string) bool {
	bad := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"';\`, r) }
	return len(s) <= 64 && !strings.ContainsFunc(s, bad)
}
