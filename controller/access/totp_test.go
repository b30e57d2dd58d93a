package access

import (
	"testing"
	"time"
)

// The vectors are of RFC 6238, appendix B (SHA-1), their last six digits.
func TestTOTPVectors(t *testing.T) {
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" // "12345678901234567890"
	for at, code := range map[int64]string{59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"} {
		now := time.Unix(at, 0)
		step, ok := totpStep(secret, code, now, 0)
		if !ok || step != at/30 {
			t.Errorf("%d: %d, %t", at, step, ok)
		}
		if _, ok := totpStep(secret, code, now, step); ok {
			t.Errorf("%d: the code passes twice", at)
		}
		for shift, want := range map[time.Duration]bool{-30 * time.Second: true, 30 * time.Second: true, -90 * time.Second: false, 90 * time.Second: false} {
			if _, ok := totpStep(secret, code, now.Add(shift), 0); ok != want {
				t.Errorf("%d: shifted by %s: %t", at, shift, ok)
			}
		}
	}
	for _, code := range []string{"", "28708", "2870820", "abcdef", " 287082"} {
		if _, ok := totpStep(secret, code, time.Unix(59, 0), 0); ok {
			t.Errorf("%q passes", code)
		}
	}
	if _, ok := totpStep("not base32!", "287082", time.Unix(59, 0), 0); ok {
		t.Error("a broken secret passes")
	}
}
