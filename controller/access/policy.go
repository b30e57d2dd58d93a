package access

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bellhop/controller/kit/fault"
)

// Policy says what a password must be.
type Policy struct {
	Name      string
	MinLength int           // characters
	Classes   int           // of lower case, upper case, digits and others; 0: no such rule
	MaxAge    time.Duration // 0: a password does not expire
	History   int           // how many earlier ones may not come back
}

// maxPassword is the longest password, in characters: hashing must stay cheap.
const maxPassword = 128

// ASVS is the policy of OWASP ASVS 5.0, chapter V6: long, not common, no rules of
// composition, no expiry.
func ASVS() Policy { return Policy{Name: "asvs", MinLength: 12} }

// MLPS is the policy that assessors of GB/T 22239 (等保) ask for.
func MLPS() Policy {
	return Policy{Name: "mlps", MinLength: 8, Classes: 3, MaxAge: 90 * 24 * time.Hour, History: 5}
}

// PolicyNamed returns the policy "asvs" or "mlps".
func PolicyNamed(name string) (Policy, error) {
	for _, p := range []Policy{ASVS(), MLPS()} {
		if p.Name == name {
			return p, nil
		}
	}
	return Policy{}, fault.Field("policy", "is %q; it may be %q or %q", name, ASVS().Name, MLPS().Name)
}

// check refuses a password that breaks the policy; words, such as the login and
// the hotel's name, may not be in it.
func (p Policy) check(password string, words ...string) error {
	length := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return fault.Field("password", "must be UTF-8 text")
	case length < p.MinLength:
		return fault.Field("password", "must have at least %d characters", p.MinLength)
	case length > maxPassword:
		return fault.Field("password", "must have at most %d characters", maxPassword)
	case classes(password) < p.Classes:
		return fault.Field("password", "must mix %d of lower case, upper case, digits and other characters", p.Classes)
	}
	low := strings.ToLower(password)
	if isCommon(low) {
		return fault.Field("password", "is one that attackers try first")
	}
	for _, w := range words {
		if w = strings.ToLower(strings.TrimSpace(w)); utf8.RuneCountInString(w) >= 3 && strings.Contains(low, w) {
			return fault.Field("password", "must not contain the login or the hotel's name")
		}
	}
	return nil
}

// expired reports whether a password set at set has to be changed.
func (p Policy) expired(set, now time.Time) bool {
	return p.MaxAge > 0 && now.Sub(set) >= p.MaxAge
}

// classes counts the kinds of characters in s, 0 to 4.
func classes(s string) int {
	var lower, upper, digit, other int
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			other = 1
		}
	}
	return lower + upper + digit + other
}

// isCommon knows what is tried first: few different characters, a run of
// neighbours, or a word of the list with whatever is put around and behind it.
func isCommon(low string) bool {
	runes := []rune(low)
	different, steps := map[rune]bool{}, map[rune]int{}
	for i, r := range runes {
		different[r] = true
		if i > 0 {
			steps[r-runes[i-1]]++
		}
	}
	if len(different) < 4 || 4*max(steps[1], steps[-1]) >= 3*(len(runes)-1) {
		return true
	}
	bare := strings.TrimFunc(leet().Replace(low), func(r rune) bool { return !unicode.IsLetter(r) })
	trimmed := strings.TrimFunc(low, func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc([]string{low, bare, trimmed}, func(s string) bool {
		return slices.Contains(commonPasswords(), s) || isRepeated(s)
	})
}

// isRepeated reports whether s is a common word twice or more often.
func isRepeated(s string) bool {
	return slices.ContainsFunc(commonPasswords(), func(w string) bool {
		return len(s) > len(w) && strings.Count(s, w)*len(w) == len(s)
	})
}

// leet undoes the usual disguises.
func leet() *strings.Replacer {
	return strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s")
}

// commonPasswords is a short list of words that passwords are built from; the
// rules around it (isCommon) cover their disguises.
func commonPasswords() []string {
	return strings.Fields(`
password passwort passw passwd pass letmein welcome willkommen admin administrator root guest user test demo default
changeme secret master login hello monkey dragon sunshine princess football baseball iloveyou love qwerty qwertyui
qwertyuiop qwert asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qwerasdf qweasdzxc abc abcd abcde abcdef abcdefg
abcdefgh abcabc aa superman batman trustno shadow michael jordan charlie freedom whatever starwars computer internet
summer winter spring autumn monday friday january february december hotel hotels reception frontdesk operator
switchboard telephone phone service services housekeeping engineering manager supervisor security audit bellhop asterisk
freepbx pbx voip china beijing shanghai guangzhou shenzhen woaini woaini1314 nihao mima zhongguo huanying jiudian
kefang qiantai zongji 123456 1234567 12345678 123456789 1234567890 123123 123123123 111111 000000 888888 666666
88888888 66666666 112233 11223344 121212 654321 987654321 147258369 159753 5201314 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r
1q2w3e4r5t 1q2w3e 123qwe 123qweasd qwe123 q1w2e3r4 a123456 a12345678 a123456789 aa123456 abc123 abc123456 zaq12wsx
passwordadmin adminpassword welcomehome letmeinnow thisispassword mypassword yourpassword`)
}
