package access

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"bellhop/controller/kit/fault"
)

// Bounds of a row, in bytes.
const (
	maxAuditText  = 1 << 10
	maxAuditFacts = 64 << 10
)

// chainVersion begins what is hashed, so that another encoding can follow one day.
const chainVersion = "bellhop audit 1"

// hashAfter returns the row's hash: SHA-256 over the version, the hash of the row
// before and every field, each behind its length so that no two rows read alike.
func (a Audit) hashAfter(before string) string {
	sum := sha256.New()
	for _, field := range []string{
		chainVersion, before, fmt.Sprint(a.Seq), fmt.Sprint(a.At.UnixMicro()),
		a.Who, a.Where, a.What, a.Object, a.Before, a.After, a.Reason,
	} {
		_ = binary.Write(sum, binary.BigEndian, uint64(len(field))) // a hash never fails to write
		_, _ = io.WriteString(sum, field)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// fit makes a row that every database takes, without secrets.
func (a Audit) fit() (Audit, error) {
	for _, text := range []*string{&a.Who, &a.Where, &a.What, &a.Object, &a.Reason} {
		*text = fitText(*text)
	}
	var err error
	if a.Before, err = fitFacts("before", a.Before); err != nil {
		return a, err
	}
	a.After, err = fitFacts("after", a.After)
	return a, err
}

// fitText mends what is not UTF-8 or holds NUL, and cuts what is too long.
func fitText(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
	if len(s) <= maxAuditText {
		return s
	}
	cut := maxAuditText
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// fitFacts hides secrets; what is too long is replaced by its size and hash.
func fitFacts(field, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	var v any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if !json.Valid([]byte(text)) || d.Decode(&v) != nil {
		return "", fault.Field(field, "of an audit row must be JSON")
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(hideSecrets(v)); err != nil {
		return "", fault.Wrap(err, fault.Internal, "an audit row cannot be written as JSON")
	}
	facts := strings.ReplaceAll(strings.TrimSpace(out.String()), `\u0000`, `\ufffd`)
	if len(facts) > maxAuditFacts {
		facts = fmt.Sprintf(`{"too_long":%d,"sha256":"%x"}`, len(facts), sha256.Sum256([]byte(facts)))
	}
	return facts, nil
}

// hideSecrets replaces what stands under a name that says secret.
func hideSecrets(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			if _, flag := inner.(bool); saysSecret(key) && inner != nil && !flag {
				v[key] = "[hidden]"
			} else {
				v[key] = hideSecrets(inner)
			}
		}
	case []any:
		for i := range v {
			v[i] = hideSecrets(v[i])
		}
	}
	return v
}

func saysSecret(key string) bool {
	key = strings.ToLower(key)
	for _, part := range []string{"password", "passwd", "secret", "hash", "totp", "csrf", "credential"} {
		if strings.Contains(key, part) {
			return true
		}
	}
	return key == "pin" || strings.HasSuffix(key, "_pin")
}
