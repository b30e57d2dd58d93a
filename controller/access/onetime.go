package access

import (
	"crypto/rand"
	"strings"
	"time"
)

// oneTimeLife is how long a one-time password waits for its owner.
const oneTimeLife = 72 * time.Hour

// newOneTime returns a password that a person can type: 80 random bits in groups,
// of letters and digits that do not look alike (RFC 4648 base32).
func newOneTime() string {
	t := strings.ToLower(rand.Text())
	return t[:4] + "-" + t[4:8] + "-" + t[8:12] + "-" + t[12:16]
}
