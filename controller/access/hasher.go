package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"bellhop/controller/kit/fault"
)

// Cost is what one password costs to check, and to guess.
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

// DefaultCost is OWASP's first choice for argon2id.
func DefaultCost() Cost { return Cost{Memory: 46 << 10, Passes: 1, Threads: 1} }

const (
	hashersWaiting = 30
	saltBytes      = 16
	keyBytes       = 32
)

// hashersAtWork is how many hashes are made at once: a flood of logins may cost
// half of the cores and at most four hash memories, not the machine.
func hashersAtWork() int { return min(4, max(1, runtime.GOMAXPROCS(0)/2)) }

// Bounds of a stored hash's cost: a row that was tampered with must not take the memory.
const (
	maxMemory = 1 << 20 // KiB
	maxPasses = 100
)

// hasher makes and checks argon2id hashes, a few at a time.
type hasher struct {
	cost  Cost
	seats chan struct{} // held while at work
	room  chan struct{} // held while at work or waiting
	decoy string        // checked in place of the hash that a missing user has not
}

func newHasher(cost Cost) *hasher {
	if cost == (Cost{}) {
		cost = DefaultCost()
	}
	n := hashersAtWork()
	h := &hasher{cost: cost, seats: make(chan struct{}, n), room: make(chan struct{}, n+hashersWaiting)}
	h.decoy = h.encode(make([]byte, saltBytes), make([]byte, keyBytes))
	return h
}

// hash returns the password's hash with salt and cost, in the PHC string form.
func (h *hasher) hash(ctx context.Context, password string) (encoded string, err error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	err = h.work(ctx, func() { encoded = h.encode(salt, derive(password, salt, h.cost, keyBytes)) })
	return encoded, err
}

// matches reports whether password has this hash, and whether the hash is weaker
// than one made now. An empty or broken hash matches nothing and takes as long.
func (h *hasher) matches(ctx context.Context, password, encoded string) (same, weak bool, err error) {
	cost, salt, key, ok := decodeHash(encoded)
	if !ok {
		cost, salt, key, _ = decodeHash(h.decoy)
	}
	err = h.work(ctx, func() {
		same = subtle.ConstantTimeCompare(derive(password, salt, cost, len(key)), key) == 1 && ok
	})
	return same, cost.Memory < h.cost.Memory || cost.Passes < h.cost.Passes, err
}

// work runs f when there is a seat; fault.TooMany when too many wait already.
func (h *hasher) work(ctx context.Context, f func()) error {
	select {
	case h.room <- struct{}{}:
		defer func() { <-h.room }()
	default:
		return fault.New(fault.TooMany, "too many logins at once; try again in a moment")
	}
	select {
	case h.seats <- struct{}{}:
		defer func() { <-h.seats }()
	case <-ctx.Done():
		return fault.Wrap(context.Cause(ctx), fault.Unavailable, "the password could not be checked in time")
	}
	f()
	return nil
}

// derive normalises the password first: one keyboard sends é as one character,
// another as two.
func derive(password string, salt []byte, c Cost, length int) []byte {
	return argon2.IDKey([]byte(norm.NFC.String(password)), salt, c.Passes, c.Memory, c.Threads, uint32(length))
}

func (h *hasher) encode(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		h.cost.Memory, h.cost.Passes, h.cost.Threads, b64.EncodeToString(salt), b64.EncodeToString(key))
}

func decodeHash(encoded string) (c Cost, salt, key []byte, ok bool) {
	part := strings.Split(encoded, "$")
	if len(part) != 6 || part[1] != "argon2id" || part[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	n, err := fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Passes, &c.Threads)
	salt, saltErr := base64.RawStdEncoding.DecodeString(part[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(part[5])
	ok = n == 3 && err == nil && saltErr == nil && keyErr == nil && len(salt) >= 8 && len(key) >= 16 && len(key) <= 64 &&
		c.Memory > 0 && c.Memory <= maxMemory && c.Passes > 0 && c.Passes <= maxPasses && c.Threads > 0
	return c, salt, key, ok
}
