package phones

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/emiago/sipgo/sip"
	"github.com/icholy/digest"
)

// account is who we are when somebody asks for proof.
type account struct{ user, secret string }

// challengeHeaders pairs each status that asks for proof with the header that
// asks and the one that answers (RFC 3261 §22).
func challengeHeaders(status int) (asks, answers string) {
	if status == sip.StatusProxyAuthRequired {
		return "Proxy-Authenticate", "Proxy-Authorization"
	}
	return "WWW-Authenticate", "Authorization"
}

// challenged says whether the response asks for proof that we could give.
func (a account) challenged(res *sip.Response, tried bool) bool {
	if a.secret == "" || res.StatusCode != sip.StatusUnauthorized && res.StatusCode != sip.StatusProxyAuthRequired {
		return false
	}
	chal, err := pickChallenge(res)
	return err == nil && (!tried || chal.Stale)
}

// prove adds to req the answer to the challenge in res.
func (a account) prove(req *sip.Request, res *sip.Response) error {
	chal, err := pickChallenge(res)
	if err != nil {
		return err
	}
	cred, err := digest.Digest(chal, digest.Options{
		Method: req.Method.String(), URI: req.Recipient.String(), Username: a.user, Password: a.secret,
	})
	if err != nil {
		return fmt.Errorf("digest: %w", err)
	}
	_, answers := challengeHeaders(res.StatusCode)
	req.AppendHeader(sip.NewHeader(answers, cred.String()))
	return nil
}

// pickChallenge returns the strongest challenge that we can answer: SHA-256
// before MD5 (RFC 8760 §2.4 leaves the choice to the server's order, but a
// server that lists MD5 first only does so for old phones).
func pickChallenge(res *sip.Response) (*digest.Challenge, error) {
	asks, _ := challengeHeaders(res.StatusCode)
	var found []*digest.Challenge
	for _, value := range headerValues(res, asks) {
		chal, err := digest.ParseChallenge(value)
		if err != nil {
			continue // another scheme, or one we cannot read
		}
		for i, qop := range chal.QOP {
			chal.QOP[i] = strings.TrimSpace(qop)
		}
		if len(chal.QOP) > 0 && !slices.Contains(chal.QOP, "auth") || !digest.CanDigest(chal) {
			continue
		}
		found = append(found, chal)
	}
	if len(found) == 0 {
		return nil, errors.New("no digest challenge that we can answer")
	}
	strength := func(c *digest.Challenge) int {
		if c.Algorithm == "" || strings.EqualFold(c.Algorithm, "MD5") {
			return 0
		}
		return 1
	}
	return slices.MaxFunc(found, func(x, y *digest.Challenge) int { return strength(x) - strength(y) }), nil
}

// verify says whether req proves that its sender knows the secret for nonce.
func (a account) verify(req *sip.Request, realm, nonce string) bool {
	for _, value := range headerValues(req, "Authorization") {
		cred, err := digest.ParseCredentials(value)
		if err != nil || cred.Nonce != nonce || cred.Realm != realm || cred.Username != a.user {
			continue
		}
		chal := &digest.Challenge{Realm: realm, Nonce: nonce, Algorithm: cred.Algorithm}
		if cred.QOP != "" {
			chal.QOP = []string{"auth"}
		}
		want, err := digest.Digest(chal, digest.Options{
			Method: req.Method.String(), URI: cred.URI, Count: cred.Nc,
			Username: a.user, Password: a.secret, Cnonce: cred.Cnonce,
		})
		if err == nil && want.Response == cred.Response {
			return true
		}
	}
	return false
}
