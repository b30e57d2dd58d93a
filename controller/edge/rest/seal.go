package rest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"

	"bellhop/controller/kit/fault"
)

// Replies can hold secrets that are shown once, so they are stored sealed with
// AES-256-GCM under the client's own Idempotency-Key, which is not stored
// (only its digest is): the database alone does not give them away.

func sealer(secret string) (cipher.AEAD, error) {
	key := sha256.Sum256([]byte("bellhop reply\x00" + secret))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func seal(secret string, body []byte) ([]byte, error) {
	if len(body) == 0 {
		return nil, nil
	}
	gcm, err := sealer(secret)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, gcm.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return gcm.Seal(nonce, nonce, body, nil), nil
}

func open(secret string, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	gcm, err := sealer(secret)
	if err != nil {
		return nil, err
	}
	if len(sealed) < gcm.NonceSize() {
		return nil, fault.New(fault.Internal, "saved reply is cut off")
	}
	body, err := gcm.Open(nil, sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():], nil)
	return body, fault.Wrap(err, fault.Internal, "saved reply cannot be opened")
}
