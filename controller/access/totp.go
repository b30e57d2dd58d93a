package access

import (
	"crypto/subtle"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"bellhop/controller/kit/fault"
)

// stepTime is how long one code is shown, RFC 6238.
const stepTime = 30 * time.Second

// TOTPKey is what an authenticator app needs; it is shown once.
type TOTPKey struct {
	Secret string // base32, to type
	URI    string // otpauth://…, to show as a QR code
}

func newTOTPKey(issuer, login string) (TOTPKey, error) {
	k, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: login, SecretSize: 20})
	if err != nil {
		return TOTPKey{}, fault.Wrap(err, fault.Internal, "the second factor could not be made")
	}
	return TOTPKey{Secret: k.Secret(), URI: k.URL()}, nil
}

// totpStep returns the time step that code belongs to: now's, or one before or
// after; ok is false when it belongs to none that is later than used.
func totpStep(secret, code string, now time.Time, used int64) (step int64, ok bool) {
	at := now.Unix() / int64(stepTime/time.Second)
	for s := at - 1; s <= at+1; s++ {
		want, err := hotp.GenerateCodeCustom(secret, uint64(s), hotp.ValidateOpts{Digits: otp.DigitsSix})
		if err == nil && s > used && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = s, true
		}
	}
	return step, ok
}
